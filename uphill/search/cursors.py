"""Where the page before ended, as an opaque word: what follows it is found again though resorts came or went."""

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Self

from uphill.errors import BadFilter

_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Cursor:
    """After the element ``key``, which was the ``position``-th that was told."""

    key: str
    position: int

    def word(self, asked: object) -> str:
        """As a parameter, good for what was ``asked`` alone; ``asked`` is told apart by its ``repr``."""
        told = json.dumps(
            [_digest(asked), self.position, self.key], separators=(",", ":"), ensure_ascii=False
        )
        return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, word: str, asked: object) -> Self:
        """Raises BadFilter for a word that is none, or belongs to another question."""
        try:
            told = base64.b64decode(word[:_LONGEST] + "=" * (-len(word) % 4), b"-_", validate=True)
            digest, position, key = json.loads(told)
            cursor = cls(key, position)
            again = cursor.word(asked)
        except (ValueError, TypeError, RecursionError) as error:
            raise _no_cursor() from error
        if type(key) is not str or type(position) is not int or position < 1 or again != word:
            raise _no_cursor() if type(digest) is not str or digest == _digest(asked) else _of_another()
        return cursor

    def first_after(self, keys: Iterator[str]) -> int:
        """How many of ``keys`` come before the next page; where the element is gone, as many as were told."""
        for at, key in enumerate(keys):
            if key == self.key:
                return at + 1
        return self.position


def page_of(keys: Sequence[str], size: int, word: str | None, asked: object) -> tuple[slice, str | None]:
    """Which of ``keys`` the page has that begins at the cursor ``word``, and the cursor of the one after it."""
    start = Cursor.parse(word, asked).first_after(iter(keys)) if word is not None else 0
    end = start + size
    following = Cursor(keys[end - 1], end).word(asked) if end < len(keys) else None
    return slice(start, end), following


def _digest(asked: object) -> str:
    return blake2b(repr(asked).encode(), digest_size=6).hexdigest()


def _no_cursor() -> BadFilter:
    return BadFilter(
        "cursor", "The cursor is none: take the one that the page before came with, or leave it out to begin."
    )


def _of_another() -> BadFilter:
    return BadFilter(
        "cursor",
        "The cursor is of another search: change no other parameter from page to page, or leave it out.",
    )
