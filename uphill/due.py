"""Which resorts a crawl visits, and when a page is due again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from uphill.db import Region, Resort, Source
from uphill.errors import NotFound
from uphill.outcomes import Outcome
from uphill.visit import KnownPage, Target
from uphill.vocabulary import SourceKind

POLICY_INTERVAL = timedelta(days=1)
NO_POLICY_INTERVAL = timedelta(days=7)
FIRST_RETRY = timedelta(hours=6)
LONGEST_RETRY = timedelta(days=7)

_VISITED = (SourceKind.HOME, SourceKind.POLICY, SourceKind.STATUS, SourceKind.RESORT)


def next_due(outcome: Outcome, failures: int, now: datetime) -> datetime:
    """When a page should be fetched again.

    ============================  =========================================
    how the last fetch ended      due again after
    ============================  =========================================
    policy, unchanged             a day
    no policy                     seven days
    any failure                   6 h, doubled by each further failure in a
                                  row, at most seven days
    ============================  =========================================
    """
    if outcome.failed:
        doublings = min(max(failures - 1, 0), 10)
        return now + min(FIRST_RETRY * (1 << doublings), LONGEST_RETRY)
    return now + (NO_POLICY_INTERVAL if outcome is Outcome.NO_POLICY else POLICY_INTERVAL)


def targets(
    session: Session,
    now: datetime,
    *,
    regions: Sequence[str] = (),
    slugs: Sequence[str] = (),
    due_only: bool = False,
) -> tuple[Target, ...]:
    """The resorts to visit, those with a known policy page first.

    ``regions`` are ISO 3166-2 or country codes. Raises NotFound for a slug or region that the catalogue
    does not have.
    """
    _refuse_unknown(session, regions, slugs)
    query = select(Resort).order_by(Resort.slug)
    if regions:
        query = query.join(Resort.region).where(or_(Region.code.in_(regions), Region.country.in_(regions)))
    if slugs:
        query = query.where(Resort.slug.in_(slugs))
    if due_only:
        query = _only_due(query, now)
    pages = _pages_by_resort(session)
    found = [
        Target(resort.slug, resort.name, resort.website, pages.get(resort.id, ()))
        for resort in session.scalars(query)
    ]
    return tuple(sorted(found, key=lambda target: not target.known(SourceKind.POLICY)))


def _refuse_unknown(session: Session, regions: Sequence[str], slugs: Sequence[str]) -> None:
    known = set(session.scalars(select(Resort.slug).where(Resort.slug.in_(slugs)))) if slugs else set()
    for slug in slugs:
        if slug not in known:
            raise NotFound(f"Resort {slug!r} is not in the catalogue; 'uphill search' finds its slug.")
    codes = set(session.scalars(select(Region.code))) | set(session.scalars(select(Region.country)))
    for region in regions:
        if region not in codes:
            raise NotFound(
                f"Region {region!r} has no resort in the catalogue. Try a code such as US-CO or AT-7."
            )


def _only_due(query: Select[Resort], now: datetime) -> Select[Resort]:
    """Due is a resort that was never visited, or one with a page that is due; not one without a page to visit."""
    page = (Source.resort_id == Resort.id) & Source.kind.in_(_VISITED)
    due = exists().where(page, Source.next_due.is_not(None), Source.next_due <= now)
    visited = exists().where(page, Source.next_due.is_not(None))
    return query.where(or_(due, ~visited), exists().where(page))


def _pages_by_resort(session: Session) -> dict[int, tuple[KnownPage, ...]]:
    """Pages a visit should know of. The resort's own page that a baseline names counts as its policy page
    until a visit has found the real one.
    """
    pages: dict[int, list[KnownPage]] = {}
    wanted = (SourceKind.POLICY, SourceKind.STATUS, SourceKind.NO_POLICY, SourceKind.RESORT)
    query = select(Source).where(Source.kind.in_(wanted)).order_by(Source.id)
    for source in session.scalars(query):
        page = KnownPage(source.url, source.kind, source.etag, source.last_modified)
        pages.setdefault(source.resort_id, []).append(page)
    return {resort_id: _with_policy_page(found) for resort_id, found in pages.items()}


def _with_policy_page(pages: list[KnownPage]) -> tuple[KnownPage, ...]:
    has_policy = any(page.kind is SourceKind.POLICY for page in pages)
    kept = []
    for page in pages:
        if page.kind is not SourceKind.RESORT:
            kept.append(page)
        elif not has_policy:
            kept.append(KnownPage(page.url, SourceKind.POLICY, page.etag, page.last_modified))
    return tuple(kept)
