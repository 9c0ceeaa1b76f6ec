"""Tonight: which resorts may be gone up in the mornings and evenings of the coming week."""

from datetime import datetime, timedelta
from itertools import groupby
from threading import Lock

from apiflask import APIBlueprint
from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from uphill.regions import country_order, country_words
from uphill.search import regions
from uphill.tonight import DAYS, Chance, Outlook, Part, outlook, region_week, worked_out_until
from uphill.words.dates import long_day
from webapp.database import database_session, now
from webapp.regions import by_country, unknown_region
from webapp.tonight import CHANCE_WORDS, MARKS, WEEKDAYS, day_links, sections, sheet

pages = APIBlueprint("tonight", __name__, enable_openapi=False)


@pages.get("/tonight")
def index() -> str:
    """Every region's week: how many resorts are open in each morning and evening."""
    session = database_session()
    told = _outlook()
    ordered = sorted(told.regions, key=lambda region: country_order(region.country))
    return render_template(
        "tonight.html",
        days=told.days,
        weekdays=WEEKDAYS,
        countries=[
            (code, country_words(code), list(inside))
            for code, inside in groupby(ordered, key=lambda region: region.country)
        ],
        parts=tuple(Part),
        until=_short_of_the_week(),
        worked_out=worked_out_until(session) is not None,
        printed=now(),
    )


@pages.get("/tonight/<code>")
def show(code: str) -> str | Response:
    """A country's or a state's week; ``?day=sat`` opens on Saturday. Raises NotFound, BadFilter."""
    if code != code.upper():
        return redirect(url_for("tonight.show", code=code.upper(), day=request.args.get("day")), 301)
    session = database_session()
    name, country = _place(code)
    week = region_week(session, now(), code)
    days = day_links(week, request.args.get("day", "").lower())
    chosen = next(day.date for day in days if day.chosen)
    return render_template(
        "tonight_region.html",
        code=code,
        name=name,
        country=country,
        week=week,
        days=days,
        chosen=chosen,
        sections=sections(week, chosen, now()),
        sheet=sheet(week, now()),
        Chance=Chance,
        marks=MARKS,
        words=CHANCE_WORDS,
        until=_short_of_the_week(),
        worked_out=worked_out_until(session) is not None,
        printed=now(),
    )


class _Kept:
    """The outlook of one minute: the same for all who ask, and the one page here that looks at every resort."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.minute: datetime | None = None
        self.outlook: Outlook | None = None


def _outlook() -> Outlook:
    kept: _Kept = current_app.extensions.setdefault("uphill.outlook", _Kept())
    minute = now().replace(second=0, microsecond=0)
    with kept.lock:
        if kept.outlook is None or kept.minute != minute:
            kept.outlook, kept.minute = outlook(database_session(), now()), minute
        return kept.outlook


def _place(code: str) -> tuple[str, tuple[str, str] | None]:
    """Name of a region that has resorts, and of a state its country as code and name. Raises NotFound."""
    countries = by_country(regions(database_session()))
    for country in countries:
        if country.code == code:
            return country.name, None
        for region in country.regions:
            if region.code == code:
                return region.name, (country.code, country.name)
    raise unknown_region(code, countries)


def _short_of_the_week() -> str:
    """The day to which hours are worked out, where that is not the whole week."""
    until = worked_out_until(database_session())
    if until is None or until > now() + timedelta(days=DAYS):
        return ""
    return long_day(until)
