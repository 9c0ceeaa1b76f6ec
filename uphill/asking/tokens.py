"""A question as words: each folded for comparing, and with its place in the text, so that nothing typed is lost."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from uphill.search.text import fold

MAX_ASKED = 200
"""Characters of a question that are read."""

_WORD = re.compile(
    r"(?:(?:[dlnsjcmt]|dell|all|nell|sull|dall|qu)(?=['’ʼ][^\W\d_]))"  # l'Alpe, dell'Adige: two words
    r"|\d+(?:[:.,h]\d+)*[^\W\d_]*"
    r"|[^\W_][^\W_\u0300-\u036f]*(?:['’ʼ][^\W_]+)*",
    re.IGNORECASE,
)
_SAME = {"mt": "mount", "st": "saint", "ste": "sainte", "sankt": "saint", "skt": "saint"}
_TYPED_TOGETHER = re.compile(r"[-'’ʼ./+&]")


@dataclass(frozen=True, slots=True)
class Token:
    """``word`` is folded, ``start`` and ``end`` are where it stands in the cleaned text."""

    word: str
    start: int
    end: int
    after_comma: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of the question with what it may be: itself, or known words a typo away."""

    token: Token
    readings: tuple[str, ...]

    @property
    def word(self) -> str:
        return self.token.word


def clean(text: str) -> str:
    """Printable characters in their composed form, single blanks, at most ``MAX_ASKED`` of them, cut at a word."""
    # A lone surrogate and a control character are not printable; no database takes them either.
    shown = text[: 4 * MAX_ASKED]
    if not shown.isprintable():
        shown = "".join(letter if letter.isprintable() else " " for letter in shown)
    whole = " ".join(unicodedata.normalize("NFC", shown).split())
    if len(whole) <= MAX_ASKED:
        return whole
    cut = whole[: MAX_ASKED + 1].rpartition(" ")[0]
    return cut or whole[:MAX_ASKED]


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a cleaned text; one that folds to nothing (another script) stays as it is, in lower case."""
    found: list[Token] = []
    before = 0
    for match in _WORD.finditer(text):
        written = match.group()
        word = written.lower() if written[0].isdigit() else fold(written).replace(" ", "")
        word = word or written.lower()
        found.append(
            Token(_SAME.get(word, word), match.start(), match.end(), "," in text[before : match.start()])
        )
        before = match.end()
    return tuple(found)


def words(text: str) -> tuple[str, ...]:
    """The folded words alone: the form in which names and phrases are kept."""
    return tuple(token.word for token in tokens(clean(text)))


def joined(text: str, kept: Sequence[Token], instead: Mapping[int, str] = MappingProxyType({})) -> str:
    """The words of ``kept`` in order, as they were typed: with its hyphen where both sides of it are kept.

    ``instead`` holds what is written in the place of words, by their start.
    """
    parts: list[str] = []
    for i, token in enumerate(kept):
        between = text[kept[i - 1].end : token.start] if i else ""
        if i:
            parts.append(between if _TYPED_TOGETHER.fullmatch(between) else " ")
        parts.append(instead.get(token.start, text[token.start : token.end]))
    return "".join(parts)
