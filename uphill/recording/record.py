"""The write side of a crawl: what one visit of a resort changes, in one transaction.

A visit that found a policy gives the resort a new version, or confirms the one it has. What is doubtful waits for a
second look. A visit that failed is recorded with its reason and touches no fact.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session, sessionmaker

from uphill.crawl_runs import count
from uphill.db import CrawlRun, Visit, writing
from uphill.db.store import current_policy, resort_to_change
from uphill.due import plan_pages
from uphill.outcomes import Change
from uphill.recording.finding import store_facts
from uphill.recording.visit import ResortVisit
from uphill.recording.visited_pages import store_pages


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a visit came to; ``policy_id`` is the resort's current version after it, if it has one."""

    change: Change
    policy_id: int | None


def record_visit(sessions: sessionmaker[Session], run_id: int, visit: ResortVisit) -> Recorded:
    """Store one visit whole. Raises NotFound for a resort that the catalogue does not have."""
    with writing(sessions) as session:
        resort = resort_to_change(session, visit.slug)
        sources = store_pages(session, resort.id, visit)
        change = store_facts(session, resort, visit, sources)
        plan_pages(session, resort, visit)
        current = current_policy(session, resort.id)
        policy_id = current.id if current is not None else None
        session.add(
            Visit(
                run_id=run_id,
                resort_id=resort.id,
                started_at=visit.started_at,
                finished_at=visit.finished_at,
                outcome=visit.outcome,
                detail=visit.detail or None,
                change=change,
                pages=len(visit.fetched),
                policy_id=policy_id if change is not Change.NONE else None,
            )
        )
        count(session.get_one(CrawlRun, run_id), visit, change)
        return Recorded(change, policy_id)
