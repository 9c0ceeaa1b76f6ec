"""Words of a page that are no text of it: what its pictures say, and marks that are set apart from the words."""

import re

import lxml.etree
import lxml.html

from crawler.extract.pages.pairs import STATUS_WORD, is_value

_WORDS = frozenset(["span", "strong", "b", "em", "small", "label", "a"])
_TITLES = frozenset(["h1", "h2", "h3"])
_ENTRIES = frozenset(["li", "td", "dd"]) | _TITLES
_LEAST_SENTENCE, _LEAST_ENTRY, _LONGEST = 3, 2, 600
"""Words of a description that is a sentence, and of one that is all of an entry; characters of both."""
_TITLES_WITHIN = lxml.etree.XPath(".//*[local-name()='title']/text()")
_FOOTNOTE = re.compile(r"[\[(]?(?:\d{1,2}|[*†‡§#]{1,3})[\])]?")
_TWO_DIGITS = re.compile(r"\d\d")
_HOUR_BEFORE = re.compile(r"(?<![\d.,:])(?:[01]?\d|2[0-4])\s*$")
_MONEY = re.compile(r"[$€£]|CHF|Fr\.|EUR|USD|CAD")
_SUM_FOLLOWS = re.compile(r"(?:^|[^\d\s])\s*(?:[$€£]|CHF|Fr\.|EUR|USD|CAD)\s*$")
_NEAR = 6


def words_of_picture(element: lxml.html.HtmlElement) -> str:
    """What a picture says: in a sentence, as all of a list's entry, or by a word of status."""
    within = _title_within(element)
    return _described(element, within) or icon_words(element, within)


def _described(element: lxml.html.HtmlElement, within: str) -> str:
    names = (element.get("alt"), element.get("aria-label"), element.get("title"), within)
    told = next((name.strip() for name in names if name and name.strip()), "")
    count = len(told.split())
    if not told or count < _LEAST_ENTRY - _is_in_a_title(element) or len(told) > _LONGEST:
        return ""
    if (told[-1] in ".!" and count >= _LEAST_SENTENCE) or _is_all_of_an_entry(element):
        return f" {told} "
    return ""


def _is_in_a_title(element: lxml.html.HtmlElement) -> bool:
    holder = element.getparent()
    return holder is not None and holder.tag in _TITLES


def _is_all_of_an_entry(element: lxml.html.HtmlElement) -> bool:
    entry = element.getparent()
    if entry is None or entry.tag not in _ENTRIES or len(entry) != 1:
        return False
    return not (entry.text or "").strip() and not (element.tail or "").strip()


def _title_within(element: lxml.html.HtmlElement) -> str:
    return " ".join(map(str, _TITLES_WITHIN(element))) if element.tag == "svg" else ""


def icon_words(element: lxml.html.HtmlElement, within: str) -> str:
    """The status word that stands only in an icon's alt, title, class or file name, or in a title ``within`` it."""
    names = (
        within,
        element.get("alt"),
        element.get("title"),
        element.get("aria-label"),
        element.get("class"),
    )
    file_name = (element.get("src") or "").rsplit("/", 1)[-1]
    for name in filter(None, (*names, file_name)):
        word = STATUS_WORD.search(name.lower().replace("_", "-"))
        if word and len(name) <= 60:
            return f" {word[1]} "
    return ""


def mark_before(element: lxml.html.HtmlElement) -> str:
    """What sets it apart from the words before it, where the style sheet alone does so."""
    if element.tag == "sup":
        return _raised(element)
    return " | " if is_value(element) else " " if _abuts(element) else ""


def _abuts(span: lxml.html.HtmlElement) -> bool:
    """Whether it is a label's badge."""
    before = span.getprevious()
    if before is None or before.tail or before.tag not in _WORDS or not span.get("class"):
        return False
    # a first letter set large is part of its word
    return len(before.text_content()) > 1 and (span.text or "")[:1].isalnum()


def is_footnote_mark(raised: lxml.html.HtmlElement) -> bool:
    """Whether what is set raised is a note's number or star; minutes, cents and the sum behind a $ are none."""
    told = raised.text_content().strip()
    if _FOOTNOTE.fullmatch(told) is None or _raised(raised):
        return False
    return not told.isdigit() or _SUM_FOLLOWS.search(_before(raised)) is None


def _raised(raised: lxml.html.HtmlElement) -> str:
    """What stands for the raising in plain text: 8 with a raised 30 is 8:30, $49 with a raised 90 is $49.90."""
    told, before = raised.text_content().strip(), _before(raised)
    if not _TWO_DIGITS.fullmatch(told) or not before[-1:].isdigit():
        return ""
    if _MONEY.search(f"{before[-_NEAR:]} {(raised.tail or '')[:_NEAR]}"):
        return "."
    return ":" if _HOUR_BEFORE.search(before) and told < "60" else ""


def _before(element: lxml.html.HtmlElement) -> str:
    """The text right before it."""
    previous, parent = element.getprevious(), element.getparent()
    told = previous.tail if previous is not None else parent.text if parent is not None else None
    return told or ""
