"""When one may go up in the coming days: windows as spans of UTC, and an indexed answer to "who is open at …".

The table ``open_intervals`` is derived from the current policies and can be rebuilt at any time. It tells what the
stated hours allow, and that alone: a status that says "closed" and has not expired overrules it, and is for whoever
asks to weigh.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import Select, delete, insert, select
from sqlalchemy.orm import Session, sessionmaker

from uphill.curating.pinning import end_pins
from uphill.db import OpenInterval, PolicyVersion, Resort, writing
from uphill.db.store import policy_of
from uphill.hours import Place, stretches
from uphill.policy import Policy, Season, Window
from uphill.search.directory import LOAD_LISTS
from uphill.time_spans import Span, in_utc, united, without
from uphill.vocabulary import Access, SeasonMark, Serves

DAYS_AHEAD = 14
_BATCH = 50
"""Resorts whose intervals are written in one transaction."""


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A span in UTC, its end not included. ``sure`` is false where it hinges on the lifts' hours."""

    starts_at: datetime
    ends_at: datetime
    sure: bool


@dataclass(frozen=True, slots=True)
class OpenAt:
    """Resort ids: those open for sure, and those that are open depending on the lifts' hours.

    A resort in neither is outside its stated hours, or no hours are known of it at all.
    """

    sure: frozenset[int]
    possible: frozenset[int]


def open_intervals(
    windows: Sequence[Window],
    place: Place,
    first_day: date,
    days: int = DAYS_AHEAD,
    season: Season | None = None,
) -> tuple[Interval, ...]:
    """When ``windows`` allow going up in the ``days`` local days from ``first_day`` on, in order.

    Joined over midnight, cut at both ends of the days asked for and at the dates of a ``season``. At any moment the
    answer is that of :func:`uphill.hours.open_at`. Nothing without a time zone: no moment can be told there.
    """
    zone = place.zone
    if not windows or zone is None:
        return ()
    sure: list[Span] = []
    possible: list[Span] = []
    for begin, count in _runs_in_season(season, first_day, days):
        sure += in_utc(stretches(windows, place, begin, count, surely=True), zone, begin, count)
        possible += in_utc(stretches(windows, place, begin, count, surely=False), zone, begin, count)
    certain = united(sure)
    intervals = [Interval(*span, sure=True) for span in certain]
    intervals += [Interval(*span, sure=False) for span in without(united(possible), certain)]
    return tuple(sorted(intervals))


def refresh_day(sessions: sessionmaker[Session], now: datetime) -> int:
    """Bring up to date all that depends on the day: pins whose last day is over end, then the open intervals follow.

    Expired statuses need no write: whoever reads or searches compares ``status_until`` with the time. Returns how
    many resorts' intervals had to be written.
    """
    end_pins(sessions, now)
    return refresh_open_intervals(sessions, now)


def refresh_open_intervals(
    sessions: sessionmaker[Session], now: datetime, resort_ids: Collection[int] | None = None
) -> int:
    """Make ``open_intervals`` true for the coming days, of all resorts or of ``resort_ids``.

    A resort has intervals while its current policy allows access and states hours: its own, or where it has none
    those of its routes up. Only what differs is written, in a transaction for each fifty resorts; a resort whose
    policy changes meanwhile is left for the refresh that follows its change. Returns how many resorts had to be
    written.
    """
    with sessions() as session:
        ids = sorted(_concerned(session) if resort_ids is None else set(resort_ids))
    return sum(_refresh(sessions, now, ids[at : at + _BATCH]) for at in range(0, len(ids), _BATCH))


def open_at(session: Session, when: datetime) -> OpenAt:
    """Who is open at ``when`` (aware, within the days refreshed), by the stated hours."""
    rows = session.execute(open_query(when)).all()
    sure = frozenset(resort_id for resort_id, certain in rows if certain)
    return OpenAt(sure, frozenset(resort_id for resort_id, _ in rows) - sure)


def open_query(when: datetime) -> Select[int, bool]:
    """Resort id and certainty of each interval that holds ``when``; by the index on both ends."""
    return select(OpenInterval.resort_id, OpenInterval.sure).where(
        OpenInterval.starts_at <= when, OpenInterval.ends_at > when
    )


def _concerned(session: Session) -> set[int]:
    allowing = select(PolicyVersion.resort_id).where(
        PolicyVersion.superseded_at.is_(None), PolicyVersion.access == Access.ALLOWED
    )
    return {*session.scalars(allowing), *session.scalars(select(OpenInterval.resort_id).distinct())}


def _refresh(sessions: sessionmaker[Session], now: datetime, ids: Sequence[int]) -> int:
    with sessions() as session:
        versions = _versions(session, ids)
        wanted = {resort_id: _intervals_of(version, now) for resort_id, version in versions.items()}
    with writing(sessions) as session:
        # Two refreshes at once would both add what is missing.
        session.execute(
            select(Resort.id).where(Resort.id.in_(ids)).order_by(Resort.id).with_for_update(key_share=True)
        )
        still = _current_ids(session, ids)
        there: dict[int, dict[Interval, int]] = {resort_id: {} for resort_id in ids}
        for row in session.scalars(select(OpenInterval).where(OpenInterval.resort_id.in_(ids))):
            there[row.resort_id][Interval(row.starts_at, row.ends_at, row.sure)] = row.id
        gone: list[int] = []
        new: list[dict[str, object]] = []
        written = 0
        for resort_id, known in there.items():
            version = versions.get(resort_id)
            if still.get(resort_id) != (version.id if version is not None else None):
                continue
            spans = wanted.get(resort_id, frozenset())
            outdated = [key for span, key in known.items() if span not in spans]
            missing = sorted(spans - known.keys())
            written += bool(outdated or missing)
            gone += outdated
            new += [
                {
                    "resort_id": resort_id,
                    "starts_at": span.starts_at,
                    "ends_at": span.ends_at,
                    "sure": span.sure,
                }
                for span in missing
            ]
        if gone:
            session.execute(delete(OpenInterval).where(OpenInterval.id.in_(gone)))
        if new:
            session.execute(insert(OpenInterval), new)
    return written


def _versions(session: Session, ids: Sequence[int]) -> dict[int, PolicyVersion]:
    current = select(PolicyVersion).where(
        PolicyVersion.resort_id.in_(ids), PolicyVersion.superseded_at.is_(None)
    )
    return {version.resort_id: version for version in session.scalars(current.options(*LOAD_LISTS))}


def _current_ids(session: Session, ids: Sequence[int]) -> dict[int, int]:
    rows = session.execute(
        select(PolicyVersion.resort_id, PolicyVersion.id).where(
            PolicyVersion.resort_id.in_(ids), PolicyVersion.superseded_at.is_(None)
        )
    )
    return {row.resort_id: row.id for row in rows}


def _intervals_of(version: PolicyVersion, now: datetime) -> frozenset[Interval]:
    resort, policy = version.resort, policy_of(version)
    place = Place(resort.latitude, resort.longitude, resort.timezone)
    if policy.access is not Access.ALLOWED or place.zone is None:
        return frozenset()
    today = now.astimezone(place.zone).date()
    return frozenset(open_intervals(hours_of(policy), place, today, season=policy.season))


def hours_of(policy: Policy) -> tuple[Window, ...]:
    """The policy's own windows; where it has none, those of any of its routes up."""
    ways_up = (route for route in policy.routes if route.serves is not Serves.DOWN)
    return policy.windows or tuple(window for route in ways_up for window in route.windows)


def _runs_in_season(season: Season | None, first_day: date, days: int) -> list[tuple[date, int]]:
    """Runs of days, as first day and count, that no date of the season leaves out."""
    each = (first_day + timedelta(days=ahead) for ahead in range(days))
    runs = [(kept, list(run)) for kept, run in groupby(each, lambda day: not _outside(season, day))]
    return [(run[0], len(run)) for kept, run in runs if kept]


def _outside(season: Season | None, day: date) -> bool:
    """Whether ``day`` is surely not in the season. A lone date without its year can't tell, nor an opening day."""
    if season is None:
        return False
    start, end = (
        moment if moment not in tuple(SeasonMark) else None for moment in (season.start, season.end)
    )
    if start and end and len(start) == len(end) == len("MM-DD"):
        today = f"{day:%m-%d}"
        return not (start <= today <= end if start <= end else today >= start or today <= end)
    before = start is not None and len(start) > len("MM-DD") and day.isoformat() < start
    after = end is not None and len(end) > len("MM-DD") and day.isoformat() > end
    return before or after
