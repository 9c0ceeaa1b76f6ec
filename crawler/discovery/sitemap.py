"""Sitemaps: which pages a site says it has. Read with bounds, as they are anyone's bytes."""

import zlib
from dataclasses import dataclass
from typing import Any

from lxml import etree

from crawler.discovery.links import Link, is_page
from crawler.discovery.score import link_score
from crawler.discovery.words import url_lexicon, url_words

MAX_URLS = 50_000
MAX_ELEMENTS = 500_000
"""Of one sitemap: ten for each of its URLs."""
_LONGEST_URL = 2000
_CHUNK = 65_536
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
        lines = body.decode("utf-8", "replace").split(None, MAX_URLS)[:MAX_URLS]
        urls = (line for line in lines if line.startswith(("http://", "https://")))
        return Sitemap(tuple(url for url in urls if len(url) <= _LONGEST_URL))
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


class _Full(Exception):
    """Enough was read, or nothing more is worth it."""


class _Locations:
    """Takes what the parser meets, without a tree: one of many million empty elements would fill the memory."""

    def __init__(self) -> None:
        self.urls: dict[str, list[str]] = {"url": [], "sitemap": []}
        self._open: list[str] = []
        self._words: list[str] = []
        self._length = self._elements = 0

    def doctype(self, *_: object) -> None:
        """No sitemap needs one; what has one is a page of HTML, or entities that grow to gigabytes."""
        raise _Full

    def start(self, tag: str, _: object) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise _Full
        self._open.append(tag.rpartition("}")[2])
        self._words, self._length = [], 0

    def data(self, text: str) -> None:
        self._length += len(text)
        if self._length <= _LONGEST_URL and self._open and self._open[-1] == "loc":
            self._words.append(text)

    def end(self, _: str) -> None:
        tag = self._open.pop()
        found = self.urls.get(self._open[-1]) if tag == "loc" and self._open else None
        if found is not None and self._length <= _LONGEST_URL and (url := "".join(self._words).strip()):
            found.append(url)
            if sum(map(len, self.urls.values())) >= MAX_URLS:
                raise _Full
        self._words, self._length = [], 0

    def close(self) -> None:
        """The parser's end."""


def _read_xml(body: bytes) -> Sitemap:
    read = _Locations()
    target: Any = read  # it takes less than lxml's stubs ask for
    parser = etree.XMLParser(
        target=target,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    try:
        for start in range(0, len(body), _CHUNK):
            parser.feed(body[start : start + _CHUNK])
        parser.close()
    except (etree.XMLSyntaxError, _Full):
        pass  # what was read so far counts
    return Sitemap(tuple(read.urls["url"]), tuple(read.urls["sitemap"]))
