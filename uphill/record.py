"""The write side of a crawl: what one visit of a resort changes, in one transaction.

A visit that found a policy gives the resort a new version, or confirms the one it has. A visit that
failed, or found nothing, is recorded with its reason and touches no fact.
"""

import hashlib
import zlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from uphill.db import CrawlRun, PolicyEvidence, PolicyVersion, Resort, Snapshot, Source, Visit, writing
from uphill.due import next_due
from uphill.errors import NotFound
from uphill.evidence import Evidence
from uphill.outcomes import Change, Outcome
from uphill.policy import LIST_FACTS, Policy, Route
from uphill.store import current_policy, policy_of, store_policy, supersede
from uphill.visit import FetchedPage, ResortVisit
from uphill.vocabulary import Origin, SourceKind, Status

_KEEPS_FACTS = (Outcome.POLICY, Outcome.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a visit came to; ``policy_id`` is the resort's current version after it, if it has one."""

    change: Change
    policy_id: int | None


@dataclass(frozen=True, slots=True)
class _Place:
    """A page's row, and the stored text that its evidence points into."""

    source: Source
    snapshot: Snapshot


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
        places = _store_pages(session, resort.id, visit)
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


def _store_pages(session: Session, resort_id: int, visit: ResortVisit) -> dict[str, _Place]:
    """Bring each fetched page's row up to date; returns those that hold facts, by URL."""
    sources = {
        source.url: source for source in session.scalars(select(Source).filter_by(resort_id=resort_id))
    }
    places: dict[str, _Place] = {}
    for page in visit.pages:
        if page.requested_url != page.url and page.requested_url in sources:
            _note_move(sources[page.requested_url], page)
        source = sources.get(page.url)
        if source is None:
            source = sources[page.url] = Source(resort_id=resort_id, url=page.url, kind=page.kind, failures=0)
            session.add(source)
        _note_fetch(source, page)
        session.flush()
        if page.reading is not None:
            places[page.url] = _Place(source, _store_snapshot(session, source, page))
    if visit.outcome is Outcome.POLICY:
        _retire_old_policy_pages(visit, sources)
    return places


def _note_move(source: Source, page: FetchedPage) -> None:
    source.last_checked = page.fetched_at
    source.last_outcome = Outcome.REDIRECT
    source.last_detail = f"moved to {page.url}"
    source.etag = source.last_modified = None
    if source.kind is SourceKind.HOME:
        source.next_due = next_due(page.outcome, source.failures, page.fetched_at)
    elif not page.outcome.failed:
        source.kind = SourceKind.CANDIDATE
        source.next_due = None


def _note_fetch(source: Source, page: FetchedPage) -> None:
    source.last_checked = page.fetched_at
    source.last_outcome = page.outcome
    source.last_http_status = page.http_status
    source.last_detail = page.detail or None
    source.failures = source.failures + 1 if page.outcome.failed else 0
    source.next_due = next_due(page.outcome, source.failures, page.fetched_at)
    if not page.outcome.failed:
        source.etag = page.etag or (source.etag if page.outcome is Outcome.UNCHANGED else None)
        source.last_modified = page.last_modified or (
            source.last_modified if page.outcome is Outcome.UNCHANGED else None
        )
        if source.kind is not SourceKind.HOME:
            source.kind = page.kind


def _retire_old_policy_pages(visit: ResortVisit, sources: dict[str, Source]) -> None:
    """A policy found elsewhere: pages that were its place before, and no longer are, stop being asked."""
    found = {page.url for page in visit.pages if page.kind is SourceKind.POLICY and not page.outcome.failed}
    for page in visit.pages:
        source = sources[page.url]
        if source.kind is SourceKind.POLICY and page.url not in found:
            source.kind = SourceKind.NO_POLICY
            source.next_due = None


def _store_snapshot(session: Session, source: Source, page: FetchedPage) -> Snapshot:
    newest = session.scalar(
        select(Snapshot).filter_by(source_id=source.id).order_by(Snapshot.id.desc()).limit(1)
    )
    text_hash = hashlib.sha256(page.text.encode()).hexdigest()
    if newest is not None and newest.text_hash == text_hash:
        return newest
    snapshot = Snapshot(
        source_id=source.id,
        fetched_at=page.fetched_at,
        content_type=(page.content_type or "")[:120] or None,
        text_hash=text_hash,
        body_zlib=zlib.compress(page.body),
        text_zlib=zlib.compress(page.text.encode()),
    )
    session.add(snapshot)
    session.flush()
    return snapshot


def _store_facts(session: Session, resort_id: int, visit: ResortVisit, places: dict[str, _Place]) -> Change:
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
    page: FetchedPage, place: _Place, only: frozenset[str] | None = None
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


def _evidence_row(name: str, position: int, quote: Evidence, place: _Place) -> PolicyEvidence:
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
    policy: Policy, evidence: list[PolicyEvidence], page: FetchedPage, place: _Place
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
