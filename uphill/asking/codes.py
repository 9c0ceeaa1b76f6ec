"""Regions by their codes: ``US-CO``, ``VT``; two letters that are everyday words only where they can't be those."""

from collections.abc import Sequence

import pycountry

from uphill.asking.lexicon import Lexicon, Regions, Sense
from uphill.asking.tokens import Token
from uphill.asking.tries import Found


def code_at(text: str, found: Sequence[Token], i: int, lexicon: Lexicon) -> Found[Sense] | None:
    """The region whose code stands at ``i``, whole (with its country) or short."""
    whole = _whole_code(text, found, i, lexicon)
    if whole is not None:
        return Found(i, i + 2, (Regions((whole,)),))
    token = found[i]
    written = text[token.start : token.end]
    code = lexicon.codes.get(written.lower())
    if code is None or not written.isascii() or _joins(text, found, i):
        return None
    if written.lower() in lexicon.everyday and not _is_no_word(text, found, i, lexicon):
        return None
    return Found(i, i + 1, (Regions((code,)),))


def _whole_code(text: str, found: Sequence[Token], i: int, lexicon: Lexicon) -> str | None:
    if i + 1 == len(found) or text[found[i].end : found[i + 1].start] != "-":
        return None
    code = text[found[i].start : found[i + 1].end].upper()
    known = pycountry.subdivisions.get(code=code) if code.isascii() else None
    return code if known is not None and code[:2] in lexicon.code_countries else None


def _joins(text: str, found: Sequence[Token], i: int) -> bool:
    """Whether the word is a part of a longer one: "co-op"."""
    before = text[found[i].start - 1] if found[i].start else " "
    after = text[found[i].end] if found[i].end < len(text) else " "
    return before in "-'’ʼ" or after in "-'’ʼ"


def _is_no_word(text: str, found: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    token = found[i]
    if len(found) == 1:
        return True
    written = text[token.start : token.end]
    if written.isupper() and any(letter.islower() for letter in text):
        return True
    last = i + 1 == len(found) or found[i + 1].after_comma
    return token.after_comma and (last or token.word not in lexicon.vanishing)
