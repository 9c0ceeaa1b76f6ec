"""Whether uphill travel is allowed while lifts run, and outside that time: shared by the two facts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from crawler.extract.bans.rows import is_of_one_row
from crawler.extract.bans.spared import spared
from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import backed
from crawler.extract.document import Document
from crawler.extract.hours.by_phase import by_hours, closed_by_day, evening_hours
from crawler.extract.hours.fragments import fragments
from crawler.extract.hours.operations import Phase, phase_of, phases
from crawler.extract.hours.phaselabels import told_behind
from crawler.extract.hours.phaserules import RULES, Case
from crawler.extract.hours.phasetopics import (
    NOT_TRAVEL,
    is_of_facility,
    is_of_other_duties,
    mountain_of,
    narrow,
)
from crawler.extract.hours.times import Span, spans
from crawler.extract.hours.weekdays import NAMED_DAYS
from crawler.extract.routes.names import names
from crawler.extract.rules import decided
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Access, Permission

_ALLOWED, _PROHIBITED = Permission.ALLOWED, Permission.PROHIBITED
_ELSEWHEN = ("afterwards", "at_other_times")
_TIMES = frozenset(
    [
        "during_ops",
        "day_of_lifts",
        "outside_ops",
        "both_phases",
        "at_no_time",
        "open_runs",
        "evening_event",
        *_ELSEWHEN,
    ]
)
_EVENING, _NOON = "16:00", "12:00"
_OPENING, _CLOSING = ("08:00", "10:30"), ("15:00", "17:00")
"""When lifts open and close: hours that begin earlier or end later are of both times."""
_LABEL = 8
"""Tokens of a sentence that is a label of those behind it."""
_BARE = 4
"""Tokens of a sentence that is nothing but a ban."""
_SHORT = 12
"""Tokens of a sentence that may leave its subject to the one before it."""
Reading = tuple[Permission, Strength, str]


def claims(document: Document, field: str, phase: Phase) -> Iterator[Claim]:
    before: Scoped | None = None
    label: Scoped | None = None
    begins: Scoped | None = None
    alone = fragments(document)
    hours = _Hours()
    lifted = spared(document)
    for told in document.main:
        if begins is None or begins.sentence.block is not told.sentence.block:
            begins = told
        if (fragment := alone.get(told.sentence.start)) is not None:
            value = _ALLOWED if fragment.only and fragment.phase == phase else _PROHIBITED
            if fragment.only or fragment.phase == phase:
                yield told.claim(field, value, f"nothing but a time ({phase} operations)", Strength.EXPLICIT)
            continue
        turned = hours.turned(told)
        scoped = _labelled(told, label)
        label = told if _is_label(told) else label
        # "Uphill travel is allowed in lift hours. When the lifts are closed, it is prohibited."
        goes_on = (
            before is not None and before.sentence.block is scoped.sentence.block and before.whole.travels
        )
        before = before if goes_on and len(scoped.whole.tokens) <= _SHORT else scoped
        if scoped.sentence.asks or not (scoped.heading_phase == phase or scoped.speaks_of(_TIMES)):
            continue
        short = goes_on and len(scoped.whole.tokens) <= _SHORT
        ruled = goes_on and before is not None and _rules(before)
        travels = False
        for clause in scoped.clauses:
            # "Uphill travel is allowed after the lifts close; in lift hours it is prohibited"
            leads = short or (goes_on and clause.start == scoped.whole.start) or travels
            goes = leads and len(clause.tokens) <= _SHORT
            other = turned or _turned_within(clause, scoped)
            read = _read(clause, scoped, phase, goes_on=goes, turned=other, ruled=ruled)
            travels = travels or clause.travels
            if read is not None:
                value, strength, why = read
                barred = (
                    lifted.lifts(told, phase)
                    or _is_of_one_route(scoped, begins)
                    or is_of_one_row(told, document)
                )
                if value is _PROHIBITED and barred:
                    continue
                start, end = scoped.sentence.start, scoped.sentence.end
                yield Claim(field, value, start, end, strength, why, condition=mountain_of(scoped))


def _is_of_one_route(scoped: Scoped, begins: Scoped) -> bool:
    """As "Not available during lift hours" behind "Birch Route. From the lodge to the summit."."""
    if scoped.whole.travels or scoped is begins:
        return False
    named = (begins.whole,) if scoped.heading is None else (begins.whole, scoped.heading)
    return any(
        name.noun and not name.first and not clause.travels
        for clause in named
        for name in names(clause, heads_sentence=False)
    )


def _rules(scoped: Scoped) -> bool:
    """Whether it permits going up or tells what climbers must do, and bans nothing of it."""
    return bool(scoped.sentence.kinds & {"permit", "must"}) and "forbid" not in scoped.sentence.kinds


class _Hours:
    """The hours that the sentences before tell, which "outside these hours" turns round."""

    def __init__(self) -> None:
        self._previous: Scoped | None = None
        self._timed: Scoped | None = None
        self._section: tuple[Clause, ...] | None = None
        self._phases: set[Phase] = set()
        self._loose = False

    def turned(self, told: Scoped) -> set[Phase]:
        """The time that it speaks of by that alone; the sentences are to be given in the page's order."""
        if told.headings != self._section:
            self._section, self._phases, self._loose = told.headings, set(), False
        turned = _turned(told, self._previous) or _turned_by_hours(told, self._timed)
        if turned and turned <= self._phases:
            turned = set()  # "By day 9 to 16:30, on Fridays 17:30 to 21. Outside these hours …" is of neither
        if turned == {"outside"} and self._loose:
            turned = set()  # "Monday to Friday 8:30 to 15:00", "Saturday 7:00 to 15:00"
        self._previous = told
        self._timed = told if _phase_of_hours(told.whole) else self._timed
        self._loose = self._loose or any(_begins_early(span) for span in spans(told.whole))
        self._phases |= set() if told.sentence.asks else _phases_of_hours(told.whole)
        return turned


def _turned(scoped: Scoped, before: Scoped | None) -> set[Phase]:
    """As "outside" in "In lift hours, 9 to 16:30, … Outside these hours access is prohibited"."""
    if before is None or before.sentence.block is not scoped.sentence.block or before.sentence.asks:
        return set()
    leads = any(0 <= scoped.whole.first(concept) <= 1 for concept in _ELSEWHEN)
    # "It is prohibited in lift hours. It is tolerated outside these hours by the Birch Run"
    kinds = [one.sentence.kinds & {"permit", "forbid"} for one in (before, scoped)]
    goes = scoped.whole.travels or scoped.whole.first("price_pronoun") == 0
    leads = leads or (
        len(kinds[0]) == len(kinds[1]) == 1 and kinds[0] != kinds[1] and goes and scoped.whole.has(*_ELSEWHEN)
    )
    told = phase_of(before.whole) or _phase_of_hours(before.whole) if leads else None
    return _other(told)


def _turned_by_hours(scoped: Scoped, timed: Scoped | None) -> set[Phase]:
    """As "outside" in "Open from 9 to 16:30. … No access before or after these hours", in one section."""
    if timed is None or timed.headings != scoped.headings or timed.sentence.asks:
        return set()
    denied = scoped.whole.first("neg") == 0 and scoped.whole.has(
        "access_word"
    )  # "No access after these hours"
    bans = scoped.sentence.rules("forbid") or denied
    told = scoped.whole.has(*_ELSEWHEN) and not spans(scoped.whole) and bans
    return _other(_phase_of_hours(timed.whole)) if told else set()


def _turned_within(clause: Clause, scoped: Scoped) -> set[Phase]:
    """As in "Open from 9 to 16:30 and closed outside these hours", of the clause that turns."""
    if not (clause.has(*_ELSEWHEN) and clause.rules("forbid")):
        return set()
    before = {phase_of(c) for c in scoped.clauses if c.end <= clause.start and c.travels}
    # "After closing until 20:00; afterwards it is closed" tells nothing of the day
    named: Phase | None = "during" if before == {"during"} else None
    return _other(_phase_of_hours(scoped.whole) or named)


def _other(phase: Phase | None) -> set[Phase]:
    return {"outside"} if phase == "during" else {"during"} if phase == "outside" else set()


def _phase_of_hours(clause: Clause) -> Phase | None:
    """As of "On Tuesdays from 17:30 to 22:00", "Open from 9:00 to 16:30"."""
    told = _phases_of_hours(clause)
    known = sum(_phase_of_span(span) is not None for span in spans(clause))
    return next(iter(told)) if len(told) == 1 and known == len(spans(clause)) else None


def _phases_of_hours(clause: Clause) -> set[Phase]:
    found: set[Phase] = set()
    for span in spans(clause):
        phase = _phase_of_span(span)
        # "08:00 to 22:00" begins by day and ends long after it
        both = phase is None and span.start[0].isdigit() and span.start < span.end and span.end >= _EVENING
        found |= {"during", "outside"} if both else {phase} if phase is not None else set()
    return found


def _phase_of_span(span: Span) -> Phase | None:
    if not span.start[0].isdigit():
        return None
    if span.start >= _EVENING:
        return "outside"
    by_day = _OPENING[0] <= span.start <= _OPENING[1] and _CLOSING[0] <= span.end <= _CLOSING[1]
    return "during" if by_day else None


def _begins_early(span: Span) -> bool:
    """As 7:00 to 15:00, which begin before the lifts and go on while they run."""
    timed = span.start[0].isdigit() and span.end[0].isdigit() and not span.open_ended
    return timed and span.start < _OPENING[0] and span.end > _NOON


def _is_label(scoped: Scoped) -> bool:
    """As "Outside operating hours." before "The area is open to uphill travel.": a time, and no rule."""
    named = phase_of(scoped.whole) is not None and not scoped.sentence.block.level
    return (
        named and len(scoped.whole.tokens) <= _LABEL and not (scoped.sentence.kinds or scoped.whole.travels)
    )


def _labelled(scoped: Scoped, label: Scoped | None) -> Scoped:
    """The sentence, under the label that stands before it in its block."""
    if label is None or label.sentence.block is not scoped.sentence.block or scoped.heading_phase:
        return scoped
    return replace(scoped, heading_phase=phase_of(label.whole))


def _read(
    clause: Clause, scoped: Scoped, phase: Phase, *, goes_on: bool, turned: set[Phase], ruled: bool
) -> Reading | None:
    """What the first rule that holds makes of the clause."""
    found = phases(clause) or _phases_around(scoped) or turned
    if not found:
        return _under_heading(clause, scoped, phase)
    if phase in found and (told := told_behind(scoped)) is not None:
        return told, Strength.PLAIN, f"told behind the time ({phase} operations)"
    case = Case(clause, scoped, phase, found, goes_on, ruled)
    rule = decided(RULES, case)
    if rule is None or rule.value is None:
        return None
    return rule.value(case), rule.strength, f"{rule.why} ({phase} operations)"


def _phases_around(scoped: Scoped) -> set[Phase]:
    """The sentence's times, unless a clause of it lays something down for them itself."""
    ruled = any(
        phases(clause)
        and clause.verdicts
        and (clause.travels or (clause.rules("forbid") and not clause.has("closed")))
        for clause in scoped.clauses
    )
    # "It is allowed, but not while the lifts run"
    denied = any(
        phases(clause) and not clause.verdicts and 0 <= clause.first("neg") <= 1 for clause in scoped.clauses
    )
    return set() if ruled or denied else phases(scoped.whole)


def _under_heading(clause: Clause, scoped: Scoped, phase: Phase) -> Reading | None:
    """What a clause that names no time comes to under a heading that does."""
    if (
        scoped.heading_phase != phase
        or is_of_other_duties(clause)
        or is_of_facility(clause)
        or clause.has("deadline")
        or scoped.sentence.block.level
        or 0 <= clause.first("included") <= 1  # "This includes skinning" may go on from a ban
    ):
        return None
    if scoped.sentence.block.row and (told := _in_column(clause, scoped)) is not None:
        return told, Strength.PLAIN, f"in a column of {phase} operations"
    if clause.rules("forbid"):
        in_part = narrow(clause) or scoped.whole.has("other_route", "afterwards", *NAMED_DAYS)
        # "From 17:00 to 8:30 the pistes are closed" leaves nothing of the time after closing
        by_hours_only = any(phase == "during" or span.start < span.end for span in spans(scoped.whole))
        about = scoped.whole.has("uphill", "ascend", "slopes") and not (in_part or by_hours_only)
        if not (about or _is_bare_ban(scoped)):
            return None
        return _PROHIBITED, Strength.PLAIN, f"under a heading of {phase} operations"
    ruled = clause.has("you") and (clause.rules("permit") or clause.rules("must"))
    ruled = (ruled and not clause.has("check_in", "announce")) or _rules_climbers(clause, scoped)
    if clause.has("uphill", "ascend") or ruled:
        permitted = clause.rules("permit") and clause.has("uphill", "ascend")
        strength = Strength.PLAIN if permitted else Strength.IMPLIED
        return _ALLOWED, strength, f"rules under a heading of {phase} operations"
    return None


def _is_bare_ban(scoped: Scoped) -> bool:
    """As "Not permitted." is under "Skinning after hours"."""
    head = scoped.heading
    return len(scoped.whole.tokens) <= _BARE and head is not None and head.travels


def _rules_climbers(clause: Clause, scoped: Scoped) -> bool:
    """As in "Route: Birch Run only", "Pass required", on what is about going up."""
    demanded = clause.has("any_pass_word") and (clause.rules("must") or clause.rules("need_not"))
    confined = clause.all("route_noun", "only") or clause.has("anywhere")
    return scoped.scope is Scope.EXPLICIT and (demanded or confined)


def _in_column(clause: Clause, scoped: Scoped) -> Permission | None:
    """As in "Not permitted", "Ridge Route only" in a cell of a table's column."""
    about = scoped.heading is None or scoped.headed("uphill", "ascend", "route_noun", "route_heading")
    if not about or scoped.scope is not Scope.EXPLICIT or scoped.headed(*NOT_TRAVEL, "any_pass_word"):
        return None
    if clause.rules("forbid") or (clause.first("neg") == 0 and len(clause.tokens) <= _SHORT):
        in_part = narrow(clause) or spans(scoped.whole) or scoped.whole.has(*NAMED_DAYS)
        return None if in_part else _PROHIBITED
    return _ALLOWED if clause.rules("permit") or clause.has("only", "anywhere", "answer_yes") else None


def settle(claims: Sequence[Claim], settled: Mapping[str, Settled], phase: Phase) -> Settled:
    """What is said outright; else what the hours come to; a full ban settles both."""
    access = settled.get("access", UNSTATED)
    if access.value is Access.PROHIBITED:
        return Settled(_PROHIBITED, access.claims, "banned at all times")
    if claims:
        values = {claim.value for claim in claims}
        outright = {claim.value for claim in claims if claim.strength > Strength.IMPLIED}
        if phase == "outside" and _PROHIBITED in outright and (evening := evening_hours(settled)) is not None:
            return Settled(_ALLOWED, (evening,), "banned but for hours outside operations")
        if phase == "during" and not outright and closed_by_day(settled):
            return Settled(_PROHIBITED, settled["windows"].claims[:1], "closed by day")
        if values == {_ALLOWED, _PROHIBITED}:
            # "banned, except on one route" and the like: allowed somewhere is allowed
            allowed = [c for c in claims if c.value is _ALLOWED and c.strength > Strength.IMPLIED]
            banned = [c for c in claims if c.value is _PROHIBITED]
            outweighed = len(allowed) >= len(banned) or _on_one_mountain(allowed, banned)
            return backed(claims, _ALLOWED if outweighed else _PROHIBITED)
        return backed(claims, values.pop())
    return by_hours(settled, phase)


def _on_one_mountain(allowed: Sequence[Claim], banned: Sequence[Claim]) -> bool:
    """Whether what is allowed holds for a mountain of the resort of which no ban is told."""
    shut = {claim.condition for claim in banned}
    return None not in shut and any(c.condition and c.condition not in shut for c in allowed)
