"""The routes of a resort as a table: whether each is open, and what else is stated of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from uphill.language import N_, gettext, within
from uphill.policy import Route
from uphill.search.answers import ResortPage
from uphill.words.fact_words import course_words, difficulty_words, serves_words
from uphill.words.units import height_words, length_words
from uphill.words.wording import window_words
from webapp.facts import Now, told


@dataclass(frozen=True, slots=True)
class RouteLine:
    """One route; ``cells`` holds its words under each of the table's columns, empty where not stated."""

    name: str
    now: Now
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RouteTable:
    """Only what is stated of any route has its column; ``silent`` names the rest: ``length, ascent``.

    ``seen`` is set where all that is told of statuses was seen at the same time on the same page.
    """

    columns: tuple[str, ...]
    lines: tuple[RouteLine, ...]
    has_status: bool
    seen: Now | None
    silent: str


_COLUMNS: dict[str, Callable[[Route], str]] = {
    N_("Hours"): lambda route: ", ".join(map(window_words, route.windows)),
    N_("Direction"): serves_words,
    N_("Course"): course_words,
    N_("Length"): lambda route: length_words(route.length_m) if route.length_m else "",
    N_("Ascent"): lambda route: height_words(route.ascent_m) if route.ascent_m else "",
    N_("Difficulty"): difficulty_words,
}


def route_table(page: ResortPage, now: datetime) -> RouteTable | None:
    """``None`` where no more than names is stated."""
    cells_of = [{title: words(route) for title, words in _COLUMNS.items()} for route in page.policy.routes]
    columns = tuple(title for title in _COLUMNS if any(cells[title] for cells in cells_of))
    announced = {one.position: one for one in page.routes_announced}
    states = [told(announced.get(at), page, now) for at in range(len(page.policy.routes))]
    seen = {(state.seen_at, state.source_url): state for state in states if state.seen_at is not None}
    has_status = bool(seen)
    if not columns and not has_status:
        return None
    silent = [within(gettext(title)) for title in _COLUMNS if title not in columns]
    return RouteTable(
        tuple(map(gettext, columns)),
        tuple(
            RouteLine(route.name, state, tuple(cells[title] for title in columns))
            for route, state, cells in zip(page.policy.routes, states, cells_of, strict=True)
        ),
        has_status,
        next(iter(seen.values())) if len(seen) == 1 else None,
        ", ".join(silent if has_status else [gettext("status"), *silent]),
    )
