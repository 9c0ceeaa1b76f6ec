"""Marks that join the words beside them, and end no statement."""

from collections.abc import Iterator
from itertools import pairwise

from crawler.extract.tagger import Hit, Token

_DAY_MARKS = 2
"""Marks between the two weekdays of a span of days."""


def between_days(tokens: tuple[Token, ...], hits: list[Hit]) -> Iterator[int]:
    """Marks that stand between two weekdays, as in "Mon.–Thu."."""
    days = [hit for hit in hits if hit.concept.startswith("day_")]
    for one, other in pairwise(days):
        between = range(one.last + 1, other.first)
        if 0 < len(between) <= _DAY_MARKS and all(tokens[index].fold in ".-–—" for index in between):
            yield from between
