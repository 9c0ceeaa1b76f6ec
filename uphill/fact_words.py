"""A whole fact of a policy in words, lists and facts of several parts included."""

import json
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from uphill.policy import Parking, Policy, Route, Season
from uphill.vocabulary import Cost, Difficulty, SeasonMark, Serves, Status
from uphill.wording import NOT_STATED, moment_words, price_words, value_words, window_words

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SERVES = {Serves.UP: "going up", Serves.DOWN: "going down", Serves.BOTH: "going up and down"}


def fact_words(policy: Policy, name: str) -> str:
    """The value of the fact ``name``; "not stated" where the source does not say it."""
    return "; ".join(fact_elements(policy, name)) or NOT_STATED


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
        return f"{start} to {end}"
    return f"from {start}" if start else f"until {end}"


def _date_words(moment: str) -> str:
    if moment in tuple(SeasonMark):
        return moment.replace("_", " ")
    *year, month, day = moment.split("-")
    return " ".join([str(int(day)), _MONTHS[int(month) - 1], *year])


def parking_words(parking: Parking) -> str:
    """``Lot B, free, until 8:30``, of which any may be missing."""
    told = [parking.place] if parking.place else []
    told += [str(parking.cost)] if parking.cost is not Cost.UNKNOWN else []
    told += [f"until {moment_words(parking.until)}"] if parking.until else []
    return ", ".join(told)


def serves_words(route: Route) -> str:
    return _SERVES.get(route.serves, "")


def course_words(route: Route) -> str:
    """``from Base Lodge to Ridge Hut``, of which either may be missing."""
    start = f"from {route.start}" if route.start else ""
    end = f"to {route.end}" if route.end else ""
    return f"{start} {end}".strip()


def distance_words(metres: int) -> str:
    """``850 m``, ``2.4 km``."""
    return f"{metres} m" if metres < 1000 else f"{metres / 1000:.1f} km"


def route_words(route: Route, status: str = "") -> str:
    """The name, and in brackets what else is stated: ``Ridge (open, going up, 2.4 km, 5:00–8:00)``.

    ``status`` are words in the place of the route's own, which has expired.
    """
    told = [status or (str(route.status) if route.status is not Status.UNKNOWN else "")]
    told += [serves_words(route), course_words(route)]
    told += [distance_words(route.length_m)] if route.length_m else []
    told += [f"{route.ascent_m:,} m of ascent"] if route.ascent_m else []
    told += [str(route.difficulty)] if route.difficulty is not Difficulty.UNKNOWN else []
    told += [window_words(window) for window in route.windows]
    stated = ", ".join(words for words in told if words)
    return f"{route.name} ({stated})" if stated else route.name


_WORDS: dict[str, Callable[[Any], str]] = {
    "windows": window_words,
    "prices": price_words,
    "routes": route_words,
    "season": season_words,
    "parking": parking_words,
    **dict.fromkeys(("hotline", "status_url", "waiver_url", "pass_url"), str),
}
