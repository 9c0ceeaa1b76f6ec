"""Two elements that are a label and its value, and cells that a table's rows share."""

import re

import lxml.html

from crawler.extract.pages.page import line_of
from crawler.extract.pages.panels import is_title

STATUS_WORD = re.compile(
    r"(?<![a-z])(open|closed|geschlossen|gesperrt|ge(?:ö|oe)ffnet|offen|ouverte?|ferm(?:é|e)e?|apert[oa]|chius[oa])(?![a-z])"
)
_HOLDERS = frozenset(["div", "li", "p", "section", "article"])
_HALVES = frozenset(["div", "p", "span", "strong", "b", "em", "small"])
_INLINE = frozenset(["span", "strong", "b", "em", "small", "i", "br"])
_CELLS = frozenset(["td", "th"])
_LONGEST_LABEL, _LONGEST_VALUE = 40, 60
"""Characters."""


def is_value(element: lxml.html.HtmlElement) -> bool:
    """Whether it stands behind a label in an element that holds those two alone."""
    label, parent = element.getprevious(), element.getparent()
    return label is not None and parent is not None and element.getnext() is None and _is_pair(parent)


def is_label(element: lxml.html.HtmlElement) -> bool:
    """Whether it stands before its value in an element that holds those two alone."""
    value, parent = element.getnext(), element.getparent()
    return value is not None and parent is not None and element.getprevious() is None and _is_pair(parent)


def _is_pair(parent: lxml.html.HtmlElement) -> bool:
    if len(parent) != 2 or parent.tag not in _HOLDERS or (parent.text or "").strip():
        return False
    label, value = parent
    if label.tag not in _HALVES or value.tag not in _HALVES or (label.tail or "").strip():
        return False
    if label.tag != value.tag or is_title(label) or not _is_plain(label) or not _is_plain(value):
        return False
    words, told = line_of(label.text_content()), line_of(value.text_content())
    if STATUS_WORD.fullmatch(told.lower()):
        return False  # of a lift, most often
    short = 0 < len(words) <= _LONGEST_LABEL and 0 < len(told) <= _LONGEST_VALUE
    return short and words[0].isupper() and words[-1] not in ".!?;,"


def _is_plain(half: lxml.html.HtmlElement) -> bool:
    return all(inner.tag in _INLINE for inner in half)


def fills_a_cell(element: lxml.html.HtmlElement) -> bool:
    """Whether it holds all of a cell, as the only paragraph of it."""
    inner, outer = element, element.getparent()
    while outer is not None and len(outer) == 1 and not (outer.text or "").strip():
        if (inner.tail or "").strip():
            return False
        if outer.tag in _CELLS:
            return True
        if outer.tag not in _HALVES:
            return False
        inner, outer = outer, outer.getparent()
    return False
