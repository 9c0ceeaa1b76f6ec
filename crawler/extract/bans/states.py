"""Whether a ban tells today's state, and no standing rule."""

from crawler.extract.automaton import Hit
from crawler.extract.bans.winters import tells_a_season
from crawler.extract.sentences import Clause

_NEAR = 3
"""Tokens from "closed to" to those whom it shuts out."""


def is_shut_now(clause: Clause) -> bool:
    """Whether it tells today's state; "when the lifts are closed", "at any hour" tell times."""
    if (clause.has("at_no_time") or tells_a_season(clause)) and not clause.has("now"):
        return False
    times = clause.hits_of("outside_ops", "both_phases")
    told = clause.hits_of("closed", "now", "today")
    return any(not any(t.covers(hit.first) for t in times) for hit in told)


def is_of_permission(clause: Clause) -> bool:
    """Whether it tells what is permitted; "not possible at the moment" tells a state."""
    if clause.has("today"):
        return False
    if not clause.has("now"):
        return clause.has("permit")
    states = _places(clause, "open")
    return any(place not in states for place in _places(clause, "permit"))


def _places(clause: Clause, concept: str) -> list[tuple[int, int]]:
    return [(hit.first, hit.last) for hit in clause.hits.get(concept, ())]


def closes_slopes(clause: Clause) -> bool:
    """As in "Our slopes are closed to skinners", which is no state of one route."""
    closed = [
        hit.last
        for hit in clause.hits.get("closed_to", ())
        if any(0 < up.first - hit.last <= _NEAR for up in clause.hits_of("uphill", "ascend"))
    ]
    slopes = [hit for hit in clause.hits.get("slopes", ()) if not _is_named(clause, hit)]
    return any(hit.last < max(closed, default=-1) for hit in slopes) and not clause.has("now", "status_word")


def _is_named(clause: Clause, slopes: Hit) -> bool:
    after = clause.tokens[slopes.last + 1 : slopes.last + 2]
    return bool(after) and clause.text[after[0].start].isupper()
