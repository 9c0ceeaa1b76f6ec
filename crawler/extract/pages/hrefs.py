"""Where a page's links lead."""

import re
from urllib.parse import quote, urljoin, urlsplit

import lxml.html

_LONGEST = 2000
_SCHEMES = frozenset({"http", "https"})
# Not what an address is written with, and on a terminal or in a page of ours more than letters.
_UNFIT = re.compile(r"""[\x00-\x20\x7f-\xa0"<>\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]""")


def base_of(root: lxml.html.HtmlElement, url: str | None) -> str | None:
    """The URL that relative links start from: ``<base href>``, resolved against the page's own."""
    element = root.find(".//base[@href]")
    return (absolute(element.get("href"), url) if element is not None else None) or url


def absolute(href: str | None, base: str | None) -> str | None:
    """The http(s) URL that ``href`` leads to; ``None`` for a place on the same page and for what is no page."""
    told = (href or "").strip()
    if not told or told.startswith("#") or (not base and ":" not in told):
        return None
    try:
        parts = urlsplit(urljoin(base or "", told))
        usable = parts.scheme in _SCHEMES and bool(parts.hostname)
    except ValueError:  # such as "http://[" of a template left unfilled
        return None
    found = _UNFIT.sub(lambda unfit: quote(unfit[0], errors="replace"), parts.geturl())
    return found if usable and len(found) <= _LONGEST else None
