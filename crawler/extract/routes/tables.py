"""Tables of the ways up: which of their cells holds a route's name."""

from crawler.extract.columns import cells, is_row
from crawler.extract.routes.heads import COLUMNS
from crawler.extract.routes.names import Name, may_be_a_title
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

_LONGEST_NAME = 7
"""Tokens."""
_TITLED = 2
"""Headings of a row below a header row and a title."""
_COLUMNS = ("uphill_route", "route_heading", "route_noun")
"""What a column of routes is called."""
_RUNS = frozenset(["trail", "trails", "run", "runs"])
"""What a column is called beside it that tells which runs they follow."""
_NAME_LABELS: tuple[list[str], ...] = ([], ["name"], ["nom"], ["nome"], ["bezeichnung"])


def cell_of_routes(scoped: Scoped) -> tuple[int, int] | None:
    """The tokens (first, past the last) of a row that stand in its column of routes, or in its first column."""
    return next(iter(cells_of_routes(scoped)), None)


def cells_of_routes(scoped: Scoped) -> list[tuple[int, int]]:
    """The same, where "Route | Trails | Status" has two such columns."""
    row = cells(scoped.whole)
    head = cells(scoped.headings[0]) if scoped.headings else []
    if len(head) < COLUMNS:
        return row[:1]
    told = [hit for concept in _COLUMNS for hit in scoped.headings[0].hits.get(concept, ())]
    bare = [hit for hit in told if (hit.first, hit.last + 1) in head]  # "Route" beside "Base Area"
    bare.sort(key=lambda hit: (hit.concept != "uphill_route", hit.first))
    at = [hit.first for hit in (bare or told)[:1]] or [_bare_cell_of_ascent(scoped.headings[0], head)]
    words = scoped.headings[0].tokens
    at += [hit.first for hit in bare if hit.first not in at and words[hit.first].fold in _RUNS]
    columns = [i for first in at for i, (begin, end) in enumerate(head) if begin <= first < end]
    if not columns and (named := _column_of_names(scoped.headings[0], head)) is not None:
        columns = [named]
    if not columns and len(row) == len(head) + 1 and scoped.headings[0].has("ascent_label", "length_label"):
        return row[:1]  # below an empty corner
    return [row[i] for i in columns if i == 0 or len(head) == len(row)]


def _bare_cell_of_ascent(head: Clause, parts: list[tuple[int, int]]) -> int:
    """As of the "Ascent" in "Day | Ascent | Time": a column of ways up, where no other is; or -1."""
    told = head.hits.get("ascent_noun", ())
    alone = (hit.first for hit in told if (hit.first, hit.last + 1) in parts and not head.has("ascent_label"))
    return next(alone, -1)


def _column_of_names(head: Clause, parts: list[tuple[int, int]]) -> int | None:
    """That of "Name | Level | Ascent", the header of a table of ways up."""
    if not head.has("ascent_label"):
        return None
    labels = [[token.fold for token in head.tokens[slice(*part)]] for part in parts]
    return next((index for index, label in enumerate(labels) if label in _NAME_LABELS), None)


def titled(scoped: Scoped) -> Name | None:
    """The cell below "Route" or "Name" of a table of ways up, whatever its words: "Moraine Ridge", "Pra Sec"."""
    if not scoped.sentence.block.row or len(scoped.headings) < _TITLED or scoped.scope is not Scope.EXPLICIT:
        return None
    head, above = scoped.headings[:_TITLED]
    if not above.has("route_heading") or not is_row(head):
        return None
    begin, end = cell_of_routes(scoped) or (0, 0)
    words = scoped.whole.tokens[begin:end]
    text = scoped.whole.text[words[0].start : words[-1].end] if words else ""
    short = 0 < len(words) <= _LONGEST_NAME and text[0].isupper() and not any(w.is_mark for w in words)
    ends = short and scoped.whole.text[words[-1].start].isupper()  # "Roche aux Fées"
    if not ends or not may_be_a_title([word.fold for word in words]):
        return None
    told = {"noun": True, "led": False, "place": False, "heads": False, "quoted": False, "proper": True}
    return Name(text, begin, end - 1, landmark=False, **told)
