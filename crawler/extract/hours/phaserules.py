"""What a clause that names a time of operation says of going up then: the rules, in their order."""

from collections.abc import Callable
from dataclasses import dataclass

from crawler.extract.bans.bounds import is_of_conduct, is_reserved
from crawler.extract.claims import Strength
from crawler.extract.hours.confined import (
    asks_who_goes_then,
    bans_the_rest,
    excepted_time,
    is_clock,
    is_confined_to_time,
    is_joined_with_the_time,
    is_of_a_name,
    is_of_means,
    names_its_time,
    spares_a_way,
    spares_the_lifts,
    spares_the_way,
)
from crawler.extract.hours.grounds import answers_when, names_a_run, opens_route
from crawler.extract.hours.operations import Phase, only_evenings, phases
from crawler.extract.hours.phasetopics import (
    bans_each_of_two,
    denies_access,
    denies_before,
    houses,
    is_of_access,
    is_of_facility,
    is_of_other_duties,
    is_of_other_kinds,
    is_of_some,
    is_row_of,
    keeps_to_the_edge,
    names_another_topic,
    narrow,
    tells_access,
    tells_to_climb,
)
from crawler.extract.hours.times import spans
from crawler.extract.hours.weekdays import days_in
from crawler.extract.languages import language
from crawler.extract.rules import Rule
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Permission

_ALLOWED, _PROHIBITED = Permission.ALLOWED, Permission.PROHIBITED
_OTHER = frozenset("other others anderen andere übrigen restlichen autres altre altri restanti".split())  # noqa: SIM905
_SUBJECT = 3
"""Tokens within which "All other terrain" is named."""
_OF_OTHERS = ("dog", "obtain", "lights", "bike", "call", "price_word")
_ONLY = 4
"""Tokens between "only" and the time that it holds for."""
_POINTING = 3
"""Tokens from the start of "This rule applies …" to its verb."""


@dataclass(frozen=True)
class Case:
    """A clause, the times of operation that it speaks of, and the one that is asked for."""

    clause: Clause
    scoped: Scoped
    phase: Phase
    found: set[Phase]
    goes_on: bool
    ruled_before: bool = False
    """Whether the sentence before permits going up, or tells what climbers must do."""

    @property
    def here(self) -> bool:
        """Whether it speaks of the time asked for."""
        return self.phase in self.found

    @property
    def bans(self) -> bool:
        return self.clause.rules("forbid")


def _shows(case: Case) -> bool:
    """As in "No patrol when we are closed", "Dogs must be leashed in lift hours"."""
    clause = case.clause
    ruled = clause.has("dog", "lights") and bool(clause.verdicts or clause.has("leash", "neg"))
    # "No dogs, day or night", "No climbing after hours, dogs on a leash" show nothing
    banned = case.scoped.sentence.rules("forbid") and not phases(clause)
    both = len(case.found) > 1 or banned or denies_before(clause)
    return case.here and ((ruled and not both) or clause.has("no_patrol"))


def _is_of_a_season_to_come(case: Case) -> bool:
    """As in "When the mountain opens, uphill access will resume": once a winter, and not each morning."""
    clause = case.clause
    opens = clause.hits.get("lift_open", ())
    return clause.has("resumes") and any(
        hit.overlaps(time) for time in clause.hits.get("during_ops", ()) for hit in opens
    )


def _off_before(case: Case) -> bool:
    """As in "Be off the hill before the lifts open"."""
    clause = case.clause
    climbers = clause.travels or (case.scoped.scope is Scope.EXPLICIT and not clause.has("downhill"))
    early = clause.has("before") and (clause.travels or clause.has("lift_open"))
    return (
        climbers
        and early
        and clause.has("deadline")
        and case.found == phases(clause) == {"outside"}
        and not clause.has("lift_close")
    )


def _off_at_closing(case: Case) -> bool:
    """As in "Uphillers must leave the mountain when the lifts close", which allows nobody to climb then."""
    clause = case.clause
    return clause.has("deadline") and clause.has("lift_close") and not (case.bans or clause.rules("permit"))


def _closes_slopes(case: Case) -> bool:
    """As in "After the lifts have closed, nobody may be on the slopes": climbers are not named, and not spared."""
    clause = case.clause
    slopes = case.scoped.whole.has("slopes") or (
        clause.has("route_noun") and case.scoped.scope is Scope.EXPLICIT
    )
    first = min((h.first for h in clause.hits_of("slopes", "route_noun")), default=0)
    others = clause.has("snowshoe", "foot", "downhill", *_OF_OTHERS) or clause.travels
    places = {*range(_SUBJECT), *(hit.first - 1 for hit in clause.hits.get("slopes", ()))}
    others = others or any(token.fold in _OTHER for i, token in enumerate(clause.tokens) if i in places)
    others = others or 0 <= min(houses(clause), default=-1) < first
    spared = clause.has("except", "without", "only", "some_times", "if_strict")
    spared = spared or case.scoped.whole.has("other_times")
    evenings = only_evenings(case.scoped.whole) and case.scoped.heading_phase != "outside"
    told = case.phase == "outside" and case.here and case.bans and not (evenings or names_a_run(clause))
    return told and slopes and not others and not spared


def _is_excepted(case: Case) -> bool:
    """As in "You may climb in lift hours, but not after closing"."""
    clause = case.clause
    bare = clause.first("neg") == 0 and not clause.verdicts and bool(phases(clause))
    before = [c for c in case.scoped.clauses if c.start < clause.start]
    return bare and case.here and any(c.travels and c.rules("permit") for c in before)


def _is_denied_then(case: Case) -> bool:
    """As in "Mornings before 8:30, please, and not while the chair is running"."""
    clause = case.clause
    told = case.phase == "during" and (clause.travels or case.goes_on)
    denied = any(
        no.last + 1 == time.first
        for no in clause.hits.get("neg", ())
        for time in clause.hits.get("during_ops", ())
    )
    return told and denied and case.found == {"during"} and not is_of_other_duties(clause)


def _is_of_others(case: Case) -> bool:
    clause, scoped = case.clause, case.scoped
    if is_of_some(clause):
        return True
    about = (
        clause.has("uphill", "ascend")
        or is_row_of(clause, scoped)
        or answers_when(clause, scoped)
        or (scoped.scope is Scope.EXPLICIT and clause.has("you"))
        or (scoped.scope and clause.has("stay_on_route"))
        or (scoped.scope is Scope.EXPLICIT and opens_route(clause))  # "The routes are open in lift hours"
        or (scoped.scope is Scope.EXPLICIT and case.bans and clause.has("access_word"))
        or (scoped.scope is Scope.EXPLICIT and (is_of_access(clause) or keeps_to_the_edge(clause)))
        or (scoped.scope is Scope.EXPLICIT and tells_access(clause))
        or (clause.has("uphill_pass") and clause.rules("must"))  # "In lift hours an uphill pass is required"
        or (case.goes_on and not (names_another_topic(clause) or clause.has("snowshoe", "foot")))
        or (case.goes_on and case.bans and not clause.has("snowshoe", "foot", "facility"))
    )
    about = about and not (case.bans and is_of_other_kinds(clause))
    rules = (clause.travels or asks_who_goes_then(scoped)) and clause.has("permit", "forbid", "must")
    fetched = scoped.whole.has("obtain") and not rules
    headed = scoped.headed("dog", "lights", "bike") and not scoped.headed("uphill")
    return not about or fetched or headed or is_of_other_duties(clause) or is_of_facility(clause)


def _is_confined(case: Case) -> bool:
    travels = case.clause.travels or answers_when(case.clause, case.scoped) or is_of_access(case.clause)
    # "May I skin up? Yes, but only outside of lift hours."
    travels = travels or (case.clause.has("answer_yes") and case.scoped.clauses[0].travels)
    return is_confined_to_time(case.clause) and travels and len(case.found) == 1 and not case.bans


def _is_banned_but_on_a_route(case: Case) -> bool:
    clause = case.clause
    elsewhere = clause.has("other_route") or spares_the_way(clause)
    joined = is_joined_with_the_time(clause) or bans_each_of_two(clause)
    told = case.bans and elsewhere and case.here and names_its_time(clause, case.phase)
    return told and not joined


def _is_spared(case: Case) -> bool:
    return case.bans and case.clause.has("without", "except") and not spares_the_lifts(case.clause)


def _is_banned_but_outside(case: Case) -> bool:
    near = case.clause.near("only", "outside_ops", _ONLY)
    return case.bans and near and "outside" in case.found


def _is_banned(case: Case) -> bool:
    evenings = case.phase == "outside" and only_evenings(case.scoped.whole)
    reserved = is_reserved(case.clause, case.scoped.whole) or is_of_conduct(case.clause)
    told = case.bans and case.here and not narrow(case.clause) and not evenings and not reserved
    return told and not (_is_of_one_row(case) or _is_of_some_days(case.clause))


def _is_of_some_days(clause: Clause) -> bool:
    """As in "No uphill travel on weekends when the lifts run"; days behind the time are those on which they do."""
    first = clause.first("during_ops")
    joined = any(hit.first < first for hit in clause.hits.get("either", ()))
    return first > 0 and not joined and bool(days_in(clause, 0, first))


def _is_of_one_row(case: Case) -> bool:
    """Whether it stands in the row of one route or mountain among others."""
    row = case.scoped.sentence.block.row and not is_row_of(case.scoped.whole, case.scoped)
    return row and sum(token.fold == "|" for token in case.scoped.whole.tokens) > 1


def _is_allowed_except_then(case: Case) -> bool:
    """As in "allowed except in lift hours", "fine unless the lifts are running"."""
    return excepted_time(case.clause) is not None and case.clause.rules("permit") and not case.bans


def _is_banned_except_then(case: Case) -> bool:
    """As in "prohibited unless the lifts are closed"."""
    spared = excepted_time(case.clause)
    return spared is not None and case.bans and not case.clause.rules("permit") and case.clause.travels


def _ends_then(case: Case) -> bool:
    """As in "Uphill access closes when the lifts start turning"."""
    clause = case.clause
    times = clause.hits.get("during_ops", ())
    ends = any(
        hit.last == time.first - 1
        for time in times
        for hit in clause.hits.get("column_until", ())
        if not any(
            whole.first <= hit.first and time.last <= whole.last for whole in times
        )  # "a impianti aperti"
    )
    ends = ends or any(
        0 < time.first - hit.last <= _ONLY * 2 and is_clock(clause, hit.last + 1, time.first)
        for time in times
        for hit in clause.hits.get("before", ())
    )
    return ends and case.found == {"during"} and clause.travels and not case.bans


def _is_only_then(case: Case) -> bool:
    clause = case.clause
    alone = _is_alone(clause) and not is_of_some(clause)
    alone = alone and clause.has("uphill", "ascend") and len(case.found) == 1
    return alone and not clause.has("route_noun", "any_pass", "edge")


def _is_alone(clause: Clause) -> bool:
    """Whether it says "only" of a time; "the only ascent open in lift hours" tells of a way."""
    travels = {hit.first for hit in clause.hits_of("uphill", "ascend")}
    articles = language(clause.lang).articles
    return any(
        not (hit.first and hit.last + 1 in travels and clause.tokens[hit.first - 1].fold in articles)
        and not (is_of_a_name(clause, hit) or is_of_means(clause, hit))
        and not hit.overlaps_any(clause.hits.get("except", ()))  # "except on race days" confines nothing
        for hit in clause.hits.get("only", ())
    )


def _is_row_of_hours(case: Case) -> bool:
    """As in a row "By day | while the lifts run" under a heading of hours."""
    scoped = case.scoped
    timed = scoped.sentence.block.row and scoped.headed("when_heading") and scoped.scope is Scope.EXPLICIT
    return timed and case.here and not case.clause.verdicts and not spans(scoped.whole)


def _leaves_then(case: Case) -> bool:
    """As in "After the last chair all skinners must have left the slopes"."""
    clause = case.clause
    leaves = clause.has("deadline") and clause.rules("must") and not clause.rules("permit")
    return case.here and leaves and not clause.has("stay_on_route") and not spans(clause)


def _holds_then_too(case: Case) -> bool:
    """As in "Outside lift hours it is prohibited. That applies before the first chair, too"."""
    clause = case.clause
    bare = case.goes_on and not clause.travels and not case.bans and not clause.rules("permit")
    # "The slopes are closed after hours; that applies to skinners, too"
    too = (
        clause.has("here")
        and case.scoped.sentence.rules("forbid")
        and not clause.kinds & {"forbid", "permit"}
    )
    return (bare or too) and clause.has("applies")


def _points_back(case: Case) -> bool:
    """As in "Climbers must hold a pass. This applies during and outside lift hours"."""
    clause = case.clause
    bare = not clause.travels and not clause.has(*_OF_OTHERS, "snowshoe", "foot", "neg", "only", "except")
    leads = 0 <= clause.first("applies") <= _POINTING
    return case.here and case.ruled_before and bare and leads and not clause.kinds & {"permit", "forbid"}


def _is_ruled(case: Case) -> bool:
    clause = case.clause
    rules = (
        clause.rules("permit")
        or clause.rules("must")
        or clause.has("own_risk", "stay_on_route", "designated_route", "anywhere")
        or keeps_to_the_edge(clause)
        or (tells_access(clause) and not clause.has("neg"))
    )
    rules = rules or (
        clause.rules("need_not") and (clause.has("you") or clause.travels)
    )  # "After hours you need no ticket"
    rules = rules or (tells_to_climb(clause) and not case.scoped.sentence.block.level)
    # "By day use the many tours in the open country"
    if _demands_always(case) or clause.has("off_resort"):
        return False
    # "Ski tourers go up at the edge of the piste while the lifts run"
    goes = clause.travels and clause.has("edge") and clause.has("goes", "ascend", "confine")
    return case.here and (rules or goes or (clause.travels and clause.has("only", "confine")))


def _demands_always(case: Case) -> bool:
    """As in "Do I need a pass? Yes, at all times": whenever anyone goes up, and not that they may at all times."""
    whole = case.scoped.whole
    named = whole.has("during_ops", "outside_ops", "evening_event")
    return not named and whole.has("any_pass_word", "uphill_pass") and case.clause.rules("must")


def _allowed(_case: Case) -> Permission:
    return _ALLOWED


def _prohibited(_case: Case) -> Permission:
    return _PROHIBITED


def _allowed_here(case: Case) -> Permission:
    return _ALLOWED if case.here else _PROHIBITED


def _prohibited_here(case: Case) -> Permission:
    return _PROHIBITED if case.here else _ALLOWED


def _not_then(case: Case) -> Permission:
    return _PROHIBITED if excepted_time(case.clause) == case.phase else _ALLOWED


def _only_then(case: Case) -> Permission:
    return _ALLOWED if excepted_time(case.clause) == case.phase else _PROHIBITED


def _allowed_outside(case: Case) -> Permission:
    return _ALLOWED if case.phase == "outside" else _PROHIBITED


RULES: tuple[Rule[[Case], Callable[[Case], Permission]], ...] = (
    Rule("a rule that shows people go up", _shows, _allowed, Strength.IMPLIED),
    Rule("of the season to come", _is_of_a_season_to_come),
    Rule("everyone is off the hill before the lifts run", _off_before, _allowed_outside, Strength.IMPLIED),
    Rule("everyone is off the hill when the lifts close", _off_at_closing),
    Rule("the slopes are closed to all", _closes_slopes, _prohibited, Strength.EXPLICIT),
    Rule("a row of hours", _is_row_of_hours, _allowed, Strength.PLAIN),
    Rule("but not then", _is_excepted, _prohibited, Strength.EXPLICIT),
    Rule("not while the lifts run", _is_denied_then, _prohibited_here, Strength.PLAIN),
    Rule("no access then", lambda case: case.here and denies_access(case.clause, case.scoped), _prohibited),
    Rule("what was laid down before holds then", _points_back, _allowed, Strength.PLAIN),
    Rule("of something else than going up", _is_of_others),
    Rule("allowed except at one of the two times", _is_allowed_except_then, _not_then, Strength.EXPLICIT),
    Rule("banned except at one of the two times", _is_banned_except_then, _only_then, Strength.PLAIN),
    Rule("confined, but for a way", lambda case: _is_confined(case) and spares_a_way(case.clause), _allowed),
    Rule(
        "of other ways", lambda case: _is_confined(case) and case.clause.has("other_route") and not case.here
    ),
    Rule("nowhere else at all times", lambda case: case.bans and bans_the_rest(case.clause)),
    Rule("confined to one of the two times", _is_confined, _allowed_here, Strength.EXPLICIT),
    Rule("banned except on a route", _is_banned_but_on_a_route, _allowed, Strength.PLAIN),
    Rule("banned with an exception", _is_spared),
    Rule("only outside operations", _is_banned_but_outside, _allowed_outside, Strength.EXPLICIT),
    Rule("banned", _is_banned, _prohibited, Strength.EXPLICIT),
    Rule("banned at other times, at some places or to some people", lambda case: case.bans),
    Rule("ends when the lifts run", _ends_then, _allowed_outside, Strength.PLAIN),
    Rule("only at one of the two times", _is_only_then, _allowed_here, Strength.EXPLICIT),
    Rule("everyone has left by then", _leaves_then),
    Rule("what was said before holds then, too", _holds_then_too),
    Rule("a rule for those who go up", _is_ruled, _allowed, Strength.PLAIN),
)
"""The first that holds decides."""
