"""Readings for people: facts with their quotes, and every claim with what became of it."""

from typing import Any

from crawler.extract.pages.page import Page
from crawler.extract.reader import Explained
from uphill.policy import Parking, Price, Route, Season
from uphill.reading import Reading

_LONGEST_QUOTE = 140


def as_table(reading: Reading) -> str:
    """One line a fact and its quote below it."""
    head = f"{reading.source} ({reading.lang})" if reading.lang else reading.source
    if not reading.evidence:
        kind = "an uphill policy without readable facts" if reading.is_policy else "no uphill policy"
        return f"{head}: {reading.problem or kind}"
    out = [f"{head}: {'uphill policy' if reading.is_policy else 'status page'}"]
    for name, value in reading.policy.known().items():
        quotes = reading.evidence[name]
        if isinstance(value, tuple):
            for element, quote in zip(value, quotes, strict=False):
                out += [f"  {name:24}{shown(element)}", f"  {'':24}“{_short(quote.quote)}”"]
        else:
            out += [f"  {name:24}{shown(value)}", f"  {'':24}“{_short(quotes[0].quote)}”"]
    return "\n".join(out)


def shown(value: Any) -> str:
    """A value in few words, for people."""
    match value:
        case Route():
            return _route(value)
        case Price():
            return f"{value.amount} {value.currency} ({value.period})"
        case Parking():
            return _parking(value)
        case Season():
            return " ".join(
                f"{word} {day.replace('_', ' ')}"
                for word, day in (("from", value.start), ("until", value.end))
                if day is not None
            )
    return str(value)


def _route(route: Route) -> str:
    told = [str(fact) for fact in (route.status, route.difficulty) if fact != "unknown"]
    if route.serves != "unknown":
        told.append(f"for {'up and down' if route.serves == 'both' else route.serves}")
    told += [f"{word} {place}" for word, place in (("from", route.start), ("to", route.end)) if place]
    told += [
        f"{metres} m {word}" for word, metres in (("long", route.length_m), ("up", route.ascent_m)) if metres
    ]
    return ", ".join([route.name, *told, *map(str, route.windows)])


def _parking(parking: Parking) -> str:
    told = [parking.place, parking.cost if parking.cost != "unknown" else None]
    return ", ".join([*filter(None, told), *([f"until {parking.until}"] if parking.until else [])])


def as_explanation(explained: Explained, page: Page) -> str:
    """Per field each claim: won or lost, its strength, why it was made, and its words."""
    out: list[str] = []
    for name, claims in explained.claims.items():
        settled = explained.settled[name]
        if not claims and settled.value in (None, ()):
            continue
        because = f" ({settled.why})" if settled.why else ""
        value = settled.value
        told = (
            ", ".join(map(shown, value))
            if isinstance(value, tuple)
            else "unknown"
            if value is None
            else shown(value)
        )
        out.append(f"{name}: {told}{because}")
        for claim in claims:
            won = "won " if claim in settled.claims else "lost"
            quote = _short(page.text[claim.start : claim.end])
            out.append(f"  {won} {shown(claim.value)} [{claim.strength.name.lower()}] {claim.why}: “{quote}”")
    return "\n".join(out)


def _short(quote: str) -> str:
    return quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1] + "…"
