"""Sitemaps: which pages a site says it has. Read with bounds, as they are anyone's bytes."""

import zlib
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from crawler.discovery.links import Link, is_page
from crawler.discovery.score import link_score
from crawler.discovery.words import url_lexicon, url_words

MAX_URLS = 50_000
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31


@dataclass(frozen=True, slots=True)
class Sitemap:
    """``pages`` are URLs of pages, ``children`` those of further sitemaps (of an index)."""

    pages: tuple[str, ...] = ()
    children: tuple[str, ...] = ()


def read_sitemap(body: bytes, *, max_bytes: int) -> Sitemap:
    """A sitemap in XML, as text, or either in gzip. What can't be read ends it; what came before counts.

    Of a compressed one no more than ``max_bytes`` are unpacked.
    """
    if body.startswith(_GZIP):
        body = _unpacked(body, max_bytes)
    if body.lstrip()[:1] != b"<":
        lines = body.decode("utf-8", "replace").split()
        return Sitemap(tuple(line for line in lines[:MAX_URLS] if line.startswith(("http://", "https://"))))
    return _read_xml(body)


def sitemap_links(sitemap: Sitemap, *, minimum: int) -> list[Link]:
    """The pages that may hold an uphill policy by their addresses, best first."""
    links = (Link(url, "", link_score(url)) for url in sitemap.pages if is_page(url))
    return sorted((link for link in links if link.score >= minimum), key=lambda link: -link.score)


def by_promise(children: tuple[str, ...]) -> list[str]:
    """Sitemaps of an index in the order to read them, without those of pictures, products and the like."""
    words = url_lexicon()
    worth = [url for url in children if is_page(url) and words.sitemap_never.isdisjoint(url_words(url))]
    return sorted(
        worth,
        key=lambda url: (-link_score(url), words.sitemap_first.isdisjoint(url_words(url))),
    )


def _unpacked(body: bytes, max_bytes: int) -> bytes:
    try:
        return zlib.decompressobj(_GZIP_WINDOW).decompress(body, max_bytes)
    except zlib.error:
        return b""


def _read_xml(body: bytes) -> Sitemap:
    pages: list[str] = []
    children: list[str] = []
    events = etree.iterparse(
        BytesIO(body),
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    try:
        for _, element in events:
            into = {"url": pages, "sitemap": children}.get(_name(element))
            if into is not None:
                into.extend(loc for child in element if _name(child) == "loc" and (loc := _words(child)))
                element.clear()
            if len(pages) + len(children) >= MAX_URLS:
                break
    except etree.XMLSyntaxError:
        pass  # what was read so far counts
    return Sitemap(tuple(pages), tuple(children))


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _words(element: etree._Element) -> str:
    return (element.text or "").strip()
