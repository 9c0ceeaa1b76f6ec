"""How much is asked of one site in a day. Pure: counts in, choice out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")

REQUESTS_A_DAY = 144
"""The most requests a site gets in 24 hours, one in ten minutes; redirects and second tries after a failure are left
out. A resort with a site of its own stays below by its intervals alone, but for bad days."""
ROBOTS = 1
SITEMAPS = 5
DOCUMENT = 1
KNOWN_PAGES = 4
"""A visit of more pages than these has looked around, and may have read sitemaps."""
LOOKING_AROUND = ROBOTS + DOCUMENT + 12 + SITEMAPS
STATUS_VISIT = ROBOTS + 2


@dataclass(frozen=True, slots=True)
class Wish(Generic[T]):
    """A visit, since when it is due, and the sites it would ask; ``partial`` where it is to status pages alone."""

    visit: T
    since: datetime
    sites: frozenset[str]
    partial: bool


def within_budget(wishes: Iterable[Wish[T]], spent: Mapping[str, int]) -> tuple[T, ...]:
    """The visits that may be made now, the longest overdue first; ``spent`` are requests of the last 24 hours by
    site. The others come once a day has passed over requests that were made.

    A visit counts with the most it may need. What is left of a day must do for one that looks around: status pages
    alone don't use it up.
    """
    counts = Counter(dict(spent))
    chosen = []
    for wish in sorted(wishes, key=lambda wish: wish.since):
        needed = STATUS_VISIT if wish.partial else LOOKING_AROUND
        limit = REQUESTS_A_DAY - LOOKING_AROUND if wish.partial else REQUESTS_A_DAY
        if all(counts[site] + needed <= limit for site in wish.sites):
            for site in wish.sites:
                counts[site] += needed
            chosen.append(wish.visit)
    return tuple(chosen)
