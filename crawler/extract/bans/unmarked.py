"""Clauses that tell of no way made for the climb, which neither permit going up nor ban it."""

from crawler.extract.sentences import Clause

_REACH = 4
"""Tokens from a "no" to the way that there is none of: "has not set aside any trail"."""


def tells_of_no_way(clause: Clause) -> bool:
    """As in "There is no marked uphill route", "The resort has laid out no trail reserved for skinners"."""
    if clause.has("forbid", "must", "other_route", "nowhere_else", "except", "stay_on_route"):
        return False
    ways = clause.hits_of("designated", "designated_route")
    kept = clause.hits.get("privilege_of", ())
    reserved = all(hit.overlaps_any(kept) for hit in clause.hits.get("permit", ()))
    denials = clause.hits.get("neg", ())
    return reserved and any(
        0 < way.first - no.last <= _REACH
        and not any(
            token.is_mark for token in clause.tokens[no.last : way.first]
        )  # "No, on the marked trail only"
        for no in denials
        for way in ways
    )
