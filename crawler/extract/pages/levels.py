"""Which elements are headings, of what level, and which rows of a table hold data."""

import re
from functools import lru_cache
from itertools import islice

import lxml.html

from crawler.extract.pages.panels import is_title, opens_the_next

HEADING_TAGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
PSEUDO = 7
_TERM, HEADER_ROW, GROUP_ROW = 9, 10, 11
_LONGEST_DEFINITION = 60
"""Characters of a definition that makes one line with its term."""
_LEAST_HEADS = 2
_LONGEST_LABEL = 80
"""Characters of a cell that heads the many lines of the cell beside it."""
_CLASS = re.compile(r"(?:^|\s)h([1-6])(?:$|\s)")
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
PARTS_OF_LISTS = frozenset(["dt", "tr", "th", "td", "summary", "legend", "caption"])
_OPENERS = frozenset(["div", "p", "button", "li", "a"])
_PLAIN = frozenset(["b", "strong", "em", "i", "span", "font", "p", "div"])
_LINES = frozenset(["p", "div"])
_INLINE = _PLAIN - _LINES | {"a", "br"}
STYLED = frozenset(["span", "p", "font"])
_LARGE = frozenset(["4", "5", "6", "7", "+1", "+2", "+3", "+4"])


def level_of(element: lxml.html.HtmlElement) -> int:
    tag = element.tag
    if tag in HEADING_TAGS:
        return int(tag[1])
    if tag in PARTS_OF_LISTS:
        return _level_of_part(element, tag)
    if element.get("role") == "heading":
        return PSEUDO
    # what opens a panel names it
    if tag in _OPENERS and (element.get("aria-expanded") or is_title(element)):
        return PSEUDO
    if tag == "button":
        return PSEUDO if opens_the_next(element) else 0
    return _level_of_line(element, tag) if tag in _LINES else 0


def _level_of_line(element: lxml.html.HtmlElement, tag: str) -> int:
    level = _level_of_class(named) if (named := element.get("class")) else 0
    return level if tag == "p" or (level and _is_line_apart(element, level)) else 0


def _is_line_apart(element: lxml.html.HtmlElement, level: int) -> bool:
    """Whether it holds one line, no sentence, and its neighbours are not of its class, as a PDF's lines are."""
    if any(inner.tag not in _INLINE for inner in element):
        return False
    words = element.text_content().strip()
    if not 0 < len(words) <= _LONGEST_LABEL or words[-1] in ".!;,":
        return False
    beside = (element.getprevious(), element.getnext())
    return not any(e is not None and _level_of_class(e.get("class") or "") == level for e in beside)


def _level_of_part(element: lxml.html.HtmlElement, tag: str) -> int:
    if tag == "dt":
        return 0 if is_short_pair(element) else _TERM
    if tag == "tr":
        return HEADER_ROW if _is_header_row(element) else GROUP_ROW if _names_a_group(element) else 0
    return PSEUDO if tag not in {"td", "th"} or _heads_lines(element) else 0


def looks_bold(element: lxml.html.HtmlElement) -> bool:
    """Whether its style or its class makes its words bold, as headings are that are no headings in the markup."""
    tag = element.tag
    if tag not in STYLED:
        return False
    style, named = element.get("style"), element.get("class")
    if tag == "font" and element.get("size") in _LARGE:
        return True
    return bool((style and _is_bold(style)) or (named and tag == "span" and _level_of_class(named)))


@lru_cache(maxsize=4096)
def _level_of_class(names: str) -> int:
    found = _CLASS.search(names)
    return int(found[1]) if found else 0


@lru_cache(maxsize=4096)
def _is_bold(style: str) -> bool:
    return _BOLD_STYLE.search(style.lower()) is not None


def _heads_lines(cell: lxml.html.HtmlElement) -> bool:
    """Whether it stands first in a row whose next cell holds paragraphs: "Uphill travel" beside all its rules."""
    row, beside = cell.getparent(), cell.getnext()
    if row is None or cell.getprevious() is not None or beside is None or beside.getnext() is not None:
        return False
    if any(inner.tag not in _PLAIN for inner in islice(cell.iter(), 1, None)):
        return False
    return len(cell.text_content()) <= _LONGEST_LABEL and not is_data(row)


def is_data(row: lxml.html.HtmlElement) -> bool:
    """Whether a table row holds data: no cell with blocks or many lines in it, as a layout's cells have."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if not cells:
        return False
    return not any(
        next(cell.iter("table", "ul", "ol", "h1", "h2", "h3", "h4", "form"), None) is not None
        or sum(1 for _ in cell.iter("br", "p", "div")) > 4
        for cell in cells
    )


def holds_a_part(entry: lxml.html.HtmlElement) -> bool:
    """Whether a list's entry is no line of it but a part of the page, as accordions and cards have theirs."""
    return next(entry.iter("h2", "h3", "h4", "h5", "h6", "button", "table"), None) is not None


def is_short_pair(term: lxml.html.HtmlElement | None) -> bool:
    """Whether a ``dt`` has one short ``dd``, so that the two read as one line."""
    if term is None or term.tag != "dt":
        return False
    told = term.getnext()
    if told is None or told.tag != "dd" or len(told.text_content()) > _LONGEST_DEFINITION:
        return False
    after = told.getnext()
    return after is None or after.tag != "dd"


def _is_header_row(row: lxml.html.HtmlElement) -> bool:
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < _LEAST_HEADS:
        return False
    if all(cell.tag == "th" for cell in cells):
        return True
    told = [cell for cell in cells if len(cell) or (cell.text or "").strip()]
    if len(told) < _LEAST_HEADS:
        return False
    if all(cell.tag == "th" for cell in told):
        return True
    return _is_first(row) and all(cell.tag == "th" or _is_all_bold(cell) for cell in told)


def _is_first(row: lxml.html.HtmlElement) -> bool:
    outer = row.getparent()
    if row.getprevious() is not None or outer is None:
        return False
    return outer.tag in ("table", "thead") or (outer.tag == "tbody" and outer.getprevious() is None)


def _is_all_bold(cell: lxml.html.HtmlElement) -> bool:
    """Whether its only paragraph, or it itself, holds but what is bold."""
    while len(cell) == 1 and not (cell.text or "").strip() and not (cell[0].tail or "").strip():
        cell = cell[0]
        if cell.tag in ("b", "strong") or looks_bold(cell):
            return True
    return False


def _names_a_group(row: lxml.html.HtmlElement) -> bool:
    """Whether its only cell spans the columns and holds but a few words: "Uphill travel" above that part's rows."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) != 1 or (cells[0].get("colspan") or "1") == "1":
        return False
    words = cells[0].text_content().strip()
    return 0 < len(words) <= _LONGEST_LABEL and words[-1] not in ".!?;"
