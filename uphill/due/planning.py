"""What a visit means for the next: when each page of the resort is due again."""

from datetime import datetime, time, timedelta

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from uphill.db import PendingChange, PolicyVersion, Resort, Source
from uphill.due.asked import asked_pages
from uphill.due.intervals import PageState, next_due
from uphill.due.rests import note_rests
from uphill.outcomes import Outcome
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.season import Location
from uphill.sites import site_of
from uphill.vocabulary import Origin, SourceKind

WAITS_AT_MOST = timedelta(days=2)
"""How long a change that waits is looked at again by itself; afterwards it is a curator's."""


_UNREACHED = frozenset({Outcome.DNS, Outcome.CONNECTION, Outcome.TIMEOUT})


def plan_pages(session: Session, resort: Resort, visit: ResortVisit) -> None:
    """Set ``next_due`` of each page of the resort, once the visit is stored and its change decided.

    A page that is not asked for by itself has none. One that was due and not reached by a visit that failed comes as
    if it had failed itself: else a visit that breaks off would be repeated at once, for ever.
    """
    if not visit.fetched and visit.outcome in _UNREACHED:
        return  # there was no network: nothing was tried, and all stay as due as they were
    note_rests(session, visit)
    query = select(Source).filter_by(resort_id=resort.id).order_by(Source.id)
    sources = {source.url: source for source in session.scalars(query)}
    asked = asked_pages(tuple(sources.values()), resort.website)
    landed = {url: page for page in visit.fetched for url in (page.requested_url, page.url)}
    waits = _waits(session, resort.id, visit.finished_at)
    for source in sources.values():
        page = landed.get(source.url)
        source.site = source.site or site_of(source.url)
        if source not in asked.all:
            if not visit.partial or page is not None:
                source.next_due = None
        elif page is not None:
            state = _state(session, source, page, sources[page.url], waits=waits)
            source.next_due = next_due(state, location_of(resort), visit.finished_at)
            if source.valid_until is not None:
                over = location_of(resort).at(source.valid_until + timedelta(days=1), time())
                source.next_due = min(source.next_due, over) if over > visit.finished_at else source.next_due
        elif source.next_due is None or (visit.outcome.failed and _was_missed(source, visit)):
            source.next_due = next_due(_unreached(source), location_of(resort), visit.finished_at)


def location_of(resort: Resort) -> Location:
    return Location(resort.region_code, resort.latitude, resort.timezone)


def _state(session: Session, source: Source, page: FetchedPage, landed: Source, *, waits: bool) -> PageState:
    """``landed`` is where asking for ``source`` led to; the same page where nothing redirects."""
    outcome, changed_at = page.outcome, landed.changed_at
    if source.kind is not SourceKind.STATUS and _tells_of_none(page, landed):
        stands, ended_at = _policy_of(session, source.resort_id)
        outcome, changed_at = (Outcome.UNCHANGED, changed_at) if stands else (Outcome.NO_POLICY, ended_at)
    return PageState(
        url=source.url,
        # A document that announces what holds for now is as short-lived as a status page.
        kind=SourceKind.STATUS if source.announced_until is not None else source.kind,
        outcome=outcome,
        failures=max(source.failures, landed.failures),
        changed_at=changed_at,
        waits=waits,
        retry_at=page.retry_at,
        sharing=_sharing(session, source) if source.kind is SourceKind.STATUS else 1,
    )


def _unreached(source: Source) -> PageState:
    return PageState(source.url, source.kind, Outcome.TIMEOUT, failures=1)


def _tells_of_none(page: FetchedPage, landed: Source) -> bool:
    """Whether there is no policy on the page; one that did not change is what it was."""
    was_none = page.outcome is Outcome.UNCHANGED and landed.kind is SourceKind.NO_POLICY
    return was_none or page.outcome is Outcome.NO_POLICY


def _policy_of(session: Session, resort_id: int) -> tuple[bool, datetime | None]:
    """Whether a policy read from the resort's pages stands all the same, and when the last one ended."""
    stands, ended_at = session.execute(
        select(
            func.count().filter(PolicyVersion.superseded_at.is_(None)), func.max(PolicyVersion.superseded_at)
        ).where(PolicyVersion.resort_id == resort_id, PolicyVersion.origin == Origin.CRAWL)
    ).one()
    return bool(stands), ended_at


def _was_missed(source: Source, visit: ResortVisit) -> bool:
    """A status page is not to wait for a policy page that fails: it comes by itself."""
    due = source.next_due is not None and source.next_due <= visit.started_at
    failed_otherwise = any(page.kind is not SourceKind.STATUS for page in visit.pages)
    return due and not (source.kind is SourceKind.STATUS and failed_otherwise)


def _waits(session: Session, resort_id: int, now: datetime) -> bool:
    undecided = select(PendingChange.id).where(
        PendingChange.resort_id == resort_id,
        PendingChange.decided_at.is_(None),
        PendingChange.since > now - WAITS_AT_MOST,
    )
    return session.scalar(undecided.limit(1)) is not None


def _sharing(session: Session, source: Source) -> int:
    """Of how many resorts status pages are on the page's site."""
    resorts = select(func.count(distinct(Source.resort_id))).where(
        Source.site == source.site, Source.kind == SourceKind.STATUS, Source.site != ""
    )
    return max(session.scalar(resorts) or 0, 1)
