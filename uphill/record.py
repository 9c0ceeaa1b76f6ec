"""The write side of a crawl: what one visit of a resort changes, in one transaction.

A visit that found a policy gives the resort a new version, or confirms the one it has. A visit that
failed, or found nothing, is recorded with its reason and touches no fact.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from uphill.db import CrawlRun, PolicyEvidence, PolicyVersion, Resort, Source, Visit, writing
from uphill.errors import NotFound
from uphill.evidence import Evidence
from uphill.outcomes import Change, Outcome
from uphill.policy import LIST_FACTS, Policy, Route
from uphill.store import current_policy, policy_of, store_policy, supersede
from uphill.visit import FetchedPage, ResortVisit
from uphill.visited_pages import Place, store_pages
from uphill.vocabulary import Origin, Status

_KEEPS_FACTS = (Outcome.POLICY, Outcome.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a visit came to; ``policy_id`` is the resort's current version after it, if it has one."""

    change: Change
    policy_id: int | None


def start_run(sessions: sessionmaker[Session], planned: int, now: datetime) -> int:
    """Open a crawl run over ``planned`` resorts; returns its id."""
    with writing(sessions) as session:
        run = CrawlRun(
            started_at=now,
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


def finish_run(sessions: sessionmaker[Session], run_id: int, now: datetime) -> None:
    with writing(sessions) as session:
        session.get_one(CrawlRun, run_id).finished_at = now


def record_visit(sessions: sessionmaker[Session], run_id: int, visit: ResortVisit) -> Recorded:
    """Store one visit whole. Raises NotFound for a resort that the catalogue does not have."""
    with writing(sessions) as session:
        resort = session.scalar(select(Resort).filter_by(slug=visit.slug))
        if resort is None:
            raise NotFound(f"Resort {visit.slug!r} is not in the catalogue.")
        places = store_pages(session, resort.id, visit)
        change = _store_facts(session, resort.id, visit, places)
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
        _count(session.get_one(CrawlRun, run_id), visit, change)
        return Recorded(change, policy_id)


def _count(run: CrawlRun, visit: ResortVisit, change: Change) -> None:
    run.visited += 1
    run.pages += len(visit.pages)
    run.new += change is Change.NEW
    run.changed += change is Change.CHANGED
    run.unchanged += change is Change.CONFIRMED
    run.no_policy += visit.outcome is Outcome.NO_POLICY
    run.failed += visit.outcome.failed


def _store_facts(session: Session, resort_id: int, visit: ResortVisit, places: dict[str, Place]) -> Change:
    if visit.outcome not in _KEEPS_FACTS:
        return Change.NONE
    current = current_policy(session, resort_id)
    standing = next(
        (page for page in visit.pages if page.reading is not None and page.reading.is_policy), None
    )
    if standing is not None and standing.reading is not None:
        place = places[standing.url]
        policy, evidence = standing.reading.policy, _evidence_rows(standing, place)
        source, lang = place.source, standing.reading.lang
        if current is not None and _missed_status_page(visit, current):
            policy, evidence = _with_last_status(policy, evidence, current)
    elif current is not None and current.origin is Origin.CRAWL:
        policy, evidence = policy_of(current), [_copy(row) for row in current.evidence]
        source, lang = current.source, current.lang
    else:
        return Change.NONE
    for page in visit.pages:
        if page.reading is not None and not page.reading.is_policy:
            policy, evidence = _with_status(policy, evidence, page, places[page.url])
    if current is not None and current.origin is Origin.CRAWL and policy_of(current) == policy:
        _confirm(session, current, source, evidence, visit.finished_at)
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
    store_policy(session, version, policy, evidence)
    return Change.NEW if current is None or current.origin is Origin.BASELINE else Change.CHANGED


def _missed_status_page(visit: ResortVisit, current: PolicyVersion) -> bool:
    """Whether the page that told the current status could not be read this time."""
    told_by = {row.source.url for row in current.evidence if row.field == "status"}
    return any(page.outcome.failed and page.requested_url in told_by for page in visit.pages)


def _with_last_status(
    policy: Policy, evidence: list[PolicyEvidence], current: PolicyVersion
) -> tuple[Policy, list[PolicyEvidence]]:
    """A failed fetch erases nothing: the status stays what it was last seen to be, with its own date."""
    kept = [_copy(row) for row in current.evidence if row.field == "status"]
    others = [row for row in evidence if row.field != "status"]
    return policy.model_copy(update={"status": current.status}), others + kept


def _confirm(
    session: Session, current: PolicyVersion, source: Source, evidence: list[PolicyEvidence], now: datetime
) -> None:
    """The same facts again: they are as new as this visit, and their quotes are those of the page as it is."""
    current.last_confirmed = max(now, current.last_confirmed)
    current.source = source
    current.evidence = []
    session.flush()
    current.evidence = evidence


def _evidence_rows(
    page: FetchedPage, place: Place, only: frozenset[str] | None = None
) -> list[PolicyEvidence]:
    if page.reading is None:
        return []
    known = page.reading.policy.known()
    return [
        _evidence_row(name, position if name in LIST_FACTS else 0, quote, place)
        for name, quotes in page.reading.evidence.items()
        if name in known and (only is None or name in only)
        for position, quote in enumerate(quotes)
    ]


def _evidence_row(name: str, position: int, quote: Evidence, place: Place) -> PolicyEvidence:
    return PolicyEvidence(
        field=name,
        position=position,
        source_id=place.source.id,
        snapshot_id=place.snapshot.id,
        quote=quote.quote,
        start=quote.start,
        end=quote.end,
    )


def _copy(row: PolicyEvidence) -> PolicyEvidence:
    return PolicyEvidence(
        field=row.field,
        position=row.position,
        source_id=row.source_id,
        snapshot_id=row.snapshot_id,
        quote=row.quote,
        start=row.start,
        end=row.end,
    )


def _with_status(
    policy: Policy, evidence: list[PolicyEvidence], page: FetchedPage, place: Place
) -> tuple[Policy, list[PolicyEvidence]]:
    """A status page decides ``status`` and the routes' statuses, and nothing else."""
    if page.reading is None:
        return policy, evidence
    seen = page.reading.policy
    if seen.status is not Status.UNKNOWN:
        policy = policy.model_copy(update={"status": seen.status})
        evidence = [row for row in evidence if row.field != "status"]
        evidence += _evidence_rows(page, place, frozenset({"status"}))
    told = {
        route.name.casefold(): route.status for route in seen.routes if route.status is not Status.UNKNOWN
    }
    routes = tuple(
        Route(name=route.name, status=told.get(route.name.casefold(), route.status), windows=route.windows)
        for route in policy.routes
    )
    return policy.model_copy(update={"routes": routes}), evidence
