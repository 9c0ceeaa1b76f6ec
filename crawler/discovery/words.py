"""The words by which links are judged: one file a language, joined by what they mean."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

FOLDER = Path(__file__).parent / "words"
CONCEPTS = (
    "names",
    "subject",
    "rules",
    "papers",
    "hubs",
    "wide_hubs",
    "generic",
    "status",
    "false_friends",
    "neighbours",
)

_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


# Menus are the same on every page of a site.
@lru_cache(maxsize=8192)
def fold(text: str) -> tuple[str, ...]:
    """The words of a text without case, accents and punctuation."""
    if text.isascii():
        return tuple(_WORD.findall(text.lower()))
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    bare = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return tuple(_WORD.findall(bare))


@lru_cache(maxsize=8192)
def url_words(url: str) -> tuple[str, ...]:
    """The words of a URL's path, query and fragment; ``/UphillPolicy.pdf`` has three."""
    parts = urlsplit(url)
    return fold(_HUMP.sub(" ", unquote(f"{parts.path} {parts.query} {parts.fragment}")))


class Phrases:
    """Phrases of one concept, looked up by their first word; ``word*`` stands for all its endings."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._whole: dict[str, list[tuple[str, ...]]] = {}
        self._stems: list[str] = []
        for phrase in phrases:
            words = fold(phrase)
            if phrase.endswith("*"):
                self._stems.append(words[0])
            else:
                self._whole.setdefault(words[0], []).append(words)
        self._stem_tuple = tuple(self._stems)
        self._first_words = frozenset(self._whole)

    def within(self, words: Sequence[str]) -> bool:
        """Whether any phrase stands in ``words``."""
        if self._stem_tuple and any(word.startswith(self._stem_tuple) for word in words):
            return True
        return not self._first_words.isdisjoint(words) and any(
            tuple(words[at : at + len(p)]) == p
            for at, word in enumerate(words)
            for p in self._whole.get(word, ())
        )

    def is_all_of(self, words: Sequence[str]) -> bool:
        """Whether ``words`` are one phrase and nothing else."""
        return bool(words) and tuple(words) in self._whole.get(words[0], ())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All languages' words, a field per concept; a link does not tell its language."""

    names: Phrases
    subject: Phrases
    rules: Phrases
    papers: Phrases
    hubs: Phrases
    wide_hubs: Phrases
    generic: Phrases
    status: Phrases
    false_friends: Phrases
    neighbours: Phrases


@dataclass(frozen=True, slots=True)
class UrlWords:
    """Words of addresses (``words/urls.toml``)."""

    dated: frozenset[str]
    sitemap_first: frozenset[str]
    sitemap_never: frozenset[str]
    foreign_hosts: frozenset[str]
    no_page: tuple[str, ...]


def _read(name: str) -> dict[str, list[str]]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def lexicon() -> Lexicon:
    """Raises ``KeyError`` where a language lacks a concept."""
    files = [_read(file.stem) for file in sorted(FOLDER.glob("??.toml"))]
    return Lexicon(**{c: Phrases(phrase for file in files for phrase in file[c]) for c in CONCEPTS})


@cache
def url_lexicon() -> UrlWords:
    words = _read("urls")
    return UrlWords(
        dated=frozenset(words["dated"]),
        sitemap_first=frozenset(words["sitemap_first"]),
        sitemap_never=frozenset(words["sitemap_never"]),
        foreign_hosts=frozenset(words["foreign_hosts"]),
        no_page=tuple(words["no_page"]),
    )
