"""Whether words speak of the time while lifts run for the public, or of the time outside it."""

from typing import Literal

from crawler.extract.sentences import Clause, once_a_clause

Phase = Literal["during", "outside"]


def phase_of(clause: Clause) -> Phase | None:
    """The one phase that the clause names; ``None`` where it names none or both."""
    found = phases(clause)
    return next(iter(found)) if len(found) == 1 else None


@once_a_clause
def phases(clause: Clause) -> set[Phase]:
    if clause.has("both_phases"):
        return {"during", "outside"}
    outside = clause.hits.get("outside_ops", ())
    during = [
        hit
        for hit in clause.hits.get("during_ops", ())
        if not any(o.first <= hit.last and hit.first <= o.last for o in outside)
    ]
    found: set[Phase] = set()
    if outside or clause.has("evening_event"):
        found.add("outside")
    if during:
        found.add("during")
    return found


def only_evenings(clause: Clause) -> bool:
    """Whether it names evenings or nights only: banning those leaves the early morning unsaid."""
    return clause.has("evening_event") and not clause.has("outside_ops")
