"""The pages that a visit fetched, into their rows: what each is, how its fetch ended, its text if it changed."""

import hashlib
import zlib
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from uphill.db import Snapshot, Source
from uphill.outcomes import Outcome
from uphill.sites import site_of
from uphill.visit import FetchedPage, ResortVisit
from uphill.vocabulary import SourceKind

_HOLD_FACTS = (SourceKind.POLICY, SourceKind.STATUS)


@dataclass(frozen=True, slots=True)
class Place:
    """A page's row, and the stored text that its evidence points into."""

    source: Source
    snapshot: Snapshot


def store_pages(session: Session, resort_id: int, visit: ResortVisit) -> dict[str, Place]:
    """Bring each fetched page's row up to date; returns those that hold facts, by URL."""
    sources = {
        source.url: source for source in session.scalars(select(Source).filter_by(resort_id=resort_id))
    }
    places: dict[str, Place] = {}
    for page in visit.pages:
        if page.requested_url != page.url and page.requested_url in sources:
            _note_move(sources[page.requested_url], page)
        source = sources.get(page.url)
        if source is None:
            source = Source(
                resort_id=resort_id, url=page.url, kind=page.kind, failures=0, site=site_of(page.url)
            )
            sources[page.url] = source
            session.add(source)
        _note_fetch(source, page)
        session.flush()
        if page.reading is not None:
            places[page.url] = Place(source, _store_snapshot(session, source, page))
        elif page.outcome is Outcome.UNCHANGED and page.kind in _HOLD_FACTS:
            _note_seen(_newest_snapshot(session, source), page)
    if visit.outcome is Outcome.POLICY:
        _retire_old_policy_pages(visit, sources)
    return places


def _note_move(source: Source, page: FetchedPage) -> None:
    source.last_checked = page.fetched_at
    source.last_outcome = Outcome.REDIRECT
    source.last_detail = f"moved to {page.url}"
    source.etag = source.last_modified = None
    if source.kind is not SourceKind.HOME and not page.outcome.failed:
        source.kind = SourceKind.CANDIDATE


def _note_fetch(source: Source, page: FetchedPage) -> None:
    source.last_checked = page.fetched_at
    source.last_outcome = page.outcome
    source.last_http_status = page.http_status
    source.last_detail = page.detail or None
    source.failures = source.failures + 1 if page.outcome.failed else 0
    if not page.outcome.failed:
        source.last_success = page.fetched_at
        source.platform = page.platform or source.platform
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


def _newest_snapshot(session: Session, source: Source) -> Snapshot | None:
    return session.scalar(
        select(Snapshot).filter_by(source_id=source.id).order_by(Snapshot.id.desc()).limit(1)
    )


def _note_seen(snapshot: Snapshot | None, page: FetchedPage) -> None:
    if snapshot is not None:
        snapshot.last_seen = max(snapshot.seen_at, page.fetched_at)


def _store_snapshot(session: Session, source: Source, page: FetchedPage) -> Snapshot:
    newest = _newest_snapshot(session, source)
    text_hash = hashlib.sha256(page.text.encode()).hexdigest()
    if newest is not None and newest.text_hash == text_hash:
        _note_seen(newest, page)
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
