"""Whom a clause's "they" stands for."""

from crawler.extract.automaton import Hit
from crawler.extract.languages import of_all
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause

_SUBJECT = 1
"""Tokens before the subject of a clause at most."""
_VERBS = of_all("subjectless") | {"ne", "n'", "non"}
"""Words that begin a statement that goes on with the subject before."""
_ADDRESS = 3
"""Tokens from those addressed to "you"."""


def stands_for(clause: Clause, scoped: Scoped, *concepts: str) -> bool:
    """As in "Snowshoers use their own trail, on the skin track they are not allowed", of the clause before."""
    if not (clause.has("they", "you") or _lacks_its_subject(clause)) or clause.has("uphill_pass"):
        return False
    before = next((c for c in reversed(scoped.clauses) if c.end <= clause.start), None)
    if before is None:
        return False
    # "Keep your dog away: they are not admitted" names nobody else
    alone = not before.has("uphill", "ascend")
    if not alone and not clause.has("they") and clause.lead is before:
        return False  # "Walkers, climbers, snowshoers: you are not admitted to the slopes"
    told = [hit for hit in before.hits_of(*concepts) if alone or hit.first <= _SUBJECT]
    if told and _lacks_its_subject(clause):
        return True
    return bool(told) and (clause.has("they") or any(_is_addressed(before, hit) for hit in told))


def is_told_of_others(clause: Clause, *concepts: str) -> bool:
    """As in "Dogs, sledges and walkers: banned from the climbing track", of those before the colon."""
    lead = clause.lead
    named = lead is not None and lead.has(*concepts) and not (lead.has("uphill", "ascend") or lead.verdicts)
    ways = clause.hits_of("uphill_route", "route_noun")
    placed = all(hit.overlaps_any(ways) for hit in clause.hits_of("uphill", "ascend"))
    begins = any(verdict.at <= _SUBJECT for verdict in clause.verdicts)
    return named and (begins or (placed and bool(clause.verdicts) and not clause.has("you")))


def _lacks_its_subject(clause: Clause) -> bool:
    """As in "Snowshoers have a path of their own and are not admitted to the tracks"."""
    return clause.tokens[0].fold in _VERBS


def _is_addressed(clause: Clause, hit: Hit) -> bool:
    """As in "Snowshoers, you have your own trail; the skin track is closed to you"."""
    after = clause.tokens[hit.last + 1].fold if hit.last + 1 < len(clause.tokens) else ""
    return after == "," and any(0 < you.first - hit.last <= _ADDRESS for you in clause.hits.get("you", ()))
