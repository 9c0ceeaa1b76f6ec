"""Proper names of routes in a text."""

import re
from collections.abc import Iterator

_WORD = r"(?:[^\W\da-zß-öø-ÿ_][\w’'.&/-]*|\d{1,2}[A-Z]?|#\d{1,2})"
_SMALL = r"(?:of|the|and|de|du|des|la|le|les|di|del|della|d['’]|zum|zur|am|im|auf|&)"
NAME = re.compile(rf"{_WORD}(?:\s(?:{_SMALL}\s){{0,2}}{_WORD}){{0,5}}")
_TRIM = re.compile(r"^(?:The|Our|A|An|Use|Via|Take|Follow|From|To|On|Up|And|Or|Die|Der|Das|La|Le|Les|Il|Lo)\s+|[\s.,:;–—-]+$")


def names(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Runs of capitalised words in ``text[start:end]``, with their offsets."""
    for match in NAME.finditer(text, start, end):
        name = match[0].rstrip(" .,:;–—-")
        yield name, match.start(), match.start() + len(name)


def trimmed(name: str) -> str:
    return _TRIM.sub("", _TRIM.sub("", name))
