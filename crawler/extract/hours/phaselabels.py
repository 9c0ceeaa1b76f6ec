"""What stands behind a time of operation that is the label of its line: "During lift hours: Cat Road to the summit"."""

from crawler.extract.routes.names import names
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Permission

_MARKS = frozenset(":|–—-")
_ENDS = frozenset(",.;")
_STATE = 2
"""Tokens of "Closed." at most."""
_LEADS_UP = ("route_to", "route_noun", "only", "uphill_route", "edge")
_OTHERS = (
    *("dog", "obtain", "lights", "bike", "foot", "snowshoe", "call", "machines", "price_word", "other_place"),
    *("forbid", "neg", "closed", "any_pass_word", "patrol_service", "check_in", "deadline", "descend"),
    *("may_ban", "vehicle", "other_topic"),
)


def told_behind(scoped: Scoped) -> Permission | None:
    """Whether going up is allowed then, where a state or a way by its name stands right behind the label."""
    whole, behind = scoped.whole, _behind(scoped)
    if not behind:
        return None
    if behind + _STATE >= len(whole.tokens):
        ends = [hit.concept for hit in whole.hits_of("closed", "open") if hit.first == behind]
        return {"closed": Permission.PROHIBITED, "open": Permission.ALLOWED}.get(ends[0]) if ends else None
    of_routes = scoped.headed("route_heading", "route_noun", "uphill_route")
    return Permission.ALLOWED if _is_a_way(whole, behind, of_routes=of_routes) else None


def _behind(scoped: Scoped) -> int:
    """The token behind the label's mark, or 0."""
    whole = scoped.whole
    if scoped.scope is not Scope.EXPLICIT or scoped.sentence.block.level:
        return 0
    labels = [hit for hit in whole.hits_of("during_ops", "outside_ops") if hit.first == 0]
    last = max((hit.last for hit in labels), default=len(whole.tokens))
    marked = last + 2 < len(whole.tokens) + 1 and last + 1 < len(whole.tokens)
    return last + 2 if marked and whole.tokens[last + 1].fold in _MARKS else 0


def _is_a_way(whole: Clause, behind: int, *, of_routes: bool) -> bool:
    times = whole.hits_of("during_ops", "outside_ops")
    end = next((i for i, t in enumerate(whole.tokens) if i > behind and t.fold in _ENDS), len(whole.tokens))
    others = [hit for hit in whole.hits_of(*_OTHERS) if not hit.overlaps_any(times) and hit.first < end]
    houses = [hit.first for hit in whole.hits.get("facility", ()) if behind <= hit.first < end]
    ways = [hit.first for hit in whole.hits_of(*_LEADS_UP) if hit.first > behind]
    named = any(name.first == behind for name in names(whole, heads_sentence=False))
    leads = bool(ways) and min(ways) <= min(houses, default=len(whole.tokens))
    return named and not others and (leads or (of_routes and not houses))
