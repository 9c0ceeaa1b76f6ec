"""Ways up that answer a question: "Which runs are those?" "Birch Run from the plaza and Maple Lane from the lodge."."""

from collections.abc import Iterator

from crawler.extract.languages import of_all
from crawler.extract.routes.names import Name, is_a_point, is_numbered, names
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

_JOINED = frozenset([",", ":", "–", "—", "&", "/"]) | of_all("joiners")
_LABELS = ("during_ops", "outside_ops", "uphill")
_SHORT = 8
"""Tokens of names and an "only"."""
_OTHERS = ("downhill", "forbid", "neg", "other_topic", "dog", "lights", "elsewhere")


def asks_which_way(scoped: Scoped) -> bool:
    """As in "Which runs are those?", "Where can I skin?"."""
    return scoped.sentence.asks and scoped.scope is Scope.EXPLICIT and scoped.whole.has("route_heading")


def answering(scoped: Scoped) -> Iterator[Name]:
    """The names that lead the answer, or stand behind its commas and conjunctions."""
    if scoped.sentence.asks or scoped.whole.has(*_OTHERS):
        return
    if any(hit.first == 0 for hit in scoped.whole.hits.get("confine", ())):
        return  # "Folgen Sie der Spur …" tells what to do before it names anything
    first = True
    for name in names(scoped.whole, heads_sentence=True):
        before = scoped.whole.tokens[name.first - 1].fold if name.first else ""
        leads = not name.first or (not first and before in _JOINED)
        if first and not leads:
            return
        first = False
        if leads and not (name.heads or name.place or is_numbered(name) or is_a_point(scoped.whole, name)):
            yield name


def _colon(clause: Clause) -> int:
    return next((i for i, token in enumerate(clause.tokens) if token.fold == ":"), 0)


def _begins_with_its_label(clause: Clause) -> bool:
    """As in "Daytime skinning: Birch Run only", which is read as one."""
    colon = _colon(clause)
    return any(hit.last < colon for hit in clause.hits_of(*_LABELS)) and not clause.verdicts


def confining(scoped: Scoped) -> Iterator[Name]:
    """The names behind a label that they alone are told of: "During lift hours: Birch Run only"."""
    if scoped.scope is not Scope.EXPLICIT or scoped.sentence.block.level:
        return
    for clause in scoped.clauses:
        lead = clause.lead
        labelled = lead is not None and lead.has(*_LABELS) and not lead.verdicts
        labelled = labelled or _begins_with_its_label(clause)
        short = len(clause.tokens) <= _SHORT and clause.has("only") and not clause.has(*_OTHERS)
        if not (labelled and short):
            continue
        for name in names(clause, heads_sentence=False):
            before = clause.tokens[name.first - 1].fold if name.first else ""
            leads = not (name.first or _colon(clause)) or before in _JOINED
            if leads and not (name.place or is_numbered(name)):
                yield name
