"""PDF → Page, by way of its plain text."""

import io
import logging
import re
import time
from collections.abc import Callable, Iterator

import pypdf
from pypdf.errors import LimitReachedError

from crawler.extract.pages import plain
from crawler.extract.pages.page import Page

_MOST_PAGES = 40
_MOST_SECONDS = 10.0
"""No page is begun after them; the bounds below keep one page to about as much again."""
_MOST_TEXT = 1_000_000
_LONGEST_PAGE = 50_000
"""Characters; a page of more is a trap, and not laid out a second time."""
# A leaflet's page has some ten thousand operands and streams of less than a megabyte, a map's ten times that.
_BOUNDS = pypdf.Configuration(
    array_based_stream_maximum_output_length=10_000_000,
    brotli_maximum_output_length=10_000_000,
    lzw_maximum_output_length=10_000_000,
    maximum_declared_stream_length=10_000_000,
    page_tree_maximum_entries=5_000,
    run_length_maximum_output_length=10_000_000,
    stream_decoding_work_maximum_length=40_000_000,
    stream_parsing_work_maximum_count=200_000,
    xform_maximum_invocations_per_extraction=500,
    zlib_maximum_output_length=10_000_000,
)
_GAP = re.compile(r" {4,}")
_LEAST_LINES = 4
_LEAST_WIDTH = 20
"""Characters of a column's line, on average; a table's cells have fewer."""
_BOTH = 2


def parse(body: bytes, *, url: str | None = None, clock: Callable[[], float] = time.monotonic) -> Page:
    """Text of the first 40 pages; a PDF that is broken, locked or a scan gives an empty text.

    Of one that costs too much, what was read until then counts. ``clock`` gives monotonic seconds.
    """
    # pypdf reports every flaw of a file as a warning of its own logger; they are the file's, not ours.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with pypdf.apply_configuration(_BOUNDS):
            text = "\n\n".join(_pages(body, clock))
    except Exception:  # noqa: BLE001 - pypdf raises anything from KeyError to RecursionError on broken files
        return Page("", url=url)
    return plain.parse(text, url=url)


def _pages(body: bytes, clock: Callable[[], float]) -> Iterator[str]:
    end = clock() + _MOST_SECONDS
    length = 0
    for page in pypdf.PdfReader(io.BytesIO(body)).pages[:_MOST_PAGES]:
        if clock() > end or length > _MOST_TEXT:
            return
        try:
            text = _text_of(page)
        except LimitReachedError:
            continue  # a drawing, or a trap; other pages may have words
        length += len(text)
        yield text[:_MOST_TEXT]


def _text_of(page: pypdf.PageObject) -> str:
    """The text in its own order; where it is set in two columns, one column after the other."""
    text = page.extract_text()
    if not _LEAST_LINES * _BOTH * _LEAST_WIDTH <= len(text) <= _LONGEST_PAGE:
        return text
    try:
        laid_out = page.extract_text(extraction_mode="layout")
    except Exception:  # noqa: BLE001 - fonts without widths and the like; the text itself was read
        return text
    lines = laid_out.split("\n")
    return "\n".join(_columns_apart(lines)) if any(_runs(lines)) else text


def _runs(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Where lines of prose stand side by side: first line, and the one after the last."""
    start: int | None = None
    for index, line in enumerate([*lines, "end"]):
        parts = _GAP.split(line.strip())
        if len(parts) == _BOTH or not line.strip():
            start = index if start is None and line.strip() else start
            continue
        if start is not None and _is_prose(lines[start:index]):
            yield start, index
        start = None


def _is_prose(lines: list[str]) -> bool:
    pairs = [_GAP.split(line.strip()) for line in lines if line.strip()]
    widths = [sum(map(len, column)) / len(pairs) for column in zip(*pairs, strict=True)]
    return len(pairs) >= _LEAST_LINES and min(widths) >= _LEAST_WIDTH


def _columns_apart(lines: list[str]) -> Iterator[str]:
    done = 0
    for start, end in _runs(lines):
        yield from lines[done:start]
        pairs = [_GAP.split(line.strip()) if line.strip() else ["", ""] for line in lines[start:end]]
        for column in zip(*pairs, strict=True):
            yield from column
            yield ""
        done = end
    yield from lines[done:]
