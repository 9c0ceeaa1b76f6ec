"""The search page: find where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from uphill.asking import near_instead
from uphill.language import current_language
from uphill.language import gettext as _
from uphill.search import Query, count, search
from uphill.search.filters import FILTERS
from uphill.words.units import distance_words
from webapp.cards import card_of
from webapp.database import database_session, now
from webapp.fields import fields_of
from webapp.kept_answers import keep_answer_of
from webapp.kept_cards import written_card
from webapp.names import known_names
from webapp.params import (
    VIEWS,
    View,
    chips,
    chosen,
    current_view,
    keep_view,
    names_a_place,
    page_url,
    query_from,
    search_url,
    sorts_of,
)
from webapp.regions import countries_of
from webapp.rows import FACTS, columns_of, rows_of
from webapp.times import When, clock_of, offered
from webapp.views.following import feed_url, followed

pages = APIBlueprint("search", __name__, enable_openapi=False)

_FIRST = ("access", "with_pass", "dogs", "freshness")
"""Filters that stand open before all others."""

_DOWNLOADS = {"CSV": "downloads.table", "JSON": "downloads.document", "GeoJSON": "downloads.features"}


@dataclass(frozen=True, slots=True)
class Loosening:
    """What an empty result could leave out, or ask for instead, and how many resorts that would show."""

    words: str
    url: str
    count: int


@pages.get("/")
def index() -> str | Response:
    """The results in the view that is asked for, and the fields to change the search by. Raises BadFilter."""
    args = keep_view(request.args)
    if "q" in args:  # as search boxes elsewhere, and people, write a question
        asked: Mapping[str, Any] = request.args.to_dict(flat=False)
        return redirect(url_for("asking.ask", **asked), 303)
    query = query_from(args)
    if names_a_place(args):
        return redirect(search_url(query), 303)  # one address for one search
    session = database_session()
    results = search(session, query, now())
    keep_answer_of(results.listings)
    view = current_view()
    in_table = [card_of(listing, now()) for listing in results.listings] if view is View.TABLE else []
    return render_template(
        "search.html",
        query=query,
        results=results,
        view=view,
        views=VIEWS,
        cards=[written_card(listing, now()) for listing in results.listings] if not in_table else (),
        rows=rows_of(in_table),
        columns=columns_of(query) if in_table else (),
        facts=FACTS,
        countries=countries_of(results.facets.get("region", ())),
        filters=FILTERS,
        first=_FIRST,
        fields=fields_of(query, results, _times(session, query), now()),
        chips=chips(query),
        sorts=sorts_of(query),
        cleared=Query(sort=query.sort),
        previous_url=page_url(query, results.page - 1) if results.page > 1 else None,
        next_url=page_url(query, results.page + 1) if results.page < results.pages else None,
        feed_url=feed_url(query, results.total),
        downloads={name: search_url(followed(query), endpoint) for name, endpoint in _DOWNLOADS.items()},
        loosenings=() if results.total else (*_around(session, query), *_loosenings(session, query)),
    )


def _times(session: Session, query: Query) -> dict[When, datetime]:
    """What the times on offer are, where it has to be known which of them is asked for."""
    if query.at is None:
        return {}
    return offered(now().astimezone(clock_of(session, query.near, query.region, current_language())))


def _around(session: Session, query: Query) -> tuple[Loosening, ...]:
    """Where the text names a place: the resorts around it."""
    if not query.text:
        return ()
    names = known_names()
    if names.has_resort(query.text):
        return ()
    near = near_instead(query.text, names, current_language())
    if near is None:
        return ()
    around = query.without("text").model_copy(update={"near": near})
    words = _("Search within %(distance)s of %(place)s", distance=distance_words(near.km), place=near.place)
    return (Loosening(words, search_url(around), count(session, around, now())),)


def _loosenings(session: Session, query: Query) -> tuple[Loosening, ...]:
    """Each active filter that something would be found without, those that would show most first."""
    found = []
    for name, values in chosen(query).items():
        looser = query.without(name)
        words = ", ".join(query.sentence_of(name, value) for value in values)
        found.append(
            Loosening(
                _("Leave out %(filter)s", filter=words), search_url(looser), count(session, looser, now())
            )
        )
    return tuple(sorted(filter(lambda one: one.count, found), key=lambda one: -one.count))
