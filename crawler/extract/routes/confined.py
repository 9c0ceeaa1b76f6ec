"""Whom, for what and where words confine that stand apart from the ways: "only, in lift hours, on the marked track"."""

from crawler.extract.languages import of_all
from crawler.extract.sentences import Clause

_PURPOSE = frozenset(["to", "um", "pour", "per"])
_WHO = frozenset(["wer", "welche"])
"""Words that begin a German clause of whom a rule binds, which ends at a comma; so do articles behind one."""
_ARTICLES = of_all("articles")
_NEAR = 2
"""Tokens between "only" and the edge that it confines to."""
_ASIDE = 24
"""Tokens of an aside between "only" and the ways."""


def is_confined_behind_an_aside(clause: Clause) -> bool:
    """As in "It is allowed only, in lift hours (9 to 16), along the marked tracks A and B"."""
    if not (clause.rules("permit") and clause.travels) or clause.rules("forbid"):
        return False
    leads = {hit.first for hit in clause.hits_of("route_lead", "stay_on_route", "via_run", "route_lead_weak")}
    ways = [hit.first for hit in clause.hits_of("route_noun", "uphill_route")]
    for only in clause.hits.get("only", ()):
        aside = clause.tokens[only.last + 1 : only.last + _ASIDE]
        commas = [only.last + 1 + i for i, token in enumerate(aside) if token.fold == ","]
        if commas[:1] == [only.last + 1] and len(commas) > 1:
            begins = commas[1] + 1
            return begins in leads and any(begins <= way <= begins + _NEAR for way in ways)
    return False


def tells_what_for(clause: Clause) -> bool:
    """As in "To use our tracks, you need a ticket"."""
    if clause.tokens[0].fold not in _PURPOSE:
        return False
    demands = {verdict.at for verdict in clause.verdicts if verdict.kind == "must"}
    end = next((i for i, token in enumerate(clause.tokens) if token.fold == "," or i in demands), -1)
    return all(hit.first <= _NEAR and hit.last < end for hit in clause.hits["stay_on_route"])


def tells_of_whom(clause: Clause) -> bool:
    """As in "Wer unsere Pisten nutzt, …", "…, die unsere Pisten nutzen, …": whom the rule binds, and not what it is."""
    stays = clause.hits["stay_on_route"][0]
    if not any(token.fold == "," for token in clause.tokens[stays.last + 1 :]):
        return False
    commas = [index for index in range(stays.first) if clause.tokens[index].fold == ","]
    begins = clause.tokens[commas[-1] + 1 if commas else 0].fold
    follows = bool(commas) or clause.text[: clause.start].endswith((", ", ","))
    return begins in _WHO or (follows and begins in _ARTICLES)
