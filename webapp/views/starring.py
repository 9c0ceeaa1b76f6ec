"""Starred: the resorts that a device keeps a star for, and lists of resorts that others share."""

from collections.abc import Sequence

from apiflask import APIBlueprint
from flask import Flask, render_template, request, url_for

from uphill.errors import BadInput
from uphill.language import gettext as _
from uphill.search import listings_of_slugs
from webapp.cards import card_of
from webapp.compare import MOST
from webapp.database import database_session, now

pages = APIBlueprint("starring", __name__, enable_openapi=False)

MOST_STARRED = 50
_LONGEST_SLUG = 120


def attach(app: Flask) -> None:
    app.jinja_env.globals["MOST_STARRED"] = MOST_STARRED


@pages.get("/starred")
def index() -> str:
    """``?resort=a&resort=b`` shows these; without, the page's script asks for what the device has starred.

    A resort that is not in the directory any more is told of, and hides no other. Raises BadInput.
    """
    slugs = _asked(request.args.getlist("resort"))
    listings = listings_of_slugs(database_session(), slugs, now())
    known = [listing.resort.slug for listing in listings]
    return render_template(
        "starred.html",
        asked=bool(slugs),
        slugs=known,
        missing=[slug for slug in slugs if slug not in known],
        cards=[card_of(listing, now()) for listing in listings],
        share_url=url_for("starring.index", resort=known) if known else "",
        most=MOST,
    )


def _asked(given: Sequence[str]) -> list[str]:
    slugs = list(dict.fromkeys(slug.strip().lower()[:_LONGEST_SLUG] for slug in given if slug.strip()))
    if len(slugs) > MOST_STARRED:
        raise BadInput(
            _(
                "A list holds %(most)s resorts at most, not %(count)s: leave some out.",
                most=MOST_STARRED,
                count=len(slugs),
            )
        )
    return slugs
