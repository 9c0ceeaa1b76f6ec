"""Spans of time: from a place's wall clock into UTC, joined, and one taken from another."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]
"""Start and end, the end not included."""

_MINUTE = timedelta(minutes=1)


def in_utc(walls: Iterable[Span], zone: ZoneInfo, first_day: date, days: int) -> list[Span]:
    """Spans of the wall clock as spans of time: an hour that is skipped is none, one that comes twice counts twice."""
    found = []
    for begin, end, offset in _steady(zone, first_day, days):
        for start, until in walls:
            first = max(start.replace(tzinfo=UTC) - offset, begin)
            last = min(until.replace(tzinfo=UTC) - offset, end)
            if first < last:
                found.append((first, last))
    return found


@lru_cache(maxsize=256)
def _steady(zone: ZoneInfo, first_day: date, days: int) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """The days in UTC, cut where the zone's offset changes, with the offset of each part."""
    midnights = [
        datetime.combine(first_day + timedelta(days=ahead), time(), zone).astimezone(UTC)
        for ahead in range(days + 1)
    ]
    changes = [change for begin, end in pairwise(midnights) for change in _changes(zone, begin, end)]
    ends = [midnights[0], *changes, midnights[-1]]
    return tuple((begin, end, _offset(zone, begin)) for begin, end in pairwise(ends))


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> list[datetime]:
    """The moment within a day at which the offset changes, found by halving."""
    if _offset(zone, begin) == _offset(zone, end):
        return []
    if end - begin <= _MINUTE:
        return [end]
    middle = begin + (end - begin) // (2 * _MINUTE) * _MINUTE
    return _changes(zone, begin, middle) + _changes(zone, middle, end)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def united(spans: Iterable[Span]) -> list[Span]:
    """``spans`` in order, those that overlap or meet as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def without(spans: Iterable[Span], holes: Sequence[Span]) -> list[Span]:
    """``spans`` less ``holes``; both as :func:`united` gives them."""
    left: list[Span] = []
    for start, end in spans:
        inside = [hole for hole in holes if hole[0] < end and hole[1] > start]
        begins = [start, *(last for _, last in inside)]
        ends = [*(first for first, _ in inside), end]
        left += [(begin, stop) for begin, stop in zip(begins, ends, strict=True) if begin < stop]
    return left
