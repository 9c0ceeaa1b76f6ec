"""The resort page: may I, when, with what; and why we say so."""

from apiflask import APIBlueprint
from flask import Response as FlaskResponse
from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from uphill.search import find
from uphill.search.answers import Freshness, ResortPage
from uphill.search.resort import CHANGES_SHOWN
from uphill.tonight import coming
from uphill.vocabulary import Origin
from uphill.wording import age
from webapp.database import database_session, now
from webapp.facts import errands, fact_groups, fact_row, is_old, now_of
from webapp.history import proposed, timeline
from webapp.ics import MIMETYPE, calendar
from webapp.marks import mark_of
from webapp.routes import route_table
from webapp.strip import strip_of
from webapp.structured import ski_resort

pages = APIBlueprint("resort", __name__, enable_openapi=False)


@pages.get("/resorts/<slug>")
def show(slug: str) -> str | Response:
    """By its slug; a resort asked for by another name is at its own address. Raises NotFound."""
    page = find(database_session(), slug, now())
    if page.resort.slug != slug:
        return redirect(url_for("resort.show", slug=page.resort.slug), 301)
    provenance, routes = page.provenance, route_table(page, now())
    return render_template(
        "resort.html",
        page=page,
        mark=mark_of(page.policy),
        now=now_of(page, now()),
        age=age(provenance, now()),
        old=is_old(page),
        stale=provenance is not None and provenance.freshness is Freshness.STALE,
        proposed=proposed(page.proposal, page) if page.proposal is not None else (),
        listed=provenance is not None and provenance.origin is Origin.BASELINE,
        routes=routes,
        routes_row=fact_row(page, "routes"),
        groups=fact_groups(page, apart=("routes",) if routes is not None else ()),
        errands=errands(page),
        history=timeline(page),
        more_changes=len(page.changes) == CHANGES_SHOWN,
        strip=strip_of(page.policy.windows, page.resort, now()),
        address=_address(page),
        structured=ski_resort(page, _address(page), coming(database_session(), slug, now()), now()),
        printed=now(),
    )


@pages.get("/resorts/<slug>.ics")
def hours(slug: str) -> Response:
    """The allowed hours of the coming two weeks as a calendar. Raises NotFound."""
    page = find(database_session(), slug, now())
    if page.resort.slug != slug:
        return redirect(url_for("resort.hours", slug=page.resort.slug), 301)
    body = calendar(page, _address(page), coming(database_session(), slug, now()), now())
    headers = {"Content-Disposition": f"inline; filename={slug}.ics"}
    return FlaskResponse(body, content_type=f"{MIMETYPE}; charset=utf-8", headers=headers)


def _address(page: ResortPage) -> str:
    """The one address of the resort's page."""
    return url_for("resort.show", slug=page.resort.slug, _external=True)
