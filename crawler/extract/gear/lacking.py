"""Whether gear is what somebody goes without."""

from itertools import pairwise

from crawler.extract.automaton import Hit
from crawler.extract.languages import of_all
from crawler.extract.sentences import Clause

_AND = frozenset(["and", "und", "et", "e", "ed"])
_BEGINS = of_all("articles") | {"con", "avec", "with", "mit", "by", "en", "in", "on"}
"""Words right after "and" that begin another thing."""
_NEXT = 2
"""Tokens from "except" to the gear."""
_REACH = 4
"""Tokens between "without" and the gear."""


def is_lacking(clause: Clause, concept: str) -> bool:
    """As snowshoes in "hiking without skis or snowshoes is prohibited"."""
    lacks = clause.hits.get("without", ())
    return bool(lacks) and all(any(_governed(clause, w, g) for w in lacks) for g in clause.hits[concept])


def _governed(clause: Clause, without: Hit, gear: Hit) -> bool:
    """Whether "without" reaches to the gear; an article after "and" begins another thing."""
    between = [token.fold for token in clause.tokens[without.last + 1 : gear.first]]
    another = any(one in _AND and other in _BEGINS for one, other in pairwise(between))
    another = another or "(" in between  # "without skis (walkers, snowshoers)" names who goes so
    another = another or any(without.last < no.first < gear.first for no in clause.hits.get("neg", ()))
    return 0 <= gear.first - without.last - 1 <= _REACH and not another


def is_excepted(clause: Clause, concept: str) -> bool:
    """As bikes in "All forms of uphill travel except biking are allowed"."""
    left_out = (
        0 < gear.first - no.last <= _NEXT
        for no in clause.hits.get("except", ())
        for gear in clause.hits.get(concept, ())
    )
    return clause.kinds == {"permit"} and any(left_out)


def loose_denials(clause: Clause) -> list[Hit]:
    """The negations that are not those of a pass or a charge: "no ticket is needed to hike", "hike at no cost"."""
    passes = clause.hits_of("any_pass_word", "uphill_pass", "season_pass", "lift_ticket")
    return [
        no
        for no in clause.hits.get("neg", ())
        if not no.within_any(clause.hits.get("free", ()))
        and not any(0 < held.first - no.last <= _NEXT for held in passes)
    ]
