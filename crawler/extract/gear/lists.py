"""Lists of the only equipment that one may go up on: what they leave out is banned."""

from crawler.extract.automaton import Hit
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

_NEAR = 8
"""Tokens between "only" and the gear it confines to."""
_WAYS = ("route_noun", "uphill_route", "ascent_noun", "designated", "strict", "during_ops", "outside_ops")
"""What "only" may stand for, other than those who go up."""
_BARE = 12
"""Tokens of a sentence that lists gear and says no more."""
_SKIERS = (
    "ski de rando",
    "ski alpinis",
    "skieur",
    "skieuse",
    "scialpinist",
    "skitoureng",
    "tourengeh",
    "tourengäng",
    "ski tour",
    "alpine tour",
)
"""How words for those who climb on skis begin; a "skinner" may go on snowshoes."""


def is_reserved_for_skiers(clause: Clause) -> bool:
    """As in "Parcours réservé aux skieurs de randonnée", "Tracciato riservato agli scialpinisti"."""
    reserved = clause.hits.get("privilege_of", ())
    skiers = [
        travel
        for travel in clause.hits.get("uphill", ())
        if clause.words(travel).casefold().startswith(_SKIERS)
    ]
    told = any(0 < max(s.first - r.last, r.first - s.last) <= _NEAR // 2 for r in reserved for s in skiers)
    # "The tracks are open to ski tourers only"
    alone = any(
        only.first - s.last == 1 and not _is_of_a_way(only, clause)
        for only in clause.hits.get("only", ())
        for s in skiers
    )
    told = told or (alone and clause.rules("permit"))
    ways = clause.has("route_noun", "slopes", "uphill_route") and not clause.has("evening_event")
    return told and ways and not clause.rules("forbid")


def is_exclusive(clause: Clause, scoped: Scoped) -> bool:
    """As in "Skis and splitboards only", "you must be on skis with skins", "permitted equipment is limited to …"."""
    if not _names_gear(clause) or clause.rules("forbid"):
        return False
    confined = (
        _near_only(clause)
        or clause.near("equipment_only", "ski_gear", _NEAR)
        or any(
            0 < gear.first - must.last <= _NEAR // 2
            for must in clause.hits.get("must", ())
            for gear in clause.hits.get("on_gear", ())
        )
    )
    about = (
        clause.has("uphill", "ascend", "equipment_heading")
        or scoped.headed("equipment_heading")
        or (bool(clause.verdicts) and scoped.whole.has("on_gear"))
        or _is_bare_list(clause, scoped)
        or (0 <= clause.first("only") <= 1 and clause.rules("permit"))
    )
    return confined and about and not clause.has("season_pass", "lift_ticket")


def _names_gear(clause: Clause) -> bool:
    """Whether skis are named by themselves, and not in "ski de randonnée", which is going up."""
    gear = clause.hits.get("ski_gear", ())
    travels = clause.hits.get("uphill", ())
    alone = [g for g in gear if not any(t.first <= g.first and g.last < t.last for t in travels)]
    return bool(alone) or len(gear) > 1


def _near_only(clause: Clause) -> bool:
    """Whether an "only" stands near the gear that is not of routes or times: "only on the routes named"."""
    return any(
        max(only.first - gear.last, gear.first - only.last) <= _NEAR
        and not (gear.last < only.first and _is_of_a_way(only, clause))
        for only in clause.hits.get("only", ())
        for gear in clause.hits.get("ski_gear", ())
    )


def _is_of_a_way(only: Hit, clause: Clause) -> bool:
    """As in "Ski tourers may use only the marked track": where they go, and not who goes."""
    ways = clause.hits_of(*_WAYS)
    return any(0 < way.first - only.last <= _NEAR // 2 for way in ways)


def _is_bare_list(clause: Clause, scoped: Scoped) -> bool:
    """As in "Skis and splitboards only.", a sentence of nothing but gear on a page about uphill travel."""
    alone = len(clause.tokens) <= _BARE and clause.first("ski_gear") <= 1
    ends = any(hit.last >= len(clause.tokens) - 2 for hit in clause.hits.get("only", ()))
    last = max((hit.last for hit in clause.hits.get("only", ())), default=0)
    # "Skis and splitboards only, please": what follows the list asks no more than it says
    polite = all(verdict.kind == "must" and verdict.at > last for verdict in clause.verdicts)
    return alone and (ends or (polite and last > 0)) and polite and scoped.scope >= Scope.NEUTRAL
