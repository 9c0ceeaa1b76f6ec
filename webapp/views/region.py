"""Regions: how many resorts each has, and how many of them have a known policy."""

from apiflask import APIBlueprint
from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from uphill.errors import NotFound
from uphill.search import Query, listings_of, regions
from webapp.cards import card_of
from webapp.database import database_session, now
from webapp.params import search_url
from webapp.regions import Country, by_country

pages = APIBlueprint("region", __name__, enable_openapi=False)


@pages.get("/regions")
def index() -> str:
    return render_template("regions.html", countries=by_country(regions(database_session())))


@pages.get("/regions/<code>")
def show(code: str) -> str | Response:
    """A country or a state. Raises NotFound."""
    if code != code.upper():
        return redirect(url_for("region.show", code=code.upper()), 301)
    countries = by_country(regions(database_session()))
    for country in countries:
        if country.code == code:
            return _page(country, country.code, country.name)
        for region in country.regions:
            if region.code == code:
                return _page(Country(country.code, country.name, (region,)), region.code, region.name)
    known = ", ".join(country.code for country in countries)
    raise NotFound(f"Region {code} is not known. Try one of the countries {known}, or a state such as US-CO.")


def _page(country: Country, code: str, name: str) -> str:
    query = Query(region=(code,))
    _, listings = listings_of(database_session(), query, now())
    return render_template(
        "region.html",
        country=country,
        code=code,
        name=name,
        known=[card_of(one, now()) for one in listings if one.provenance is not None],
        others=[one for one in listings if one.provenance is None],
        filters_url=search_url(query),
    )
