"""The change log as a page: what changed, newest first."""

from typing import Any

from apiflask import APIBlueprint
from flask import render_template, request, url_for

from uphill.recording import change_log
from uphill.regions import country_words, region_name
from uphill.search import regions
from uphill.search.changes import ChangesQuery
from webapp.database import database_session
from webapp.history import moments
from webapp.regions import by_country

_FACTS = 200
"""Changed facts of one page; the first reading of one resort alone has a score of them, told as one."""

pages = APIBlueprint("changes", __name__, enable_openapi=False)


@pages.get("/changes")
def index() -> str:
    """All changes, those of a region (``?region=``) or of a resort (``?resort=``). Raises BadFilter, NotFound."""
    query = ChangesQuery.parse(request.args.to_dict(flat=False))
    session = database_session()
    asked = query.arguments() if "size" in request.args else query.arguments() | {"limit": _FACTS}
    found = change_log.read(session, **asked)
    older = query.model_copy(update={"cursor": found.cursor}) if found.cursor is not None else None
    shown = moments(found.changes)
    return render_template(
        "changes.html",
        query=query,
        moments=shown,
        place=place_of(query, shown[0].resort_name if shown else ""),
        countries=by_country(regions(session)),
        older_url=_url(older) if older is not None else None,
        newest_url=_url(query.model_copy(update={"cursor": None})),
        feed_url=url_for("feeds.changes", region=query.region, resort=query.resort),
    )


def place_of(query: ChangesQuery, resort_name: str) -> str:
    """What the changes are of, in words; empty for all."""
    if query.resort is not None:
        return resort_name or query.resort
    if query.region is not None:
        return region_name(query.region) if "-" in query.region else country_words(query.region)
    return ""


def _url(query: ChangesQuery) -> str:
    arguments: dict[str, Any] = dict(query.parameters())
    return url_for("changes.index", **arguments)
