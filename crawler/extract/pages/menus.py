"""Told from a page's markup alone, before it is parsed: whether words stand in its menus, as a link to a policy does.

Only what any reader of markup would take for part of a menu counts: every tag between the words and the menu's own
is of a kind that closes no other, and is closed where it should be. Of anything else the tree has to tell.
"""

import re
from collections.abc import Collection, Iterator

from crawler.extract.pages.page import Region
from crawler.extract.pages.regions import LEAST_CONTENT, LEAST_SENTENCES, claimed

_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)([^<>]*)>")
"""Whether it ends an element, its name, and the rest."""
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]+)\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_INLINE = frozenset(["a", "span", "b", "i", "em", "strong", "small"])
_NESTING = _INLINE | {"nav", "footer", "header", "section", "div", "ul", "li", "button", "p"}
"""Tags that close no other by themselves, if they are closed where they should be; but for a paragraph, which anything
but what is inline closes."""
_EMPTY = frozenset(["img", "br", "hr", "input", "wbr"])
_WHOLE_MENUS = frozenset(["nav", "footer"])
_MOST = 20
"""Places that are looked at."""
_FAR = 12_000
"""Characters of markup in which a menu's tag is looked for, before the words or behind its own."""


def stand_in_menus(shown: str, words: Collection[str], times: int) -> bool:
    """Whether all places of the folded words in the text of the markup, ``times`` in all, are plainly in its menus."""
    if times > _MOST:
        return False
    places = [at for word in words for at in _places(shown, word) if not _is_in_a_tag(shown, at)]
    return len(places) == times and all(_is_in_a_menu(shown, at) for at in places)


def _places(shown: str, word: str) -> Iterator[int]:
    """Where a word stands, as words are commonly written; of any other the tree has to tell."""
    for written in {word, word.capitalize(), word.upper()}:
        at = shown.find(written)
        while at >= 0:
            end = at + len(written)
            if not (shown[at - 1 : at].isalpha() or shown[end : end + 1].isalpha()):
                yield at
            at = shown.find(written, end)


def _is_in_a_tag(shown: str, at: int) -> bool:
    least = max(0, at - _FAR)
    return shown.rfind("<", least, at) > shown.rfind(">", least, at)


def _is_in_a_menu(shown: str, at: int) -> bool:
    """Whether any of the elements around the place, from the inner to the outer, is part of a menu."""
    closed: list[str] = []
    least, behind = max(0, at - _FAR), at
    while (at := shown.rfind("<", least, behind)) >= 0:
        tag = _TAG.match(shown, at)
        if tag is None or shown.find(">", tag.end(), behind) >= 0:
            return False  # a tag that stands in an attribute of another
        behind = at
        ends, name, rest = tag.groups()
        if (name := name.lower()) in _EMPTY:
            continue
        if not _nests(name, rest) or ("p" in closed and not _is_of_a_paragraph(name, begins=bool(ends))):
            return False
        if ends:
            closed.append(name)
        elif closed:
            if closed.pop() != name:
                return False
        elif _is_a_menu(shown, tag, name):
            return True
    return False


def _nests(name: str, rest: str) -> bool:
    return name in _NESTING and rest[-1:] != "/"


def _is_of_a_paragraph(name: str, *, begins: bool) -> bool:
    """Whether a tag may stand in a paragraph, or ends it; ``begins`` is whether it is the first of an element's two."""
    return name in _INLINE or (name == "p" and not begins)


def _is_a_menu(shown: str, tag: re.Match[str], name: str) -> bool:
    if "&" in tag[3]:
        return False
    found: dict[str, str] = {}
    for attribute in _ATTRIBUTE.finditer(tag[3]):
        found.setdefault(attribute[1].lower(), attribute[2] or attribute[3] or attribute[4] or "")
    if claimed(name, found.get("role"), found.get("class"), found.get("id")) is not Region.CHROME:
        return False
    # what bears a menu's class may yet hold the page's content
    return name in _WHOLE_MENUS or _is_short(shown, tag.start())


def _is_short(shown: str, at: int) -> bool:
    """Whether the element that begins there is closed in its place, and has no more text than a menu's part has."""
    opened: list[str] = []
    text, last = "", at
    for tag in _TAG.finditer(shown, at, at + _FAR):
        text += shown[last : tag.start()]
        last = tag.end()
        ends, name, rest = tag.groups()
        if (name := name.lower()) in _EMPTY:
            continue
        if not _nests(name, rest) or ("p" in opened and not _is_of_a_paragraph(name, begins=not ends)):
            return False
        if len(text) > LEAST_CONTENT or ">" in text:
            return False
        if not ends:
            opened.append(name)
        elif opened.pop() != name:
            return False
        if not opened:
            return sum(map(text.count, ".!?")) < LEAST_SENTENCES
    return False
