"""The read side: searches, single resorts and regions, answered from the current policies."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from uphill.db import PolicyRoute, PolicyVersion, Region, Resort, Visit
from uphill.regions import country_of, country_order, country_words
from uphill.search.announcements import sightings
from uphill.search.answers import Listing, RegionCount, Results, VisitNote
from uphill.search.bits import positions
from uphill.search.cursors import Cursor
from uphill.search.held import Held, Shown, held_of
from uphill.search.matching import Matched, match
from uphill.search.ordering import ordered
from uphill.search.parameters import MAX_SIZE
from uphill.search.pending import pending_changes
from uphill.search.query import Query
from uphill.search.reading import holds_until, listing, visit_note

_IS_CURRENT = and_(PolicyVersion.resort_id == Resort.id, PolicyVersion.superseded_at.is_(None))

LOAD_LISTS = (
    selectinload(PolicyVersion.windows),
    selectinload(PolicyVersion.prices),
    selectinload(PolicyVersion.pass_accepts),
    selectinload(PolicyVersion.penalty),
    selectinload(PolicyVersion.routes).selectinload(PolicyRoute.windows),
    joinedload(PolicyVersion.source),
)


def search(session: Session, query: Query, now: datetime, after: Cursor | None = None) -> Results:
    """One page of the resorts that match, with the count of each filter's values under the other filters.

    The page is that of the query, or what comes ``after`` a resort, by its slug, in its order. Raises BadFilter for
    a time (``at``) of which nothing is known.
    """
    held = held_of(session, now)
    matched = match(session, held.index, query, now)
    start = (query.page - 1) * query.size
    if after is not None:
        resorts = matched.index.resorts
        start = after.first_after(resorts[at].slug for at in ordered(matched, query.sort))
    return Results(
        total=matched.total,
        page=start // query.size + 1,
        pages=max(1, -(-matched.total // query.size)),
        listings=_page(session, held, matched, start, query.size, now),
        facets=matched.facets(),
        correction=matched.texts.correction if matched.texts is not None else None,
        remarks=matched.remarks,
    )


def count(session: Session, query: Query, now: datetime) -> int:
    """How many resorts match."""
    return match(session, held_of(session, now).index, query, now).total


def remarks_of(session: Session, query: Query, now: datetime) -> tuple[str, ...]:
    """What has to be known to read the results right, as sentences without their full stops."""
    return match(session, held_of(session, now).index, query, now).remarks


def listings_of(
    session: Session, query: Query, now: datetime, limit: int | None = None
) -> tuple[int, list[Listing]]:
    """How many resorts match, and the first ``limit`` of them (all without one), over as many pages as it takes."""
    total, listings = each_listing(session, query, now, limit)
    return total, list(listings)


def each_listing(
    session: Session, query: Query, now: datetime, limit: int | None = None
) -> tuple[int, Iterator[Listing]]:
    """As :func:`listings_of`, but read while they are asked for, so that few are held at a time."""
    held = held_of(session, now)
    matched = match(session, held.index, query, now)
    wanted = matched.total if limit is None else min(limit, matched.total)

    def read() -> Iterator[Listing]:
        for at in range(0, wanted, MAX_SIZE):
            yield from _page(session, held, matched, at, min(MAX_SIZE, wanted - at), now)

    return matched.total, read()


def ids_of(session: Session, query: Query, now: datetime) -> list[int]:
    """The database's ids of all resorts that match."""
    matched = match(session, held_of(session, now).index, query, now)
    return [matched.index.resorts[at].id for at in positions(matched.found)]


def listings_of_slugs(session: Session, slugs: Sequence[str], now: datetime) -> tuple[Listing, ...]:
    """The resorts with these slugs, in their order, each once; those that are not in the directory are left out."""
    ids = {
        row.slug: row.id
        for row in session.execute(select(Resort.id, Resort.slug).where(Resort.slug.in_(set(slugs))))
    }
    listings = _shown(session, held_of(session, now), ids.values(), now)
    found = (ids[slug] for slug in dict.fromkeys(slugs) if slug in ids)
    return tuple(listings[key] for key in found if key in listings)


def _page(
    session: Session, held: Held, matched: Matched, start: int, size: int, now: datetime
) -> tuple[Listing, ...]:
    resorts = matched.index.resorts
    here = {resorts[at].id: at for at in islice(ordered(matched, matched.query.sort), start, start + size)}
    listings = _shown(session, held, here, now)
    return tuple(matched.told(at, listings[key]) for key, at in here.items() if key in listings)


def _shown(session: Session, held: Held, ids: Iterable[int], now: datetime) -> dict[int, Listing]:
    """The resorts with these ids, by id, as they were shown before where nothing has changed since."""
    listings = {key: held.listing(key, now) for key in ids}
    if missing := tuple(key for key, one in listings.items() if one is None):
        with held.reading(session) as reader:
            for key, one in _listings(reader, missing, now):
                listings[key] = one
                held.keep(key, Shown(one, now, holds_until(one, now)))
    return {key: one for key, one in listings.items() if one is not None}


def _listings(session: Session, ids: tuple[int, ...], now: datetime) -> Iterator[tuple[int, Listing]]:
    """The resorts with these ids; without what was deleted since the ids were read."""
    resorts = select(Resort).where(Resort.id.in_(ids)).options(selectinload(Resort.aliases))
    versions = select(PolicyVersion).where(
        PolicyVersion.resort_id.in_(ids), PolicyVersion.superseded_at.is_(None)
    )
    by_id = {resort.id: resort for resort in session.scalars(resorts)}
    policies = {version.resort_id: version for version in session.scalars(versions.options(*LOAD_LISTS))}
    visits = last_visits(session, ids)
    seen = sightings(session, [version.id for version in policies.values()])
    waiting = pending_changes(session, ids)
    for key in ids:
        if key in by_id:
            version = policies.get(key)
            told = seen.get(version.id, ()) if version is not None else ()
            yield key, listing(by_id[key], version, told, waiting.get(key), visits.get(key), now)


def last_visits(session: Session, ids: tuple[int, ...]) -> dict[int, VisitNote]:
    newest = select(func.max(Visit.id)).where(Visit.resort_id.in_(ids)).group_by(Visit.resort_id)
    visits = session.scalars(select(Visit).where(Visit.id.in_(newest)))
    return {visit.resort_id: visit_note(visit) for visit in visits}


def regions(session: Session) -> tuple[RegionCount, ...]:
    """All regions with resorts, by country and name."""
    rows = session.execute(
        select(Region.code, Region.name, func.count(Resort.id), func.count(PolicyVersion.id))
        .select_from(Resort)
        .join(Region, Region.code == Resort.region_code)
        .outerjoin(PolicyVersion, _IS_CURRENT)
        .group_by(Region.code, Region.name)
        .order_by(Region.name)
    )
    counts = [
        RegionCount(
            code=code,
            name=name,
            country=country_of(code),
            country_name=country_words(country_of(code)),
            resorts=resorts,
            with_policy=with_policy,
        )
        for code, name, resorts, with_policy in rows
    ]
    return tuple(sorted(counts, key=lambda region: country_order(region.country)))
