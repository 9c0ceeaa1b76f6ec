"""The resort page: may I, when, with what; and why we say so."""

from apiflask import APIBlueprint
from flask import Response as FlaskResponse
from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from uphill.cost import cost_words
from uphill.opening import Interval, hours_of, open_intervals
from uphill.policy import FACTS
from uphill.search import find
from uphill.search.answers import Freshness, ResortPage
from uphill.search.quotes import quote_places
from uphill.search.reading import holds_until
from uphill.search.resort import CHANGES_SHOWN
from uphill.vocabulary import Access, Origin
from uphill.words.wording import age
from webapp.card_face import dated_age, face_of
from webapp.card_image import HEIGHT, WIDTH, drawn
from webapp.card_image import MIMETYPE as PNG
from webapp.database import database_session, now
from webapp.evidence import evidence_of
from webapp.facts import errands, fact_groups, fact_row, is_old, now_of
from webapp.history import proposed, timeline
from webapp.ics import MIMETYPE, calendar
from webapp.kept_answers import keep_answer
from webapp.lift_windows import lift_windows
from webapp.marks import mark_of
from webapp.routes import route_table
from webapp.strip import place_of, strip_of
from webapp.structured import ski_resort

pages = APIBlueprint("resort", __name__, enable_openapi=False)

_CARD_KEPT = 3600
"""Seconds for which a resort's picture may be shown without asking again."""


@pages.get("/resorts/<slug>")
def show(slug: str) -> str | Response:
    """By its slug; a resort asked for by another name is at its own address. Raises NotFound."""
    page = find(database_session(), slug, now())
    if page.resort.slug != slug:
        return redirect(url_for("resort.show", slug=page.resort.slug), 301)
    keep_answer(holds_until(page, now()))
    provenance, routes = page.provenance, route_table(page, now())
    places = quote_places(database_session(), slug)
    place = place_of(page.resort)
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
        strip=strip_of(hours_of(page.policy), page.resort, now()),
        by_routes=not page.policy.windows,
        lift_windows=lift_windows(page.policy, place),
        cost=cost_words(page.policy),
        evidence={name: evidence_of(page, name, places) for name in FACTS},
        card_size=(WIDTH, HEIGHT),
        address=_address(page),
        structured=ski_resort(page, _address(page), _picture(page), _intervals(page), now()),
        printed=now(),
        dated_age=dated_age(page, now()),
    )


@pages.get("/resorts/<slug>.ics")
def hours(slug: str) -> Response:
    """The allowed hours of the coming two weeks as a calendar. Raises NotFound."""
    page = find(database_session(), slug, now())
    if page.resort.slug != slug:
        return redirect(url_for("resort.hours", slug=page.resort.slug), 301)
    body = calendar(page, _address(page), _intervals(page), now())
    headers = {"Content-Disposition": f"inline; filename={slug}.ics", "Vary": "Accept-Language"}
    return FlaskResponse(body, content_type=f"{MIMETYPE}; charset=utf-8", headers=headers)


@pages.get("/resorts/<slug>/card.png")
def card(slug: str) -> Response:
    """The resort's picture for those who link to it: name, verdict and age. Raises NotFound."""
    page = find(database_session(), slug, now())
    if page.resort.slug != slug:
        return redirect(url_for("resort.card", slug=page.resort.slug), 301)
    face = face_of(page, now())
    headers = {
        "Cache-Control": f"public, max-age={_CARD_KEPT}",
        "ETag": f'"{face.etag}"',
        "Vary": "Accept-Language",
    }
    if face.etag in request.if_none_match:
        return FlaskResponse(status=304, headers=headers)
    return FlaskResponse(drawn(face), content_type=PNG, headers=headers)


def _intervals(page: ResortPage) -> tuple[Interval, ...]:
    """When the stated hours allow going up in the coming two weeks."""
    policy, place = page.policy, place_of(page.resort)
    if policy.access is not Access.ALLOWED or place.zone is None:
        return ()
    today = now().astimezone(place.zone).date()
    return open_intervals(hours_of(policy), place, today, season=policy.season)


def _address(page: ResortPage) -> str:
    """The one address of the resort's page."""
    return url_for("resort.show", slug=page.resort.slug, _external=True)


def _picture(page: ResortPage) -> str:
    return url_for("resort.card", slug=page.resort.slug, _external=True)
