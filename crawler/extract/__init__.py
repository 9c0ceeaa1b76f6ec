"""A resort's page → the facts of its uphill policy, each with the words that state it.

Pure: bytes in, a :class:`~uphill.reading.Reading` out; no network, no database, the same every time.
"""

from crawler.extract.pages.page import Page, parse_page
from crawler.extract.reader import explain_page, read, read_page

__all__ = ["Page", "explain_page", "parse_page", "read", "read_page"]
