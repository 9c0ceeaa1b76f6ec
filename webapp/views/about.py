"""About the data, and how programs may read it."""

from datetime import timedelta

from apiflask import APIBlueprint
from flask import Flask, current_app, render_template

from uphill.announced import STATUS_HOLDS
from uphill.asking import ATTRIBUTION
from uphill.search import Query, regions, search
from uphill.search.freshness import STALE_AFTER, STALE_AFTER_OUT_OF_SEASON
from webapp.address import base
from webapp.database import database_session, now
from webapp.file_sizes import file_sizes
from webapp.reference import Examples, operations

pages = APIBlueprint("about", __name__, enable_openapi=False)

_EXAMPLES = "uphill.examples"


@pages.get("/about")
def data() -> str:
    counts = regions(database_session())
    return render_template(
        "about.html",
        resorts=sum(region.resorts for region in counts),
        with_policy=sum(region.with_policy for region in counts),
        regions=len(counts),
        towns=ATTRIBUTION,
        status_hours=STATUS_HOLDS // timedelta(hours=1),
        stale_days=STALE_AFTER.days,
        stale_days_out_of_season=STALE_AFTER_OUT_OF_SEASON.days,
        files=file_sizes(database_session(), now()),
    )


@pages.get("/api")
def endpoints() -> str:
    """Every endpoint with an example, and what it answered lately."""
    found = search(database_session(), Query(size=1), now()).listings
    slug = found[0].resort.slug if found else "SLUG"
    examples: Examples = current_app.extensions.setdefault(_EXAMPLES, Examples())
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - outlives the request
    told = operations(examples.description(app), {"slug": slug})
    return render_template(
        "api.html",
        operations=told,
        answers=[examples.answer(app, each, f"{base()}/", now()) for each in told],
        base=base(),
    )
