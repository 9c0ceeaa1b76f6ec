"""The read side: searches, single resorts and regions, answered from the current policies."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from uphill.db import PolicyRoute, PolicyVersion, Region, Resort, Visit
from uphill.regions import country_name, country_of
from uphill.search.announcements import sightings
from uphill.search.answers import FacetCount, Listing, RegionCount, Results, VisitNote
from uphill.search.filters import FILTERS
from uphill.search.pending import pending_changes
from uphill.search.query import MAX_SIZE, Query, Sort
from uphill.search.reading import listing, visit_note
from uphill.search.text import fold
from uphill.vocabulary import Origin

_IS_CURRENT = and_(PolicyVersion.resort_id == Resort.id, PolicyVersion.superseded_at.is_(None))

LOAD_LISTS = (
    selectinload(PolicyVersion.windows),
    selectinload(PolicyVersion.prices),
    selectinload(PolicyVersion.pass_accepts),
    selectinload(PolicyVersion.penalty),
    selectinload(PolicyVersion.routes).selectinload(PolicyRoute.windows),
    joinedload(PolicyVersion.source),
)


def search(session: Session, query: Query, now: datetime) -> Results:
    """One page of the resorts that match, with the count of each filter's values under the other filters."""
    clauses = _clauses(query, now)
    total = session.scalar(_joined(func.count(), clauses=clauses.values())) or 0
    pages = max(1, -(-total // query.size))
    found = (
        _joined(Resort.id, clauses=clauses.values())
        .order_by(*_order(query.sort))
        .limit(query.size)
        .offset((query.page - 1) * query.size)
    )
    ids = tuple(session.scalars(found))
    return Results(
        total=total,
        page=query.page,
        pages=pages,
        listings=_listings(session, ids, now),
        facets={"region": _region_facet(session, query, clauses)}
        | {name: _facet(session, query, name, clauses, now) for name in FILTERS},
    )


def listings_of(
    session: Session, query: Query, now: datetime, limit: int | None = None
) -> tuple[int, list[Listing]]:
    """How many resorts match, and the first ``limit`` of them (all without one), over as many pages as it takes."""
    size = MAX_SIZE if limit is None else min(limit, MAX_SIZE)
    first = search(session, query.model_copy(update={"page": 1, "size": size}), now)
    listings = list(first.listings)
    for page in range(2, first.pages + 1):
        if limit is not None and len(listings) >= limit:
            break
        listings += search(session, query.model_copy(update={"page": page, "size": size}), now).listings
    return first.total, listings[:limit]


def _clauses(query: Query, now: datetime) -> dict[str, ColumnElement[bool]]:
    clauses: dict[str, ColumnElement[bool]] = {}
    if query.text:
        words = fold(query.text).split()
        holds = [Resort.search_text.contains(word, autoescape=True) for word in words]
        clauses["text"] = and_(*holds) if holds else false()
    if query.region:
        clauses["region"] = or_(Region.code.in_(query.region), Region.country.in_(query.region))
    for name, values in query.facts.items():
        clauses[name] = FILTERS[name].clause(values, now)
    return clauses


def _joined(column: Any, *more: Any, clauses: Iterable[ColumnElement[bool]]) -> Select[Any]:
    """A query over all resorts, each beside its region and, where one is known, its current policy."""
    return (
        select(column, *more)
        .select_from(Resort)
        .join(Region, Region.code == Resort.region_code)
        .outerjoin(PolicyVersion, _IS_CURRENT)
        .where(*clauses)
    )


def _order(sort: Sort) -> tuple[Any, ...]:
    by_name = (func.lower(Resort.name), Resort.slug)
    return {
        Sort.POLICY: (PolicyVersion.id.is_(None), *by_name),
        Sort.NAME: by_name,
        Sort.REGION: (Region.country, Region.name, *by_name),
        Sort.FRESHNESS: (
            PolicyVersion.id.is_(None),
            PolicyVersion.origin != Origin.CRAWL,
            case((PolicyVersion.origin == Origin.CRAWL, PolicyVersion.last_confirmed)).desc(),
            func.coalesce(PolicyVersion.as_of, "").desc(),
            *by_name,
        ),
    }[sort]


def _listings(session: Session, ids: tuple[int, ...], now: datetime) -> tuple[Listing, ...]:
    resorts = select(Resort).where(Resort.id.in_(ids)).options(selectinload(Resort.aliases))
    versions = select(PolicyVersion).where(
        PolicyVersion.resort_id.in_(ids), PolicyVersion.superseded_at.is_(None)
    )
    by_id = {resort.id: resort for resort in session.scalars(resorts)}
    policies = {version.resort_id: version for version in session.scalars(versions.options(*LOAD_LISTS))}
    visits = last_visits(session, ids)
    seen = sightings(session, [version.id for version in policies.values()])
    waiting = pending_changes(session, ids)
    return tuple(
        listing(
            by_id[key],
            version,
            seen.get(version.id, ()) if version is not None else (),
            waiting.get(key),
            visits.get(key),
            now,
        )
        for key, version in ((key, policies.get(key)) for key in ids)
    )


def last_visits(session: Session, ids: tuple[int, ...]) -> dict[int, VisitNote]:
    newest = select(func.max(Visit.id)).where(Visit.resort_id.in_(ids)).group_by(Visit.resort_id)
    visits = session.scalars(select(Visit).where(Visit.id.in_(newest)))
    return {visit.resort_id: visit_note(visit) for visit in visits}


def _facet(
    session: Session, query: Query, name: str, clauses: dict[str, ColumnElement[bool]], now: datetime
) -> tuple[FacetCount, ...]:
    each = FILTERS[name]
    others = [clause for key, clause in clauses.items() if key != name]
    # Grouped by its name: PostgreSQL would take the same words with other bound values for another column.
    value = each.column(now).label("facet_value")
    rows = session.execute(_joined(value, func.count(), clauses=others).group_by("facet_value"))
    counts = {str(value): count for value, count in rows}
    chosen = query.facts.get(name, ())
    return tuple(
        FacetCount(
            value=value, label=each.value_label(value), count=counts.get(value, 0), selected=value in chosen
        )
        for value in each.values
    )


def _region_facet(
    session: Session, query: Query, clauses: dict[str, ColumnElement[bool]]
) -> tuple[FacetCount, ...]:
    """Countries, each followed by its regions, with their counts under the other filters."""
    others = [clause for key, clause in clauses.items() if key != "region"]
    rows = session.execute(
        _joined(Region.code, Region.name, func.count(), clauses=others)
        .group_by(Region.code, Region.name)
        .order_by(Region.country, Region.name)
    ).all()
    facets: list[FacetCount] = []
    for country in sorted({country_of(code) for code, _, _ in rows}, key=country_name):
        inside = [row for row in rows if country_of(row[0]) == country]
        facets.append(_region_count(query, country, country_name(country), sum(row[2] for row in inside)))
        facets += [_region_count(query, code, name, count) for code, name, count in inside]
    return tuple(facets)


def _region_count(query: Query, code: str, name: str, count: int) -> FacetCount:
    return FacetCount(value=code, label=name, count=count, selected=code in query.region)


def regions(session: Session) -> tuple[RegionCount, ...]:
    """All regions with resorts, by country and name."""
    rows = session.execute(
        _joined(Region.code, Region.name, func.count(Resort.id), func.count(PolicyVersion.id), clauses=())
        .group_by(Region.code, Region.name)
        .order_by(Region.name)
    )
    counts = [
        RegionCount(
            code=code,
            name=name,
            country=country_of(code),
            country_name=country_name(country_of(code)),
            resorts=resorts,
            with_policy=with_policy,
        )
        for code, name, resorts, with_policy in rows
    ]
    return tuple(sorted(counts, key=lambda region: region.country_name))
