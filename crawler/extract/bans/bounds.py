"""Whether a ban of going up holds for some times, places, people or equipment only."""

from crawler.extract.automaton import Hit
from crawler.extract.bans.winters import lasts_all_winter
from crawler.extract.hours.operations import phases
from crawler.extract.hours.times import spans
from crawler.extract.hours.weekdays import days_in
from crawler.extract.sentences import Clause

_LIMITS = (
    *("without", "machines", "deadline", "dog", "date", "opening_day", "closing_day", "other_route"),
    "minor_person",
)
_DATES = ("date", "opening_day", "closing_day")
_ELSEWHEN = ("afterwards", "at_other_times")
"""Times told before: "Outside these hours it is banned"."""
_EXCEPTED = 3
"""Tokens from "except" to going up."""
_NAME = 3
"""Tokens of a resort's name."""
_BOTH = 2
_JOINED = 3
"""Tokens from one thing to the other in "stopping or going up"."""
_OR = frozenset(["/", "&", "or", "and", "nor", "oder", "und", "noch", "ou", "et", "ni", "o", "e", "né"])
_OF = frozenset(["de", "da"])
_DOES = frozenset(["does", "doesn't", "prohibits", "forbids", "bans"])
_KINDS = ("snowshoe", "foot", "bike")


def excepts_travel(clause: Clause) -> bool:
    """As in "Everything is allowed except skinning up the runs"."""
    excepts = clause.hits.get("except", ())
    travels = clause.hits_of("uphill", "ascend")
    behind = [t for t in travels if any(0 < t.first - e.last <= _EXCEPTED for e in excepts)]
    first = min((e.first for e in excepts), default=0)
    return clause.rules("permit") and bool(behind) and all(t.first > first for t in travels)


def is_total(clause: Clause, whole: Clause) -> bool:
    """As in "no uphill travel of any kind, day or night, whether or not the lifts run"."""
    spares = whole.has("except", "only", "other_route")
    return clause.has("uphill") and whole.all("all_uphill", "both_phases") and not spares


def is_bounded(clause: Clause, whole: Clause) -> bool:
    """Whether the ban holds for some times, places, people or equipment only."""
    if is_total(clause, whole):
        return False
    if is_reserved(clause, whole) or is_of_conduct(clause) or _is_of_a_time_told(clause, whole):
        return True
    halved = len(phases(whole)) == 1 and not _holds_then_too(whole)
    if spans(whole) or days_in(whole) or halved or _has_loose(whole, "except", "only"):
        return True
    timed = whole if len(phases(whole)) == _BOTH else clause  # "…, neither by day nor when we are closed"
    times = timed.hits_of("both_phases", "during_ops", "outside_ops")
    conditions = [c for c in whole.hits.get("bounded", ()) if not whole.has("both_phases")]
    if conditions and not times:
        return True
    verbs = clause.hits_of("permit", "forbid")
    passes = [
        p
        for p in clause.hits.get("any_pass_word", ())
        if not any(v.covers(p.first) for v in verbs) and not clause.has("holders_too")
    ]
    routes = [
        r
        for r in clause.hits.get("designated_route", ())
        if not any(v.first <= r.last for v in verbs if r.first <= v.last)
    ]
    if clause.has("even") and not clause.has("date", "other_route"):
        return False  # "with or without a pass"
    placed = _at_a_place(clause) or _on_a_name(clause)
    limits = [c for c in _LIMITS if c != "machines" or not (_is_ever(clause) or _spares_rescue(clause))]
    if lasts_all_winter(clause):
        limits = [c for c in limits if c not in _DATES]
    if _has_no_exception(clause):
        limits.remove("without")
    return bool(passes or routes) or placed or clause.has(*limits) or _one_kind(clause)


def _holds_then_too(whole: Clause) -> bool:
    """As in "forbidden on all pistes – early in the morning and in the evening, too": at those times as at others."""
    times = whole.hits_of("during_ops", "outside_ops", "evening_event")
    bans = [hit.last for hit in whole.hits.get("forbid", ())]
    first = min((hit.first for hit in times), default=0)
    return bool(bans) and any(min(bans) < hit.first < first for hit in whole.hits_of("too", "even"))


def _is_of_a_time_told(clause: Clause, whole: Clause) -> bool:
    """As in "Outside these hours it is banned", "The runs are busy: it is banned then"; "at this time" is now."""
    then = clause.has("then_time") and not clause.has("now", "status_word")
    return (clause.has(*_ELSEWHEN) or then) and len(phases(whole)) < _BOTH


def is_of_conduct(clause: Clause) -> bool:
    """As in "Uphillers may not stop in the run", "Do not ski down the skin track": going up is not what is banned."""
    # "auf sämtlichen Abfahrten" is where, and no going down; "remontées à l'arrêt" is when, and no stopping
    places = clause.hits_of("anywhere", "via_run", "both_phases", "during_ops", "outside_ops")
    told = [hit.first for hit in clause.hits.get("conduct", ()) if not hit.within_any(places)]
    travels = [hit.first for hit in clause.hits_of("uphill", "ascend")]
    if not told or clause.has("both_ways"):
        return False
    aside = clause.hits_of("uphill_route", "route_noun", "you")
    own = [at for at in travels if not any(one.covers(at) for one in aside)]
    joined = any(clause.tokens[at - 1].fold in _OR or clause.tokens[at - 1].fold in ",/" for at in told if at)
    # "No stopping or climbing on the pistes"
    joined = joined or any(
        at < other <= at + _JOINED and any(token.fold in _OR for token in clause.tokens[at + 1 : other])
        for at in told
        for other in travels
    )
    return not (joined and own)  # "No climbing, skiing or sledding"


def is_reserved(clause: Clause, whole: Clause) -> bool:
    """As in "The route may be closed at any time", "We reserve the right to close it": so far nothing is banned."""
    return any(whole.tokens[hit.first].start < clause.end for hit in whole.hits.get("may_ban", ()))


def _has_loose(whole: Clause, *concepts: str) -> bool:
    """Whether it has one of them outside of the ban's own words: "reserved for lift riders only" is a ban."""
    bans = whole.hits.get("forbid", ())
    merely = {hit.last + 1 for hit in whole.hits.get("neg", ())}  # "not only dangerous but forbidden"
    staff = whole.has("staff")  # "only racers may climb; otherwise it is prohibited"
    return any(
        not hit.within_any(bans) and not (hit.concept == "only" and (staff or hit.first in merely))
        for hit in whole.hits_of(*concepts)
    )


def _is_ever(clause: Clause) -> bool:
    """As in "Because of snowmaking, uphill travel is not permitted": machines are its cause alone."""
    today = clause.has("now", "status_word", "closed") and not clause.has("at_no_time")
    seasons = clause.hits.get("whole_season", ())
    if seasons and all(hit.within_any(seasons) for hit in clause.hits.get("machines", ())):
        return True  # "from the start of snowmaking until the last snow has melted"
    if 0 <= clause.first("included") < clause.first("machines"):
        return True  # "during the operating season, including preseason snowmaking"
    return clause.has("cause") and clause.first("cause") < clause.first("machines") and not today


def _spares_rescue(clause: Clause) -> bool:
    """As in "vietato, salvo i mezzi di soccorso": the machines are those excepted."""
    spared = clause.hits_of("not_except", "staff")
    return all(any(one.covers(hit.first) for one in spared) for hit in clause.hits.get("machines", ()))


def _at_a_place(clause: Clause) -> bool:
    """Whether it names a part of the mountain; "at Elk Bowl" names the resort."""
    resorts = [
        hit.last
        for hit in clause.hits.get("special_place", ())
        if clause.words(hit)[0].isupper()
        and (
            any(0 < hit.first - at.last <= _NAME for at in clause.hits.get("oclock", ()))
            or _rules_itself(clause, hit)
        )
    ]
    return len(clause.hits.get("special_place", ())) > len(resorts)


def _rules_itself(clause: Clause, place: Hit) -> bool:
    """As Elk Bowl does in "Elk Bowl does not permit any uphill travel", where parts of the mountain rule nothing."""
    after = clause.tokens[place.last + 1 : place.last + 2]
    return place.first <= _NAME and bool(after) and after[0].fold in _DOES


def _on_a_name(clause: Clause) -> bool:
    """As in "is prohibited on Birch Run": a proper name right after the verb and its preposition."""
    return any(
        lead.first == verb.last + 1
        and lead.last + 1 < len(clause.tokens)
        and clause.text[clause.tokens[lead.last + 1].start].isupper()
        for verb in clause.hits.get("forbid", ())
        for lead in clause.hits.get("route_lead_weak", ())
    )


def _one_kind(clause: Clause) -> bool:
    """Whether it speaks of going up by other means than skis alone, such as on foot or on snowshoes."""
    kinds = clause.hits_of(*_KINDS)
    if not kinds or _is_on_skis(clause):
        return False
    bans = min((v.at for v in clause.verdicts if v.kind == "forbid"), default=0)
    travel = [hit.first for hit in clause.hits_of("uphill", "ascend")]
    if travel and all(hit.first < bans for hit in kinds) and all(at > bans for at in travel):
        return True  # "Snowshoes and walkers are prohibited on the uphill trails"
    # "climbing or hiking up" bans more than hiking
    listed = any(hit.first and clause.tokens[hit.first - 1].fold in _OR for hit in kinds)
    if not (listed or clause.has("uphill")):
        return True  # "Nobody may go on the pistes on foot or with snowshoes"
    listed = listed or _leads_a_list(clause)  # "Hiking or skinning"
    one = sum(clause.has(kind) for kind in _KINDS) == 1 and len(clause.hits.get("uphill", ())) < _BOTH
    one = one and not listed
    aside = [*kinds, *clause.hits_of("uphill_route", "route_noun")]
    travels = clause.hits_of("uphill", "ascend")
    return one or all(hit.within_any(aside) for hit in travels)


def _is_on_skis(clause: Clause) -> bool:
    """Whether it names skis, and not those of "piste de ski", "piste da sci"."""
    slopes = {hit.last for hit in clause.hits.get("slopes", ())}
    return any(
        not (hit.first - 2 in slopes and clause.tokens[hit.first - 1].fold in _OF)
        for hit in clause.hits.get("ski_gear", ())
    )


def _leads_a_list(clause: Clause) -> bool:
    """Whether a kind stands before an "or" and the climbing itself."""
    travels = {hit.first for hit in clause.hits_of("uphill", "ascend")}
    return any(
        hit.last + 2 in travels
        and (
            clause.tokens[hit.last + 1].fold in _OR
            or (
                clause.tokens[hit.last + 1].fold == ","
                and any(token.fold in _OR for token in clause.tokens[hit.last + 3 : hit.last + 5])
            )  # "Hiking, skinning or climbing"
        )
        for hit in clause.hits_of(*_KINDS)
    )


def _has_no_exception(clause: Clause) -> bool:
    """As in "not allowed, without exception": it is not without a pass that the ban holds."""
    denials = clause.hits.get("neg", ())
    lacking = clause.hits.get("without", ())
    return all(any(no.first <= hit.first and hit.last < no.last for no in denials) for hit in lacking)


def bans_before_it_threatens(clause: Clause) -> bool:
    """As in "Uphill travel is strictly prohibited, violators will be prosecuted"."""
    threat = min(hit.first for hit in clause.hits_of("removal", "prosecution"))
    bans = [hit.first for hit in clause.hits.get("forbid", ()) if hit.last < threat]
    travel = [hit.first for hit in clause.hits.get("uphill", ())]
    return any(at < ban for at in travel for ban in bans) and "violation" in clause.hits
