"""Which part of a page an element opens: its content, its sides or its furniture."""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

import lxml.html

from crawler.extract.pages.page import Region, line_of

_CHROME_TAGS = frozenset(["nav", "footer", "form"])
_SIDE_TAGS = frozenset(["aside", "header"])
CLAIMING_TAGS = _CHROME_TAGS | _SIDE_TAGS
"""Tags that name a part of a page by themselves."""
_OF_TAGS = dict.fromkeys(_SIDE_TAGS, Region.SIDE) | dict.fromkeys(_CHROME_TAGS, Region.CHROME)
_CHROME_ROLES = frozenset(["navigation", "contentinfo", "search", "menu", "menubar"])
_SIDE_ROLES = frozenset(["complementary", "banner"])
_CHROME_WORDS = frozenset(
    [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "submenu",
        "megamenu",
        "footer",
        "foot",
        "ft",
        "cookie",
        "cookies",
        "cookiebar",
        "breadcrumb",
        "breadcrumbs",
        "crumbs",
        "newsletter",
        "enews",
        "gdpr",
        "ccpa",
        "consent",
        "onetrust",
        "privacy",
        "share",
        "social",
        "subscribe",
        "signup",
        "skip",
        "search",
        "login",
        "related",
        "comments",
        "pagination",
        "masthead",
        "topbar",
        "toolbar",
        "cookienotice",
        "cookieconsent",
        "mc4wp",
    ]
)
_SIDE_WORDS = frozenset(
    ["sidebar", "side", "widget", "rail", "secondary", "promo", "sidenav", "hd", "ad", "ads", "aside"]
)
_NAMES = re.compile(r"[a-z]+|[A-Z][a-z]+|\d+")
_WHOLE = frozenset(["html", "body", "main"])
_ALERT_WORDS = frozenset(
    ["alert", "status", "notice", "warning", "callout", "banner", "announcement", "badge", "state", "message"]
)
_MENU_WORDS = frozenset(
    [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "submenu",
        "toolbar",
        "search",
        "signup",
        "login",
        "share",
        "social",
    ]
)
_LEAST_PROSE, LEAST_SENTENCES, _LINKED_SHARE = 60, 2, 0.3
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)")
_MOST_FURNITURE, LEAST_CONTENT = 0.5, 400


class Regions:
    """The regions of one page, given its root."""

    def __init__(self, root: lxml.html.HtmlElement) -> None:
        self._root = root

    def of(self, element: lxml.html.HtmlElement, outer: Region) -> Region:
        """The region of ``element``, given the one around it: never less furniture than its outer."""
        if outer is Region.CHROME or element.tag in _WHOLE:
            return outer
        found = _claimed(element)
        if found is Region.MAIN and self._is_beside_the_content(element):
            return Region.SIDE
        if found is Region.MAIN or (found is Region.SIDE and _is_head_of_a_part(element)):
            return outer
        return outer if self._holds_the_content(element) or _is_prose(element) else found

    def is_alert(self, element: lxml.html.HtmlElement) -> bool:
        """Whether it is a notice or a status, and not what the whole page stands in."""
        if element.tag in _WHOLE or not _is_called_alert(element):
            return False
        return len(element.text_content()) <= LEAST_CONTENT or not self._holds_the_content(element)

    def _holds_the_content(self, element: lxml.html.HtmlElement) -> bool:
        """Whether a so-called menu or sidebar wraps the page's title or most of its text."""
        if element.tag in ("nav", "footer"):
            return False
        if next(element.iter("h1"), None) is not None:
            return True
        own = len(element.text_content())
        return own > LEAST_CONTENT and own > _MOST_FURNITURE * self._length

    def _is_beside_the_content(self, element: lxml.html.HtmlElement) -> bool:
        """Whether it stands beside the page's ``main``, as promotions and live reports do behind it."""
        around = self._around_the_content
        return bool(around) and element not in around and element.getparent() in around

    @cached_property
    def _around_the_content(self) -> frozenset[lxml.html.HtmlElement]:
        """What the one ``main`` stands in, where that holds the title and more; none where a page has no such."""
        found = [main for main in self._root.iter("main") if next(main.iter("h1"), None) is not None]
        if len(found) != 1 or len(line_of(found[0].text_content())) <= LEAST_CONTENT:
            return frozenset()
        return frozenset(found[0].iterancestors())

    @cached_property
    def _length(self) -> int:
        return len(self._root.text_content())


def _is_head_of_a_part(element: lxml.html.HtmlElement) -> bool:
    """Whether it is a ``header`` that holds the heading of a section, not of the page."""
    part = element.getparent()
    if element.tag != "header" or part is None:
        return False
    heading = next(element.iter("h2", "h3", "h4", "h5", "h6"), None)
    if heading is None or part.tag in ("section", "article"):
        return heading is not None
    return len(line_of(element.text_content())) == len(line_of(heading.text_content()))


def _claimed(element: lxml.html.HtmlElement) -> Region:
    if not element.keys():  # as most are: without an attribute
        return _OF_TAGS.get(str(element.tag), Region.MAIN)
    return claimed(str(element.tag), element.get("role"), element.get("class"), element.get("id"))


def claimed(tag: str, role: str | None, told: str | None, key: str | None) -> Region:
    """The region that a tag, its role, class and id make of an element."""
    if tag == "nav" and told and "w-dropdown-list" in told:
        return Region.MAIN  # what a panel of an accordion is called there; a menu's stands in a menu
    if tag in _CHROME_TAGS or role in _CHROME_ROLES:
        return Region.CHROME
    words = _named(told, key)
    if words and not words.isdisjoint(_CHROME_WORDS):
        return Region.CHROME
    if tag in _SIDE_TAGS or role in _SIDE_ROLES or not words.isdisjoint(_SIDE_WORDS):
        return Region.SIDE
    return Region.MAIN


def _is_prose(element: lxml.html.HtmlElement) -> bool:
    """Whether what its class calls a menu, a search or a sign-up holds sentences: an "accordion-menu"."""
    named = names(element) & (_CHROME_WORDS | _SIDE_WORDS)
    if element.tag in _CHROME_TAGS or element.get("role") in _CHROME_ROLES or not named <= _MENU_WORDS:
        return False
    words = line_of(element.text_content())
    own = len(words)
    if not named or own < _LEAST_PROSE or len(_SENTENCE_END.findall(words)) < LEAST_SENTENCES:
        return False
    linked = sum(len(line_of(link.text_content())) for link in element.iter("a"))
    return linked < _LINKED_SHARE * own


def names(element: lxml.html.HtmlElement) -> frozenset[str]:
    """The words that an element's class and id are made of."""
    return _named(element.get("class"), element.get("id"))


def _named(told: str | None, key: str | None) -> frozenset[str]:
    return _names_in(f"{told or ''} {key or ''}") if told or key else _NONE


def _words(token: str) -> Iterator[str]:
    """The words of one class; one that may mean something else counts only where it names a part of a page."""
    found = [word.lower() for word in _NAMES.findall(token) if not word.isdigit()]
    for before, word, after in zip(["", *found], found, [*found[1:], ""], strict=False):
        if word == "footer" and (before in _HOLDERS or after in _SPACING):
            continue
        if word == "comment" and (after in _PARTS or after in _OF_COMMENTS):
            yield "comments"
        if word not in _AMBIGUOUS or not after or after in _PARTS:
            yield word


_HOLDERS = frozenset(["card", "panel", "table", "box", "tile", "accordion", "toggle"])
"""What has a foot of its own: a "card-footer" is a part of the card."""
_SPACING = frozenset(["margin", "padding", "space", "spacing", "gap"])
_OF_COMMENTS = frozenset(["body", "text", "thread", "author"])
_AMBIGUOUS = frozenset(
    [
        "foot",
        "side",
        "search",
        "share",
        "skip",
        "social",
        "related",
        "rail",
        "secondary",
        "promo",
        "ad",
        "ads",
    ]
)
"""As in the anchor "foot-traffic" or "search-and-rescue"."""
_PARTS = frozenset(
    [
        *(
            "area",
            "bar",
            "bars",
            "block",
            "box",
            "buttons",
            "col",
            "column",
            "container",
            "content",
            "form",
            "icons",
        ),
        *(
            "inner",
            "items",
            "link",
            "links",
            "list",
            "media",
            "menu",
            "nav",
            "panel",
            "section",
            "to",
            "wrap",
            "wrapper",
        ),
        *("articles", "news", "pages", "posts", "products", "stories"),
    ]
)
_ABOUT_OTHERS = re.compile(
    r"(?:has|have|with|without|no|not|is|show|hide)[-_]|ui-(?:state|widget|corner|helper)-|\w{0,20}[-_]?side[-_]by[-_]side"
    r"|status-(?:publish|private|future|draft)",
    re.IGNORECASE,
)
"""Begins a class that tells of what stands beside or within: "has-sidebar"; or that an article is out."""
_SIDEBAR_WIDGET = re.compile(r"widget(?:_\w{0,40})?|(?:\w{0,20}[-_])?widget[-_]area", re.IGNORECASE)
"""A sidebar's own class; page builders call every part of the content a widget: "elementor-widget-text-editor"."""
_COOKIE_BAR = frozenset(["ck", "cc", "ck-bar", "cc-window", "cc-banner"])
_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def _names_in(told: str) -> frozenset[str]:
    tokens = [token for token in told.split() if not _ABOUT_OTHERS.match(token)]
    words = {word for token in tokens for word in _words(token)}
    if "widget" in words and not any(_SIDEBAR_WIDGET.fullmatch(token) for token in tokens):
        words.discard("widget")
    if _COOKIE_BAR & {token.lower() for token in tokens}:
        words.add("cookie")
    return frozenset(words)


def _is_called_alert(element: lxml.html.HtmlElement) -> bool:
    return element.get("role") in ("alert", "status") or not names(element).isdisjoint(_ALERT_WORDS)
