"""When ski patrol helps those who go up."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import backed
from crawler.extract.document import Document
from crawler.extract.hours.operations import Phase, phase_of
from crawler.extract.hours.times import spans
from crawler.extract.hours.weekdays import named_days
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Patrol

FIELD = "patrol"
NEEDS: tuple[str, ...] = ()
_TOLD = frozenset(["unpatrolled", "patrol_service"])
_MORNING, _AFTERNOON = "10:00", "15:00"
_NEAR = 5
"""Tokens from a negation to the service there is none of."""


def claims(document: Document) -> Iterator[Claim]:
    paragraph: list[Scoped] = []
    for scoped in document.main:
        if paragraph and scoped.sentence.block is not paragraph[0].sentence.block:
            paragraph.clear()
        paragraph.append(scoped)
        if not scoped.speaks_of(_TOLD) or scoped.sentence.asks:
            continue
        told = next((phase for s in reversed(paragraph) if (phase := phase_of(s.whole))), None)
        if scoped.whole.has("backcountry", "closed_runs", "uphill_pass"):
            continue
        value = _read(scoped, told)
        if value is not None:
            start, end = scoped.sentence.start, scoped.sentence.end
            strength = Strength.IMPLIED if value is Patrol.NEVER else Strength.PLAIN
            yield Claim(FIELD, value, start, end, strength, "speaks of patrol")


def _read(scoped: Scoped, told: Phase | None) -> Patrol | None:
    """``told`` is the last that the paragraph said of the hours: "When we are closed … There is no patrol"."""
    whole = scoped.whole
    phase = phase_of(whole) or scoped.heading_phase
    if _is_absent(whole):
        return _of_absence(whole, phase, told)
    if (
        not whole.has("patrol_service")
        or not whole.has("served", "patrolled")
        or whole.has("call", "if_strict")
    ):
        return None
    if whole.has("neg") or scoped.sentence.rules("forbid"):
        return None
    if whole.has("round_the_clock"):
        return Patrol.ALWAYS
    hours = [span for span in spans(whole) if not span.open_ended]
    daily = phase == "during" and (whole.has("only") or phase_of(whole) == "during")
    return Patrol.DURING_OPERATIONS if hours or daily else None


def _of_absence(clause: Clause, phase: Phase | None, told: Phase | None) -> Patrol | None:
    if clause.has("other_terrain", "other_route"):
        return None
    if (phase or told) == "outside" or _early_or_late(clause):
        return Patrol.DURING_OPERATIONS
    timeless = phase is None and told is None and not spans(clause)
    return Patrol.NEVER if timeless and _is_whole(clause) else None


def _is_absent(clause: Clause) -> bool:
    """As in "there is no patrol", "the routes are not patrolled", "patrol is not available"."""
    if clause.has("unpatrolled"):
        return True
    services = clause.hits.get("patrol_service", ())
    if not services or not clause.has("served", "patrolled"):
        return False
    told = clause.hits_of("served", "patrolled")
    return any(
        0 < hit.first - negation.last <= _NEAR or 0 < negation.first - hit.last <= 1
        for hit in told
        for negation in clause.hits.get("neg", ())
    ) and any(abs(service.first - hit.first) <= 2 * _NEAR for service in services for hit in told)


def _early_or_late(clause: Clause) -> bool:
    """Whether it names hours that are all over before the lifts run, or begin after it."""
    found = spans(clause)
    return bool(found) and all(
        (span.open_ended == "start" and span.end <= _MORNING)
        or (span.open_ended == "end" and span.start >= _AFTERNOON)
        for span in found
    )


def _is_whole(clause: Clause) -> bool:
    """Whether it speaks of all times, and not of some days only."""
    timed = clause.has("if", "if_strict") and not clause.has("uphill_hours")
    return not timed and not (clause.has("except") or named_days(clause))


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    """Hours told beat a plain "not patrolled", which may be meant of the same hours."""
    told = {claim.value for claim in claims}
    for value in (Patrol.DURING_OPERATIONS, Patrol.NEVER, Patrol.ALWAYS):
        if value in told:
            return UNSTATED if value is Patrol.NEVER and Patrol.ALWAYS in told else backed(claims, value)
    return UNSTATED
