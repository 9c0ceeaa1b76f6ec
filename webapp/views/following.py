"""Any search as a feed: what changed at the resorts that it finds."""

from apiflask import APIBlueprint
from flask import Response, get_template_attribute, redirect, request, url_for
from werkzeug.wrappers import Response as Redirect

from uphill.errors import BadInput
from uphill.language import gettext as _
from uphill.recording import change_log
from uphill.search import Query, ids_of
from webapp.database import database_session, now
from webapp.feed import MIMETYPE, atom
from webapp.history import Moment, moments
from webapp.params import query_from, search_url

endpoints = APIBlueprint("following", __name__, enable_openapi=False)

MOST = 5000
"""Resorts that one feed follows."""


@endpoints.get("/search.atom")
def feed() -> Response | Redirect:
    """The newest changes at all resorts that match now, whatever the order and the page. Raises BadInput."""
    query = followed(query_from(request.args))
    if not query.narrowing():
        return redirect(url_for("feeds.changes"), 301)
    session = database_session()
    ids = ids_of(session, query, now())
    if len(ids) > MOST:
        raise BadInput(
            _("A feed follows at most %(most)s resorts, and this search finds %(found)s: narrow it.",
              most=MOST, found=len(ids))
        )  # fmt: skip
    found = change_log.read(session, resorts=ids).changes
    said = "; ".join(query.sentences())
    body = atom(
        moments(found),
        title=_("What changed at the resorts of a search: %(search)s", search=said)
        if said
        else _("Uphill access: what changed"),
        about=f"search {search_url(query, 'search.index').partition('?')[2]}",
        links={
            "self": search_url(query, "following.feed", external=True),
            "alternate": search_url(query, external=True),
        },
        page_of=lambda moment: url_for("resort.show", slug=moment.resort, _external=True),
        content_of=_content,
    )
    return Response(body, content_type=f"{MIMETYPE}; charset=utf-8")


def feed_url(query: Query, total: int) -> str:
    """The feed of a search that finds ``total`` resorts; empty where they are too many to be followed."""
    plain = followed(query)
    if not plain.narrowing():
        return url_for("feeds.changes")
    return search_url(plain, "following.feed") if total <= MOST else ""


def followed(query: Query) -> Query:
    """The search as its feed follows it: without order and page."""
    plain = Query()
    return query.model_copy(update={"sort": plain.sort, "page": plain.page, "size": plain.size})


def _content(moment: Moment) -> str:
    template = get_template_attribute("parts/changes.html", "moment")
    return str(template(moment, None)).strip()
