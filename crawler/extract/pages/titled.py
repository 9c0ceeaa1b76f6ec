"""What page and site are called; without an ``h1``, the first heading is the title where the page is called so."""

import re
from dataclasses import replace

import lxml.html

from crawler.extract.pages.blocks import Built
from crawler.extract.pages.page import Block, Region, tidy

_PARTS = re.compile(r"(?<!\s)\s+[|–—•»·:-]\s+|:\s+")
"""What parts a page's own title from the site's name."""


def title_of(root: lxml.html.HtmlElement) -> str:
    found = root.find(".//head/title")
    return tidy(found.text or "").strip() if found is not None else ""


def site_of(root: lxml.html.HtmlElement) -> str:
    """What the site calls itself in the page's head."""
    found = root.find(".//meta[@property='og:site_name']")
    return tidy(found.get("content", "")).strip() if found is not None else ""


def with_title(built: Built, title: str) -> Built:
    """The blocks, with the heading of level 1 that the markup lacks."""
    heads = [index for index, block in enumerate(built.blocks) if _may_be_title(block)]
    if not heads or any(built.blocks[index].level == 1 for index in heads):
        return built
    first = heads[0]
    if not _is_named_so(built, first, title):
        return built
    blocks = [*built.blocks]
    blocks[first] = replace(blocks[first], level=1, headings=())
    return replace(built, blocks=tuple(blocks))


def _may_be_title(block: Block) -> bool:
    return bool(block.level) and block.region is Region.MAIN and not (block.linked or block.row)


def _is_named_so(built: Built, head: int, title: str) -> bool:
    """Whether it is what the page calls itself."""
    block = built.blocks[head]
    words = built.text[block.start : block.end].casefold().strip(" .!:")
    return words in {part.casefold().strip(" .!:") for part in (title, *_PARTS.split(title))}
