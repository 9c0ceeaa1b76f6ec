"""Which resorts may be gone up in the mornings and evenings of the coming week, by what is stated of them.

The table ``open_intervals`` says when; a resort whose policy no longer allows access is left out, and one that
announces "closed" is closed for the rest of its day. Days and hours are those of each resort's own clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, selectinload

from uphill.db import OpenInterval, PolicyVersion, Region, Resort
from uphill.hours import Place, Span, spans
from uphill.opening import Interval, hours_of
from uphill.search.announcements import sightings
from uphill.search.answers import Listing
from uphill.search.directory import LOAD_LISTS
from uphill.search.pending import pending_changes
from uphill.search.reading import listing
from uphill.vocabulary import Access, Status

DAYS = 7
LEAST = timedelta(minutes=30)
"""Less of a morning or an evening is not worth the drive."""
MOST = 100
"""Resorts told of one by one."""


class Part(StrEnum):
    """Mornings end at 9:00, evenings begin at 16:00; both are cut at midnight."""

    MORNING = "morning"
    EVENING = "evening"


_MINUTES: dict[Part, tuple[int, int]] = {Part.MORNING: (0, 9 * 60), Part.EVENING: (16 * 60, 24 * 60)}


class Chance(StrEnum):
    """Whether one may go up in a part of a day: ``POSSIBLE`` hinges on the lifts' hours, ``OVER`` was today.

    ``CLOSED`` is announced for the moment, whatever the stated hours say.
    """

    OPEN = "open"
    POSSIBLE = "possible"
    CLOSED = "closed"
    OVER = "over"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Tally:
    """Resorts of a region in one part of one day: those open for sure, and those that may be."""

    sure: int = 0
    possible: int = 0


@dataclass(frozen=True, slots=True)
class RegionTally:
    """A region's week: for each day and part how many resorts. ``resorts`` counts those whose hours are known."""

    code: str
    name: str
    country: str
    resorts: int
    tallies: dict[tuple[date, Part], Tally]


@dataclass(frozen=True, slots=True)
class Outlook:
    """All regions that have a resort with known hours, by name."""

    days: tuple[date, ...]
    regions: tuple[RegionTally, ...]


@dataclass(frozen=True, slots=True)
class ResortWeek:
    """One resort's week; ``hours`` are the stated ones of each day, of ``by_routes`` those of any route up."""

    listing: Listing
    chances: dict[tuple[date, Part], Chance]
    hours: dict[date, tuple[Span, ...]]
    by_routes: bool


@dataclass(frozen=True, slots=True)
class Silent:
    """Resorts that the week can't tell of: why, and how many."""

    no_hours: int
    prohibited: int
    not_stated: int
    no_policy: int


@dataclass(frozen=True, slots=True)
class RegionWeek:
    """``known`` resorts have stated hours; the first :data:`MOST` of them, by name, are told of."""

    days: tuple[date, ...]
    resorts: tuple[ResortWeek, ...]
    known: int
    silent: Silent

    @property
    def zones(self) -> tuple[str, ...]:
        return tuple(sorted({one.listing.resort.timezone or "UTC" for one in self.resorts}))


@dataclass(slots=True)
class _Known:
    """What the coming week of one resort is told from."""

    zone: ZoneInfo
    region: str
    closed: bool
    by_day: dict[date, list[Interval]] = field(default_factory=dict)
    """Those that reach into each day of the resort's clock."""

    def add(self, interval: Interval) -> None:
        day, last = _local_day(self.zone, interval.starts_at), _local_day(self.zone, interval.ends_at)
        while day <= last:
            self.by_day.setdefault(day, []).append(interval)
            day += timedelta(days=1)


def outlook(session: Session, now: datetime) -> Outlook:
    """How many resorts of each region are open in the mornings and evenings of the coming days."""
    known = _known(session, now, None)
    days = _days(known.values(), now)
    by_region: dict[str, list[_Known]] = {}
    for one in known.values():
        by_region.setdefault(one.region, []).append(one)
    regions = select(Region.code, Region.name, Region.country).where(Region.code.in_(by_region))
    counted = []
    for code, name, country in session.execute(regions.order_by(Region.name)):
        inside = by_region[code]
        tallies = {(day, part): _tally(inside, day, part, now) for day in days for part in Part}
        counted.append(RegionTally(code, name, country, len(inside), tallies))
    return Outlook(days, tuple(counted))


def region_week(session: Session, now: datetime, region: str) -> RegionWeek:
    """The week of a state or a country (ISO 3166), resort by resort in the order of their names."""
    known = _known(session, now, region)
    days = _days(known.values(), now)
    versions = session.scalars(
        select(PolicyVersion)
        .join(PolicyVersion.resort)
        .where(PolicyVersion.resort_id.in_(known), PolicyVersion.superseded_at.is_(None))
        .order_by(func.lower(Resort.name), Resort.slug)
        .limit(MOST)
        .options(*LOAD_LISTS, selectinload(PolicyVersion.resort).selectinload(Resort.aliases))
    ).all()
    seen = sightings(session, [version.id for version in versions])
    waiting = pending_changes(session, tuple(version.resort_id for version in versions))
    weeks = []
    for version in versions:
        resort, one = version.resort, known[version.resort_id]
        told = listing(resort, version, seen.get(version.id, ()), waiting.get(resort.id), None, now)
        place = Place(resort.latitude, resort.longitude, resort.timezone)
        windows = hours_of(told.policy)
        weeks.append(
            ResortWeek(
                told,
                {(day, part): _chance(one, day, part, now) for day in days for part in Part},
                {day: spans(windows, place, day) for day in days},
                by_routes=not told.policy.windows,
            )
        )
    return RegionWeek(days, tuple(weeks), len(known), _silent(session, region, len(known)))


def worked_out_until(session: Session) -> datetime | None:
    """To when the open intervals reach; ``None`` where there are none, as before the scheduler's first run."""
    return session.scalar(select(func.max(OpenInterval.ends_at)))


def spans_in(part: Part, hours: Sequence[Span]) -> tuple[Span, ...]:
    """Those of a day's ``hours`` that reach into ``part``; all where, by the lifts' usual times, none does."""
    begin, end = _MINUTES[part]
    return tuple(span for span in hours if span.start < end and span.end > begin) or tuple(hours)


def _known(session: Session, now: datetime, region: str | None) -> dict[int, _Known]:
    rows = session.execute(
        select(
            OpenInterval.resort_id,
            OpenInterval.starts_at,
            OpenInterval.ends_at,
            OpenInterval.sure,
            Resort.timezone,
            Resort.region_code,
            PolicyVersion.status,
            PolicyVersion.status_until,
        )
        .join(OpenInterval.resort)
        .join(PolicyVersion, PolicyVersion.resort_id == OpenInterval.resort_id)
        .where(
            PolicyVersion.superseded_at.is_(None),
            PolicyVersion.access == Access.ALLOWED,
            OpenInterval.ends_at > now - timedelta(days=1),
            OpenInterval.starts_at < now + timedelta(days=DAYS + 1),
            *_inside(region),
        )
        .order_by(OpenInterval.starts_at)
    )
    known: dict[int, _Known] = {}
    for resort_id, starts_at, ends_at, sure, timezone, code, status, until in rows:
        closed = status is Status.CLOSED and until is not None and until > now
        one = known.setdefault(resort_id, _Known(ZoneInfo(timezone or "UTC"), code, closed))
        one.add(Interval(starts_at, ends_at, sure))
    return known


def _inside(region: str | None) -> tuple[ColumnElement[bool], ...]:
    if region is None:
        return ()
    states = select(Region.code).where(or_(Region.code == region, Region.country == region))
    return (Resort.region_code.in_(states),)


def _days(known: Iterable[_Known], now: datetime) -> tuple[date, ...]:
    """Seven days from the earliest today of any of the resorts on."""
    first = min((now.astimezone(one.zone).date() for one in known), default=now.astimezone(UTC).date())
    return tuple(first + timedelta(days=ahead) for ahead in range(DAYS))


def _tally(inside: Iterable[_Known], day: date, part: Part, now: datetime) -> Tally:
    chances = [_chance(one, day, part, now) for one in inside]
    return Tally(chances.count(Chance.OPEN), chances.count(Chance.POSSIBLE))


def _chance(one: _Known, day: date, part: Part, now: datetime) -> Chance:
    intervals = one.by_day.get(day, ())
    begin, end = _bounds(one.zone, day, part)
    if _overlap(intervals, begin, end) < LEAST:
        return Chance.NO
    if now > begin:
        begin = now
        if _overlap(intervals, begin, end) < LEAST:
            return Chance.OVER
    if one.closed and day == _local_day(one.zone, now):
        return Chance.CLOSED
    sure = _overlap([each for each in intervals if each.sure], begin, end)
    return Chance.OPEN if sure >= LEAST else Chance.POSSIBLE


@lru_cache(maxsize=4096)
def _bounds(zone: ZoneInfo, day: date, part: Part) -> tuple[datetime, datetime]:
    """Begin and end of a part of a day, in UTC: in one zone, times are subtracted by their wall clock."""
    midnight = datetime.combine(day, time(), zone)
    begin, end = (midnight + timedelta(minutes=minute) for minute in _MINUTES[part])
    return begin.astimezone(UTC), end.astimezone(UTC)


@lru_cache(maxsize=4096)
def _local_day(zone: ZoneInfo, moment: datetime) -> date:
    return moment.astimezone(zone).date()


def _overlap(intervals: Iterable[Interval], begin: datetime, end: datetime) -> timedelta:
    found = timedelta()
    for each in intervals:
        if each.starts_at < end and each.ends_at > begin:
            found += min(each.ends_at, end) - max(each.starts_at, begin)
    return found


def _silent(session: Session, region: str, told: int) -> Silent:
    rows = session.execute(
        select(PolicyVersion.access, func.count(Resort.id))
        .select_from(Resort)
        .outerjoin(
            PolicyVersion, (PolicyVersion.resort_id == Resort.id) & PolicyVersion.superseded_at.is_(None)
        )
        .where(*_inside(region))
        .group_by(PolicyVersion.access)
    )
    counts: dict[Access | None, int] = {access: count for access, count in rows}  # noqa: C416 - typed rows
    return Silent(
        no_hours=counts.get(Access.ALLOWED, 0) - told,
        prohibited=counts.get(Access.PROHIBITED, 0),
        not_stated=counts.get(Access.UNKNOWN, 0),
        no_policy=counts.get(None, 0),
    )
