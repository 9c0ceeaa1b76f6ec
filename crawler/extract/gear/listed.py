"""Lists of what one may go up on, and of what one may not, whose verdict stands in another clause."""

from crawler.extract.languages import of_all
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause

_GEAR = ("ski_gear", "snowshoe", "on_gear", "foot", "bike", "uphill", "either")
_JOINERS = of_all("joiners") | of_all("articles")
_LABEL = 4
"""Tokens of "Permitted equipment" and its mark."""
_LEADS = 3
"""Tokens before the gear that a list of it begins with."""
_LIST, _VERDICT = 14, 4
"""Tokens of a list that a verdict follows, and of that verdict."""
_WORDS = 2
"""Words of each thing in a list."""
_LACKED = 2
"""Tokens from the gear to the "without" that makes the ban a condition."""


def is_headed_list(clause: Clause, above: Clause | None) -> bool:
    """As in "Equipment: skis, splitboards, snowshoes", "Equipment. Skis and snowshoes."."""
    label = clause.lead or above
    if label is None or not label.has("equipment_heading") or len(label.tokens) > _LABEL:
        return False
    begins = 0 <= clause.first("ski_gear") <= _LEADS
    others = clause.has("foot", "bike", "neg", "without", "if_strict", "rental", "forbid", "for_hire")
    return begins and not others and not label.verdicts


def goes_on_with_a_list(clause: Clause, scoped: Scoped, concept: str) -> bool:
    """As the second clause of "Travel is limited to skis, | snowboards and snowshoes; no walking"."""
    before = next((c for c in reversed(scoped.clauses) if c.end < clause.start), None)
    if before is None or clause.text[before.end : clause.start].strip() != ",":
        return False
    ends = any(hit.last == len(before.tokens) - 1 for hit in before.hits_of("ski_gear", "snowshoe"))
    named = clause.tokens_of(*_GEAR)
    bare = all(t.is_mark or t.fold in _JOINERS or index in named for index, t in enumerate(clause.tokens))
    return ends and bare and clause.has(concept) and before.kinds == {"permit"}


def is_list_before_a_ban(clause: Clause, concept: str) -> bool:
    """As in "Sleds, bikes and foot traffic: not allowed"."""
    lead = clause.lead
    if lead is None or not lead.has(concept) or lead.verdicts or len(lead.tokens) > _LIST:
        return False
    commas = sum(token.fold == "," for token in lead.tokens)
    return commas > 0 and len(clause.tokens) <= _VERDICT + 1 and clause.kinds == {"forbid"}


def is_in_a_negated_list(clause: Clause, concept: str) -> bool:
    """As the bikes in "No snowshoeing, walking, tobogganing or fat biking on ski runs"."""
    for no in clause.hits.get("neg", ()):
        for gear in clause.hits[concept]:
            between = clause.tokens[no.last + 1 : gear.first]
            commas = sum(token.fold == "," for token in between)
            words = sum(not token.is_mark for token in between)
            bare = all(not token.is_mark or token.fold == "," for token in between)
            verdict = any(no.last < verdict.at < gear.first for verdict in clause.verdicts)
            if commas > 1 and bare and not verdict and words <= _WORDS * (commas + 1):
                return True
    return False


def is_refused_after_others(clause: Clause, concept: str) -> bool:
    """As in "Snowshoes are fine. Boots alone aren't"."""
    gear = clause.hits.get(concept, ())
    if not gear or gear[0].first > 1 or clause.has("if_strict", "except"):
        return False
    words = [index for index, token in enumerate(clause.tokens) if not token.is_mark]
    ends = {words[-1]} | {i - 1 for i, token in enumerate(clause.tokens) if token.fold == ","}
    return any(hit.first == gear[0].last + 1 and hit.last in ends for hit in clause.hits.get("neg", ()))


def is_banned_without(clause: Clause, concept: str) -> bool:
    """As in "No snowshoes without poles": with them they are allowed, or nothing is said."""
    return concept != "foot" and any(
        0 < without.first - gear.last <= _LACKED
        for without in clause.hits.get("without", ())
        for gear in clause.hits[concept]
    )
