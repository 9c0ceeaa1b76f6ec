"""Words → concepts: every phrase of a lexicon is looked up by its first word."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

LANGUAGES = ("en", "de", "fr", "it")

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*['’]?|[.,;:!?()|–—•·/&+$€%-]")
_ELIDING = ("fr", "it")
"""Languages that write an article and its noun as one word: "l'ascension"."""
_LONGEST_GAP = 3
_STEM = 3
"""Shortest stem of a ``word*`` entry."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark of the text; ``fold`` is its folded form, offsets in characters."""

    fold: str
    start: int
    end: int

    @property
    def is_mark(self) -> bool:
        return not self.fold[0].isalnum()


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept found at tokens ``first`` to ``last`` (inclusive)."""

    concept: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    concept: str
    elements: tuple[frozenset[str], ...]
    """Each element is what a token may match; ``_GAP`` stands for up to three tokens of any kind."""


_GAP = frozenset({"~"})
_MARKS = frozenset(".,;:!?()|–—•·")
"""What a gap does not reach across."""


def tokens_of(text: str, start: int, end: int, lang: str) -> tuple[Token, ...]:
    """Tokens of ``text[start:end]``; hyphens inside words are dropped, elided articles split off."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        word = match[0].replace("’", "'").casefold()
        if word == "-" and _inside_word(text, match.start()):
            continue
        cut = word.rfind("'") + 1
        if lang in _ELIDING and 0 < cut < len(word) and len(match[0]) == len(word):
            found.append(Token(word[:cut], match.start(), match.start() + cut))
            found.append(Token(word[cut:], match.start() + cut, match.end()))
        else:
            found.append(Token(word, match.start(), match.end()))
    return tuple(found)


def _inside_word(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isalpha() and text[at + 1].isalpha()


_HIDES = {
    "idiom": ("uphill", "ascend"),
    "not_except": ("except",),
    "ski_compound": ("ski_gear", "on_gear"),
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
        self._by_first: dict[str, list[_Phrase]] = {}
        self._seen: dict[str, frozenset[str]] = {}
        for concept, phrases in data["concepts"].items():
            for phrase in phrases:
                for elements in self._expanded(phrase):
                    for first in elements[0]:
                        self._by_first.setdefault(first, []).append(_Phrase(concept, elements))

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
            yield word

    def _matches(self, fold: str) -> frozenset[str]:
        """The lexicon's words that a token is."""
        known = self._seen.get(fold)
        if known is None:
            stems = [w for w in self._prefixes.get(fold[:_STEM], ()) if fold.startswith(w[:-1])]
            ends = [w for w in self._suffixes.get(fold[-_STEM:], ()) if fold.endswith(w[1:])]
            known = frozenset([fold, *stems, *ends])
            if len(self._seen) < 50_000:
                self._seen[fold] = known
        return known

    def tag(self, tokens: tuple[Token, ...]) -> list[Hit]:
        """Every concept at every place: per concept and start the longest phrase."""
        words = [self._matches(token.fold) for token in tokens]
        best: dict[tuple[str, int], int] = {}
        for at, forms in enumerate(words):
            for form in forms:
                for phrase in self._by_first.get(form, ()):
                    last = _match(phrase.elements, words, at)
                    if last is not None and last > best.get((phrase.concept, at), -1):
                        best[phrase.concept, at] = last
        hits = [Hit(concept, first, last) for (concept, first), last in best.items()]
        hidden = {
            (concept, hit.first)
            for hider in hits
            for concept in _HIDES.get(hider.concept, ())
            for hit in hits
            if hit.concept == concept and hit.first <= hider.last and hider.first <= hit.last
        }
        shown = (hit for hit in hits if (hit.concept, hit.first) not in hidden)
        return sorted(shown, key=lambda h: (h.first, h.concept))


def _match(elements: tuple[frozenset[str], ...], words: list[frozenset[str]], at: int) -> int | None:
    """Index of the last token matched, or ``None``; a gap takes as few tokens as it can."""
    index = at
    for number, element in enumerate(elements):
        if element == _GAP:
            rest = elements[number + 1 :]
            for skip in range(_LONGEST_GAP + 1):
                end = _match(rest, words, index + skip)
                if end is not None:
                    return end
                if index + skip >= len(words) or not words[index + skip].isdisjoint(_MARKS):
                    return None
            return None
        if index >= len(words) or words[index].isdisjoint(element):
            return None
        index += 1
    return index - 1


@cache
def lexicon(lang: str) -> Lexicon:
    source = files("crawler.extract").joinpath("lexicon", f"{lang}.toml")
    return Lexicon(tomllib.loads(source.read_text("utf-8")), elides=lang in _ELIDING)
