"""Facts in words: the one place where a value of the vocabulary gets its words for people.

They are written in English, and said in the language in force (:mod:`uphill.language`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from babel.numbers import format_decimal

from uphill.language import N_, NP_, current_language, current_locale, gettext, ngettext, pgettext
from uphill.policy import Price, Window
from uphill.vocabulary import Day, Event, Origin, Period
from uphill.words.dates import clock, clock_span, day, local, local_day, minutes_of, weekday_names

if TYPE_CHECKING:  # the search needs these words for its filters' labels
    from uphill.search.answers import Pending, PinNote, Proof, Provenance

NOT_STATED = N_("not stated")

LABELS: dict[str, str] = {
    "access": N_("Uphill access"),
    "status": N_("Now"),
    "during_operations": N_("During lift hours"),
    "outside_operations": N_("Outside lift hours"),
    "windows": N_("Hours"),
    "pass_required": N_("Pass required"),
    "pass_accepts": N_("Passes accepted"),
    "pass_cost": N_("Cost of the pass"),
    "prices": N_("Prices"),
    "waiver": N_("Waiver"),
    "check_in": N_("Check-in at each visit"),
    "designated_routes_only": N_("Designated routes only"),
    "routes": N_("Routes"),
    "dogs": N_("Dogs"),
    "lights": N_("Lights"),
    "snowshoes": N_("Snowshoes"),
    "foot": N_("On foot"),
    "bikes": N_("Bikes"),
    "hotline": N_("Hotline"),
    "descent": N_("Way down"),
    "reflective": N_("Reflective gear"),
    "avalanche_gear": N_("Avalanche gear"),
    "minors": N_("Minors"),
    "patrol": N_("Ski patrol"),
    "penalty": N_("Penalties"),
    "parking": N_("Parking"),
    "season": N_("Season"),
    "status_url": N_("Status page"),
    "waiver_url": N_("Waiver to sign"),
    "pass_url": N_("Passes at"),
    "map_url": N_("Map of the routes"),
}

_SEARCHED: dict[str, str] = {
    "network": N_("Pass network"),
    "with_pass": N_("With my pass"),
    "first_try": N_("First try"),
    "freshness": N_("How fresh"),
}
"""Labels of what is no fact of a policy, and yet searched by."""

_VALUES: dict[str, str] = {
    "unknown": NOT_STATED,
    "during_operations": N_("during lift hours"),
    "outside_operations": N_("outside lift hours"),
    "not_required": N_("not required"),
    "leashed": N_("on leash"),
    "limited": N_("at some hours or places only"),
    "uphill_pass": N_("uphill pass"),
    "season_pass": N_("season pass"),
    "lift_ticket": N_("lift ticket"),
}

_VALUES_OF: dict[str, dict[str, str]] = {
    "pass_required": {
        "during_operations": N_("only during lift hours"),
        "outside_operations": N_("only outside lift hours"),
        "never": N_("no pass needed"),
    },
    "descent": {
        "own_route": N_("on a route of its own"),
        "open_runs": N_("on the open runs"),
        "same_as_up": N_("the same as the way up"),
    },
    "minors": {
        "signature": N_("with an adult’s signature"),
        "company": N_("with an adult’s company"),
        "signature_and_company": N_("with an adult’s company and signature"),
    },
    "patrol": {
        "always": N_("helps at all times"),
        "during_operations": N_("helps during lift hours only"),
        "never": N_("does not help those who go up"),
    },
    "penalty": {
        "loss_of_pass": N_("loss of the pass"),
        "fine": N_("a fine"),
        "removal": N_("removal from the resort"),
    },
    "first_try": {"suits": N_("suits it"), "other": N_("does not suit it")},
    "with_pass": {
        "season_pass": N_("the resort’s own season pass"),
        "other": N_("another pass is named"),
    },
    "freshness": {
        "checked": N_("checked lately"),
        "stale": N_("not confirmed for long"),
        "listed": N_("from a list, never checked"),
        "none": N_("no policy known"),
    },
}
"""Words that a value has in one fact alone."""

_PLAIN = (
    N_("allowed"), N_("prohibited"), N_("required"), N_("recommended"), N_("yes"), N_("no"), N_("open"),
    N_("closed"), N_("always"), N_("never"), N_("free"), N_("paid"), N_("other"), N_("stated"),
)  # fmt: skip
"""Values that are their own words."""

_AGREEING = (
    NP_("dogs", "allowed"), NP_("dogs", "prohibited"), NP_("snowshoes", "allowed"), NP_("snowshoes", "prohibited"),
    NP_("bikes", "allowed"), NP_("bikes", "prohibited"), NP_("lights", "required"), NP_("lights", "recommended"),
    NP_("check_in", "required"), NP_("check_in", "not required"), NP_("minors", "prohibited"),
    NP_("pass_cost", "free"), NP_("pass_cost", "paid"), NP_("minors", "allowed"),
)  # fmt: skip
"""Words that take another form in some languages by what they are said of."""

_EVENTS: dict[str, str] = {
    Event.LIFT_OPEN: N_("lifts open"),
    Event.LIFT_CLOSE: N_("lifts close"),
    Event.DAWN: N_("dawn"),
    Event.SUNRISE: N_("sunrise"),
    Event.SUNSET: N_("sunset"),
    Event.DUSK: N_("dusk"),
}
_UNTIL: dict[str, str] = {
    Event.LIFT_OPEN: N_("until lifts open"),
    Event.LIFT_CLOSE: N_("until lifts close"),
    Event.DAWN: N_("until dawn"),
    Event.SUNRISE: N_("until sunrise"),
    Event.SUNSET: N_("until sunset"),
    Event.DUSK: N_("until dusk"),
}
_FROM: dict[str, str] = {
    Event.LIFT_OPEN: N_("from lifts open"),
    Event.LIFT_CLOSE: N_("from lifts close"),
    Event.DAWN: N_("from dawn"),
    Event.SUNRISE: N_("from sunrise"),
    Event.SUNSET: N_("from sunset"),
    Event.DUSK: N_("from dusk"),
}

_PERIODS: dict[Period, str] = {
    Period.DAY: N_("%(price)s a day"),
    Period.NIGHT: N_("%(price)s a night"),
    Period.SEASON: N_("%(price)s a season"),
    Period.MONTH: N_("%(price)s a month"),
    Period.VISIT: N_("%(price)s a visit"),
    Period.UNKNOWN: N_("%(price)s"),
}

_WEEK = tuple(str(weekday) for weekday in Day)
_WEEKDAY = re.compile("|".join(_WEEK))


def label(field: str) -> str:
    return gettext(LABELS.get(field) or _SEARCHED[field])


def value_words(field: str, value: str) -> str:
    """A scalar fact's value in words; an unknown one is "not stated", never "no"."""
    return _value_words(field, value, current_language())


@lru_cache(maxsize=2048)
def _value_words(field: str, value: str, language: str) -> str:
    del language  # the one in force: pages look up hundreds of words
    words = _VALUES_OF.get(field, {}).get(value) or _VALUES.get(value, value.replace("_", " "))
    return pgettext(field, words)


def either(words: Sequence[str]) -> str:
    """``a, b or c``."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(first)s or %(last)s", first=", ".join(words[:-1]), last=words[-1])


def together(words: Sequence[str]) -> str:
    """``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(first)s and %(last)s", first=", ".join(words[:-1]), last=words[-1])


def moment_words(moment: str) -> str:
    """``05:00`` is 5:00, ``lift_open`` is "lifts open"."""
    return gettext(_EVENTS[moment]) if moment in _EVENTS else clock(minutes_of(moment))


def until_words(moment: str) -> str:
    """``until 8:30``, ``until lifts open``."""
    if moment in _UNTIL:
        return gettext(_UNTIL[moment])
    return gettext("until %(time)s", time=moment_words(moment))


def from_words(moment: str) -> str:
    """``from 16:30``, ``from lifts close``."""
    if moment in _FROM:
        return gettext(_FROM[moment])
    return gettext("from %(time)s", time=moment_words(moment))


def hours_words(start: str, end: str) -> str:
    """``5:00–8:30``, ``5:00 until lifts open``, ``from lifts close until 22:00``; ``24 hours``."""
    if (start, end) == ("00:00", "24:00"):
        return gettext("24 hours")
    if start == "00:00":
        return until_words(end)
    if end == "24:00":
        return from_words(start)
    if start in {Event.LIFT_OPEN, Event.LIFT_CLOSE}:
        return f"{from_words(start)} {until_words(end)}"
    if start in _EVENTS or end in _EVENTS:
        return f"{moment_words(start)} {until_words(end)}"
    return clock_span(minutes_of(start), minutes_of(end))


def by_clock(windows: Sequence[Window]) -> tuple[Window, ...]:
    """Windows as the day has them, mornings first; in their order on the page where days or events differ."""
    told_by_hour = all(window.start[:1].isdigit() for window in windows)
    if told_by_hour and len({window.days for window in windows}) == 1:
        return tuple(sorted(windows, key=lambda window: window.start))
    return tuple(windows)


def window_words(window: Window) -> str:
    """``Mo-Fr 05:00-lift_open`` is "Mon–Fri 5:00 until lifts open"."""
    hours = hours_words(window.start, window.end)
    return f"{_day_words(window)} {hours}" if window.days else hours


def _day_words(window: Window) -> str:
    """``Mo-We,Sa`` is "Mon–Wed, Sat"."""
    written = str(window).rpartition(" ")[0].replace("-", "–").replace(",", ", ")
    named = dict(zip(_WEEK, weekday_names(), strict=True))
    return _WEEKDAY.sub(lambda found: named[found[0]], written)


def price_words(price: Price) -> str:
    """``USD 79 a season``; the currency as its ISO 4217 code, since several dollars are about."""
    pattern = "0" if price.amount % 1 == 0 else "0.00"
    amount = format_decimal(price.amount, pattern, locale=current_locale(), group_separator=False)
    return gettext(_PERIODS[price.period], price=f"{price.currency} {amount}")


def age(provenance: Provenance | None, now: datetime) -> str:
    """How old what is shown is: "checked 3 hours ago", "from a list of 2021, not yet checked"."""
    if provenance is None:
        return gettext("no policy known")
    if provenance.origin is Origin.BASELINE or provenance.last_confirmed is None:
        return _listed(provenance.source_kind, provenance.as_of)
    passed = ago(provenance.last_confirmed, now)
    if provenance.freshness == "stale":
        return gettext("checked %(ago)s, may be out of date", ago=passed)
    if provenance.in_season:
        return gettext("checked %(ago)s", ago=passed)
    return gettext("checked %(ago)s, out of season", ago=passed)


def _listed(kind: str, as_of: str | None) -> str:
    if kind == "list":
        if as_of:
            return gettext("from a list of %(date)s, not yet checked", date=as_of)
        return gettext("from a list of unknown date, not yet checked")
    if kind == "news":
        if as_of:
            return gettext("from a report of %(date)s, not yet checked", date=as_of)
        return gettext("from a report of unknown date, not yet checked")
    if as_of:
        return gettext("from the resort's page of %(date)s, not yet checked", date=as_of)
    return gettext("from the resort's page of unknown date, not yet checked")


def pending_words(pending: Pending, timezone: str | None) -> str:
    """``page changed, being verified since 15 Jan 2026, 6:12 (America/Denver): the page is gone``."""
    since = local(pending.since, timezone)
    reason = gettext(pending.reason)
    return gettext("page changed, being verified since %(since)s: %(reason)s", since=since, reason=reason)


def pin_words(pin: PinNote, timezone: str | None) -> str:
    """``set by a curator on 3 Jan 2026 until 30 Apr 2027: told by the patrol on the phone``."""
    pinned, note = local_day(pin.pinned_at, timezone), f": {pin.note}" if pin.note else ""
    if pin.until is None:
        return gettext("set by a curator on %(day)s", day=pinned) + note
    return gettext("set by a curator on %(day)s until %(until)s", day=pinned, until=day(pin.until)) + note


def ago(then: datetime, now: datetime) -> str:
    """Time passed, in its largest unit: "just now", "3 hours ago", "2 days ago"."""
    passed = max(now - then, timedelta())
    if count := passed // timedelta(days=1):
        return ngettext("%(num)s day ago", "%(num)s days ago", count)
    if count := passed // timedelta(hours=1):
        return ngettext("%(num)s hour ago", "%(num)s hours ago", count)
    if count := passed // timedelta(minutes=1):
        return ngettext("%(num)s minute ago", "%(num)s minutes ago", count)
    return gettext("just now")


def proof_words(proof: Proof) -> str:
    """Why a fact is believed, with its date: the quote, or the list that it was taken from."""
    host = urlsplit(proof.source_url).hostname or proof.source_url
    if proof.pinned:
        return f"set by a curator, from {host}"
    if proof.quote is None:
        return f"as listed by {host}, {proof.as_of or 'date unknown'}"
    seen = f", read {proof.seen_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if proof.seen_at else ""
    return f"“{proof.quote}” ({host}{seen})"


def each_once(proofs: Iterable[Proof]) -> tuple[Proof, ...]:
    """Each proof that says something else, in order; the elements of a list often share theirs."""
    said: dict[tuple[str | None, str], Proof] = {}
    for proof in proofs:
        said.setdefault((proof.quote, proof.source_url), proof)
    return tuple(said.values())
