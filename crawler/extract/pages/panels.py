"""Accordions and tabs: which element is the title, and what of."""

import re
from functools import cached_property, lru_cache
from itertools import islice

import lxml.etree
import lxml.html

from crawler.extract.pages.page import line_of

_TITLED = re.compile(
    r"(?:^|[\s_-])(?:title|heading|headline|accordion-(?:header|title|button)|panel-heading|card-header|tab-title|toggle"
    r"|field__label|question)(?:$|\s|[_-](?!(?:content|body|panel|text|description|items?|group|collapse)(?:$|[\s_-])))"
)
"""Classes of titles; "et_pb_toggle_content" is what a title opens."""
_OPENS = re.compile(r"(?:^|[\s_-])(?:accordion|collapsible)(?:$|\s)")
"""Classes of buttons."""
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_TITLES = frozenset(["div", "button", "a", "li"])
_LISTS = frozenset(["ul", "ol", "table", "dl"])
_TITLE_ATTRIBUTES = ("heading", "header", "headline", "title", "label", "question", "summary")
_FAR, _FEW = 60, 4
"""How many elements a panel's title is looked for in, and how many a tab's title holds."""
_OPENERS = lxml.etree.XPath("//*[@aria-controls or @data-target or @data-bs-target]")
_LEAST_OPENERS = 2
"""A page with one button that opens something has a menu or a "read more"."""
_LONGEST = 80
"""Characters of a tab's title."""


def is_title(element: lxml.html.HtmlElement) -> bool:
    """Whether its class calls it a title, and it does not hold what the title stands above, too."""
    return _is_titled(element.get("class") or "") and not (len(element) and _holds_a_panel(element))


def opens_the_next(button: lxml.html.HtmlElement) -> bool:
    """Whether it stands right before the panel that it opens."""
    panel = button.getnext()
    if panel is None or panel.tag != "div":
        return False
    return _OPENS.search((button.get("class") or "").lower()) is not None


@lru_cache(maxsize=4096)
def _is_titled(names: str) -> bool:
    return bool(names) and _TITLED.search(names.lower()) is not None


def _holds_a_panel(element: lxml.html.HtmlElement) -> bool:
    paragraphs = 0
    title: lxml.html.HtmlElement | None = None
    for inner in islice(element.iter(), 1, _FAR):
        tag = inner.tag
        if tag in _LISTS:
            return True
        paragraphs += tag == "p"
        if title is None and (tag in _HEADINGS or (tag in _TITLES and _is_titled(inner.get("class") or ""))):
            title = inner
        behind = bool(title is not None and title is not inner and (inner.text or "").strip())
        if paragraphs > 1 or (
            behind and all(outer is not title for outer in islice(inner.iterancestors(), _FAR))
        ):
            return True
    return False


def is_titled_part(element: lxml.html.HtmlElement) -> bool:
    """Whether it is an element of the site's own, such as an accordion's item, that has its title in an attribute."""
    return "-" in str(element.tag) and bool(_title_told(element))


def _title_told(element: lxml.html.HtmlElement) -> str:
    for name in _TITLE_ATTRIBUTES:
        words = line_of(element.get(name) or "")
        if words and len(words) <= _LONGEST:
            return words
    return ""


class Tabs:
    """The titles of a page's tabs, which stand in a list far from the panels that they open."""

    def __init__(self, root: lxml.html.HtmlElement) -> None:
        self._root = root

    def title_of(self, element: lxml.html.HtmlElement) -> str:
        """The words of the tab that opens the panel; none where it is no panel of a tab."""
        if "-" in str(element.tag):
            return _title_told(element)
        named = element.get("class")
        panel = element.get("role") == "tabpanel" or (named is not None and "tab-pane" in named.split())
        if not panel:
            return self._opened.get(element.get("id") or "", "") if self._opened else ""
        named, key = element.get("aria-labelledby"), element.get("id")
        return self._titles.get(named or "", "") or self._titles.get(f"#{key}", "")

    @cached_property
    def _titles(self) -> dict[str, str]:
        """By the id of the tab, and by the id of its panel behind a #."""
        titles: dict[str, str] = {}
        for tab in self._root.iter("a", "button", "li", "div"):
            opens = tab.get("data-bs-target") or tab.get("href") or ""
            if (tab.get("role") == "tab" or opens.startswith("#")) and len(tab) <= _FEW:
                words = line_of(tab.text_content())
                if words and len(words) <= _LONGEST:
                    titles.update(dict.fromkeys({tab.get("id") or opens, opens or ""}, words))
        titles.pop("", None)
        return titles

    @cached_property
    def _opened(self) -> dict[str, str]:
        """The words of what opens an element, by the element's id; none where a page has one such opener alone."""
        openers = _OPENERS(self._root)
        if len(openers) < _LEAST_OPENERS:
            return {}
        titles: dict[str, str] = {}
        for opener in openers:
            opens = opener.get("aria-controls") or opener.get("data-target") or opener.get("data-bs-target")
            words = line_of(opener.text_content())
            if words and len(words) <= _LONGEST:
                titles.setdefault(opens.removeprefix("#"), words)
        titles.pop("", None)
        return titles
