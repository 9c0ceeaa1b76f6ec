"""Pages that stand in a site's place and say so with status 200: captchas, refusals, parked domains. Pure.

What they say is no resort's word, and "access denied" is no rule about a slope.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from crawler.extract.pages.page import Page
from uphill.outcomes import Outcome

_TABLE = Path(__file__).with_suffix(".toml")
_OUTCOMES = (Outcome.BLOCKED, Outcome.PARKED)
_SHORT = 1500
"""Characters of text. A resort's page that is about robots or domains has more, or says so in no such words."""
_MARKUP_READ = 200_000
_ENDS = (" |", " -", " –", " —", ":", ".", "!", "?", "…", ",")
_QUOTES = str.maketrans("’‘", "''")


@dataclass(frozen=True, slots=True)
class _Signs:
    titles: frozenset[str]
    sentences: tuple[str, ...]
    markup: tuple[str, ...]
    hosts: frozenset[str]


def imposter(page: Page, body: bytes) -> Outcome | None:
    """What the page is in place of the site's own; ``None`` for a page like any other."""
    host = urlsplit(page.url or "").hostname or ""
    for outcome, signs in _signs().items():
        if any(host == known or host.endswith(f".{known}") for known in signs.hosts):
            return outcome
    if len(page.text) > _SHORT:
        return None
    text = _plain(page.text)
    headings = (page.words(block) for block in page.blocks if block.level == 1)
    titles = {_plain(page.title), _plain(next(headings, ""))}
    markup = body[:_MARKUP_READ].decode("utf-8", "replace").lower()
    for outcome, signs in _signs().items():
        if _is_titled(titles, signs.titles) or _has(text, signs.sentences) or _has(markup, signs.markup):
            return outcome
    return None


def _is_titled(titles: set[str], known: frozenset[str]) -> bool:
    return any(
        title == start or title.startswith(tuple(start + end for end in _ENDS))
        for title in titles
        for start in known
        if title
    )


def _has(text: str, known: tuple[str, ...]) -> bool:
    return any(sign in text for sign in known)


def _plain(text: str) -> str:
    return " ".join(text.translate(_QUOTES).lower().split())


@cache
def _signs() -> dict[Outcome, _Signs]:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return {
        outcome: _Signs(
            titles=frozenset(table[outcome]["titles"]),
            sentences=tuple(table[outcome]["sentences"]),
            markup=tuple(table[outcome]["markup"]),
            hosts=frozenset(table[outcome]["hosts"]),
        )
        for outcome in _OUTCOMES
    }
