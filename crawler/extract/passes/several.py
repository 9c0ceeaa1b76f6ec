"""Sums that are no price of one day, season or visit: ends of a range, and cards of several visits."""

from collections.abc import Sequence
from itertools import pairwise

from crawler.extract.tagger import Token

_TO = frozenset(["a", "ad", "to", "bis", "à", "-", "–"])
_NEAR = 3
_VISITS = frozenset(
    ["ingressi", "salite", "risalite", "entries", "visits", "eintritte", "aufstiege", "entrées", "montées"]
)


def ends_a_range(before: Sequence[Token]) -> bool:
    """As the second sum of "a fine of € 100 to € 150" does, by the words between: it is of what the first is."""
    return len(before) == 1 and before[0].fold in _TO


def is_of_several_visits(before: Sequence[Token]) -> bool:
    """As in "10 entries € 50", by the words before the sum."""
    return any(
        one.fold.isdigit() and int(one.fold) > 1 and other.fold in _VISITS
        for one, other in pairwise(before[-_NEAR:])
    )
