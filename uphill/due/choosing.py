"""Which resorts a crawl visits, and which of their pages it asks for."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import Select, case, func, or_, select, union
from sqlalchemy.orm import Session, selectinload

from uphill.db import Region, Resort, Source, Visit
from uphill.due.asked import Asked, asked_pages, is_there
from uphill.due.budget import KNOWN_PAGES, ROBOTS, SITEMAPS, Wish, within_budget
from uphill.due.rests import resting_sites
from uphill.errors import NotFound
from uphill.outcomes import Outcome
from uphill.recording.visit import KnownPage, Target
from uphill.sites import site_of
from uphill.vocabulary import SourceKind

_Known: TypeAlias = Any
"""A row of what a visit is told of a page, and of when it was asked for."""

_ASKED = (
    SourceKind.HOME,
    SourceKind.POLICY,
    SourceKind.STATUS,
    SourceKind.RESORT,
    SourceKind.NO_POLICY,
    SourceKind.PUBLISHED,
)
LOOKED_FOR_AGAIN = timedelta(days=7)
"""After so long the document that a resort did not publish is looked for again, by the visit that comes next."""
_NEVER_ASKED_COUNTS_AS = timedelta(days=1)
_DAY = timedelta(days=1)
_SITES_A_QUERY = 500


def targets(
    session: Session,
    now: datetime,
    *,
    regions: Sequence[str] = (),
    slugs: Sequence[str] = (),
    due_only: bool = False,
) -> tuple[Target, ...]:
    """The resorts to visit, those with a known policy page first.

    ``regions`` are ISO 3166-2 or country codes. With ``due_only`` those with a page that is due, the longest overdue
    first, as far as their sites are not at rest and have requests left for the day; each page then tells whether it
    is due. Raises NotFound for a slug or region that the catalogue does not have.
    """
    _refuse_unknown(session, regions, slugs)
    query = select(Resort).options(selectinload(Resort.aliases)).order_by(Resort.slug)
    if regions:
        query = query.join(Resort.region).where(or_(Region.code.in_(regions), Region.country.in_(regions)))
    if slugs:
        query = query.where(Resort.slug.in_(slugs))
    if due_only:
        return _due_targets(session, query, now)
    pages = _pages_by_resort(session)
    found = []
    for resort in session.scalars(query):
        known = pages[resort.id]
        found.append(_target(resort, known, asked_pages(known, resort.website), now))
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


def due_resorts(now: datetime) -> Select[Any]:
    """Ids of the resorts that may have something due: a page whose time has come, or one never asked for."""
    due = select(Source.resort_id).where(Source.next_due <= now)
    never_asked = select(Source.resort_id).where(
        Source.next_due.is_(None),
        Source.last_checked.is_(None),
        Source.kind.in_((SourceKind.HOME, SourceKind.POLICY, SourceKind.RESORT)),
    )
    either = union(due, never_asked).subquery()
    return select(either.c.resort_id)


def _due_targets(session: Session, query: Select[Any], now: datetime) -> tuple[Target, ...]:
    due = due_resorts(now)
    pages = _pages_by_resort(session, due)
    resting = resting_sites(session, now)
    wishes: list[Wish[Target]] = []
    for resort in session.scalars(query.where(Resort.id.in_(due))):
        known = pages[resort.id]
        asked = asked_pages(known, resort.website)
        times = {
            page.url: since
            for page in asked.all
            if (since := _due_since(page, now)) and site_of(page.url) not in resting
        }
        if any(page.url in times for page in asked.policies):
            # Two pages that hold the policy are read together, lest one be missed at the other's sight.
            sound = (page for page in asked.policies if page.last_outcome and not page.last_outcome.failed)
            times |= {page.url: now for page in sound if page.url not in times}
        if times:
            target = _target(resort, known, asked, now, due=times, resting=resting)
            sites = {site_of(url) for url in times}
            if not target.partial and target.website:
                sites.add(site_of(target.website))
            wishes.append(Wish(target, min(times.values()), frozenset(sites), target.partial))
    return within_budget(wishes, _asked_in_the_last_day(session, wishes, now))


def _due_since(page: _Known, now: datetime) -> datetime | None:
    """None where it is not due. A page never asked for goes before those that are overdue for less than a day."""
    if page.next_due is None:
        return now - _NEVER_ASKED_COUNTS_AS
    return page.next_due if page.next_due <= now else None


def _pages_by_resort(session: Session, resorts: Select[Any] | None = None) -> dict[int, list[_Known]]:
    """Pages that a visit may ask for or should know of, oldest first."""
    query = (
        select(
            Source.resort_id, Source.url, Source.kind, Source.etag, Source.last_modified,
            Source.next_due, Source.last_checked, Source.last_outcome, Source.needs_browser, Source.valid_until,
        )
        .where(Source.kind.in_(_ASKED))
        .order_by(Source.id)
    )  # fmt: skip
    if resorts is not None:
        query = query.where(Source.resort_id.in_(resorts))
    pages: dict[int, list[_Known]] = defaultdict(list)
    for page in session.execute(query):
        pages[page.resort_id].append(page)
    return pages


def _target(
    resort: Resort,
    known: Sequence[_Known],
    asked: Asked[_Known],
    now: datetime,
    *,
    due: Collection[str] | None = None,
    resting: Collection[str] = (),
) -> Target:
    """``due`` are the URLs that are asked for in this visit; without it all are."""
    pages = [_document(page, resort, now, resting) for page in known if page.kind is SourceKind.PUBLISHED]
    for page in known:
        kind = SourceKind.POLICY if page in asked.policies else page.kind
        if kind in {SourceKind.POLICY, SourceKind.NO_POLICY} or page in asked.statuses:
            is_due = due is None or page.url in due
            pages.append(
                KnownPage(
                    page.url, kind, page.etag, page.last_modified, is_due, needs_browser=page.needs_browser
                )
            )
    home_due = due is None or asked.home is None or asked.home.url in due
    looks_around = home_due and not (resort.website and site_of(resort.website) in resting)
    names = tuple(alias.name for alias in resort.aliases)
    return Target(
        resort.slug, resort.name, resort.website, tuple(pages), looks_around, names, resort.timezone
    )


def _document(page: _Known, resort: Resort, now: datetime, resting: Collection[str]) -> KnownPage:
    """A document is asked for by every visit that looks for the policy, the place of one once a week."""
    may_ask = site_of(page.url) not in resting
    if not is_there(page):
        is_time = page.last_checked <= now - LOOKED_FOR_AGAIN
        return KnownPage(page.url, page.kind, due=may_ask and is_time, there=False)
    if (
        page.valid_until is not None
        and page.valid_until < now.astimezone(ZoneInfo(resort.timezone or "UTC")).date()
    ):
        return KnownPage(
            page.url, page.kind, due=may_ask
        )  # that nothing has changed would not say that it still holds
    return KnownPage(page.url, page.kind, page.etag, page.last_modified, may_ask)


def _asked_in_the_last_day(session: Session, wishes: Sequence[Wish[Target]], now: datetime) -> Counter[str]:
    """Requests of the last 24 hours by site, of the sites that are wished for: pages, robots.txt and sitemaps."""
    sites = sorted({site for wish in wishes for site in wish.sites})
    spent: Counter[str] = Counter()
    for start in range(0, len(sites), _SITES_A_QUERY):
        some = sites[start : start + _SITES_A_QUERY]
        pages = (
            select(Source.resort_id, Source.site)
            .where(Source.site.in_(some), Source.kind.in_(_ASKED))
            .distinct()
            .subquery()
        )
        looked_around = or_(
            Visit.pages > KNOWN_PAGES, Visit.outcome.not_in((Outcome.POLICY, Outcome.UNCHANGED))
        )
        requests = Visit.pages + ROBOTS + case((looked_around, SITEMAPS), else_=0)
        query = (
            select(pages.c.site, func.sum(requests))
            .join(Visit, Visit.resort_id == pages.c.resort_id)
            .where(Visit.finished_at > now - _DAY, Visit.pages > 0)
            .group_by(pages.c.site)
        )
        spent.update({site: int(count) for site, count in session.execute(query)})
    return spent
