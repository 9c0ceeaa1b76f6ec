"""Going up once the lifts have closed, told without the time at which that ends."""

from crawler.extract.hours.grounds import forbids
from crawler.extract.hours.moments import Moment, moments
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Event

_LABEL = 10
"""Tokens of a line such as "Evenings: after the lifts close"."""
_LEAD = 3
"""Tokens from "after" to the closing."""


def opens_at_closing(scoped: Scoped) -> bool:
    """As in "You may climb after the lifts close", "Evenings: after closing", on what is about going up."""
    if scoped.scope is not Scope.EXPLICIT or scoped.sentence.asks or scoped.sentence.block.level:
        return False
    return any(_opens(clause, scoped) for clause in scoped.clauses)


def _opens(clause: Clause, scoped: Scoped) -> bool:
    closes = [one for one in moments(clause) if one.event is Event.LIFT_CLOSE and _is_after(clause, one)]
    if not closes or forbids(clause) or clause.has("deadline", "dog", "bike", "facility", "call", "obtain"):
        return False
    label = scoped.headed("when_heading") or scoped.whole.has("evening_event")
    labelled = label and len(scoped.whole.tokens) <= _LABEL
    return labelled or (clause.travels and (clause.rules("permit") or clause.has("only")))


def _is_after(clause: Clause, moment: Moment) -> bool:
    return any(
        0 <= moment.first - hit.last <= _LEAD or hit.covers(moment.first)
        for hit in clause.hits_of("after", "outside_ops")
        if any(hit.first == after.first for after in clause.hits.get("after", ()))
    )
