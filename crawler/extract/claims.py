"""What a fact module says it has read: a value, the words that state it, and how sure they are."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any


class Strength(IntEnum):
    """How directly the words state the value."""

    IMPLIED = 1
    PLAIN = 2
    EXPLICIT = 3


@dataclass(frozen=True, slots=True)
class Claim:
    """``value`` of ``field``, as stated by ``text[start:end]`` of the page (offsets in characters).

    ``condition`` narrows when or where the value holds; ``None`` is always.
    """

    field: str
    value: Any
    start: int
    end: int
    strength: Strength = Strength.PLAIN
    why: str = ""
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """The value that a field's claims come to, and the claims that carry it.

    For a list fact ``value`` is a tuple and ``claims`` holds one claim an element.
    """

    value: Any
    claims: tuple[Claim, ...] = ()
    why: str = ""


UNDER_HEADING = " under a heading of operations"
"""Ends the ``why`` of hours that stand under "Before and after operations" or the like."""
UNSTATED = Settled(None)


def each_once(claims: Iterable[Claim], text: str) -> tuple[Claim, ...]:
    """Claims without those that the page repeats in the same words, as for wide screens and again for phones."""
    kept: list[Claim] = []
    by_words: dict[str, list[Claim]] = {}
    for claim in claims:
        before = by_words.setdefault(text[claim.start : claim.end], [])
        if not any(_repeats(claim, one) for one in before):
            before.append(claim)
            kept.append(claim)
    return tuple(kept)


def _repeats(claim: Claim, before: Claim) -> bool:
    return claim.start != before.start and replace(claim, start=before.start, end=before.end) == before
