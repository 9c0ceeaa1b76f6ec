"""The sitemap: every page that is worth finding, as https://www.sitemaps.org has it."""

from collections.abc import Iterable
from datetime import datetime

from lxml import etree

MOST = 50_000
"""Addresses in one file; a larger site has an index of several."""
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def urlset(pages: Iterable[tuple[str, datetime | None]]) -> bytes:
    """Absolute addresses, each with the time of its last change where that is known."""
    return _listed("urlset", "url", pages)


def index(files: Iterable[str]) -> bytes:
    """An index of sitemaps, by their absolute addresses."""
    return _listed("sitemapindex", "sitemap", ((file, None) for file in files))


def _listed(root: str, item: str, pages: Iterable[tuple[str, datetime | None]]) -> bytes:
    whole = etree.Element(f"{{{_SITEMAP}}}{root}", nsmap={None: _SITEMAP})
    for address, changed in pages:
        element = etree.SubElement(whole, f"{{{_SITEMAP}}}{item}")
        etree.SubElement(element, f"{{{_SITEMAP}}}loc").text = address
        if changed is not None:
            etree.SubElement(element, f"{{{_SITEMAP}}}lastmod").text = f"{changed:%Y-%m-%d}"
    return etree.tostring(whole, xml_declaration=True, encoding="utf-8")
