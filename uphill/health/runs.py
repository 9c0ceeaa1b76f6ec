"""Crawl runs as they went, newest first, with the policies that each of them did not find again."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from uphill.db import CrawlRun, Visit
from uphill.health.report import RunNote
from uphill.outcomes import Outcome

_FOUND = (Outcome.POLICY, Outcome.UNCHANGED)
_ROW = (
    "id", "started_at", "finished_at", "trigger", "scope", "ending", "detail", "planned", "visited", "pages", "new",
    "changed", "unchanged", "no_policy", "failed",
)  # fmt: skip


def runs(session: Session, *, limit: int = 20, since: datetime | None = None) -> tuple[RunNote, ...]:
    """The newest runs first; ``since`` keeps those that began at that time or later."""
    query = select(CrawlRun).order_by(CrawlRun.id.desc()).limit(limit)
    if since is not None:
        query = query.where(CrawlRun.started_at >= since)
    found = session.scalars(query).all()
    ids = [run.id for run in found]
    outcomes = _outcomes(session, ids)
    known = _known_policies(session, ids)
    return tuple(
        RunNote(
            **{name: getattr(run, name) for name in _ROW},
            outcomes=dict(outcomes[run.id].most_common()),
            known_policies=known[run.id].total(),
            lost_policies=known[run.id][False],
        )
        for run in found
    )


def _outcomes(session: Session, ids: Collection[int]) -> dict[int, Counter[Outcome]]:
    rows = session.execute(
        select(Visit.run_id, Visit.outcome, func.count())
        .where(Visit.run_id.in_(ids))
        .group_by(Visit.run_id, Visit.outcome)
    )
    counted: dict[int, Counter[Outcome]] = defaultdict(Counter)
    for run_id, outcome, count in rows:
        counted[run_id][outcome] = count
    return counted


def _known_policies(session: Session, ids: Collection[int]) -> dict[int, Counter[bool]]:
    """By run: of the resorts whose visit before had found a policy, how many had one again (``True``) or not."""
    earlier, before = aliased(Visit), aliased(Visit)
    newest_before = (
        select(func.max(earlier.id))
        .where(earlier.resort_id == Visit.resort_id, earlier.id < Visit.id)
        .correlate(Visit)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Visit.run_id, Visit.outcome)
        .join(before, before.id == newest_before)
        .where(Visit.run_id.in_(ids), before.outcome.in_(_FOUND))
    )
    counted: dict[int, Counter[bool]] = defaultdict(Counter)
    for run_id, outcome in rows:
        counted[run_id][outcome in _FOUND] += 1
    return counted
