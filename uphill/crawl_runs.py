"""The row of a crawl run: opened, counted up by each visit, closed."""

from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from uphill.db import CrawlRun, writing
from uphill.outcomes import Change, Outcome
from uphill.recording.visit import ResortVisit
from uphill.runs import Ending, Trigger


def start_run(
    sessions: sessionmaker[Session],
    planned: int,
    now: datetime,
    *,
    trigger: Trigger = Trigger.MANUAL,
    scope: str | None = None,
) -> int:
    """Open a crawl run over ``planned`` resorts; returns its id. ``scope`` tells in words which they are."""
    with writing(sessions) as session:
        run = CrawlRun(
            started_at=now,
            trigger=trigger,
            scope=scope,
            planned=planned,
            visited=0,
            pages=0,
            new=0,
            changed=0,
            unchanged=0,
            no_policy=0,
            failed=0,
        )
        session.add(run)
        session.flush()
        return run.id


def finish_run(
    sessions: sessionmaker[Session],
    run_id: int,
    now: datetime,
    *,
    ending: Ending = Ending.FINISHED,
    detail: str | None = None,
) -> None:
    """Close a run; ``detail`` is a sentence where it did not finish."""
    with writing(sessions) as session:
        run = session.get_one(CrawlRun, run_id)
        run.finished_at = now
        run.ending = ending
        run.detail = detail


def count(run: CrawlRun, visit: ResortVisit, change: Change) -> None:
    run.visited += 1
    run.pages += len(visit.fetched)
    run.new += change is Change.NEW
    run.changed += change is Change.CHANGED
    run.unchanged += change is Change.CONFIRMED
    run.no_policy += visit.outcome is Outcome.NO_POLICY
    run.failed += visit.outcome.failed
