"""Who may be gone up at a time, by the stated hours: the table of open intervals, asked by each resort's clock."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from uphill.db import OpenInterval
from uphill.db.base import UTCDateTime
from uphill.errors import BadFilter
from uphill.language import gettext
from uphill.search.index import Index

_DAYS_BEFORE = 1
DAYS_AHEAD = 13
"""Intervals are drawn for fourteen days, the first of which may be nearly over."""

_MOMENT = bindparam("moment", type_=UTCDateTime)
_HOLDING = select(OpenInterval.resort_id, OpenInterval.sure).where(
    OpenInterval.starts_at <= _MOMENT, OpenInterval.ends_at > _MOMENT
)


@dataclass(frozen=True, slots=True)
class Openings:
    """Sets of resorts that are open for sure, and that may be, as it hinges on the lifts' hours.

    ``worked_out`` is false where nobody has drawn the hours of that time yet, so that none can be found.
    """

    sure: int
    possible: int
    worked_out: bool = True


def openings_at(session: Session, index: Index, at: datetime | None, now: datetime) -> Openings:
    """Who is open at ``at``, on the clock of each resort, or else ``now``. A resort that says "closed" now is not.

    Raises BadFilter for a time of which nothing is known, being over or too far ahead.
    """
    if at is None:
        sure, possible = _open(session, index, now)
    else:
        _demand_near(at, now)
        sure = possible = 0
        for moment, here in _moments(index, at).items():
            certain, perhaps = _open(session, index, moment)
            sure |= certain & here
            possible |= perhaps & here
    allowing = index.having("access", ("allowed",)) & ~index.having("status", ("closed",))
    return Openings(
        sure & allowing, possible & ~sure & allowing, bool(sure | possible) or _drawn(session, at, now)
    )


def _drawn(session: Session, at: datetime | None, now: datetime) -> bool:
    """Whether there are hours of that time or later; to a day, since clocks differ."""
    moment = now if at is None else at.replace(tzinfo=UTC)
    later = select(OpenInterval.id).where(OpenInterval.ends_at > moment - timedelta(days=1)).limit(1)
    return session.scalar(later) is not None


def _demand_near(at: datetime, now: datetime) -> None:
    naive = now.astimezone(UTC).replace(tzinfo=None)
    if not -_DAYS_BEFORE <= (at - naive) / timedelta(days=1) <= DAYS_AHEAD:
        raise BadFilter(
            "at",
            gettext(
                "at can't be %(time)s: hours are known from today on for %(days)s days.",
                time=at.isoformat(timespec="minutes"),
                days=DAYS_AHEAD,
            ),
        )


def _moments(index: Index, at: datetime) -> dict[datetime, int]:
    """The moments at which clocks show ``at``, each with the resorts whose clocks do."""
    moments: dict[datetime, int] = defaultdict(int)
    for zone, here in index.sets["zone"].items():
        if zone:
            moments[at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)] |= here
    return moments


def _open(session: Session, index: Index, moment: datetime) -> tuple[int, int]:
    rows = session.execute(_HOLDING, {"moment": moment}).all()
    sure = index.of_ids(key for key, certain in rows if certain)
    return sure, index.of_ids(key for key, certain in rows if not certain)
