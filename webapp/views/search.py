"""The search page: find where."""

from dataclasses import dataclass

from apiflask import APIBlueprint
from flask import Response, render_template, request
from sqlalchemy.orm import Session

from uphill.export import as_csv
from uphill.search import Query, count, listings_of, search
from uphill.search.filters import FILTERS
from webapp.cards import card_of
from webapp.database import database_session, now
from webapp.params import chips, chosen, kept, page_url, query_from, search_url, sorts_of
from webapp.regions import countries_of

pages = APIBlueprint("search", __name__, enable_openapi=False)


@dataclass(frozen=True, slots=True)
class Loosening:
    """What an empty result could leave out, and how many resorts that would show."""

    words: str
    url: str
    count: int


@pages.get("/")
def index() -> str:
    query = query_from(request.args)
    session = database_session()
    results = search(session, query, now())
    return render_template(
        "search.html",
        query=query,
        results=results,
        cards=[card_of(listing, now()) for listing in results.listings],
        countries=countries_of(results.facets.get("region", ())),
        filters=FILTERS,
        chips=chips(query),
        sorts=sorts_of(query),
        kept=kept(query),
        previous_url=page_url(query, results.page - 1) if results.page > 1 else None,
        next_url=page_url(query, results.page + 1) if results.page < results.pages else None,
        csv_url=search_url(query.model_copy(update={"page": 1}), "search.table"),
        loosenings=() if results.total else _loosenings(session, query),
    )


@pages.get("/resorts.csv")
def table() -> Response:
    """All resorts that a search matches, as CSV with the attribution in every row."""
    _, listings = listings_of(database_session(), query_from(request.args), now())
    text = as_csv(listings)
    headers = {"Content-Disposition": "attachment; filename=resorts.csv"}
    return Response(text, mimetype="text/csv", headers=headers)


def _loosenings(session: Session, query: Query) -> tuple[Loosening, ...]:
    """Each active filter left out, those that would show most first."""
    found = []
    for name, values in chosen(query).items():
        looser = query.without(name)
        words = ", ".join(query.sentence_of(name, value) for value in values)
        found.append(Loosening(words, search_url(looser), count(session, looser, now())))
    return tuple(sorted(found, key=lambda loosening: -loosening.count))
