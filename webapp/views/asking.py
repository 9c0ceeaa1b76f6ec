"""The one box, and the fields around it: a question becomes the address of a search, whose filters can be seen."""

from apiflask import APIBlueprint
from flask import redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from uphill.asking import MAX_ASKED, near_instead, place_named, to_query_pairs, understand
from uphill.errors import BadFilter
from uphill.language import current_language
from uphill.language import gettext as _
from uphill.search import Query, search
from webapp.database import database_session, now
from webapp.form import read_form
from webapp.names import known_names
from webapp.params import keep_view, regions_in, search_url
from webapp.times import clock_of, offered

pages = APIBlueprint("asking", __name__, enable_openapi=False)


@pages.get("/ask")
def ask() -> Response:
    """What was asked, beside the filters in force; on to the search that it means. Raises BadFilter."""
    lang, session, names = current_language(), database_session(), known_names()
    question = request.args.get("q", "")[:MAX_ASKED]
    understood = understand(question, today=now(), names=names, lang=lang)
    sent = keep_view(request.args)
    read = read_form(sent, {})
    near = place_named(read["near"], names, lang) if "near" in read else None
    if understood.here and near is None:
        raise BadFilter(
            "near",
            _("Where you are is not known here. Tap “Use my position” among the filters, or write a town."),
        )
    region = understood.region or regions_in(read)
    # "Tonight" is an evening there: far from Greenwich it lies on another day than ours.
    there = now().astimezone(clock_of(session, understood.near or near, region, lang))
    asked = read_form(sent, offered(there))
    if near is not None:
        asked["near"] = near.value
    if understood.open_at is not None:
        understood = understand(question, today=there, names=names, lang=lang)
    meant = MultiDict(to_query_pairs(understood))
    for name in meant:
        asked.poplist(name)
    asked.update(meant)
    return redirect(search_url(_around_town(Query.parse(asked.to_dict(flat=False)))), 303)


def _around_town(query: Query) -> Query:
    """Of a town's name that no resort has ("Denver"): what is around it, in place of names that look like it."""
    town = (
        near_instead(query.text, known_names(), current_language()) if query.text and not query.near else None
    )
    if town is None:
        return query
    named = search(database_session(), Query(text=query.text, size=1), now())
    if named.total and named.correction is None:
        return query
    return query.without("text").model_copy(update={"near": town})
