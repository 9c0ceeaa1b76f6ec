"""Resorts: a search, one of them, and its policy through time."""

from flask import request
from werkzeug.datastructures import MultiDict

from uphill.errors import BadFilter
from uphill.search import find, search
from uphill.search.changes import cursor_id
from uphill.search.cursors import Cursor
from uphill.search.history import history
from uphill.search.reading import holds_until
from webapp.database import database_session, now
from webapp.kept_answers import keep_answer, keep_answer_of
from webapp.params import query_from
from webapp.views.api.blueprint import endpoints
from webapp.views.api.documents import HistoryDocument, ResortDocument, ResultsDocument
from webapp.views.api.paging import links, next_url, parameters, size_of

VERSIONS, MOST_VERSIONS = 10, 50


@endpoints.get("/resorts")
@endpoints.output(ResultsDocument)
@endpoints.doc(summary="Search resorts", operation_id="searchResorts")
def resorts() -> tuple[ResultsDocument, int, dict[str, str]]:
    """The same filters as the site's search; a wrong one is answered with 400 and the values allowed.

    Several values of one filter widen the search, further filters narrow it. Pages are turned by `next`; `page` is
    for jumping, and may show a resort twice or not at all where some came or went meanwhile.
    """
    given = MultiDict(request.args)
    words = [word.strip() for word in given.poplist("cursor") if word.strip()]
    if words and any(word.strip() for word in given.getlist("page")):
        raise BadFilter("cursor", "Give either a page or a cursor, not both.")
    query = query_from(given)
    asked = query.model_copy(update={"page": 1, "size": 1}).parameters()
    after = Cursor.parse(words[-1], asked) if words else None
    results = search(database_session(), query, now(), after)
    keep_answer_of(results.listings)
    told = after.position if after is not None else (query.page - 1) * query.size
    end = told + len(results.listings)
    more = bool(results.listings) and end < results.total
    cursor = Cursor(results.listings[-1].resort.slug, end).word(asked) if more else None
    following = next_url(cursor)
    return ResultsDocument(**dict(results), cursor=cursor, next=following), 200, links(following)


@endpoints.get("/resorts/<slug>")
@endpoints.output(ResortDocument)
@endpoints.doc(summary="One resort", operation_id="showResort")
def resort(slug: str) -> tuple[ResortDocument, int, dict[str, str]]:
    """Facts that no source states are `unknown`, empty or null; that never means "no".

    A status that has expired is `unknown`; `announced` tells what was seen last, and until when it held.
    `provenance.freshness` is `stale` where nobody confirmed the facts for too long, and `listed` where they are from
    a list. `pending` and `proposal` tell of a change of the page that is being verified and not in force. `pins`
    are facts that a curator set, with what the page says of them.
    """
    parameters()
    page = find(database_session(), slug, now())
    keep_answer(holds_until(page, now()))
    return ResortDocument(**dict(page)), 200, links(None)


@endpoints.get("/resorts/<slug>/history")
@endpoints.output(HistoryDocument)
@endpoints.doc(summary="A resort's policy through time", operation_id="showHistory")
def resort_history(slug: str) -> tuple[HistoryDocument, int, dict[str, str]]:
    """Each version of the policy, newest first: its facts with their proofs, from when until when, and why it came.

    `causes` are those of the change log: `page` (the resort changed its page), `reading` (our reading changed),
    `curator`, or `first` (first reading of the resort's own page); a version from a list has none.
    """
    given = parameters("size", "cursor")
    size = size_of(given, VERSIONS, MOST_VERSIONS)
    before = int(cursor_id(given["cursor"])) if "cursor" in given else None
    found = history(database_session(), slug, now(), size=size, before=before)
    following = next_url(found.cursor)
    return HistoryDocument(**dict(found), next=following), 200, links(following)
