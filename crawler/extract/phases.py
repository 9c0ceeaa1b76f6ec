"""Whether uphill travel is allowed while lifts run, and outside that time: shared by the two facts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import backed
from crawler.extract.document import Document
from crawler.extract.hourphases import by_hours, closed_by_day, evening_hours
from crawler.extract.hours import answers_when, opens_route
from crawler.extract.operations import Phase, only_evenings, phases
from crawler.extract.rules import Rule, decided
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause
from crawler.extract.times import spans
from uphill.vocabulary import Access, Permission

_ALLOWED, _PROHIBITED = Permission.ALLOWED, Permission.PROHIBITED
_TIMES = frozenset(["during_ops", "outside_ops", "both_phases", "evening_event"])
_NOT_TRAVEL = ("dog", "obtain", "lights", "bike", "call", "machines", "downhill", "price_word")
_ONLY = 4
"""Tokens between "only" and the time that it holds for."""
_JOINED = 2
"""Tokens from "on other days" to "in lift hours", with an "and" between."""
_OF_OTHERS = ("dog", "obtain", "lights", "bike", "call", "price_word")
_SHORT = 12
"""Tokens of a sentence that may leave its subject to the one before it."""
Reading = tuple[Permission, Strength, str]


def claims(document: Document, field: str, phase: Phase) -> Iterator[Claim]:
    before: Scoped | None = None
    for scoped in document.main:
        # "Uphill travel is allowed in lift hours. When the lifts are closed, it is prohibited."
        goes_on = (
            before is not None and before.sentence.block is scoped.sentence.block and before.whole.travels
        )
        before = before if goes_on and len(scoped.whole.tokens) <= _SHORT else scoped
        told = scoped.heading_phase == phase or scoped.speaks_of(_TIMES)
        if not told or scoped.sentence.asks:
            continue
        short = goes_on and len(scoped.whole.tokens) <= _SHORT
        travels = False
        for clause in scoped.clauses:
            # "Uphill travel is allowed after the lifts close; in lift hours it is prohibited"
            read = _read(clause, scoped, phase, goes_on=short or (travels and len(clause.tokens) <= _SHORT))
            travels = travels or clause.travels
            if read is not None:
                value, strength, why = read
                yield Claim(field, value, scoped.sentence.start, scoped.sentence.end, strength, why)


@dataclass(frozen=True)
class Case:
    """A clause, the times of operation that it speaks of, and the one that is asked for."""

    clause: Clause
    scoped: Scoped
    phase: Phase
    found: set[Phase]
    goes_on: bool

    @property
    def here(self) -> bool:
        """Whether it speaks of the time asked for."""
        return self.phase in self.found

    @property
    def bans(self) -> bool:
        return self.clause.rules("forbid")


def _read(clause: Clause, scoped: Scoped, phase: Phase, *, goes_on: bool) -> Reading | None:
    """What the first rule that holds makes of the clause."""
    found = phases(clause) or _phases_around(scoped)
    if not found:
        return _under_heading(clause, scoped, phase)
    case = Case(clause, scoped, phase, found, goes_on)
    rule = decided(_RULES, case)
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
    return set() if ruled else phases(scoped.whole)


def _shows(case: Case) -> bool:
    """As in "No patrol when we are closed", "Dogs must be leashed in lift hours"."""
    clause = case.clause
    ruled = clause.has("dog", "lights") and bool(clause.verdicts or clause.has("leash", "neg"))
    return case.here and (ruled or clause.has("no_patrol"))


def _off_before(case: Case) -> bool:
    """As in "Be off the hill before the lifts open"."""
    clause = case.clause
    return clause.has("deadline") and case.found == {"outside"} and clause.has("before") and clause.travels


def _closes_slopes(case: Case) -> bool:
    """As in "After the lifts have closed, nobody may be on the slopes": climbers are not named, and not spared."""
    clause = case.clause
    slopes = case.scoped.whole.has("slopes") or (
        clause.has("route_noun") and case.scoped.scope is Scope.EXPLICIT
    )
    first = min((h.first for c in ("slopes", "route_noun") for h in clause.hits.get(c, ())), default=0)
    others = clause.has("snowshoe", "foot", "downhill", *_OF_OTHERS) or clause.travels
    others = others or 0 <= min(_houses(clause), default=-1) < first
    spared = clause.has("except", "without", "only", "some_times", "if_strict")
    spared = spared or case.scoped.whole.has("other_times")
    evenings = only_evenings(case.scoped.whole) and case.scoped.heading_phase != "outside"
    told = case.phase == "outside" and case.here and case.bans and not evenings
    return told and slopes and not others and not spared


def _is_excepted(case: Case) -> bool:
    """As in "You may climb in lift hours, but not after closing"."""
    clause = case.clause
    bare = clause.first("neg") == 0 and not clause.verdicts and bool(phases(clause))
    before = [c for c in case.scoped.clauses if c.start < clause.start]
    return bare and case.here and any(c.travels and c.rules("permit") for c in before)


def _is_of_some(clause: Clause) -> bool:
    """As in "Only lift riders may be on the hill while lifts run": some people are alone, not some hours."""
    times = (*clause.hits.get("during_ops", ()), *clause.hits.get("outside_ops", ()))
    leads = any(hit.first == hit.last == 0 for hit in clause.hits.get("only", ()))
    return leads and not clause.has("uphill") and not any(time.first <= _ONLY for time in times)


def _is_of_others(case: Case) -> bool:
    clause, scoped = case.clause, case.scoped
    if _is_of_some(clause):
        return True
    about = (
        clause.has("uphill", "ascend")
        or _is_row_of(clause, scoped)
        or answers_when(clause, scoped)
        or (scoped.scope is Scope.EXPLICIT and clause.has("you", "stay_on_route"))
        or (scoped.scope is Scope.EXPLICIT and opens_route(clause))  # "The routes are open in lift hours"
        or (case.goes_on and not clause.has("other_topic", "snowshoe", "foot"))
        or (case.goes_on and case.bans and not clause.has("snowshoe", "foot", "facility"))
    )
    fetched = scoped.whole.has("obtain") and not (clause.travels and clause.has("permit", "forbid", "must"))
    headed = scoped.headed("dog", "lights", "bike") and not scoped.headed("uphill")
    return not about or fetched or headed or _is_others(clause) or _is_of_facility(clause)


def _is_of_facility(clause: Clause) -> bool:
    """As in "The lodge is open to uphillers in lift hours": a house or an office is what it speaks of."""
    houses = _houses(clause)
    travel = [hit.first for c in ("uphill", "ascend") for hit in clause.hits.get(c, ())]
    return bool(houses) and (not travel or min(houses) < min(travel))


def _houses(clause: Clause) -> list[int]:
    """Where it names a house, an office or their hours; "outside opening hours" names the lifts'."""
    times = (*clause.hits.get("during_ops", ()), *clause.hits.get("outside_ops", ()))
    return [
        hit.first
        for hit in clause.hits.get("facility", ())
        if not any(time.first <= hit.first and hit.last <= time.last for time in times)
    ]


def _is_confined(case: Case) -> bool:
    travels = case.clause.travels or answers_when(case.clause, case.scoped)
    return _confined(case.clause) and travels and len(case.found) == 1 and not case.bans


def _is_banned_but_on_a_route(case: Case) -> bool:
    clause = case.clause
    elsewhere = clause.has("other_route") or (clause.has("except") and clause.has("route_noun"))
    return case.bans and elsewhere and case.here


def _is_spared(case: Case) -> bool:
    return case.bans and case.clause.has("without", "except") and not _spares_lifts(case.clause)


def _spares_lifts(clause: Clause) -> bool:
    """As in "Nobody goes up except on the lift"."""
    spared = clause.hits.get("except", ())
    lifts = [hit.first for c in ("other_topic", "during_ops") for hit in clause.hits.get(c, ())]
    return not clause.has("route_noun", "any_pass") and any(
        0 < lift - hit.last <= _ONLY for hit in spared for lift in lifts
    )


def _is_banned_but_outside(case: Case) -> bool:
    near = case.clause.near("only", "outside_ops", _ONLY)
    return case.bans and near and "outside" in case.found


def _is_banned(case: Case) -> bool:
    evenings = case.phase == "outside" and only_evenings(case.scoped.whole)
    told = case.bans and case.here and not _narrow(case.clause) and not evenings
    return told and not _is_of_one_row(case)


def _is_of_one_row(case: Case) -> bool:
    """Whether it stands in the row of one route or mountain among others."""
    row = case.scoped.sentence.block.row and not _is_row_of(case.scoped.whole, case.scoped)
    return row and sum(token.fold == "|" for token in case.scoped.whole.tokens) > 1


def _is_allowed_except_then(case: Case) -> bool:
    """As in "allowed except in lift hours", "fine unless the lifts are running"."""
    clause, concept = case.clause, "during_ops" if "during" in case.found else "outside_ops"
    excepted = len(case.found) == 1 and clause.near("except", concept, _ONLY)
    return excepted and clause.rules("permit") and not case.bans


def _ends_then(case: Case) -> bool:
    """As in "Uphill access closes when the lifts start turning"."""
    clause = case.clause
    times = clause.hits.get("during_ops", ())
    ends = any(hit.last == time.first - 1 for time in times for hit in clause.hits.get("column_until", ()))
    return ends and case.found == {"during"} and clause.travels and not case.bans


def _is_only_then(case: Case) -> bool:
    clause = case.clause
    alone = clause.has("only") and not _is_of_some(clause)
    alone = alone and clause.has("uphill", "ascend") and len(case.found) == 1
    return alone and not clause.has("route_noun", "any_pass")


def _is_row_of_hours(case: Case) -> bool:
    """As in a row "By day | while the lifts run" under a heading of hours."""
    scoped = case.scoped
    timed = scoped.sentence.block.row and scoped.headed("when_heading") and scoped.scope is Scope.EXPLICIT
    return timed and case.here and not case.clause.verdicts and not spans(scoped.whole)


def _holds_then_too(case: Case) -> bool:
    """As in "Outside lift hours it is prohibited. That applies before the first chair, too"."""
    clause = case.clause
    bare = case.goes_on and not clause.travels and not case.bans and not clause.rules("permit")
    return bare and clause.has("applies")


def _is_ruled(case: Case) -> bool:
    clause = case.clause
    rules = (
        clause.rules("permit") or clause.rules("must") or clause.has("own_risk", "stay_on_route", "anywhere")
    )
    return case.here and (rules or (clause.travels and clause.has("only", "confine")))


def _allowed(_case: Case) -> Permission:
    return _ALLOWED


def _prohibited(_case: Case) -> Permission:
    return _PROHIBITED


def _allowed_here(case: Case) -> Permission:
    return _ALLOWED if case.here else _PROHIBITED


def _prohibited_here(case: Case) -> Permission:
    return _PROHIBITED if case.here else _ALLOWED


def _allowed_outside(case: Case) -> Permission:
    return _ALLOWED if case.phase == "outside" else _PROHIBITED


_RULES: tuple[Rule[[Case], Callable[[Case], Permission]], ...] = (
    Rule("a rule that shows people go up", _shows, _allowed, Strength.IMPLIED),
    Rule("everyone is off the hill before the lifts run", _off_before, _allowed_outside, Strength.IMPLIED),
    Rule("the slopes are closed to all", _closes_slopes, _prohibited, Strength.EXPLICIT),
    Rule("a row of hours", _is_row_of_hours, _allowed, Strength.PLAIN),
    Rule("but not then", _is_excepted, _prohibited, Strength.EXPLICIT),
    Rule("of something else than going up", _is_of_others),
    Rule(
        "allowed except at one of the two times", _is_allowed_except_then, _prohibited_here, Strength.EXPLICIT
    ),
    Rule("confined to one of the two times", _is_confined, _allowed_here, Strength.EXPLICIT),
    Rule("banned except on a route", _is_banned_but_on_a_route, _allowed, Strength.PLAIN),
    Rule("banned with an exception", _is_spared),
    Rule("only outside operations", _is_banned_but_outside, _allowed_outside, Strength.EXPLICIT),
    Rule("banned", _is_banned, _prohibited, Strength.EXPLICIT),
    Rule("banned at other times, at some places or to some people", lambda case: case.bans),
    Rule("ends when the lifts run", _ends_then, _allowed_outside, Strength.PLAIN),
    Rule("only at one of the two times", _is_only_then, _allowed_here, Strength.EXPLICIT),
    Rule("what was said before holds then, too", _holds_then_too),
    Rule("a rule for those who go up", _is_ruled, _allowed, Strength.PLAIN),
)
"""The first that holds decides."""


def _under_heading(clause: Clause, scoped: Scoped, phase: Phase) -> Reading | None:
    """What a clause that names no time comes to under a heading that does."""
    if (
        scoped.heading_phase != phase
        or _is_others(clause)
        or _is_of_facility(clause)
        or clause.has("deadline")
        or scoped.sentence.block.level
    ):
        return None
    if scoped.sentence.block.row and (told := _in_column(clause, scoped)) is not None:
        return told, Strength.PLAIN, f"in a column of {phase} operations"
    if clause.rules("forbid"):
        narrow = _narrow(clause) or scoped.whole.has("other_route")
        if not scoped.whole.has("uphill", "ascend", "slopes") or narrow or spans(scoped.whole):
            return None
        return _PROHIBITED, Strength.PLAIN, f"under a heading of {phase} operations"
    ruled = clause.has("you") and (clause.rules("permit") or clause.rules("must"))
    if clause.has("uphill", "ascend") or (ruled and not clause.has("check_in", "announce")):
        return _ALLOWED, Strength.IMPLIED, f"rules under a heading of {phase} operations"
    return None


def _in_column(clause: Clause, scoped: Scoped) -> Permission | None:
    """As in "Not permitted", "Ridge Route only" in a cell of a table's column."""
    about = scoped.heading is None or scoped.headed("uphill", "ascend", "route_noun", "route_heading")
    if not about or scoped.scope is not Scope.EXPLICIT or scoped.headed(*_NOT_TRAVEL, "any_pass_word"):
        return None
    if clause.rules("forbid") or (clause.first("neg") == 0 and len(clause.tokens) <= _SHORT):
        return None if _narrow(clause) or spans(scoped.whole) else _PROHIBITED
    return _ALLOWED if clause.rules("permit") or clause.has("only", "anywhere", "answer_yes") else None


def _is_row_of(clause: Clause, scoped: Scoped) -> bool:
    """As in "While lifts are running | Not allowed", "In lift hours: not allowed" under a heading on going up."""
    labelled = any(
        whole.first(c) in (0, 1) for c in ("during_ops", "outside_ops") for whole in (clause, scoped.whole)
    )
    told = scoped.sentence.block.row or any(token.fold == ":" for token in clause.tokens)
    return told and labelled and scoped.scope is Scope.EXPLICIT


def _is_others(clause: Clause) -> bool:
    """Whether it rules something else than going up; machines may be the reason of a ban."""
    others = {concept for concept in _NOT_TRAVEL if clause.has(concept)}
    if clause.has("uphill", "ascend") and clause.rules("forbid"):
        others -= {"machines"}
    permits = clause.travels and clause.rules("permit") and not clause.rules("forbid")
    if permits or clause.has("both_ways"):  # "up and down on the marked run", or a run's own name
        others -= {"downhill"}
    return bool(others)


def _confined(clause: Clause) -> bool:
    """As in "Only during …", "outside lift hours only"."""
    times = (*clause.hits.get("during_ops", ()), *clause.hits.get("outside_ops", ()))
    return any(
        0 < time.first - only.last <= 2 or only.first - time.last == 1
        for only in clause.hits.get("only", ())
        for time in times
    )


def _narrow(clause: Clause) -> bool:
    """Whether a ban holds for some places, times or people only; not "on other days and in lift hours"."""
    hours = clause.hits.get("during_ops", ())
    others = [
        other
        for other in clause.hits.get("other_times", ())
        if not any(0 < hit.first - other.last <= _JOINED for hit in hours)
    ]
    return bool(others) or clause.has("special_place", "without")


def settle(claims: Sequence[Claim], settled: Mapping[str, Settled], phase: Phase) -> Settled:
    """What is said outright; else what the hours come to; a full ban settles both."""
    access = settled.get("access", UNSTATED)
    if access.value is Access.PROHIBITED:
        return Settled(_PROHIBITED, access.claims, "banned at all times")
    if claims:
        values = {claim.value for claim in claims}
        outright = {claim.value for claim in claims if claim.strength > Strength.IMPLIED}
        if (
            phase == "outside"
            and outright == {_PROHIBITED}
            and (evening := evening_hours(settled)) is not None
        ):
            return Settled(_ALLOWED, (evening,), "banned but for hours outside operations")
        if phase == "during" and not outright and closed_by_day(settled):
            return Settled(_PROHIBITED, settled["windows"].claims[:1], "closed by day")
        if values == {_ALLOWED, _PROHIBITED}:
            # "banned, except on one route" and the like: allowed somewhere is allowed
            allowed = [c for c in claims if c.value is _ALLOWED and c.strength > Strength.IMPLIED]
            banned = [c for c in claims if c.value is _PROHIBITED]
            return backed(claims, _ALLOWED if len(allowed) >= len(banned) else _PROHIBITED)
        return backed(claims, values.pop())
    return by_hours(settled, phase)
