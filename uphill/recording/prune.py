"""What is old and that nothing refers to goes.

====================  ==========================================================================================
snapshots of pages    stay while the proof of a fact points into them, those of a policy's earlier versions and of
                      pins too; so do the newest of each page, all that were seen in the last 30 days, and for
                      two years the last of each page and month
visits                a year; of each resort the last stays
crawl runs            a year, or as long as visits of them stay
leases, sites' rests  until a day after they ran out
open intervals        until a day after their end
====================  ==========================================================================================

Policies, the change log, what was pending, and pins stay for good; messages are pruned where they are sent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, extract, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, sessionmaker

from uphill.db import (
    CrawlRun,
    Lease,
    OpenInterval,
    PinReading,
    PolicyEvidence,
    SiteRest,
    Snapshot,
    Visit,
    writing,
)

SNAPSHOTS_KEPT = timedelta(days=30)
MONTHLY_KEPT = timedelta(days=2 * 365)
VISITS_KEPT = timedelta(days=365)
RAN_OUT_KEPT = timedelta(days=1)
_BATCH = 500
"""Rows deleted in one transaction: a crawl that records a visit waits for it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``is_old`` tells at a time which rows go; asked again by the statement that deletes them."""

    name: str
    key: InstrumentedAttribute[Any]
    is_old: Callable[[datetime], ColumnElement[bool]]


def _old_snapshot(now: datetime) -> ColumnElement[bool]:
    newest = select(func.max(Snapshot.id)).group_by(Snapshot.source_id)
    monthly = (
        select(func.max(Snapshot.id))
        .where(Snapshot.fetched_at >= now - MONTHLY_KEPT)
        .group_by(
            Snapshot.source_id,
            extract("year", Snapshot.fetched_at),
            extract("month", Snapshot.fetched_at),
        )
    )
    return and_(
        func.coalesce(Snapshot.last_seen, Snapshot.fetched_at) < now - SNAPSHOTS_KEPT,
        Snapshot.id.not_in(newest),
        Snapshot.id.not_in(monthly),
        ~exists().where(PolicyEvidence.snapshot_id == Snapshot.id),
        ~exists().where(PinReading.snapshot_id == Snapshot.id),
    )


def _old_visit(now: datetime) -> ColumnElement[bool]:
    last = select(func.max(Visit.id)).group_by(Visit.resort_id)
    return and_(Visit.finished_at < now - VISITS_KEPT, Visit.id.not_in(last))


def _old_run(now: datetime) -> ColumnElement[bool]:
    return and_(CrawlRun.started_at < now - VISITS_KEPT, ~exists().where(Visit.run_id == CrawlRun.id))


RULES: tuple[Rule, ...] = (
    Rule("snapshots", Snapshot.id, _old_snapshot),
    Rule("visits", Visit.id, _old_visit),
    Rule("crawl runs", CrawlRun.id, _old_run),
    Rule("leases", Lease.name, lambda now: Lease.expires_at < now - RAN_OUT_KEPT),
    Rule("sites' rests", SiteRest.site, lambda now: SiteRest.until < now - RAN_OUT_KEPT),
    Rule("open intervals", OpenInterval.id, lambda now: OpenInterval.ends_at < now - RAN_OUT_KEPT),
)


def prune(sessions: sessionmaker[Session], now: datetime, *, dry_run: bool = False) -> dict[str, int]:
    """Delete what is old at ``now`` (aware), or only count it; returns how many rows of what, without zeros."""
    counts: dict[str, int] = {}
    for rule in RULES:
        with sessions() as session:
            keys = list(session.scalars(select(rule.key).where(rule.is_old(now))))
        gone = len(keys) if dry_run else _delete(sessions, rule, keys, now)
        if gone:
            counts[rule.name] = gone
    return counts


def _delete(sessions: sessionmaker[Session], rule: Rule, keys: list[Any], now: datetime) -> int:
    gone = 0
    for start in range(0, len(keys), _BATCH):
        statement = (
            delete(rule.key.class_)
            .where(rule.key.in_(keys[start : start + _BATCH]), rule.is_old(now))
            .returning(rule.key)
            .execution_options(synchronize_session=False)
        )
        with writing(sessions) as session:
            gone += len(session.scalars(statement).all())
    return gone


def pruned_words(counts: dict[str, int]) -> str:
    """``12 snapshots, 3 visits``; "nothing" where there was nothing."""
    return ", ".join(f"{count} {name}" for name, count in counts.items()) or "nothing"
