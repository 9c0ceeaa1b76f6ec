"""Each page that is asked again: when it last answered, and why it does not."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from uphill.db import Notification, PendingChange, PolicyVersion, Resort, Source
from uphill.health.report import SourceHealth, Totals
from uphill.outcomes import OUTCOME_SENTENCES
from uphill.vocabulary import Origin

OVERDUE_AFTER = timedelta(days=2)
_A_DAY = timedelta(days=1)
_IS_ASKED = Source.next_due.is_not(None)
_FAILS = Source.failures > 0


def sources(session: Session, now: datetime, *, failing_only: bool = False) -> tuple[SourceHealth, ...]:
    """Every page that is asked again, those that have failed most often first."""
    query = (
        select(Source)
        .where(_IS_ASKED, *((_FAILS,) if failing_only else ()))
        .order_by(Source.failures.desc(), Source.url)
        .options(joinedload(Source.resort))
    )
    return tuple(_told(source, now) for source in session.scalars(query))


def _told(source: Source, now: datetime) -> SourceHealth:
    return SourceHealth(
        resort=source.resort.slug,
        url=source.url,
        kind=source.kind,
        platform=source.platform,
        last_success=source.last_success,
        last_try=source.last_checked,
        failures=source.failures,
        reason=failure_reason(source),
        next_due=source.next_due,
        age_hours=round((now - source.last_success) / timedelta(hours=1), 1) if source.last_success else None,
    )


def failure_reason(source: Source) -> str | None:
    """Why the last fetch failed, as a sentence."""
    if source.last_outcome is None or not source.failures:
        return None
    sentence = OUTCOME_SENTENCES[source.last_outcome]
    return f"{sentence}: {source.last_detail}" if source.last_detail else sentence


def totals(session: Session, now: datetime) -> Totals:
    current = PolicyVersion.superseded_at.is_(None)
    return Totals(
        resorts=_count(session, Resort.id.is_not(None)),
        checked=_count(session, current, PolicyVersion.origin == Origin.CRAWL),
        listed=_count(session, current, PolicyVersion.origin == Origin.BASELINE),
        pending=_count(session, PendingChange.decided_at.is_(None)),
        sources=_count(session, _IS_ASKED),
        never_tried=_count(session, _IS_ASKED, Source.last_checked.is_(None)),
        failing=_count(session, _IS_ASKED, _FAILS),
        overdue=_count(session, _IS_ASKED, Source.next_due < now - OVERDUE_AFTER),
        given_up_messages=_count(session, Notification.given_up_at > now - _A_DAY),
    )


def _count(session: Session, *clauses: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).where(*clauses)) or 0
