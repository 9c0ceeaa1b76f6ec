"""What tells two states of the data apart, for next to nothing: an answer made of the same is the same."""

from datetime import datetime

from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from uphill.search.freshness import next_quarter
from uphill.search.held import held_of

_STATE = {
    "sqlite": sql("SELECT coalesce(max(mark), 0) FROM search_marks"),
    # Which transactions are seen: a mark alone would miss one that began early and was committed late.
    "postgresql": sql("SELECT pg_current_snapshot()::text"),
}
_NEWEST_CHANGE = sql("SELECT coalesce(max(id), 0) FROM fact_changes")


def data_version(session: Session) -> str:
    """Of resorts, their policies, visits and what waits; time alone does not change it."""
    return str(session.scalars(_STATE[session.get_bind().dialect.name]).one())


def change_version(session: Session) -> str:
    """Of the change log."""
    return f"{data_version(session)}.{session.scalars(_NEWEST_CHANGE).one()}"


def search_version(session: Session, now: datetime) -> str:
    """Of searches: another one too when a status expires, a policy becomes old, or a season may begin."""
    until = min(held_of(session, now).index.until, next_quarter(now))  # statuses of routes expire apart
    return f"{data_version(session)}.{until.timestamp():.0f}"
