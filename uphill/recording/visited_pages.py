"""The pages that a visit fetched, into their rows: what each is, and how its fetch ended."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from uphill.db import Source
from uphill.outcomes import Outcome
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.sites import site_of
from uphill.vocabulary import SourceKind


def store_pages(session: Session, resort_id: int, visit: ResortVisit) -> dict[str, Source]:
    """Bring each fetched page's row up to date; returns all rows of the resort, by URL."""
    sources = {
        source.url: source for source in session.scalars(select(Source).filter_by(resort_id=resort_id))
    }
    for page in visit.fetched:
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
    if visit.outcome is Outcome.POLICY:
        _retire_old_policy_pages(visit, sources)
    return sources


def turn_out(source: Source, kind: SourceKind) -> None:
    """Note what a page turned out to be; the home page stays that, and a document one, whatever it holds."""
    if source.kind not in {SourceKind.HOME, SourceKind.PUBLISHED}:
        source.kind = kind


def _note_move(source: Source, page: FetchedPage) -> None:
    source.last_checked = page.fetched_at
    source.last_outcome = Outcome.REDIRECT
    source.last_detail = f"moved to {page.url}"
    source.etag = source.last_modified = None
    if source.kind is not SourceKind.HOME and not page.outcome.failed:
        source.kind = SourceKind.CANDIDATE


def _note_fetch(source: Source, page: FetchedPage) -> None:
    as_it_was = page.outcome is Outcome.UNCHANGED and not source.failures
    source.last_checked = page.fetched_at
    source.last_outcome = page.outcome
    source.last_http_status = page.http_status
    source.last_detail = source.last_detail if as_it_was else page.detail or None
    source.failures = source.failures + 1 if page.outcome.failed else 0
    if not page.outcome.failed:
        source.last_success = page.fetched_at
        source.platform = page.platform or source.platform
        if page.reading is not None:
            source.needs_browser = page.needs_browser
        source.etag = page.etag or (source.etag if page.outcome is Outcome.UNCHANGED else None)
        source.last_modified = page.last_modified or (
            source.last_modified if page.outcome is Outcome.UNCHANGED else None
        )
        if page.outcome is not Outcome.UNCHANGED:
            source.valid_until, source.announced_until = page.valid_until, page.announced_until
        turn_out(source, page.kind)


def _retire_old_policy_pages(visit: ResortVisit, sources: dict[str, Source]) -> None:
    """A policy found elsewhere: pages that were its place before, and no longer are, stop being asked."""
    found = {page.url for page in visit.pages if page.kind is SourceKind.POLICY and not page.outcome.failed}
    for page in visit.pages:
        source = sources[page.url]
        if source.kind is SourceKind.POLICY and page.url not in found:
            source.kind = SourceKind.NO_POLICY
