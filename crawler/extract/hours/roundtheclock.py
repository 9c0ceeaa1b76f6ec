"""Going up at all hours: "open 24 hours", and not "24-hour snowmaking"."""

from crawler.extract.hours.grounds import forbids, opens_route, under_uphill
from crawler.extract.hours.times import spans
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

_OTHERS = ("obtain", "machines", "call", "facility")
_BESIDE = 2
"""Tokens from "24-hour" to what lasts so long."""


def is_round_the_clock(scoped: Scoped) -> bool:
    """As in "Uphill access is open 24 hours", or the cell "Open 24 hours" of a table of uphill hours."""
    if not scoped.whole.has("round_the_clock"):
        return False
    clauses = [clause for clause in scoped.clauses if clause.has("round_the_clock")]
    permits = any(
        _permits(clause)
        or 0 <= clause.first("when_heading") <= 1
        or (
            clause.has("anywhere") and clause.near("you", "ascend", 1)
        )  # "One climbs where one likes, 24 hours"
        for clause in clauses
    )
    named = scoped.named and scoped.whole.has("uphill", "ascend")
    named = named or (scoped.scope is Scope.EXPLICIT and any(opens_route(clause) for clause in clauses))
    pronoun = scoped.whole.first("price_pronoun") == 0 and scoped.whole.has("open")  # "It is open 24 hours"
    named = named or (pronoun and scoped.scope is Scope.EXPLICIT and not scoped.whole.has("lift_hours"))
    others = any(_is_of_another(clause, scoped) for clause in clauses)
    return (
        permits
        and (named or (scoped.sentence.block.row and under_uphill(scoped)))
        and not (others or any(forbids(clause) for clause in clauses) or _spares_hours(scoped))
    )


def _spares_hours(scoped: Scoped) -> bool:
    """As in "Open 24/7, except from 16:00 to 22:00": hours that are left out, wherever they stand behind."""
    excepts = [
        clause.tokens[hit.first].start for clause in scoped.clauses for hit in clause.hits.get("except", ())
    ]
    told = (clause.tokens[span.first].start for clause in scoped.clauses for span in spans(clause))
    return bool(excepts) and any(at > min(excepts) for at in told)


def _is_of_another(clause: Clause, scoped: Scoped) -> bool:
    """Whether machines or a house are named before it, or right behind: "24-hour snowmaking"."""
    told = clause.hits["round_the_clock"][0]
    at = clause.tokens[told.first].start
    named = scoped.whole.hits_of(*_OTHERS)
    before = any(scoped.whole.tokens[hit.first].start < at for hit in named)
    behind = clause.hits_of(*_OTHERS)
    return before or any(0 <= hit.first - told.last <= _BESIDE for hit in behind)


def _permits(clause: Clause) -> bool:
    """Whether it permits; "within the permit area" is a noun."""
    passes = {hit.first for hit in clause.hits.get("any_pass", ())}
    return clause.rules("permit") and any(hit.first not in passes for hit in clause.hits.get("permit", ()))
