"""Sites that asked to be left alone for a while: their rest counts for every resort on them, and every crawler."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from uphill.db import SiteRest
from uphill.due.intervals import LONGEST
from uphill.recording.visit import ResortVisit
from uphill.sites import site_of


def resting_sites(session: Session, now: datetime) -> frozenset[str]:
    return frozenset(session.scalars(select(SiteRest.site).where(SiteRest.until > now)))


def note_rests(session: Session, visit: ResortVisit) -> None:
    """Keep until when sites want to be left alone; a week at most, and never shorter than was known."""
    for page in visit.fetched:
        site = site_of(page.url)
        if site and page.retry_at is not None and page.retry_at > visit.finished_at:
            until = min(page.retry_at, visit.finished_at + LONGEST)
            _rest(session, site, until, f"HTTP {page.http_status} with Retry-After at {page.url}")


def _rest(session: Session, site: str, until: datetime, reason: str) -> None:
    """In one statement: two crawlers may hear of it at once."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(SiteRest).values(site=site, until=until, reason=reason)
    new = statement.excluded
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[SiteRest.site],
            set_={"until": new.until, "reason": new.reason},
            where=SiteRest.until < new.until,
        )
    )
