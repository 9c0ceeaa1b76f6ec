"""The links of a page that lead to an uphill policy, or to today's status."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree, html

from crawler.addresses import refuse
from crawler.discovery.score import STRONG, link_score, says_nothing, status_score
from crawler.discovery.sites import page_key
from crawler.discovery.words import url_lexicon

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LINES = frozenset({"li", "p", "td", "tr", "dd", "div", "section", "article"})
_CONTEXT_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Link:
    """``url`` is absolute; ``text`` is what a reader sees of the link."""

    url: str
    text: str
    score: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link as it stands on a page.

    ``context`` is the line around it and the heading above it, where its text says nothing itself.
    """

    url: str
    text: str
    title: str
    context: str


def policy_links(found: Iterable[Anchor], *, minimum: int = STRONG) -> list[Link]:
    """Links that lead to an uphill policy, best first; with a lower ``minimum`` also pages on the way."""
    return _best(found, lambda a: link_score(a.url, a.text, a.title, a.context), minimum)


def status_links(found: Iterable[Anchor]) -> list[Link]:
    """Links that may show whether uphill travel is open today, best first."""
    return _best(found, lambda a: status_score(a.url, a.text, a.title), 1)


def is_page(url: str) -> bool:
    """Whether a URL may be a page, by what can be seen of it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = (parts.hostname or "").removeprefix("www.")
    return (
        refuse(url, allow_loopback=True) is None  # where the setting forbids it, the fetch does
        and not _is_foreign(host)
        and not parts.path.lower().endswith(url_lexicon().no_page)
    )


@lru_cache(maxsize=1024)
def _is_foreign(host: str) -> bool:
    return any(host == h or host.endswith(f".{h}") for h in url_lexicon().foreign_hosts)


def anchors(page: bytes | str, base_url: str) -> Iterator[Anchor]:
    """All links of a page to other pages, in its order; none where it can't be parsed."""
    root = _parse(page)
    if root is None:
        return
    base = urljoin(base_url, root.xpath("string(//base/@href)").strip() or base_url)
    heading = ""
    for element in root.iter():
        if element.tag in _HEADINGS:
            heading = _text(element)
        elif element.tag in {"a", "area"} and (href := element.get("href")):
            url = _absolute(base, href)
            if url and is_page(url):
                title = f"{element.get('title', '')} {element.get('aria-label', '')}"
                text = _text(element)
                context = f"{_line(element)} {heading}".strip() if says_nothing(text) else ""
                yield Anchor(url, text, title.strip(), context)


def _parse(page: bytes | str) -> html.HtmlElement | None:
    body = page.encode() if isinstance(page, str) else page
    parser = html.HTMLParser(encoding="utf-8" if isinstance(page, str) else None)
    try:
        return html.document_fromstring(body, parser=parser)
    except etree.ParserError:  # nothing on it
        return None


def _absolute(base: str, href: str) -> str | None:
    if href.strip() == "#":  # a button
        return None
    try:
        url = urljoin(base, href.strip())
        urlsplit(url).port  # noqa: B018 - a port out of range raises here
    except ValueError:
        return None
    return url


def _text(element: html.HtmlElement) -> str:
    """The words a reader sees, pictures by their alternative text."""
    alts = (image.get("alt", "") for image in element.iter("img"))
    return " ".join(" ".join([*element.itertext(), *alts, element.get("alt") or ""]).split())


def _line(element: html.HtmlElement) -> str:
    """The short line that a link stands in, such as "Uphill policy: download"."""
    for parent in element.iterancestors():
        if parent.tag in _LINES:
            line = _text(parent)
            return line if len(line) <= _CONTEXT_LENGTH else ""
    return ""


def _best(found: Iterable[Anchor], score: Callable[[Anchor], int], minimum: int) -> list[Link]:
    """One link a page with its best score, best first, else in the page's order."""
    best: dict[tuple[str, str, str], Link] = {}
    for anchor in found:
        link = Link(anchor.url, anchor.text or anchor.title, score(anchor))
        key = page_key(urldefrag(anchor.url).url)
        if link.score >= minimum and (key not in best or link.score > best[key].score):
            best[key] = link
    return sorted(best.values(), key=lambda link: -link.score)
