"""What the picture of a resort shows, from what is known of it."""

from datetime import datetime

from uphill.language import gettext as _
from uphill.regions import country_words
from uphill.search.answers import Freshness, ResortPage
from uphill.vocabulary import Origin
from uphill.words.dates import local_day
from uphill.words.wording import age
from webapp.card_image import CardFace
from webapp.marks import mark_of


def face_of(page: ResortPage, now: datetime) -> CardFace:
    mark = mark_of(page.policy)
    return CardFace(
        name=page.resort.name,
        place=f"{page.resort.region_name}, {country_words(page.resort.country)}",
        mark=mark,
        mark_word=mark.word,
        verdict=page.verdict,
        age=dated_age(page, now),
        site=_("Uphill access"),
    )


def dated_age(page: ResortPage, now: datetime) -> str:
    """How old the rules are, by the day: for what is kept for weeks."""
    known = page.provenance
    if known is None or known.origin is Origin.BASELINE or known.last_confirmed is None:
        words = age(known, now)
        return words[:1].upper() + words[1:]
    day = local_day(known.last_confirmed, page.resort.timezone)
    if known.freshness is Freshness.STALE:
        return _("Last read on %(day)s, may be out of date", day=day)
    return _("Read on the resort’s page on %(day)s", day=day)
