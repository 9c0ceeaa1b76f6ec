"""HTML → Page: blocks in document order, each with its region and the headings above it."""

import re
from collections.abc import Set as AbstractSet

import lxml.etree
import lxml.html

from crawler.extract.pages.blocks import BlockBuilder, Built, Shape
from crawler.extract.pages.countries import country_of
from crawler.extract.pages.equivalents import as_shown
from crawler.extract.pages.fragment import aimed_at, section_of
from crawler.extract.pages.hrefs import absolute, base_of
from crawler.extract.pages.levels import (
    HEADING_TAGS,
    PARTS_OF_LISTS,
    PSEUDO,
    STYLED,
    holds_a_part,
    is_data,
    is_short_pair,
    level_of,
    looks_bold,
)
from crawler.extract.pages.page import Page, Region
from crawler.extract.pages.pairs import fills_a_cell, is_label, is_value
from crawler.extract.pages.panels import Tabs, is_titled_part
from crawler.extract.pages.pictures import is_footnote_mark, mark_before, words_of_picture
from crawler.extract.pages.regions import CLAIMING_TAGS, Regions
from crawler.extract.pages.scripted import markup_in
from crawler.extract.pages.titled import site_of, title_of, with_title

_MARKUP = re.compile(
    r"<(!doctype|html|head|body|div|p|h\d|table|ul|ol|section|article|span|br|b|td|li)\b", re.IGNORECASE
)
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "title",
        "select",
        "textarea",
        "iframe",
        "object",
        "video",
        "audio",
        "canvas",
        "map",
        "math",
        "datalist",
        "del",
        "s",
        "strike",
    ]
)
_INLINE = frozenset(["span", "b", "strong", "i", "em", "small", "label"])
_UNSHOWN = re.compile(r"display *: *none")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "center",
        "caption",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "label",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_WHOLE = _BLOCKS - {"label"}
_PLAIN = _BLOCKS - HEADING_TAGS - PARTS_OF_LISTS - {"li", "section", "article", "button"}
"""Elements that make nothing of the text in them, where no attribute tells more."""
_NO_SHAPE = Shape()
_SHOWN = (_BLOCKS | _INLINE | {"a", "br"}) - CLAIMING_TAGS
"""Elements without an attribute that are shown, as part of what is around them."""
_BOLD = frozenset(["b", "strong"])
_PICTURES = frozenset(["img", "svg", "i"])
_CELLS = frozenset(["td", "th"])
_PARTS = frozenset(["section", "article"])
_HALVES = frozenset(["div", "p"])
_SET_APART = frozenset(["span", "sup"])
_KEPT = {"section": 1} | dict.fromkeys(("article", "aside", "td", "li", "details", "table"), 0)
"""Lowest level of a heading that still stands above what comes after such an element, 2 for others.

Page builders lay the title in a section of its own.
"""
_MOST_DEEP = 200
_LEAST_TEXT = 200
"""Characters below which a page is taken to be drawn by script."""
_ONE_CLASS = lxml.etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def looks_like_markup(text: str) -> bool:
    return _MARKUP.search(text[:20_000]) is not None


def parse(text: str, *, url: str | None = None) -> Page:
    root = tree(text)
    if root is None:
        return Page("", url=url)
    as_shown(root, text)
    base = base_of(root, url)
    walker = _Walker(base, aimed_at(root, url))
    # from the root: without a <body> tag, libxml2 takes what follows the head's own tags for a part of it
    walker.walk(root)
    built = walker.out.build()
    if _content(built) < _LEAST_TEXT and (scripted := markup_in(root)):
        walker = _Walker(base)
        walker.walk(lxml.html.fragment_fromstring(scripted, create_parent="body"))
        drawn = walker.out.build()
        built = drawn if _content(drawn) > _content(built) else built
    elif not _has_heading(built) and (scripted := markup_in(root)):
        walker.walk(lxml.html.fragment_fromstring(scripted, create_parent="body"))
        built = walker.out.build()
    title = title_of(root)
    built = with_title(built, title)
    named = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return Page(
        built.text,
        built.blocks,
        title=title,
        site=site_of(root),
        lang=named[:2].lower() if re.match(r"[A-Za-z]{2}(?:[-_]|$)", named) else None,
        country=country_of(root, named),
        url=url,
        links=built.links,
        aim=section_of(built.blocks, walker.aim) if walker.aim is not None else None,
    )


def _content(built: Built) -> int:
    """Characters of the page that are neither furniture nor links."""
    return sum(b.end - b.start for b in built.blocks if b.region is not Region.CHROME and not b.linked)


def _has_heading(built: Built) -> bool:
    """Whether the page has any: one without may be the frame of a page that is drawn by script."""
    return any(block.level and block.region is not Region.CHROME for block in built.blocks)


def holds_outside_menus(root: lxml.html.HtmlElement, words: AbstractSet[str]) -> bool:
    """Whether text that the page may show but in its menus, forms and footer holds any of the folded words."""
    regions = Regions(root)
    for element in root.iter():
        inside, behind = element.text, element.tail
        if inside and _holds(inside, words) and not _is_hidden(element, regions):
            return True
        if behind and _holds(behind, words) and not _is_hidden(element.getparent(), regions):
            return True
    return False


def _holds(text: str, words: AbstractSet[str]) -> bool:
    folded = text.casefold()
    return any(word in folded for word in words)


def _is_hidden(element: lxml.html.HtmlElement | None, regions: Regions) -> bool:
    """Whether it is part of what is not shown, or of the page's furniture."""
    region = Region.MAIN
    for outer in reversed([element, *element.iterancestors()] if element is not None else []):
        if is_skipped(outer):
            return True
        region = regions.of(outer, region)
    return region is Region.CHROME


def text_outside_menus(root: lxml.html.HtmlElement) -> str:
    """All that a page may show but in its menus, forms and footer, in pieces of a line each, and its title."""
    title = root.find(".//head/title")
    pieces = [title.text or ""] if title is not None else []
    regions = Regions(root)
    stack: list[tuple[lxml.html.HtmlElement | str, Region]] = [(root, Region.MAIN)]
    while stack:
        element, outer = stack.pop()
        if isinstance(element, str):
            pieces.append(element)
            continue
        stack.append((element.tail or "", outer))
        if is_skipped(element):
            continue
        region = regions.of(element, outer)
        if region is not Region.CHROME:
            pieces.append(element.text or "")
            stack += [(child, region) for child in reversed(element)]
    return "\n".join(pieces)


def is_skipped(element: lxml.html.HtmlElement) -> bool:
    """Whether the page never shows its text, or strikes it out; a template may be the inside of what holds it."""
    tag = element.tag
    if not isinstance(tag, str):
        return True
    style = element.get("style") or ""
    if "line-through" in style:
        return True
    if tag in _INLINE and (element.get("hidden") is not None or _UNSHOWN.search(style)):
        return True  # a panel that opens on a click is a block
    return tag in _SKIPPED and not (tag == "template" and element.get("shadowrootmode") is not None)


def tree(text: str) -> lxml.html.HtmlElement | None:
    # lxml refuses a str with an encoding declaration, and NUL bytes end its text
    clean = _XML_DECLARATION.sub("", text.replace("\x00", ""))
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    # one class for all elements: the look-up by tag is made in Python, for each of them
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        return lxml.html.document_fromstring(clean.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None


class _Walker:
    """Walks a tree and feeds the builder; an explicit stack, since markup may nest without bound."""

    def __init__(self, base: str | None, target: lxml.html.HtmlElement | None = None) -> None:
        self._base = base
        self._target = target
        self.aim: range | None = None
        """The blocks that begin inside ``target``."""
        self.out = BlockBuilder()
        self._regions: Regions
        self._rows: dict[lxml.html.HtmlElement, bool] = {}
        """Of each row that is open: whether it holds data. Told once, since a row may have any number of cells."""

    def walk(self, root: lxml.html.HtmlElement) -> None:
        # each entry: (element, region, depth) to enter or (element, None, depth) to leave
        self._regions = regions = Regions(root)
        tabs, add = Tabs(root), self.out.add
        stack: list[tuple[lxml.html.HtmlElement, Region | None, int]] = [(root, Region.MAIN, 0)]
        while stack:
            element, region, depth = stack.pop()
            if region is None:
                self._leave(element, depth)
                continue
            tag = element.tag
            told = bool(element.keys())  # half of all elements have no attribute, and leave little to ask
            if told or tag not in _SHOWN:
                if is_skipped(element) or (tag == "sup" and is_footnote_mark(element)):
                    add(element.tail or "")
                    continue
                region = regions.of(element, region)
            self._enter(element, region, depth, told=told)
            if told and (label := tabs.title_of(element)):
                self._label(label, region, depth)
            if not len(element) or tag == "svg" or depth > _MOST_DEEP * 50:
                self._leave(element, depth)
                continue
            stack.append((element, None, depth))
            stack += [(child, region, depth + 1) for child in reversed(element)]

    def _enter(self, element: lxml.html.HtmlElement, region: Region, depth: int, *, told: bool) -> None:
        """``told`` is whether it has any attribute."""
        tag, out = str(element.tag), self.out
        if tag == "br":
            out.line_break()
            return
        if tag == "svg" or (told and _may_be_picture(element)):
            out.add(words_of_picture(element))
        if tag in _WHOLE or _is_block(element, tag):
            self._open(element, region, depth, told=told)
        if element is self._target:
            self.aim = range(out.place, out.place)
        if tag in _SET_APART:
            out.add(mark_before(element))
        if tag in _BOLD or (told and tag in STYLED and looks_bold(element)):
            out.bold += 1
        if tag == "a":
            out.begin_link(absolute(element.get("href"), self._base))
        if text := element.text:
            out.add(text)

    def _open(self, element: lxml.html.HtmlElement, region: Region, depth: int, *, told: bool) -> None:
        tag, out = element.tag, self.out
        if tag == "tr":
            self._rows[element] = is_data(element)
        if (
            (tag in _CELLS and self._in_data_row(element))
            or (tag == "dd" and is_short_pair(element.getprevious()))
            or (tag in _HALVES and is_value(element))
        ):
            out.cell()
        elif not (out.in_row and tag in _HALVES and fills_a_cell(element)):
            out.flush()
        if not told and tag in _PLAIN:
            out.open(depth, region, _NO_SHAPE)
            return
        shape = Shape(
            alert=told and self._regions.is_alert(element),
            level=level_of(element),
            row=tag == "tr" and self._rows[element],
            listed=tag == "li" and region is not Region.CHROME and not holds_a_part(element),
            part=tag in _PARTS,
            titles=tag == "summary",
            aside=tag == "button",
        )
        out.open(depth, region, shape)

    def _label(self, label: str, region: Region, depth: int) -> None:
        """Repeat above a tab's panel the words of the tab."""
        out = self.out
        if label != out.last_line or not out.last_level:
            out.open(depth + 1, region, Shape(level=PSEUDO, titles=True))
            out.add(label)
            out.flush()
            out.close(depth + 1, keeps=PSEUDO)

    def _leave(self, element: lxml.html.HtmlElement, depth: int) -> None:
        tag, out = str(element.tag), self.out
        if tag in _BOLD or (tag in STYLED and looks_bold(element)):
            out.bold -= 1
        if tag == "a":
            out.end_link()
        if tag in _WHOLE or _is_block(element, tag):
            joined = (
                (tag in _CELLS and self._in_data_row(element))
                or (tag == "dt" and is_short_pair(element))
                or (tag in _HALVES and (is_label(element) or (out.in_row and fills_a_cell(element))))
            )
            if not joined:
                out.flush()
            if tag == "tr":
                del self._rows[element]
            out.close(depth, keeps=_KEPT.get(tag, 2))
        if element is self._target and self.aim is not None:
            self.aim = range(self.aim.start, out.place)
        if tail := element.tail:
            out.add(tail)

    def _in_data_row(self, cell: lxml.html.HtmlElement) -> bool:
        row = cell.getparent()
        return row is not None and self._rows.get(row, False)


def _is_block(element: lxml.html.HtmlElement, tag: str) -> bool:
    return not _is_amid_words(element) if tag == "label" else "-" in tag and is_titled_part(element)


def _is_amid_words(element: lxml.html.HtmlElement) -> bool:
    before, parent = element.getprevious(), element.getparent()
    told = before.tail if before is not None else parent.text if parent is not None else ""
    return bool((told or "").strip() or (element.tail or "").strip())


def _may_be_picture(element: lxml.html.HtmlElement) -> bool:
    return element.tag in _PICTURES or (element.tag == "span" and not len(element) and not element.text)
