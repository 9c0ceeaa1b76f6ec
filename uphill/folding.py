"""Text made alike before it is compared: case, accents and punctuation folded away."""

import re
import unicodedata

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile(r"['’ʼ]")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l"})


def fold(text: str) -> str:
    """Lower-case ASCII words joined by single blanks: ``"Mont-Édouard (QC)"`` is ``"mont edouard qc"``."""
    return _NOT_WORD.sub(" ", _APOSTROPHES.sub("", _bare(text))).strip()


def _bare(text: str) -> str:
    if text.isascii():  # most is, and has nothing to be taken off
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).lower().translate(_LETTERS)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def slugify(text: str) -> str:
    """``fold`` with hyphens: the form of a resort's slug."""
    return fold(text).replace(" ", "-")
