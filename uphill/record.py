"""The write side of a crawl: what one visit of a resort changes, in one transaction.

A visit that found a policy gives the resort a new version, or confirms the one it has. A visit that
failed, or found nothing, is recorded with its reason and touches no fact.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from uphill.crawl_runs import count
from uphill.current_status import Stated, as_it_was, with_last_status, with_status
from uphill.db import CrawlRun, PolicyEvidence, PolicyVersion, Resort, Source, Visit, writing
from uphill.due import plan_pages
from uphill.errors import NotFound
from uphill.outcomes import Change, Outcome
from uphill.proofs import evidence_rows, same_proofs
from uphill.store import current_policy, policy_of, store_policy, supersede
from uphill.visit import ResortVisit
from uphill.visited_pages import Place, store_pages
from uphill.vocabulary import Origin

_KEEPS_FACTS = (Outcome.POLICY, Outcome.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a visit came to; ``policy_id`` is the resort's current version after it, if it has one."""

    change: Change
    policy_id: int | None


def record_visit(sessions: sessionmaker[Session], run_id: int, visit: ResortVisit) -> Recorded:
    """Store one visit whole. Raises NotFound for a resort that the catalogue does not have."""
    with writing(sessions) as session:
        resort = session.scalar(select(Resort).filter_by(slug=visit.slug))
        if resort is None:
            raise NotFound(f"Resort {visit.slug!r} is not in the catalogue.")
        places = store_pages(session, resort.id, visit)
        change = _store_facts(session, resort.id, visit, places)
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
                pages=len(visit.pages),
                policy_id=policy_id if visit.outcome in _KEEPS_FACTS else None,
            )
        )
        count(session.get_one(CrawlRun, run_id), visit, change)
        return Recorded(change, policy_id)


def _store_facts(session: Session, resort_id: int, visit: ResortVisit, places: dict[str, Place]) -> Change:
    if visit.outcome not in _KEEPS_FACTS:
        return Change.NONE
    current = current_policy(session, resort_id)
    standing = next(
        (page for page in visit.pages if page.reading is not None and page.reading.is_policy), None
    )
    if standing is not None and standing.reading is not None:
        place = places[standing.url]
        stated = Stated(standing.reading.policy, evidence_rows(standing.reading, place))
        source, lang = place.source, standing.reading.lang
        if current is not None and current.origin is Origin.CRAWL:
            stated = with_last_status(stated, current, visit.pages)
    elif current is not None and current.origin is Origin.CRAWL:
        stated = as_it_was(current, visit.pages)
        source, lang = current.source, current.lang
    else:
        return Change.NONE
    for page in visit.pages:
        if page.reading is not None and not page.reading.is_policy:
            stated = with_status(stated, page.reading, places[page.url])
    if current is not None and current.origin is Origin.CRAWL and policy_of(current) == stated.policy:
        _confirm(session, current, source, stated.evidence, visit.finished_at)
        return Change.CONFIRMED
    if current is not None:
        supersede(session, current, visit.finished_at)
    version = PolicyVersion(
        resort_id=resort_id,
        source_id=source.id,
        origin=Origin.CRAWL,
        lang=lang,
        first_seen=visit.finished_at,
        last_confirmed=visit.finished_at,
    )
    store_policy(session, version, stated.policy, stated.evidence)
    return Change.NEW if current is None or current.origin is Origin.BASELINE else Change.CHANGED


def _confirm(
    session: Session, current: PolicyVersion, source: Source, evidence: list[PolicyEvidence], now: datetime
) -> None:
    """The same facts again: they are as new as this visit, and their quotes are those of the page as it is."""
    current.last_confirmed = max(now, current.last_confirmed)
    current.source = source
    if not same_proofs(current.evidence, evidence):
        current.evidence = []
        session.flush()
        current.evidence = evidence
