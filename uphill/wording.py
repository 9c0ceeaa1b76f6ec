"""Facts in words: the one place where a value of the vocabulary gets its English for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from uphill.dates import day, local, local_day
from uphill.policy import Policy, Price, Window
from uphill.vocabulary import Day, Event, Origin, Period

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
    "first_try": {"suits": N_("suits it"), "other": "does not suit it"},
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

_PERIODS: dict[Period, str] = {
    Period.DAY: N_("%(price)s a day"),
    Period.NIGHT: N_("%(price)s a night"),
    Period.SEASON: N_("%(price)s a season"),
    Period.MONTH: N_("%(price)s a month"),
    Period.VISIT: N_("%(price)s a visit"),
    Period.UNKNOWN: "%(price)s",
}


def label(field: str) -> str:
    return LABELS.get(field) or _SEARCHED[field]


def value_words(field: str, value: str) -> str:
    """A scalar fact's value in words; an unknown one is "not stated", never "no"."""
    return _VALUES_OF.get(field, {}).get(value) or _VALUES.get(value, value.replace("_", " "))


def moment_words(moment: str) -> str:
    """``05:00`` is 5:00, ``lift_open`` is "lifts open"."""
    return _EVENTS.get(moment, moment.removeprefix("0") if moment[:1].isdigit() else moment)


def window_words(window: Window) -> str:
    """``Mo-Fr 05:00-lift_open`` is "Mon–Fri 5:00 until lifts open"."""
    days = f"{_day_words(window)} " if window.days else ""
    if (window.start, window.end) == ("00:00", "24:00"):
        return f"{days}24 hours"
    if window.start == "00:00":
        return f"{days}until {moment_words(window.end)}"
    if window.end == "24:00":
        return f"{days}from {moment_words(window.start)}"
    if window.start in _EVENTS:
        return f"{days}from {moment_words(window.start)} until {moment_words(window.end)}"
    if window.start in tuple(Event) or window.end in tuple(Event):
        return f"{days}{moment_words(window.start)} until {moment_words(window.end)}"
    return f"{days}{moment_words(window.start)}–{moment_words(window.end)}"


def _day_words(window: Window) -> str:
    """``Mo-We,Sa`` is "Mon–Wed, Sat"."""
    written = str(window).rpartition(" ")[0].replace("-", "–").replace(",", ", ")
    for weekday, name in _DAYS.items():
        written = written.replace(weekday, name)
    return written


def price_words(price: Price) -> str:
    """``USD 79 a season``; the currency as its ISO 4217 code, since several dollars are about."""
    amount = f"{price.amount:.0f}" if price.amount % 1 == 0 else f"{price.amount:.2f}"
    return f"{price.currency} {amount} {_PERIODS[price.period]}".strip()


def verdict(policy: Policy) -> str:
    """What a person would say of the policy, in a sentence or a few, from its facts alone."""
    if policy.access == "unknown":
        return "Whether uphill travel is allowed is not stated."
    if policy.access == "prohibited":
        return "Uphill travel is prohibited."
    sentences = (_when(policy), _with_what(policy), _dogs(policy))
    return " ".join(sentence for sentence in sentences if sentence)


def _when(policy: Policy) -> str:
    if policy.windows:
        when = " " + " and ".join(map(window_words, policy.windows))
    else:
        during, outside = policy.during_operations, policy.outside_operations
        when = {
            ("allowed", "allowed"): " during and outside lift hours",
            ("allowed", "prohibited"): " during lift hours only",
            ("prohibited", "allowed"): " outside lift hours only",
            ("allowed", "unknown"): " during lift hours",
            ("unknown", "allowed"): " outside lift hours",
            ("prohibited", "unknown"): ", but not during lift hours",
            ("unknown", "prohibited"): ", but not outside lift hours",
        }.get((str(during), str(outside)), "")
    where = ", on designated routes only" if policy.designated_routes_only == "yes" else ""
    return f"Uphill allowed{when}{where}."


def _with_what(policy: Policy) -> str:
    needed = [
        words
        for words, fact in (
            ("waiver", policy.waiver),
            ("check-in", policy.check_in),
            ("avalanche gear", policy.avalanche_gear),
        )
        if fact == "required"
    ]
    if policy.pass_required == "never":
        return f"No pass, but {_listed(needed)} needed." if needed else "No pass needed."
    if policy.pass_required != "unknown":
        cost = {"free": "free ", "paid": "paid "}.get(policy.pass_cost, "")
        when = "" if policy.pass_required == "always" else f" {_VALUES[policy.pass_required]}"
        needed.insert(0, f"{cost}pass{when}")
    listed = _listed(needed)
    return f"{listed[0].upper()}{listed[1:]} needed." if listed else ""


def _listed(words: list[str]) -> str:
    """``a, b and c``."""
    return ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + words[-1] if words else ""


def _dogs(policy: Policy) -> str:
    return {
        "allowed": "Dogs allowed.",
        "leashed": "Dogs on leash.",
        "limited": "Dogs at some hours or places only.",
        "prohibited": "No dogs.",
    }.get(policy.dogs, "")


def age(provenance: Provenance | None, now: datetime) -> str:
    """How old what is shown is: "checked 3 hours ago", "from a list of 2021, not yet checked"."""
    if provenance is None:
        return "no policy known"
    if provenance.origin is Origin.BASELINE or provenance.last_confirmed is None:
        kind = {"list": "a list", "news": "a report"}.get(provenance.source_kind, "the resort's page")
        dated = f"of {provenance.as_of}" if provenance.as_of else "of unknown date"
        return f"from {kind} {dated}, not yet checked"
    checked = f"checked {ago(provenance.last_confirmed, now)}"
    if provenance.freshness == "stale":
        return f"{checked}, may be out of date"
    return checked if provenance.in_season else f"{checked}, out of season"


def pending_words(pending: Pending, timezone: str | None) -> str:
    """``page changed, being verified since 15 Jan 2026, 6:12 (America/Denver): the page is gone``."""
    return f"page changed, being verified since {local(pending.since, timezone)}: {pending.reason}"


def pin_words(pin: PinNote, timezone: str | None) -> str:
    """``set by a curator on 3 Jan 2026 until 30 Apr 2027: told by the patrol on the phone``."""
    until = f" until {day(pin.until)}" if pin.until is not None else ""
    note = f": {pin.note}" if pin.note else ""
    return f"set by a curator on {local_day(pin.pinned_at, timezone)}{until}{note}"


def ago(then: datetime, now: datetime) -> str:
    """Time passed, in its largest unit: "just now", "3 hours ago", "2 days ago"."""
    passed = max(now - then, timedelta())
    units = (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1)))
    for unit, length in units:
        if count := passed // length:
            return f"{count} {unit}{'' if count == 1 else 's'} ago"
    return "just now"


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
