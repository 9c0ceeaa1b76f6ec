"""Phrases by their first word, then the next: the longest that stands at a place, in one pass, typos allowed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
_UNASKED = 3
"""Small words that may stand inside a phrase; more would make a long row of them slow."""


class Readable(Protocol):
    """A word as typed, and the words that it may be: itself, or known ones an edit away."""

    @property
    def word(self) -> str: ...
    @property
    def readings(self) -> tuple[str, ...]: ...


@dataclass(slots=True)
class _Node(Generic[T]):
    next: dict[str, "_Node[T]"] = field(default_factory=dict)
    values: list[T] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """``values`` of the phrase from ``start`` up to ``end``; ``read_as`` holds the words that were mended."""

    start: int
    end: int
    values: tuple[T, ...]
    read_as: tuple[str, ...] = ()


class Trie(Generic[T]):
    """Values by phrases of folded words. Words of ``skipped`` may stand inside a phrase unasked."""

    def __init__(self, skipped: frozenset[str] = frozenset()) -> None:
        self._root: _Node[T] = _Node()
        self._skipped = skipped
        self.words: set[str] = set()

    def add(self, phrase: Iterable[str], value: T) -> None:
        """A phrase without words is none; one that is there already gets a further value."""
        whole = tuple(phrase)
        if not whole:
            return
        node = self._root
        for word in whole:
            node = node.next.setdefault(word, _Node())
        if value not in node.values:
            node.values.append(value)
        self.words.update(whole)

    def longest(self, asked: Sequence[Readable], start: int, end: int | None = None) -> Found[T] | None:
        """The longest phrase at ``start``; words as typed go before mended ones.

        None too where mended words make several phrases of different values: a guess is no reading.
        """
        frontier: list[tuple[_Node[T], tuple[str, ...]]] = [(self._root, ())]
        best: Found[T] | None = None
        unasked = 0
        for i in range(start, len(asked) if end is None else end):
            reached = [
                (child, read_as if word == asked[i].word else (*read_as, word))
                for node, read_as in frontier
                for word in asked[i].readings
                if (child := node.next.get(word)) is not None
            ]
            if not reached:
                if i > start and asked[i].word in self._skipped and unasked < _UNASKED:
                    unasked += 1
                    continue
                break
            frontier = reached
            best = _one(reached, start, i + 1) or best
        return best

    def find(self, phrase: Sequence[str]) -> tuple[T, ...]:
        """The values of exactly this phrase."""
        node: _Node[T] | None = self._root
        for word in phrase:
            node = node.next.get(word) if node is not None else None
        return tuple(node.values) if node is not None else ()


def _one(reached: list[tuple[_Node[T], tuple[str, ...]]], start: int, end: int) -> Found[T] | None:
    ending = [(tuple(node.values), read_as) for node, read_as in reached if node.values]
    if not ending:
        return None
    fewest = min(len(read_as) for _, read_as in ending)
    nearest = [(values, read_as) for values, read_as in ending if len(read_as) == fewest]
    values, read_as = nearest[0]
    if any(other != values for other, _ in nearest[1:]):
        return None
    return Found(start, end, values, read_as)
