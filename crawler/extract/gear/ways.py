"""A kind of equipment told by the way it takes: with the climbers, elsewhere, or to a house."""

from crawler.extract.automaton import Hit
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause
from crawler.extract.tagger import Token

_JOINED = 3
"""Tokens from one kind to the other in "ski tourers and snowshoers"."""
_NAMES = 12
"""Tokens of a line that names kinds of equipment, and of what is said of them."""
_NEAR_KIND = 3
"""Tokens from the kind to the verb that sends it somewhere, and from "not" to a way."""
_BEHIND = 4
"""Tokens from "not" to the way that is denied."""
_SHORT = 8
"""Tokens of a clause that bans a place and names nobody."""
_LEADS = 2
"""Tokens before a sentence's subject at most."""
_OTHERS = frozenset(
    ["rental", "not_gear", "other_place", "other_service", "elsewhere", "backcountry", "trailhead", "summer"]
)
"""What else a sentence may tell of those who climb and those on snowshoes."""


def shares_the_way(clause: Clause, concept: str) -> bool:
    """As in "Snowshoers use the same route", "Skins and snowshoes: one and the same track"."""
    told = clause.has(concept) or (clause.lead is not None and clause.lead.has(concept))
    shared = any(hit.last > hit.first for hit in clause.hits.get("shared_route", ()))
    return told and shared and not clause.has("neg", "forbid", "without", "except", "downhill")


def is_welcomed_by_name(clause: Clause, concept: str) -> bool:
    """As in "On foot, snowshoes or skins: everyone is welcome"."""
    lead = clause.lead
    if lead is None or not lead.has(concept) or lead.verdicts or len(lead.tokens) > _NAMES:
        return False
    others = clause.has("neg", "without", "except", "only", "dog", "rental", "route_noun", "any_pass_word")
    return clause.kinds == {"permit"} and len(clause.tokens) <= _NAMES and not (others or lead.has("rental"))


def is_under_the_rules(clause: Clause, concept: str) -> bool:
    """As in "These rules apply to snowshoes, too"."""
    rules = clause.hits.get("these_rules", ())
    kinds = clause.hits.get(concept, ())
    return any(k.first > r.last for r in rules for k in kinds) and not clause.has("neg", "except", "forbid")


def climbs_among_others(clause: Clause, scoped: Scoped, concept: str) -> bool:
    """As in "Ski tourers and snowshoers, climb by the forest trail", "a ticket for skinning and snowshoeing"."""
    if clause.has("neg", "without", "except") or not _OTHERS.isdisjoint(clause.hits):
        return False
    joined = any(
        0 <= max(kind.first - travel.last, travel.first - kind.last) <= _JOINED
        and not any(token.is_mark for token in _between(clause, kind, travel))
        for kind in clause.hits.get(concept, ())
        for travel in clause.hits_of("uphill", "ski_gear")
    )
    ruled = clause.has("stay_on_route", "included", "edge") or bool(clause.kinds & {"permit", "must"})
    return joined and ruled and bool(scoped.scope) and "forbid" not in clause.kinds


def _between(clause: Clause, one: Hit, other: Hit) -> tuple[Token, ...]:
    begin, end = sorted((one, other), key=lambda hit: hit.first)
    return clause.tokens[begin.last + 1 : end.first]


def goes_to_a_house(clause: Clause, concept: str) -> bool:
    """As in "The restaurant can be reached on foot": it is the house that the sentence speaks of."""
    houses = [hit.first for hit in clause.hits_of("facility", "lodging")]
    if not houses or clause.has("uphill") or min(houses) > _LEADS:
        return False
    kinds = clause.hits.get(concept, ())
    return bool(kinds) and min(houses) < kinds[0].first and not clause.rules("forbid")


def is_kept_off_the_way_up(clause: Clause, scoped: Scoped, concept: str) -> bool:
    """As in "Snowshoeing is for the Nordic trails, not for the uphill routes"."""
    if not 0 <= clause.first(concept) <= _LEADS:
        return False
    following = [c for c in scoped.clauses if c.start > clause.end][:1]
    return any(_denies(c, leading=True) for c in following) or _denies(clause, leading=False)


def _denies(clause: Clause, *, leading: bool) -> bool:
    """Whether "not" stands before the way up; a clause that follows begins with it."""
    ways = clause.hits_of("uphill_route", "slopes")
    if (
        leading
        and clause.rules("forbid")
        and len(clause.tokens) <= _SHORT
        and any(w.first <= 1 for w in ways)
    ):
        return not clause.has("snowshoe", "foot", "bike", "dog", "if_strict")  # "…: sulle piste non si può"
    return any(
        (not leading or neg.first <= 1)
        and (leading or (neg.first > 0 and clause.tokens[neg.first - 1].fold in (",", "–")))
        and 0 < way.first - neg.last <= _BEHIND
        for neg in clause.hits.get("neg", ())
        for way in ways
    )


def is_sent_elsewhere(clause: Clause, scoped: Scoped, concept: str) -> bool:
    """As in "Snowshoers use the Nordic trails instead", "walkers take the winter trail, not the skin track"."""
    gear = clause.hits[concept][0]
    leads = clause.hits_of("route_lead", "stay_on_route", "confine")
    if not 0 <= clause.first(concept) <= 1 or not any(
        0 < h.first - gear.last <= _NEAR_KIND or h.first <= gear.last < h.last for h in leads
    ):
        return False
    if clause.has("contrast") and clause.has("other_place", "other_service", "route_noun"):
        return not clause.has("uphill_route", "edge")
    following = [c for c in scoped.clauses if c.start > clause.end][:1]
    behind = any(_denies_the_way_up(c, 0) for c in following)
    return behind or _denies_the_way_up(clause, gear.last + 1)


def _denies_the_way_up(clause: Clause, since: int) -> bool:
    ways = clause.hits_of("uphill_route", "slopes")
    return any(
        neg.first >= since and (since > 0 or neg.first <= 1) and 0 < way.first - neg.last <= _NEAR_KIND
        for neg in clause.hits.get("neg", ())
        for way in ways
    )


def binds_whoever_walks(clause: Clause) -> bool:
    """As in "Whoever climbs or descends on foot keeps to the edge": of those in need, and no leave to walk."""
    return clause.has("edge") and clause.has("walks_both_ways") and not clause.rules("permit")
