"""About the data, and how programs may read it."""

from datetime import timedelta

from apiflask import APIBlueprint
from flask import render_template

from uphill.announced import STATUS_HOLDS
from uphill.asking import ATTRIBUTION
from uphill.search import Query, regions, search
from uphill.search.changes import CHANGE_PARAMETERS
from uphill.search.filters import FILTERS
from uphill.search.freshness import STALE_AFTER, STALE_AFTER_OUT_OF_SEASON
from webapp.database import database_session, now
from webapp.params import SORTS

pages = APIBlueprint("about", __name__, enable_openapi=False)


@pages.get("/about")
def data() -> str:
    counts = regions(database_session())
    return render_template(
        "about.html",
        resorts=sum(region.resorts for region in counts),
        with_policy=sum(region.with_policy for region in counts),
        towns=ATTRIBUTION,
        status_hours=STATUS_HOLDS // timedelta(hours=1),
        stale_days=STALE_AFTER.days,
        stale_days_out_of_season=STALE_AFTER_OUT_OF_SEASON.days,
    )


@pages.get("/api")
def endpoints() -> str:
    found = search(database_session(), Query(size=1), now()).listings
    example = found[0].resort.slug if found else "SLUG"
    return render_template(
        "api.html",
        filters=FILTERS,
        sorts=SORTS,
        example=example,
        change_parameters=CHANGE_PARAMETERS,
    )
