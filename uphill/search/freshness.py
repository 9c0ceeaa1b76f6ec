"""How old is too old: when facts that nobody confirmed count as stale."""

from datetime import datetime, timedelta

from uphill.db import PolicyVersion, Resort
from uphill.search.answers import Freshness
from uphill.season import Location
from uphill.vocabulary import Origin

STALE_AFTER = timedelta(days=30)
"""In the resort's season, in which pages are read about daily."""

STALE_AFTER_OUT_OF_SEASON = timedelta(days=90)
"""Outside it, when resorts take their pages down or leave them as they were."""


_QUARTER = timedelta(minutes=15)


def next_quarter(now: datetime) -> datetime:
    """The next full quarter of an hour."""
    return now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0) + _QUARTER


def in_season(resort: Resort, now: datetime) -> bool:
    """Whether it is winter at the resort."""
    return where(resort).in_season(now)


def where(resort: Resort) -> Location:
    return Location(resort.region_code, resort.latitude, resort.timezone)


def stale_from(confirmed_at: datetime, place: Location, now: datetime) -> datetime:
    """After which moment facts that were last confirmed at ``confirmed_at`` are to be doubted, as of ``now``."""
    return confirmed_at + (STALE_AFTER if place.in_season(now) else STALE_AFTER_OUT_OF_SEASON)


def is_stale(confirmed_at: datetime, resort: Resort, now: datetime) -> bool:
    """Whether what was last confirmed at ``confirmed_at`` should be read with doubt."""
    return now > stale_from(confirmed_at, where(resort), now)


def freshness(version: PolicyVersion, resort: Resort, now: datetime) -> Freshness:
    if version.origin is Origin.BASELINE:
        return Freshness.LISTED
    return Freshness.STALE if is_stale(version.last_confirmed, resort, now) else Freshness.CHECKED
