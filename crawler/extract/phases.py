"""Whether uphill travel is allowed while lifts run, and outside that time: shared by the two facts."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import UNDER_HEADING, UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import backed
from crawler.extract.document import Document, Scope, Scoped
from crawler.extract.operations import Phase, only_evenings, phases
from crawler.extract.sentences import Clause
from crawler.extract.times import spans
from uphill.policy import Window
from uphill.vocabulary import Access, Permission

_ALLOWED, _PROHIBITED = Permission.ALLOWED, Permission.PROHIBITED
_NOT_TRAVEL = ("dog", "obtain", "lights", "bike", "call", "machines", "downhill", "price_word")
_SHORT = 12
"""Tokens of a sentence that may leave its subject to the one before it."""
_WEEKLY = 2
"""Most days of a weekly evening, which tells nothing of the day."""
_EARLY, _LATE, _MORNING, _EVENING = 9 * 60, 16 * 60, 8 * 60, 17 * 60


def claims(document: Document, field: str, phase: Phase) -> Iterator[Claim]:
    before: Scoped | None = None
    for scoped in document.main:
        # "Uphill travel is allowed in lift hours. When the lifts are closed, it is prohibited."
        goes_on = (
            before is not None and before.sentence.block is scoped.sentence.block and before.whole.travels
        )
        before = before if goes_on and len(scoped.whole.tokens) <= _SHORT else scoped
        if scoped.sentence.asks:
            continue
        for clause in scoped.clauses:
            read = _read(clause, scoped, phase, goes_on=goes_on and len(scoped.whole.tokens) <= _SHORT)
            if read is not None:
                value, strength, why = read
                yield Claim(field, value, scoped.sentence.start, scoped.sentence.end, strength, why)


def _read(  # noqa: C901, PLR0911 - one return a rule, in their order
    clause: Clause, scoped: Scoped, phase: Phase, *, goes_on: bool
) -> tuple[Permission, Strength, str] | None:
    found = phases(clause) or phases(scoped.whole)
    if not found:
        return _under_heading(clause, scoped, phase)
    if phase in found and (
        clause.has("no_patrol") or (clause.has("dog", "lights") and (clause.verdicts or clause.has("leash")))
    ):
        return _ALLOWED, Strength.IMPLIED, f"a rule that shows people go up {phase} operations"
    if clause.has("deadline") and found == {"outside"} and clause.has("before") and clause.travels:
        value = _PROHIBITED if phase == "during" else _ALLOWED
        return value, Strength.IMPLIED, "everyone is off the hill before the lifts run"
    about = (
        clause.has("uphill", "ascend")
        or _is_row_of(clause, scoped)
        or (scoped.scope is Scope.EXPLICIT and clause.has("you"))
    )
    about = about or (scoped.scope is Scope.EXPLICIT and clause.has("stay_on_route"))
    about = about or (goes_on and not clause.has("other_topic", "snowshoe", "foot"))
    if (
        not about
        or _is_others(clause)
        or (scoped.whole.has("obtain") and not (clause.travels and clause.has("permit", "forbid", "must")))
    ):
        return None
    confined = _confined(clause)
    if confined and clause.travels and len(found) == 1 and not clause.rules("forbid"):
        value = _ALLOWED if phase in found else _PROHIBITED
        return value, Strength.EXPLICIT, "confined to one of the two times"
    elsewhere = clause.has("other_route") or (clause.has("except") and clause.has("route_noun"))
    if clause.rules("forbid") and elsewhere and phase in found:
        return _ALLOWED, Strength.PLAIN, "banned except on a route"
    if clause.rules("forbid") and not clause.has("without", "except"):
        if clause.has("only") and "outside" in found:
            return (
                (_ALLOWED if phase == "outside" else _PROHIBITED),
                Strength.EXPLICIT,
                "only outside operations",
            )
        if (
            phase in found
            and not _narrow(clause)
            and not (phase == "outside" and only_evenings(scoped.whole))
        ):
            return _PROHIBITED, Strength.EXPLICIT, f"banned {phase} operations"
        return None
    if (
        clause.has("only")
        and clause.has("uphill", "ascend")
        and len(found) == 1
        and not clause.has("route_noun", "any_pass")
    ):
        if phase in found:
            return _ALLOWED, Strength.EXPLICIT, f"only {phase} operations"
        return _PROHIBITED, Strength.EXPLICIT, "only at the other time"
    if phase in found and (
        clause.rules("permit")
        or clause.rules("must")
        or clause.has("own_risk")
        or (clause.travels and clause.has("only", "confine"))
    ):
        return _ALLOWED, Strength.PLAIN, f"a rule for those who go up {phase} operations"
    return None


def _under_heading(clause: Clause, scoped: Scoped, phase: Phase) -> tuple[Permission, Strength, str] | None:
    if (
        scoped.heading_phase != phase
        or _is_others(clause)
        or clause.has("deadline")
        or scoped.sentence.block.level
    ):
        return None
    if clause.rules("forbid"):
        if not scoped.whole.has("uphill", "ascend", "slopes") or _narrow(clause) or spans(scoped.whole):
            return None
        return _PROHIBITED, Strength.PLAIN, f"under a heading of {phase} operations"
    ruled = clause.has("you") and (clause.rules("permit") or clause.rules("must"))
    if clause.has("uphill", "ascend") or ruled:
        return _ALLOWED, Strength.IMPLIED, f"rules under a heading of {phase} operations"
    return None


def _is_row_of(clause: Clause, scoped: Scoped) -> bool:
    """As in a row "While lifts are running | Not allowed" under a heading on going up."""
    labelled = any(clause.first(c) in (0, 1) for c in ("during_ops", "outside_ops"))
    return scoped.sentence.block.row and labelled and scoped.scope is Scope.EXPLICIT


def _is_others(clause: Clause) -> bool:
    """Whether it rules something else than going up; machines may be the reason of a ban."""
    others = [concept for concept in _NOT_TRAVEL if clause.has(concept)]
    return bool(others) and not (others == ["machines"] and clause.has("uphill") and clause.rules("forbid"))


def _confined(clause: Clause) -> bool:
    """As in "Only during …", "outside lift hours only"."""
    times = (*clause.hits.get("during_ops", ()), *clause.hits.get("outside_ops", ()))
    return any(
        0 < time.first - only.last <= 2 or only.first - time.last == 1
        for only in clause.hits.get("only", ())
        for time in times
    )


def _narrow(clause: Clause) -> bool:
    """Whether a ban holds for some places or people only."""
    return clause.has("special_place", "without")


def settle(claims: Sequence[Claim], settled: Mapping[str, Settled], phase: Phase) -> Settled:
    """What is said outright; else what the hours come to; a full ban settles both."""
    access = settled.get("access", UNSTATED)
    if access.value is Access.PROHIBITED:
        return Settled(_PROHIBITED, access.claims, "banned at all times")
    if claims:
        values = {claim.value for claim in claims}
        if values == {_ALLOWED, _PROHIBITED}:
            # "banned, except on one route" and the like: allowed somewhere is allowed
            allowed = [c for c in claims if c.value is _ALLOWED and c.strength > Strength.IMPLIED]
            banned = [c for c in claims if c.value is _PROHIBITED]
            return backed(claims, _ALLOWED if len(allowed) >= len(banned) else _PROHIBITED)
        return backed(claims, values.pop())
    return _by_hours(settled, phase)


def _by_hours(settled: Mapping[str, Settled], phase: Phase) -> Settled:  # noqa: PLR0911 - one return a rule, in their order
    hours = settled.get("windows", UNSTATED)
    windows: tuple[Window, ...] = hours.value or ()
    if not windows:
        return UNSTATED
    if all(claim.why.endswith(UNDER_HEADING) for claim in hours.claims) and all(_outside(w) for w in windows):
        # such hours are their heading's, and not the only ones
        why = "hours under a heading of the time outside operations"
        return Settled(_ALLOWED, hours.claims[:1], why) if phase == "outside" else UNSTATED
    if any("lift" in w.start + w.end for w in windows):
        return _by_lifts(hours, windows, phase)
    weekly = all(0 < len(w.days) <= _WEEKLY for w in windows)
    if all(_outside(w) for w in windows):
        if phase == "outside":
            return Settled(_ALLOWED, hours.claims[:1], "the hours lie outside operations")
        return (
            UNSTATED
            if weekly
            else Settled(_PROHIBITED, hours.claims[:1], "the only hours lie outside operations")
        )
    if any(_through(w) for w in windows):
        return Settled(_ALLOWED, hours.claims[:1], "the hours run through the day")
    return UNSTATED


def _by_lifts(hours: Settled, windows: Sequence[Window], phase: Phase) -> Settled:
    if all(_beside_lifts(w) for w in windows):
        return (
            Settled(_ALLOWED, hours.claims[:1], "until or after the lifts run")
            if phase == "outside"
            else UNSTATED
        )
    if phase == "during" and any(w.start == "lift_open" or w.end == "lift_close" for w in windows):
        return Settled(_ALLOWED, hours.claims[:1], "the hours run through the day")
    return UNSTATED


def _beside_lifts(window: Window) -> bool:
    """Whether the hours end before the lifts run or begin after them."""
    named = "lift" in window.start + window.end
    return _outside(window) if not named else window.end == "lift_open" or window.start == "lift_close"


def _minutes(moment: str, *, sun_early: int) -> int:
    if moment in ("sunrise", "dawn"):
        return 7 * 60
    if moment in ("sunset", "dusk"):
        return sun_early
    return int(moment[:2]) * 60 + int(moment[3:])


def _outside(window: Window) -> bool:
    start, end = _minutes(window.start, sun_early=17 * 60), _minutes(window.end, sun_early=17 * 60)
    if end <= start:
        return start >= _LATE and end <= _EARLY
    return end <= _EARLY or start >= _LATE


def _through(window: Window) -> bool:
    start, end = _minutes(window.start, sun_early=17 * 60), _minutes(window.end, sun_early=17 * 60 + 1)
    if end <= start:
        return False
    spans_day = start < 12 * 60 < end and (start > 0 or window.end == "24:00")
    return spans_day and (start < _MORNING or end > _EVENING)
