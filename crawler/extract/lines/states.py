"""Lines that are nothing but a state: "Closed", below what they tell of."""

from crawler.extract.document import Document
from crawler.extract.routes.names import names
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Status

MOST_TOKENS = 3
"""Tokens of such a line."""


def state_of(clause: Clause) -> Status | None:
    closed = clause.hits.get("closed", ())
    opened = [hit for hit in clause.hits.get("open", ()) if not hit.within_any(closed)]
    if bool(opened) == bool(closed):
        return None
    if opened:
        return Status.CLOSED if clause.has("neg") else Status.OPEN
    within = [n for n in clause.hits.get("neg", ()) if not any(c.covers(n.first) for c in closed)]
    return None if within else Status.CLOSED


def is_state_alone(clause: Clause) -> bool:
    """Whether the line holds a state and hardly another word."""
    known = clause.tokens_of("open", "closed", "now", "status_word", "neg")
    return all(index in known or token.is_mark for index, token in enumerate(clause.tokens))


def is_of_a_legend(scoped: Scoped, document: Document) -> bool:
    """Whether lines under the same heading are nothing but the one state and the other."""
    states = {
        state_of(other.whole)
        for other in document.sentences
        if other.sentence.block.headings == scoped.sentence.block.headings
        and len(other.whole.tokens) <= MOST_TOKENS
        and is_state_alone(other.whole)
    }
    return {Status.OPEN, Status.CLOSED} <= states


def is_a_way(heading: Clause) -> bool:
    """Whether it is the proper name of a way up and no more."""
    last = max((i for i, token in enumerate(heading.tokens) if not token.is_mark), default=-1)
    return any(
        n.last == last and n.first <= 1 and n.noun and n.proper and not n.place
        for n in names(heading, heads_sentence=True)
    )
