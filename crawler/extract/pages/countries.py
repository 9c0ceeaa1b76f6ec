"""The country that a page says it is of: by its language tag, or by the address that it calls its own."""

import re
from urllib.parse import urlsplit

import lxml.html

_TAG = re.compile(r"[A-Za-z]{2}[-_]([A-Za-z]{2})(?![A-Za-z])")
_DOMAINS = frozenset({"ca", "nz", "au", "at", "ch"})
"""Domains of countries whose resorts tell prices and numbers otherwise than their language's greatest country."""


def country_of(root: lxml.html.HtmlElement, tag: str) -> str | None:
    """ISO 3166 code; ``tag`` is the language tag of the page, such as "fr-CA"."""
    told = _TAG.match(tag)
    domain = _own_domain(root)
    if domain in _DOMAINS:
        return domain.upper()
    return told[1].upper() if told else None


def _own_domain(root: lxml.html.HtmlElement) -> str:
    link = root.find(".//head/link[@rel='canonical']")
    meta = root.find(".//head/meta[@property='og:url']")
    addresses = (
        link.get("href") if link is not None else None,
        meta.get("content") if meta is not None else None,
    )
    for address in addresses:
        try:
            host = urlsplit(address or "").hostname
        except ValueError:  # "https://[shop]/": an address that is none
            host = None
        if host:
            return host.rstrip(".").rpartition(".")[2]
    return ""
