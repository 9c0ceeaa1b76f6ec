"""Bytes of a page → :class:`Page`: one text, built once, and the blocks that point into it."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile
from operator import attrgetter


class Region(StrEnum):
    """Where on the page a block stands."""

    MAIN = "main"
    SIDE = "side"
    """Sidebars and banners: they count only where they name uphill travel themselves."""
    CHROME = "chrome"
    """Menus, footers, cookie banners, forms: they never count."""


@dataclass(slots=True)  # frozen, it would take thrice as long to make
class Block:
    """One line of a page's text: ``text[start:end]``, offsets in characters.

    ``headings`` are the indices (in ``Page.blocks``) of the headings above, outermost first.
    ``level`` is 1–6 for a heading of the markup, 7–9 for a line that only looks like one, 0 else.
    """

    start: int
    end: int
    region: Region = Region.MAIN
    level: int = 0
    headings: tuple[int, ...] = ()
    alert: bool = False
    """Whether the markup shows it as a notice or a status."""
    row: bool = False
    """Whether it is a row of a table; its cells are joined by ``" | "``."""
    listed: bool = False
    """Whether it is, or is part of, an entry of a list."""
    linked: bool = False
    """Whether all of its text is a link."""
    part: int = 0
    """Which ``section`` or ``article`` of the markup it stands in, counted from 1; 0 for none."""

    def __hash__(self) -> int:
        return self.start


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link's words, ``text[start:end]`` of the page, and the absolute http(s) URL that it leads to.

    A link over several lines is one of these for each of them.
    """

    start: int
    end: int
    url: str


_START = attrgetter("start")
_MOST_TEXT = 60_000
"""Characters of a page that are read, its menus aside; a policy of more does not exist."""


@dataclass(frozen=True)
class Page:
    """A page's text, its blocks and its links; every offset points into ``text``."""

    text: str
    blocks: tuple[Block, ...] = ()
    title: str = ""
    site: str = field(default="", compare=False)
    """What the site is called, by its own ``og:site_name``."""
    lang: str | None = None
    """What the page says of its language (ISO 639-1), if it does."""
    country: str | None = None
    """Country of that language tag ("fr-CA") or of the page's own address, ISO 3166."""
    url: str | None = field(default=None, compare=False)
    links: tuple[PageLink, ...] = field(default=(), compare=False)
    """In document order; without the page's own URL only those that are absolute."""
    aim: range | None = field(default=None, compare=False)
    """The blocks, by index, of the section that the URL's fragment names."""

    def words(self, block: Block) -> str:
        return self.text[block.start : block.end]

    def end_below(self, heading: Block) -> int:
        """Where the text ends that stands under a heading."""
        at = bisect_left(self.blocks, heading.start, key=_START)
        below = takewhile(lambda block: at in block.headings, self.blocks[at + 1 :])
        return max((block.end for block in below), default=heading.end)

    def read_blocks(self) -> Iterator[tuple[int, Block]]:
        """The blocks outside menus, with their index, as far as a page is read."""
        read = 0
        for index, block in enumerate(self.blocks):
            if block.region is Region.CHROME:
                continue
            read += block.end - block.start
            if read > _MOST_TEXT:
                return
            read += 1
            yield index, block


_SPACE = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile(
    r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]"
)


_FULL_WIDTH = range(0xFF01, 0xFF5E)
"""Letters, digits and marks as they are typed among Chinese or Japanese ones; behind them stands a wavy dash."""
_WRITTEN_AS = (
    {code: code - 0xFEE0 for code in _FULL_WIDTH}
    | dict.fromkeys(map(ord, "\u2010\u2011\ufe63"), "-")
    | dict.fromkeys(map(ord, "\u2012\u2015\u2212\u301c\uff5e"), "–")
    | {ord("\u2236"): ":"}
    | {0xFB00 + at: letters for at, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl"))}
)
_WRITTEN_OTHERWISE = re.compile(f"[{''.join(map(chr, _WRITTEN_AS))}]")


def _as_commonly_written(line: str) -> str:
    """A line with accents in one character with their letter, and the common signs for those that look like them."""
    line = unicodedata.normalize("NFC", line)
    return line.translate(_WRITTEN_AS) if _WRITTEN_OTHERWISE.search(line) else line


def without_invisible(text: str) -> str:
    """Text without soft hyphens, marks of direction, control characters and the like."""
    return _INVISIBLE.sub("", text)


def tidy(text: str) -> str:
    """Text without invisible characters, each run of white space one space (ends kept)."""
    if not text.isprintable():  # with an invisible character, or a white space but the common one
        text = _SPACE.sub(" ", without_invisible(text))
    elif "  " in text:
        text = _SPACE.sub(" ", text)
    return text if text.isascii() else _as_commonly_written(text)


def line_of(text: str) -> str:
    """Text tidied, without white space at its ends."""
    line = " ".join(text.split())
    if not line.isprintable():
        line = " ".join(without_invisible(text).split())
    return line if line.isascii() else _as_commonly_written(line)


def is_pdf(body: bytes, content_type: str | None) -> bool:
    return b"%PDF-" in body[:1024] or "application/pdf" in (content_type or "").lower()


def parse_page(body: bytes | str, *, content_type: str | None = None, url: str | None = None) -> Page:
    """Read HTML, PDF or plain text; what can't be read is a page with an empty text, never an error."""
    from crawler.extract.pages import markup, pdf, plain  # noqa: PLC0415 - they need Page, defined here

    if isinstance(body, bytes) and is_pdf(body, content_type):
        return pdf.parse(body, url=url)
    text = plain.with_apostrophes(body if isinstance(body, str) else plain.decode(body, content_type))
    if plain.is_declared(content_type) or not markup.looks_like_markup(text):
        return plain.parse(text, url=url)
    return markup.parse(text, url=url)
