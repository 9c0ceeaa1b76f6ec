"""What maps ask for: where the resorts of a search are, and what to say of one."""

from apiflask import APIBlueprint
from flask import Response, render_template, request

from uphill.errors import NotFound
from uphill.search import listings_of_slugs
from uphill.search.parameters import whole_number
from uphill.search.plotting import MAX_ZOOM, Area
from webapp.cards import card_of
from webapp.database import database_session, now
from webapp.kept_answers import keep_answer_of
from webapp.params import query_from
from webapp.plots import plotted

pages = APIBlueprint("mapping", __name__, enable_openapi=False)


@pages.get("/map/points.json")
def points() -> Response:
    """Where all resorts are that a search finds.

    ``{"total", "unplaced", "extent": [west, south, east, north], "whole", "marks", "points": [[slug, name, latitude,
    longitude, index of its mark]], "clusters": [[latitude, longitude, [number by mark], west, south, east, north]]}``.
    Beyond 2,000 resorts only those within ``bbox`` are told, for ``zoom`` of the map, as clusters where they are too
    many; what is ``whole`` needs not be asked for again. Raises BadFilter.
    """
    args = request.args.copy()
    bbox, zoom = args.poplist("bbox"), args.poplist("zoom")
    for shown in ("page", "size", "view"):
        args.poplist(shown)
    query = query_from(args)
    area = Area.parse(bbox[-1]) if bbox else None
    depth = whole_number("zoom", zoom[-1], MAX_ZOOM) if zoom else 1
    body = plotted(query, area, depth)
    keep_answer_of(())
    return Response(body, mimetype="application/json")


@pages.get("/map/resorts/<slug>")
def popup(slug: str) -> str:
    """What a map says of a resort, as a piece of a page. Raises NotFound."""
    listings = listings_of_slugs(database_session(), (slug,), now())
    if not listings:
        raise NotFound(f"There is no resort {slug}.")
    return render_template("parts/map_popup.html", one=card_of(listings[0], now()))
