"""PDF → Page, by way of its plain text."""

import io
import logging

import pypdf

from crawler.extract import plain
from crawler.extract.page import Page

_MOST_PAGES = 40


def parse(body: bytes, *, url: str | None = None) -> Page:
    """Text of the first 40 pages; a PDF that is broken, locked or a scan gives an empty text."""
    # pypdf reports every flaw of a file as a warning of its own logger; they are the file's, not ours.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(body))
        text = "\n\n".join(page.extract_text() for page in reader.pages[:_MOST_PAGES])
    except Exception:  # noqa: BLE001 - pypdf raises anything from KeyError to RecursionError on broken files
        return Page("", url=url)
    return plain.parse(text, url=url)
