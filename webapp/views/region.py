"""Regions: how many resorts each has, and how many of them have a known policy."""

from apiflask import APIBlueprint
from flask import abort, render_template

from uphill.errors import NotFound
from uphill.search import Query, regions, search
from uphill.search.answers import Listing
from uphill.search.query import MAX_SIZE
from webapp.cards import card_of
from webapp.database import database_session, now
from webapp.params import search_url
from webapp.regions import Country, by_country

pages = APIBlueprint("region", __name__, enable_openapi=False)


@pages.get("/regions")
def index() -> str:
    return render_template("regions.html", countries=by_country(regions(database_session())))


@pages.get("/regions/<code>")
def show(code: str) -> str:
    """A country or a state. Raises NotFound."""
    countries = by_country(regions(database_session()))
    for country in countries:
        if country.code == code:
            return _page(country, country.code, country.name)
        for region in country.regions:
            if region.code == code:
                return _page(Country(country.code, country.name, (region,)), region.code, region.name)
    if code != code.upper():
        abort(404)
    known = ", ".join(country.code for country in countries)
    raise NotFound(f"Region {code} is not known. Try one of the countries {known}, or a state such as US-CO.")


def _page(country: Country, code: str, name: str) -> str:
    listings = _listings(code)
    known = [card_of(one, now()) for one in listings if one.provenance is not None]
    return render_template(
        "region.html",
        country=country,
        code=code,
        name=name,
        known=known,
        others=[one for one in listings if one.provenance is None],
        filters_url=search_url(Query(region=(code,))),
    )


def _listings(code: str) -> list[Listing]:
    """Every resort of a region, by name."""
    session = database_session()
    first = search(session, Query(region=(code,), size=MAX_SIZE), now())
    listings = list(first.listings)
    for number in range(2, first.pages + 1):
        query = Query(region=(code,), size=MAX_SIZE, page=number)
        listings += search(session, query, now()).listings
    return listings
