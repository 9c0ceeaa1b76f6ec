"""The search page: find where."""

from dataclasses import dataclass

from apiflask import APIBlueprint
from flask import render_template, request
from sqlalchemy.orm import Session

from uphill.search import Query, search
from uphill.search.filters import FILTERS
from webapp.cards import card_of
from webapp.database import database_session, now
from webapp.params import SORTS, chips, chosen, filter_label, page_url, query_from, search_url
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
        chips=chips(query, results),
        sorts=SORTS,
        previous_url=page_url(query, results.page - 1) if results.page > 1 else None,
        next_url=page_url(query, results.page + 1) if results.page < results.pages else None,
        loosenings=() if results.total else _loosenings(session, query),
    )


def _loosenings(session: Session, query: Query) -> tuple[Loosening, ...]:
    """Each active filter left out, those that would show most first."""
    found = []
    for name in chosen(query):
        looser = query.without(name)
        count = search(session, looser.model_copy(update={"size": 1}), now()).total
        found.append(Loosening(filter_label(name), search_url(looser), count))
    return tuple(sorted(found, key=lambda loosening: -loosening.count))
