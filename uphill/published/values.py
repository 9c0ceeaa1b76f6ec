"""Single values of a document that anybody may have written."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from uphill.printable import printable

MOST_ELEMENTS = 200
_MOST_PARTS = 5000


class Twice:
    """The value of a key that stands twice in one object: nobody knows which one counts."""

    def __repr__(self) -> str:
        return "given twice"


TWICE = Twice()


def not_taken(value: Any) -> str:
    """What is wrong with a value whatever fact it is of."""
    if isinstance(value, list) and len(value) > MOST_ELEMENTS:
        return f"has {len(value)} elements; at most {MOST_ELEMENTS} are read"
    leaves = list(_leaves(value))
    if len(leaves) > _MOST_PARTS:
        return f"has {len(leaves):,} parts; at most {_MOST_PARTS:,} are read"
    if any(each is TWICE for each in leaves):
        return "is given twice"
    if any(isinstance(each, str) and printable(each) != each for each in leaves):
        return "has characters that can't be shown"
    if any(isinstance(each, bool) for each in leaves):
        return "is true or false, and must be a word of the vocabulary"
    return ""


def _leaves(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    else:
        yield value


def plain(value: Any) -> str:
    """Raises ValueError for what is no text that can be shown."""
    if isinstance(value, str) and printable(value) == value:
        return value
    raise ValueError(value)


def day_of(value: Any) -> date:
    """A day, or the day of a time as it is written. Raises ValueError."""
    return datetime.fromisoformat(plain(value)).date()


def words_of(value: Any) -> str | None:
    """A text with its white space folded; ``None`` where it is none, empty, or can't be shown."""
    if not isinstance(value, str):
        return None
    words = " ".join(value.split())
    return words if words and printable(words) == words else None
