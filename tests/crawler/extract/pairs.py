"""Of all combinations as few as hold every two parts together: what goes wrong, goes wrong by one part or by two."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Any


def of_every_two(*parts: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Combinations of one of each, in which any two of different parts meet at least once.

    Each begins with two that have not met yet, and takes of the other parts what meets most that it has not.
    """
    places = range(len(parts))
    left = {
        ((a, i), (b, j))
        for a, b in combinations(places, 2)
        for i, j in product(range(len(parts[a])), range(len(parts[b])))
    }
    for pair in sorted(left):
        if pair not in left:
            continue
        taken = dict(pair)
        for place in places:
            if place not in taken:
                taken[place] = max(
                    range(len(parts[place])),
                    key=lambda i, place=place: sum(_met(place, i, *other) in left for other in taken.items()),
                )
        left -= set(combinations(sorted(taken.items()), 2))
        yield tuple(parts[place][taken[place]] for place in places)


def _met(place: int, i: int, other: int, j: int) -> tuple[tuple[int, int], tuple[int, int]]:
    return ((place, i), (other, j)) if place < other else ((other, j), (place, i))
