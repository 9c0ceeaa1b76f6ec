"""Regions, one of them, and how much of each is known."""

from flask import url_for

from uphill.coverage import coverage as covered_places
from uphill.errors import NotFound
from uphill.regions import country_name, country_of
from uphill.search import regions as counted_regions
from uphill.search.cursors import page_of
from uphill.search.parameters import MAX_SIZE
from webapp.database import database_session
from webapp.views.api.blueprint import endpoints
from webapp.views.api.documents import CoverageDocument, RegionDocument, RegionsDocument
from webapp.views.api.paging import links, next_url, parameters, size_of


@endpoints.get("/regions")
@endpoints.output(RegionsDocument)
@endpoints.doc(summary="Regions", operation_id="listRegions")
def regions() -> tuple[RegionsDocument, int, dict[str, str]]:
    """Regions by ISO 3166-2 code, with their number of resorts and of known policies."""
    given = parameters("size", "cursor")
    counts = counted_regions(database_session())
    size = size_of(given, MAX_SIZE, MAX_SIZE)
    here, cursor = page_of([each.code for each in counts], size, given.get("cursor"), "regions")
    following = next_url(cursor)
    return RegionsDocument(regions=counts[here], cursor=cursor, next=following), 200, links(following)


@endpoints.get("/regions/<code>")
@endpoints.output(RegionDocument)
@endpoints.doc(summary="One region", operation_id="showRegion")
def region(code: str) -> tuple[RegionDocument, int, dict[str, str]]:
    """A country (ISO 3166-1) or a state (ISO 3166-2): its resorts, and where their policies stand."""
    parameters()
    wanted = code.upper()
    session = database_session()
    counts = tuple(each for each in counted_regions(session) if wanted in {each.code, each.country})
    if not counts:
        raise NotFound(f"Region {code} has no resorts here. /api/v1/regions lists those that do.")
    country = next(each for each in covered_places(session).countries if each.code == country_of(wanted))
    place = (
        country if wanted == country.code else next(each for each in country.regions if each.code == wanted)
    )
    told = RegionDocument(
        code=place.code,
        name=place.name,
        country=country.code,
        country_name=country_name(country.code),
        covered=place.covered,
        regions=counts,
        resorts=url_for("api.resorts", region=place.code, _external=True),
    )
    return told, 200, links(None)


@endpoints.get("/coverage")
@endpoints.output(CoverageDocument)
@endpoints.doc(summary="How much is known", operation_id="showCoverage")
def coverage() -> tuple[CoverageDocument, int, dict[str, str]]:
    """Of every lift-served area, by country and region, where its policy stands. Each counts once.

    `read` and `listed` allow going up, or leave it open, by the resort's own page or by a list alone; `prohibited`
    by either. `none_published`: its site was read, and no policy found. `not_reached`: the last visit failed, or
    there was none yet; of these `never_visited` were not tried.
    """
    parameters()
    return CoverageDocument(**dict(covered_places(database_session()))), 200, links(None)
