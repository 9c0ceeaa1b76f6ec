"""How much is asked of one site in a day. Pure: counts in, choice out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from uphill.visit import Target

REQUESTS_A_DAY = 120
"""The most requests a site gets in 24 hours, second tries of those that failed and redirects left out."""
ROBOTS = 1
SITEMAPS = 5
KNOWN_PAGES = 3
"""A visit of more pages than these has looked around, and may have read sitemaps."""
LOOKING_AROUND = ROBOTS + 12 + SITEMAPS
STATUS_VISIT = ROBOTS + 2


@dataclass(frozen=True, slots=True)
class Wish:
    """A resort with something due, since when, and the sites that a visit would ask."""

    target: Target
    since: datetime
    sites: frozenset[str]


def within_budget(wishes: Iterable[Wish], spent: Mapping[str, int]) -> tuple[Target, ...]:
    """The resorts that may be visited now, the longest overdue first; ``spent`` are requests of the last 24 hours by
    site. The others come once a day has passed over requests that were made.

    A visit counts with the most it may need. What is left of a day must do for one that looks around: status pages
    alone don't use it up.
    """
    counts = Counter(dict(spent))
    chosen = []
    for wish in sorted(wishes, key=lambda wish: (wish.since, wish.target.slug)):
        needed = STATUS_VISIT if wish.target.partial else LOOKING_AROUND
        limit = REQUESTS_A_DAY - LOOKING_AROUND if wish.target.partial else REQUESTS_A_DAY
        if all(counts[site] + needed <= limit for site in wish.sites):
            counts.update(dict.fromkeys(wish.sites, needed))
            chosen.append(wish.target)
    return tuple(chosen)
