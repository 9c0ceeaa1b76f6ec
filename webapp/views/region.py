"""Regions: how many resorts each has, where their policies stand, and what there is besides."""

from apiflask import APIBlueprint
from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from uphill.coverage import covered_in
from uphill.races import races_in
from uphill.search import Query, listings_of, regions
from webapp.cards import card_of
from webapp.database import database_session, now
from webapp.first_try import first_tries
from webapp.params import search_url
from webapp.races import RACE_KINDS, shown
from webapp.regions import Country, by_access, by_country, unknown_region
from webapp.views.coverage import STANDINGS

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
    raise unknown_region(code, countries)


def _page(country: Country, code: str, name: str) -> str:
    query = Query(region=(code,))
    _, listings = listings_of(database_session(), query, now())
    return render_template(
        "region.html",
        country=country,
        code=code,
        name=name,
        covered=covered_in(database_session(), code),
        standings=STANDINGS,
        known=by_access(card_of(one, now()) for one in listings if one.provenance is not None),
        others=[one for one in listings if one.provenance is None],
        filters_url=search_url(query),
        first_tries=first_tries(database_session(), now(), code),
        races=shown(races_in(code), code),
        race_kinds=RACE_KINDS,
    )
