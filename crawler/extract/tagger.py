"""Words → concepts: every phrase of a lexicon is looked up by its first word."""

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from itertools import product
from typing import NamedTuple, TypeVar

from crawler.extract.automaton import Kind, Machine

LANGUAGES = ("en", "de", "fr", "it")

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*['’]?|[.,;:!?()|–—•·/&+$€%-]")
_ELIDING = ("fr", "it")
"""Languages that write an article and its noun as one word: "l'ascension"."""
_STEM = 3
"""Shortest stem of a ``word*`` entry."""
_MARKS = frozenset(".,;:!?()|–—•·")
"""What a gap does not reach across."""
_MOST_WORDS, _LONGEST_WORD = 50_000, 40
"""How many words are remembered, and of how many letters."""


class Token(NamedTuple):
    """A word or mark of the text; ``fold`` is its folded form, offsets in characters."""

    fold: str
    start: int
    end: int

    @property
    def is_mark(self) -> bool:
        return not self.fold[0].isalnum()


class Hit(NamedTuple):
    """A concept found at tokens ``first`` to ``last`` (inclusive)."""

    concept: str
    first: int
    last: int


_V = TypeVar("_V")


class _Remembered(dict[str, _V]):
    """What a word comes to, told once for each of the words met lately."""

    def __init__(self, told: Callable[[str], _V]) -> None:
        super().__init__()
        self._told = told

    def __missing__(self, word: str) -> _V:
        if len(self) >= _MOST_WORDS:
            self.clear()
        value = self._told(word)
        if len(word) <= _LONGEST_WORD:
            self[word] = value
        return value


_FOLDED = _Remembered(lambda word: word.replace("’", "'").casefold())


def tokens_of(text: str, start: int, end: int, lang: str) -> tuple[Token, ...]:
    """Tokens of ``text[start:end]``; hyphens inside words are dropped, elided articles split off."""
    found: list[Token] = []
    elides = lang in _ELIDING
    for match in _TOKEN.finditer(text, start, end):
        word = match[0]
        first, last = match.span()
        fold = _FOLDED[word]
        if fold == "-" and _inside_word(text, first):
            continue
        if elides and "'" in fold:
            cut = fold.rfind("'") + 1
            if 0 < cut < len(fold) and len(word) == len(fold):
                found.append(Token(fold[:cut], first, first + cut))
                found.append(Token(fold[cut:], first + cut, last))
                continue
        found.append(Token(fold, first, last))
    return tuple(found)


def _inside_word(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isalpha() and text[at + 1].isalpha()


_HIDES = {
    "idiom": ("uphill", "ascend"),
    "not_except": ("except",),
    "ski_compound": ("ski_gear", "on_gear"),
    "other_kind": ("other_route",),
    "whole_season": ("bounded", "if", "date"),
    "not_dog": ("dog",),
}
"""Concepts that a phrase takes from the words in it: "an uphill battle" speaks of nobody going up, ski patrol is
no gear, "in winter" no condition."""


class Lexicon:
    """The words of one language: ``groups`` of words, and phrases by concept.

    In a phrase ``a|b`` is either word, ``x?`` may be missing, ``<group>`` is any word of a group,
    ``stem*`` and ``*stem`` are words that begin or end so, ``~`` is up to three words.
    """

    def __init__(self, data: dict[str, dict[str, list[str]]], *, elides: bool = False) -> None:
        self._elides = elides
        self.concepts = frozenset(data["concepts"])
        self._groups = data.get("groups", {})
        self._prefixes: dict[str, list[str]] = {}
        self._suffixes: dict[str, list[str]] = {}
        self._plain: set[str] = set()
        self._machine = Machine(
            [
                (concept, elements)
                for concept, phrases in data["concepts"].items()
                for phrase in phrases
                for elements in self._expanded(phrase)
            ]
        )
        self._kinds = _Remembered(self._kind)

    def _expanded(self, phrase: str) -> Iterator[tuple[frozenset[str], ...]]:
        choices: list[tuple[tuple[frozenset[str], ...], ...]] = []
        for part in self._parts(phrase):
            element = frozenset(self._words(part.removesuffix("?")))
            choices.append(((), (element,)) if part.endswith("?") else ((element,),))
        for choice in product(*choices):
            elements = tuple(element for one in choice for element in one)
            if elements:
                yield elements

    def _parts(self, phrase: str) -> list[str]:
        """The phrase's elements, split as the text's tokens are: at hyphens and after elided articles."""
        out: list[str] = []
        for part in phrase.casefold().split():
            words = part.split("-") if "-" in part and "|" not in part else [part]
            for word in words:
                cut = word.find("'") + 1
                elided = (
                    self._elides and 0 < cut < len(word) and "|" not in word[:cut] and word[cut] not in "|?"
                )
                out += [word[:cut], word[cut:]] if elided else [word]
        return [part for part in out if part]

    def _words(self, part: str) -> Iterator[str]:
        for word in part.split("|"):
            if word.startswith("<"):
                for member in self._groups[word.strip("<>")]:
                    yield from self._words(member)
                continue
            if word.endswith("*"):
                self._prefixes.setdefault(word[:_STEM], []).append(word)
            elif word.startswith("*"):
                self._suffixes.setdefault(word[-_STEM:], []).append(word)
            else:
                self._plain.add(word)
            yield word

    def _kind(self, fold: str) -> int:
        """What a token is to the phrases: which of the lexicon's words."""
        stems = [w for w in self._prefixes.get(fold[:_STEM], ()) if fold.startswith(w[:-1])]
        ends = [w for w in self._suffixes.get(fold[-_STEM:], ()) if fold.endswith(w[1:])]
        known = [fold] if fold in self._plain else []
        return self._machine.number(Kind(frozenset([*known, *stems, *ends]), fold in _MARKS))

    def tag(self, tokens: tuple[Token, ...]) -> list[Hit]:
        """Every concept at every place: per concept and start the longest phrase."""
        kinds = self._kinds
        hits = [
            Hit(concept, first, first + more)
            for first, told in self._machine.find([kinds[token.fold] for token in tokens])
            for concept, more in told
        ]
        hiders = [hit for hit in hits if hit.concept in _HIDES]
        if not hiders:
            return hits
        return [hit for hit in hits if not any(_hides(hider, hit) for hider in hiders)]


def _hides(hider: Hit, hit: Hit) -> bool:
    return hit.concept in _HIDES[hider.concept] and hit.first <= hider.last and hider.first <= hit.last


@cache
def lexicon(lang: str) -> Lexicon:
    source = files("crawler.extract").joinpath("lexicon", f"{lang}.toml")
    return Lexicon(tomllib.loads(source.read_text("utf-8")), elides=lang in _ELIDING)
