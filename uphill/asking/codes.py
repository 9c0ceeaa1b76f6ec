"""Regions by their codes: ``US-CO``, ``VT``; two letters that are everyday words only where they can't be those."""

from collections.abc import Sequence

import pycountry

from uphill.asking.lexicon import Lexicon, Regions, Sense
from uphill.asking.tokens import Token
from uphill.asking.tries import Found

_JOINS = "-'’ʼ"


class Codes:
    """The codes in one question."""

    def __init__(self, text: str, found: Sequence[Token], lexicon: Lexicon) -> None:
        self._text = text
        self._found = found
        self._lexicon = lexicon
        # Where everything is in capitals, they tell nothing.
        self._has_small_letters = any(letter.islower() for letter in text)

    def at(self, i: int) -> Found[Sense] | None:
        """The region whose code stands at ``i``, whole (with its country) or short."""
        whole = self._whole(i)
        if whole is not None:
            return Found(i, i + 2, (Regions((whole,)),))
        written = self._written(i)
        code = self._lexicon.codes.get(written.lower())
        if code is None or self._joins(i):
            return None
        if written.lower() in self._lexicon.everyday and not self._is_no_word(i):
            return None
        return Found(i, i + 1, (Regions((code,)),))

    def _written(self, i: int) -> str:
        return self._text[self._found[i].start : self._found[i].end]

    def _whole(self, i: int) -> str | None:
        if i + 1 == len(self._found) or self._text[self._found[i].end : self._found[i + 1].start] != "-":
            return None
        code = f"{self._written(i)}-{self._written(i + 1)}".upper()
        if code.partition("-")[0] not in self._lexicon.code_countries:
            return None
        return code if pycountry.subdivisions.get(code=code) is not None else None

    def _joins(self, i: int) -> bool:
        """Whether the word is a part of a longer one: "co-op"."""
        start, end = self._found[i].start, self._found[i].end
        before = self._text[start - 1] if start else " "
        after = self._text[end] if end < len(self._text) else " "
        return before in _JOINS or after in _JOINS

    def _is_no_word(self, i: int) -> bool:
        token = self._found[i]
        if len(self._found) == 1:
            return True
        if self._written(i).isupper() and self._has_small_letters:
            return True
        if not token.after_comma or token.word in self._lexicon.negations:
            return False
        last = i + 1 == len(self._found) or self._found[i + 1].after_comma
        return last or token.word not in self._lexicon.vanishing
