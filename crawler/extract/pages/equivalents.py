"""Elements that are another by their role or their class: tables and lists made of ``div``."""

import re

import lxml.etree
import lxml.html

from crawler.extract.pages.grids import with_whole_tables
from crawler.extract.pages.records import with_badges_behind, with_rows

_MARKS = ('role="row"', "role=row", 'role="listitem"', "able-row", "ableRow")
"""What markup holds that has any of them; asked of every page, which a pattern would take long for."""
_CANDIDATES = lxml.etree.XPath(
    "//div[@role or contains(translate(@class, 'TABLE', 'table'), 'table')]"
    "|//span[@role]|//p[@role]|//section[@role]"
)
_TAGS = {
    "table": "table",
    "grid": "table",
    "rowgroup": "tbody",
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "th",
    "list": "ul",
    "listitem": "li",
}
_ROW = re.compile(r"(?:^|[\s_-])(?:[a-z]{1,3})?table[-_]?row(?:$|\s)", re.IGNORECASE)
_HEAD = re.compile(r"(?:^|[\s_-])(?:[a-z]{1,3})?table[-_]?head(?:er)?(?:$|\s)", re.IGNORECASE)
_CELL = re.compile(r"(?:^|[\s_-])(?:[a-z]{1,3})?table[-_]?(?:cell|col|column)(?:$|\s)", re.IGNORECASE)


def as_shown(root: lxml.html.HtmlElement, text: str) -> None:
    """Make of the page's elements what they are to whoever sees them: tables of ``div``, cards, tables with spans."""
    with_tags(root, text)
    with_rows(root)
    with_badges_behind(root)
    with_whole_tables(root)


def with_tags(root: lxml.html.HtmlElement, text: str) -> None:
    """Give such elements of the page, whose markup is ``text``, the tags of what they are."""
    if not any(mark in text for mark in _MARKS):
        return
    rows = []
    for element in _CANDIDATES(root):
        role = element.get("role")
        if role in _TAGS:
            element.tag = _TAGS[role]
        elif element.tag == "div" and _ROW.search(element.get("class") or ""):
            rows.append(element)
    for row in rows:
        _as_row(row)


def _as_row(row: lxml.html.HtmlElement) -> None:
    cells = [(cell, cell.get("class") or "") for cell in row]
    if len(cells) < 2 or not all(_CELL.search(named) or _HEAD.search(named) for _, named in cells):
        return
    row.tag = "tr"
    for cell, named in cells:
        cell.tag = "th" if _HEAD.search(named) else "td"
