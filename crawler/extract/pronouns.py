"""Whom a clause's "they" stands for."""

from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause

_SUBJECT = 1
"""Tokens before the subject of a clause at most."""


def stands_for(clause: Clause, scoped: Scoped, *concepts: str) -> bool:
    """As in "Snowshoers use their own trail, on the skin track they are not allowed", of the clause before."""
    if not clause.has("they") or clause.has("uphill_pass"):
        return False
    before = next((c for c in reversed(scoped.clauses) if c.end <= clause.start), None)
    return before is not None and any(0 <= before.first(concept) <= _SUBJECT for concept in concepts)
