"""A whole fact of a policy in words, lists and facts of several parts included."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from pydantic import ValidationError

from uphill.language import N_, gettext
from uphill.policy import Parking, Policy, Route, Season
from uphill.vocabulary import Cost, Difficulty, SeasonMark, Serves, Status
from uphill.words.dates import day, day_of_year
from uphill.words.units import height_words, length_words
from uphill.words.wording import NOT_STATED, price_words, until_words, value_words, window_words

_SERVES = {Serves.UP: N_("going up"), Serves.DOWN: N_("going down"), Serves.BOTH: N_("going up and down")}
_MARKS = {SeasonMark.OPENING_DAY: N_("opening day"), SeasonMark.CLOSING_DAY: N_("closing day")}
_DIFFICULTIES = {
    Difficulty.EASY: N_("easy"),
    Difficulty.INTERMEDIATE: N_("intermediate"),
    Difficulty.DIFFICULT: N_("difficult"),
    Difficulty.EXPERT: N_("expert"),
}


def fact_words(policy: Policy, name: str) -> str:
    """The value of the fact ``name``; "not stated" where the source does not say it."""
    return "; ".join(fact_elements(policy, name)) or gettext(NOT_STATED)


def fact_elements(policy: Policy, name: str) -> list[str]:
    """The fact's elements in words, in the order of its evidence; one that is empty has none."""
    value = getattr(policy, name)
    words = _WORDS.get(name, lambda one: value_words(name, one))
    if value is None:
        return []
    return [words(element) for element in (value if isinstance(value, tuple) else (value,))]


def value_elements(name: str, value: Any) -> list[str]:
    """As :func:`fact_elements`, of a fact's JSON value alone; one that the vocabulary no longer knows as it is."""
    if value is None:
        return []
    try:
        return fact_elements(Policy.model_validate({name: value}), name)
    except ValidationError:  # logged by a version with other words
        return [value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)]


def season_words(season: Season) -> str:
    """``15 Nov to opening day``, ``from 15 Nov``, ``until 30 Apr 2027``."""
    start, end = (moment and _date_words(moment) for moment in (season.start, season.end))
    if start and end:
        return gettext("%(start)s to %(end)s", start=start, end=end)
    return gettext("from %(start)s", start=start) if start else gettext("until %(end)s", end=end)


def _date_words(moment: str) -> str:
    if moment in _MARKS:
        return gettext(_MARKS[SeasonMark(moment)])
    *year, month, of_month = map(int, moment.split("-"))
    return day(date(year[0], month, of_month)) if year else day_of_year(month, of_month)


def parking_words(parking: Parking) -> str:
    """``Lot B, free, until 8:30``, of which any may be missing."""
    told = [parking.place] if parking.place else []
    told += [value_words("parking", parking.cost)] if parking.cost is not Cost.UNKNOWN else []
    told += [until_words(parking.until)] if parking.until else []
    return ", ".join(told)


def serves_words(route: Route) -> str:
    return gettext(_SERVES[route.serves]) if route.serves in _SERVES else ""


def course_words(route: Route) -> str:
    """``from Base Lodge to Ridge Hut``, of which either may be missing."""
    if route.start and route.end:
        return gettext("from %(start)s to %(end)s", start=route.start, end=route.end)
    if route.start:
        return gettext("from %(start)s", start=route.start)
    return gettext("to %(end)s", end=route.end) if route.end else ""


def difficulty_words(route: Route) -> str:
    return gettext(_DIFFICULTIES[route.difficulty]) if route.difficulty in _DIFFICULTIES else ""


def route_words(route: Route, status: str = "") -> str:
    """The name, and in brackets what else is stated: ``Ridge (open, going up, 2.4 km, 5:00–8:00)``.

    ``status`` are words in the place of the route's own, which has expired.
    """
    told = [status or (value_words("status", route.status) if route.status is not Status.UNKNOWN else "")]
    told += [serves_words(route), course_words(route)]
    told += [length_words(route.length_m)] if route.length_m else []
    told += [gettext("%(height)s of ascent", height=height_words(route.ascent_m))] if route.ascent_m else []
    told += [difficulty_words(route)]
    told += [window_words(window) for window in route.windows]
    stated = ", ".join(words for words in told if words)
    return f"{route.name} ({stated})" if stated else route.name


_WORDS: dict[str, Callable[[Any], str]] = {
    "windows": window_words,
    "prices": price_words,
    "routes": route_words,
    "season": season_words,
    "parking": parking_words,
    **dict.fromkeys(("hotline", "status_url", "waiver_url", "pass_url", "map_url"), str),
}
