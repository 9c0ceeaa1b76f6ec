"""The section of a page that its URL's fragment names: "/faq#uphill"."""

from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

import lxml.html

from crawler.extract.pages.page import Block


def aimed_at(root: lxml.html.HtmlElement, url: str | None) -> lxml.html.HtmlElement | None:
    """The element whose id, or the anchor whose name, is the URL's fragment."""
    try:
        name = unquote(urlsplit(url or "").fragment)
    except ValueError:
        return None
    if not name:
        return None
    return next(
        (e for e in root.iter() if e.get("id") == name or (e.tag == "a" and e.get("name") == name)), None
    )


def section_of(blocks: Sequence[Block], inside: range) -> range | None:
    """The blocks of the section: those inside the element, or all below it where it is a heading or a mere anchor."""
    if inside.start >= len(blocks):
        return None
    level = blocks[inside.start].level
    if len(inside) > 1 or (len(inside) == 1 and not level):
        return inside
    if not level:
        return None
    below = range(inside.start + 1, len(blocks))
    end = next((index for index in below if 0 < blocks[index].level <= level), len(blocks))
    return range(inside.start, end)
