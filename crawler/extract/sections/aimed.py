"""The section on going up that a page's URL leads to, where the page is about more than that."""

import re
from urllib.parse import unquote, urlsplit

from crawler.extract.document import Document

_WORD_BREAK = re.compile(r"[_-]+|(?<=[a-z])(?=[A-Z])")


def aimed_section(document: Document) -> frozenset[int] | None:
    """The blocks, by index, of the section that the URL's fragment names, where both name uphill travel."""
    page = document.page
    if page.aim is None or page.url is None or document.about:
        return None
    name = document.clause_of(_WORD_BREAK.sub(" ", unquote(urlsplit(page.url).fragment)))
    if name is None or not name.has("uphill"):
        return None
    inside = [page.blocks[index] for index in page.aim]
    told = any(sentence.has("uphill") for block in inside for sentence in document.sentences_of(block))
    return frozenset(page.aim) if told else None
