"""Where those who went up ski down."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import Claim, Settled, Strength
from crawler.extract.combine import strongest
from crawler.extract.document import Document
from crawler.extract.routes.names import names
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Descent

FIELD = "descent"
NEEDS: tuple[str, ...] = ()
_AFTER = 10
"""Tokens from the word for the way down to what it goes by."""
_BEFORE = 6
_PLAIN_NOUN = 7
"""Letters of the longest German word for a run that is no name: "Abfahrt", "Strecke"."""
_GENERIC = ("ski", "schi", "aufstieg", "abfahrt", "strecken", "touren")
_FIRST = 2
_LEADS = 4
"""Tokens from "via" to the name that it leads to."""


def claims(document: Document) -> Iterator[Claim]:
    for scoped in document.telling({"descend"}, headed="descend"):
        whole = scoped.whole
        if scoped.sentence.asks or scoped.sentence.block.level or whole.has("dog", "summer"):
            continue
        value = _read(scoped)
        if value is not None:
            start, end = scoped.sentence.start, scoped.sentence.end
            yield Claim(FIELD, value, start, end, Strength.PLAIN, "where one skis down")


def _read(scoped: Scoped) -> Descent | None:
    headed = scoped.headed("descend") and not scoped.headed("uphill", "ascend")
    for clause in (*scoped.clauses, scoped.whole):
        if not clause.has("descend") and not headed:
            continue
        kinds = frozenset[str](verdict.kind for verdict in clause.verdicts) or scoped.sentence.kinds
        if _beside(clause, "closed_runs", headed=headed) and "forbid" in kinds:
            return Descent.OPEN_RUNS
        if "forbid" in kinds or "need_not" in kinds or clause.has("neg"):
            continue
        if clause.has("both_ways") and clause.has("only", "confine") and not clause.has("open_runs"):
            return Descent.SAME_AS_UP
        if _beside(clause, "same_route", headed=headed) and _confines(clause, kinds, headed=headed):
            return Descent.SAME_AS_UP
        if _beside(clause, "open_runs", headed=headed) and _confines(clause, kinds, headed=headed):
            return Descent.OPEN_RUNS
        if _is_named(clause, kinds):
            return Descent.OWN_ROUTE
    return None


def _beside(clause: Clause, concept: str, *, headed: bool) -> bool:
    """Whether the runs are those that one goes down by, and not a subject of their own."""
    found = clause.hits.get(concept, ())
    if headed and found and not clause.has("ascend"):
        return True
    return any(
        -_BEFORE <= hit.first - down.last <= _AFTER and not hit.overlaps(down)
        for hit in found
        for down in clause.hits.get("descend", ())
    )


def _confines(clause: Clause, kinds: frozenset[str], *, headed: bool) -> bool:
    """Whether it tells where to go down: by a verdict, an imperative or a plain statement of the way."""
    if clause.has("if_strict") and not kinds & {"must", "permit"}:
        return False
    others = clause.has("other_skiers")
    return not others and (bool(kinds & {"must", "permit", "should"}) or _states(clause) or headed)


def _states(clause: Clause) -> bool:
    """As in "Descend on …", "The descent is by …", "Die Abfahrt erfolgt über …"."""
    first = any(hit.first <= _FIRST for hit in clause.hits.get("descend", ()))
    return first or clause.commands("descend") or clause.has("confine", "only")


def _is_named(clause: Clause, kinds: frozenset[str]) -> bool:
    """As in "Descend via Easy Street only"; a run that is for both ways is none of its own."""
    if clause.has("ascend", "uphill", "other_skiers", "if_strict"):
        return False
    if not (_states(clause) or "must" in kinds):
        return False
    if _beside(clause, "descent_route", headed=False) and kinds & {"must"}:
        return True
    leads = [hit.last for hit in clause.hits_of("route_lead", "via_run")]
    downs = [hit.last for hit in clause.hits.get("descend", ())]
    down = clause.first("descend")
    confined = "must" in kinds and clause.has("only")
    return down >= 0 and any(
        at > down
        and (confined or at - 1 in downs or any(down <= lead < at <= lead + _LEADS for lead in leads))
        for at in _named_runs(clause)
    )


def _named_runs(clause: Clause) -> Iterator[int]:
    """Tokens at which runs are named; German writes every noun with a capital and names in one word."""
    if clause.lang != "de":
        yield from (name.first for name in names(clause, heads_sentence=True))
        return
    for hit in clause.hits.get("route_noun", ()):
        word = clause.tokens[hit.first].fold
        if hit.first == hit.last and len(word) > _PLAIN_NOUN and not word.startswith(_GENERIC):
            yield hit.first


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    return strongest(claims)
