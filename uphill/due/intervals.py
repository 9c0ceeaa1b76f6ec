"""When a page is due again. Pure: the same page, place and time give the same answer on every machine."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from hashlib import blake2b

from uphill.outcomes import Outcome
from uphill.season import Location
from uphill.vocabulary import SourceKind

SHORTEST = timedelta(hours=6)
LONGEST = timedelta(days=7)
DAILY = timedelta(hours=22)
HOURLY = timedelta(hours=1)
STATUS_FROM, STATUS_UNTIL = time(4), time(22)
SPREAD, FAILURE_SPREAD = 1 / 16, 1 / 4
_AGE_SHARE = 4
_MARGIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class PageState:
    """What the rule looks at: a page, and how asking for it last ended.

    ``failures`` in a row; ``changed_at`` when its facts were last found changed, or lost; ``waits`` where a change of
    the resort's policy waits to be verified; ``retry_at`` until when its site asked to be left alone. The status pages
    of ``sharing`` resorts are on the page's site.
    """

    url: str
    kind: SourceKind
    outcome: Outcome
    failures: int = 0
    changed_at: datetime | None = None
    waits: bool = False
    retry_at: datetime | None = None
    sharing: int = 1


def next_due(page: PageState, location: Location, now: datetime) -> datetime:
    """When a page that was asked for at ``now`` is to be asked for again (aware times; the first line that fits).

    ===============================  ==============================  ==================================
    the page                         in season                       out of season
    ===============================  ==============================  ==================================
    failed ``n`` times in a row      6 h × 2ⁿ⁻¹, at most 7 days      the same
    a change waits to be verified    6 h                             the same
    status                           1 h from 04:00 to 22:00 of      22 h
                                     the resort's clock, else at
                                     04:00; × resorts on the site
    status, but it tells none        22 h                            22 h
    policy, changed ``a`` ago        ¼ a, at least 6 h and at        ¼ a, at least 6 h and at most
                                     most 22 h                       7 days
    home page that holds the policy  22 h                            ¼ a, at least 22 h and at most
                                                                     7 days
    no policy, lost ``a`` ago        ¼ a, at least 22 h and at       the same
                                     most 7 days
    ===============================  ==============================  ==================================

    Each is lengthened by up to a sixteenth (after failures a quarter; a status page's 04:00 by up to an hour), by the
    page's URL and its failures, so that pages that were once asked together drift apart; none beyond 7 days. No wait
    of a policy or status page out of season reaches further than the first day of the next season. Not before
    ``retry_at``, which counts for 7 days at most. Of what never changed, or never was there, the longest wait counts.
    """
    due = _by_table(page, location, now)
    if page.retry_at is not None:
        due = max(due, min(page.retry_at, now + LONGEST))
    return due


def _by_table(page: PageState, location: Location, now: datetime) -> datetime:
    if page.outcome.failed:
        doublings = min(max(page.failures - 1, 0), 10)
        return now + _lengthened(SHORTEST * (1 << doublings), page, FAILURE_SPREAD)
    if page.waits and page.kind is not SourceKind.STATUS:
        return now + _lengthened(SHORTEST, page) + _MARGIN
    if page.kind is not SourceKind.STATUS and page.outcome is Outcome.NO_POLICY:
        return now + _lengthened(_by_age(page, now, DAILY, LONGEST), page)
    return _by_season(page, location, now)


def _by_season(page: PageState, location: Location, now: datetime) -> datetime:
    in_season = location.in_season(now)
    of_status = page.kind is SourceKind.STATUS
    if of_status and in_season and page.outcome is not Outcome.NO_POLICY:
        return _in_status_hours(page, location, now)
    # Each visit of a home page looks around for a better one: that is too much to ask for four times a day.
    shortest = DAILY if page.kind is SourceKind.HOME else SHORTEST
    wait = DAILY if of_status else _by_age(page, now, shortest, DAILY if in_season else LONGEST)
    due = now + _lengthened(wait, page)
    return due if in_season else min(due, _as_season_begins(page, location, now))


def _as_season_begins(page: PageState, location: Location, now: datetime) -> datetime:
    first_day = location.next_season(now)
    if page.kind is SourceKind.STATUS:
        return location.at(first_day, STATUS_FROM) + _fraction(page) * HOURLY
    return location.at(first_day, time()) + _fraction(page) * DAILY


def _by_age(page: PageState, now: datetime, shortest: timedelta, longest: timedelta) -> timedelta:
    """The younger the last change, the sooner the next may follow."""
    if page.changed_at is None:
        return longest
    return min(max((now - page.changed_at) / _AGE_SHARE, shortest), longest)


def _in_status_hours(page: PageState, location: Location, now: datetime) -> datetime:
    due = now + _lengthened(HOURLY * page.sharing, page)
    local = due.astimezone(location.zone)
    if STATUS_FROM <= local.time() < STATUS_UNTIL:
        return due
    day = local.date() if local.time() < STATUS_FROM else local.date() + timedelta(days=1)
    return location.at(day, STATUS_FROM) + _fraction(page) * HOURLY


def _lengthened(wait: timedelta, page: PageState, spread: float = SPREAD) -> timedelta:
    """Between ``wait`` and ``1 + spread`` times it; what would go beyond the longest is spread below it."""
    return min(wait, LONGEST / (1 + spread)) * (1 + spread * _fraction(page))


def _fraction(page: PageState) -> float:
    return _chance(page.url, page.failures)


@lru_cache(4096)
def _chance(url: str, failures: int) -> float:
    """From 0 to 1, as if by chance, and always the same for a page and its count of failures."""
    digest = blake2b(f"{failures} {url}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) / (1 << 64)
