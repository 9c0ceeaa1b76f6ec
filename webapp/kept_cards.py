"""Cards of resorts as they were written last: many searches of a minute show the same ones."""

from datetime import datetime
from typing import NamedTuple

from flask import Flask, current_app, request
from markupsafe import Markup

from uphill.language import current_locale
from uphill.search.answers import Listing
from uphill.words.units import current_units
from webapp.cards import card_of

_KEPT = "uphill.cards"
_MOST = 2000
_HEADING = 3


class _Written(NamedTuple):
    listing: Listing
    minute: datetime
    card: Markup


def attach(app: Flask) -> None:
    app.extensions[_KEPT] = {}


def written_card(listing: Listing, now: datetime) -> Markup:
    """The card of ``listing`` on a page of results, in the language and the units of the request.

    It is written anew where the resort was read anew, and each minute, since ages and clocks move by it.
    """
    kept: dict[tuple[object, ...], _Written] = current_app.extensions[_KEPT]
    key = (listing.resort.slug, request.script_root, str(current_locale()), current_units())
    minute = now.replace(second=0, microsecond=0)
    found = kept.get(key)
    if found is not None and found.listing is listing and found.minute == minute:
        return found.card
    macros = current_app.jinja_env.get_template("parts/card.html").module
    card = Markup(macros.card(card_of(listing, now), _HEADING))  # type: ignore[attr-defined]  # noqa: S704 - its own words are escaped
    if len(kept) >= _MOST:
        kept.clear()
    kept[key] = _Written(listing, minute, card)
    return card
