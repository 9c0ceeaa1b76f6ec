"""Tables made whole: spanned cells repeated, heads in two rows joined, and those on their side set upright."""

import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from importlib.resources import files

import lxml.etree
import lxml.html

from crawler.extract.pages.page import line_of
from crawler.extract.pages.pairs import STATUS_WORD

_TABLES = lxml.etree.XPath("//table[not(.//table)]")
_ROWS = lxml.etree.XPath("./tr|./thead/tr|./tbody/tr|./tfoot/tr")
_CELLS = frozenset(["td", "th"])
_MOST_ROWS, _MOST_COLUMNS = 200, 14
_LONGEST, _MOST_WITHIN = 80, 12
"""Characters of a cell that may span others, and elements in it: a layout's cells hold more."""
_LEAST = 2

_IS_DATA = re.compile(rf"\d|{STATUS_WORD.pattern}")

Grid = list[list[lxml.html.HtmlElement]]


def _word_sets() -> dict[str, frozenset[str]]:
    told = tomllib.loads(files("crawler.extract.pages").joinpath("tablewords.toml").read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in told.items()}


_WORDS = _word_sets()
_WAYS, _MEASURED = _WORDS["ways"], _WORDS["measured"]
_TOLD = _WORDS["told"] | _MEASURED


def with_whole_tables(root: lxml.html.HtmlElement) -> None:
    """Make every table of data one that may be read row by row below one row of heads."""
    for table in _TABLES(root):
        rows = [row for row in _ROWS(table) if len(row)]
        if not _LEAST <= len(rows) <= _MOST_ROWS:
            continue
        if any(_spans(cell) != (1, 1) for row in rows for cell in row):
            _expand(rows)
            rows = _joined(rows)
        grid = [[cell for cell in row if cell.tag in _CELLS] for row in rows]
        if _lies_on_its_side(grid):
            _set_upright(rows, grid)


def _spans(cell: lxml.html.HtmlElement) -> tuple[int, int]:
    """Rows and columns."""
    rows, columns = (cell.get(name) or "1" for name in ("rowspan", "colspan"))
    return (
        int(rows) if rows.isdecimal() and 0 < len(rows) < 3 else 1,
        int(columns) if columns.isdecimal() and 0 < len(columns) < 3 else 1,
    )


def _may_be_repeated(cell: lxml.html.HtmlElement) -> bool:
    return len(line_of(cell.text_content())) <= _LONGEST and sum(1 for _ in cell.iter()) <= _MOST_WITHIN


def _expand(rows: list[lxml.html.HtmlElement]) -> None:
    """Repeat each cell in the rows and columns that it spans; a row's only cell heads the rows below it."""
    waiting: dict[tuple[int, int], lxml.html.HtmlElement] = {}
    for at, row in enumerate(rows):
        cells = [cell for cell in row if cell.tag in _CELLS]
        column = 0
        for cell in cells:
            column = _put_waiting(row, cell, waiting, at, column)
            down, across = _spans(cell)
            if len(cells) == 1 and not waiting:
                break
            if (down, across) != (1, 1) and _may_be_repeated(cell):
                for key in ("rowspan", "colspan"):
                    cell.attrib.pop(key, None)
                for below in range(1, min(down, len(rows) - at)):
                    for beside in range(min(across, _MOST_COLUMNS)):
                        waiting[at + below, column + beside] = cell
                for _ in range(1, min(across, _MOST_COLUMNS)):
                    cell.addnext(_copy(cell))
            column += across
        _put_waiting(row, None, waiting, at, column)


def _copy(cell: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """Without what stands behind it."""
    copy = deepcopy(cell)
    copy.tail = None
    return copy


def _put_waiting(
    row: lxml.html.HtmlElement,
    before: lxml.html.HtmlElement | None,
    waiting: dict[tuple[int, int], lxml.html.HtmlElement],
    at: int,
    column: int,
) -> int:
    """Set the cells of rows above that reach into the row here; the column behind them."""
    while (at, column) in waiting:
        copy = _copy(waiting.pop((at, column)))
        if before is not None:
            before.addprevious(copy)
        else:
            row.append(copy)
        column += 1
    return column


def _joined(rows: list[lxml.html.HtmlElement]) -> list[lxml.html.HtmlElement]:
    """The rows, the second of two rows of heads being joined to the first: "Adults" above "Day" and "Season"."""
    first, second, *others = rows
    heads = [[cell for cell in row if cell.tag in _CELLS] for row in (first, second)]
    alike = len(heads[0]) == len(heads[1]) >= _LEAST
    if not (others and alike and all(cell.tag == "th" for row in heads for cell in row)):
        return rows
    for above, below in zip(*heads, strict=True):
        words, own = line_of(above.text_content()), line_of(below.text_content())
        for inner in list(below):
            below.remove(inner)
        below.text = words if words == own else f"{words} {own}".strip()
    holder = first.getparent()
    if holder is not None:
        holder.remove(first)
    return [second, *others]


def _lies_on_its_side(grid: Grid) -> bool:
    """Whether its columns are ways up, and its rows tell of them one thing each."""
    if len(grid) < _LEAST or not _LEAST < len(grid[0]) <= _MOST_COLUMNS:
        return False  # "Uphill route | Closed" above "Updated | 6 am" is a list of labels
    if any(len(row) != len(grid[0]) for row in grid):
        return False
    corner, *names = map(_words, grid[0])
    labels = [_words(row[0]) for row in grid[1:]]
    if any(not name or not _TOLD.isdisjoint(name) or _IS_DATA.search(" ".join(name)) for name in names):
        return False
    told = sum(bool(label) and not _TOLD.isdisjoint(label[:2]) for label in labels)
    if not _WAYS.isdisjoint(corner):
        return told == len(labels)
    measured = any(not _MEASURED.isdisjoint(label) for label in labels)
    return not corner and measured and told == len(labels) >= _LEAST


def _words(cell: lxml.html.HtmlElement) -> list[str]:
    return [word.strip(".:") for word in line_of(cell.text_content()).casefold().split()]


def _set_upright(rows: list[lxml.html.HtmlElement], grid: Grid) -> None:
    """Its columns become the rows, below a row of heads."""
    upright: Grid = [list(column) for column in zip(*grid, strict=True)]
    for row in rows:
        for cell in list(row):
            row.remove(cell)
    while len(rows) < len(upright):
        rows.append(rows[0].makeelement("tr"))
        rows[-2].addnext(rows[-1])
    for row, cells in zip(rows, upright, strict=False):
        row.extend(_retagged(cells, "td" if row is not rows[0] else "th"))
    for row in rows[len(upright) :]:
        row.drop_tree()


def _retagged(cells: list[lxml.html.HtmlElement], tag: str) -> Iterator[lxml.html.HtmlElement]:
    for cell in cells:
        cell.tag = tag
        cell.tail = None
        yield cell
