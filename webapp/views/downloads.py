"""What a search finds as a file: all that match, not a page of them, read while it is sent."""

from collections.abc import Iterator
from itertools import chain

from apiflask import APIBlueprint
from flask import Response, request, stream_with_context

from uphill.export import csv_lines, geojson_pieces, json_pieces
from uphill.search import each_listing, remarks_of
from uphill.search.answers import Listing
from webapp.database import database_session, now
from webapp.params import query_from

endpoints = APIBlueprint("downloads", __name__, enable_openapi=False)


@endpoints.get("/resorts.csv")
def table() -> Response:
    """One row a resort, the attribution in each. Raises BadFilter, as all of these do."""
    return _file("csv", "text/csv", csv_lines(_found()[1], now()))


@endpoints.get("/resorts.json")
def document() -> Response:
    """Everything that is known of each resort."""
    total, listings = _found()
    remarks = remarks_of(database_session(), query_from(request.args), now())
    return _file("json", "application/json", json_pieces(listings, now(), total=total, remarks=remarks))


@endpoints.get("/resorts.geojson")
def features() -> Response:
    """A point a resort, as RFC 7946 has it."""
    return _file("geojson", "application/geo+json", geojson_pieces(_found()[1], now()))


def _found() -> tuple[int, Iterator[Listing]]:
    return each_listing(database_session(), query_from(request.args), now())


def _file(suffix: str, mimetype: str, pieces: Iterator[str]) -> Response:
    first = next(pieces, "")  # what fails at once is answered with its status
    whole = stream_with_context(chain((first,), pieces))
    response = Response(whole, content_type=f"{mimetype}; charset=utf-8")
    name = f"uphill-resorts-{now():%Y-%m-%d}.{suffix}"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    response.headers["Cache-Control"] = "no-cache"
    return response
