"""The one box: a question becomes the address of a search, whose filters can be seen and removed."""

from datetime import datetime, timedelta
from threading import Lock
from zoneinfo import ZoneInfo

from apiflask import APIBlueprint
from flask import Flask, current_app, redirect, request
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from uphill.asking import MAX_ASKED, Names, Understood, names_of, to_query_pairs, understand
from uphill.db import Region, Resort
from uphill.search import Query
from webapp.database import database_session, now
from webapp.params import search_url

pages = APIBlueprint("asking", __name__, enable_openapi=False)

_NAMES = "uphill.names"
_KEPT = timedelta(minutes=10)
_ZONES = {"en": "America/Denver", "de": "Europe/Zurich", "fr": "Europe/Paris", "it": "Europe/Rome"}
"""Where most of those probably are who ask in a language."""
_ASKED_ANEW = ("q", "text", "page")


class KnownNames:
    """The resorts' names, which take a third of a second to prepare: kept, and read anew now and then."""

    def __init__(self) -> None:
        self._names: Names | None = None
        self._read_at: datetime | None = None
        self._reading = Lock()

    def get(self, session: Session, at: datetime) -> Names:
        with self._reading:
            if self._names is None or self._read_at is None or at - self._read_at > _KEPT:
                self._names, self._read_at = names_of(session), at
            return self._names


def attach(app: Flask) -> None:
    app.extensions[_NAMES] = KnownNames()


def _zone(session: Session, understood: Understood, lang: str) -> ZoneInfo:
    """The clocks that a question's times are probably meant by."""
    query = select(Resort.timezone).where(Resort.timezone.is_not(None)).limit(1)
    if understood.near is not None:
        off = func.abs(Resort.longitude - understood.near.longitude)
        query = query.where(Resort.longitude.is_not(None)).order_by(off)
    elif understood.region:
        countries = [code for code in understood.region if len(code) == 2]
        inside = Resort.region.has(Region.country.in_(countries))
        query = query.where(or_(Resort.region_code.in_(understood.region), inside))
    else:
        return ZoneInfo(_ZONES[lang])
    return ZoneInfo(session.scalar(query) or _ZONES[lang])


@pages.get("/ask")
def ask() -> Response:
    """What was asked, beside the filters in force; on to the search that it means."""
    known: KnownNames = current_app.extensions[_NAMES]
    lang = request.accept_languages.best_match(list(_ZONES)) or "en"
    session, question = database_session(), request.args.get("q", "")[:MAX_ASKED]
    names = known.get(session, now())
    understood = understand(question, today=now(), names=names, lang=lang)
    if understood.open_at is not None:
        # "Tonight" is an evening there: far from Greenwich it lies on another day than ours.
        there = now().astimezone(_zone(session, understood, lang))
        understood = understand(question, today=there, names=names, lang=lang)
    asked = MultiDict(
        (name, value) for name, value in request.args.items(multi=True) if name not in _ASKED_ANEW
    )
    meant = MultiDict(to_query_pairs(understood))
    for name in meant:
        asked.poplist(name)
    asked.update(meant)
    return redirect(search_url(Query.parse(asked.to_dict(flat=False))), 303)
