"""What the fields of the search form hold: the state of a query as somebody would have typed it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from uphill.language import N_
from uphill.language import gettext as _
from uphill.search import Query
from uphill.search.answers import FacetCount, Results
from uphill.search.openings import DAYS_AHEAD
from uphill.search.parameters import OPENING_WORDS, Opening
from uphill.search.places import DEFAULT_KM
from uphill.words.units import distance_words
from uphill.words.wording import moment_words
from webapp.form import WAS
from webapp.params import View, current_view
from webapp.times import HOURS, When

CURRENCIES = ("USD", "CAD", "EUR", "CHF")
_KILOMETRES = (25, 50, 100, 150, 200, 300, 500)
_TIMES = {
    None: N_("any time"),
    When.NOW: N_("now"),
    When.TONIGHT: N_("tonight, %(time)s"),
    When.TOMORROW: N_("tomorrow morning, %(time)s"),
    When.SATURDAY: N_("Saturday morning, %(time)s"),
    When.AT: N_("at a date and time"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """A value to pick, in words; ``value`` is empty where none is."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Fields:
    """Texts are empty where nothing is asked for; ``hidden`` are fields that nobody sees, by name and value."""

    near: str
    kilometres: tuple[Option, ...]
    times: tuple[Option, ...]
    at: str
    earliest: str
    latest: str
    openings: tuple[FacetCount, ...]
    price_max: str
    season_max: str
    currencies: tuple[Option, ...]
    hidden: tuple[tuple[str, str], ...]


def fields_of(query: Query, results: Results, times: dict[When, datetime], now: datetime) -> Fields:
    """``times`` are those on offer by the clocks that the query's time is meant by; empty where it has none."""
    km = query.near.km if query.near is not None else DEFAULT_KM
    currency = query.currency or CURRENCIES[0]
    today = now.astimezone(UTC).replace(tzinfo=None)
    return Fields(
        near=(query.near.name or query.near.value) if query.near is not None else "",
        kilometres=tuple(
            Option(str(each), distance_words(each), each == km) for each in sorted({*_KILOMETRES, km})
        ),
        times=tuple(
            Option(when or "", _said(words, when), when == _picked(query, times))
            for when, words in _TIMES.items()
        ),
        at=_minute(query.at) if query.at is not None else "",
        earliest=_minute(today - timedelta(hours=12)),  # where the clocks are behind
        latest=_minute(today + timedelta(days=DAYS_AHEAD)),
        openings=results.facets.get("open") or tuple(map(_opening, Opening)),
        price_max=f"{query.price_max:f}" if query.price_max is not None else "",
        season_max=f"{query.season_max:f}" if query.season_max is not None else "",
        currencies=tuple(
            Option(code, code, code == currency) for code in dict.fromkeys((*CURRENCIES, currency))
        ),
        hidden=tuple(_hidden(query)),
    )


def _said(words: str, when: When | None) -> str:
    return _(words, time=moment_words(HOURS[when])) if when in HOURS else _(words)


def _picked(query: Query, times: dict[When, datetime]) -> When | None:
    if query.at is None:
        return When.NOW if query.opening else None
    return next((when for when, at in times.items() if at == query.at), When.AT)


def _opening(value: Opening) -> FacetCount:
    return FacetCount(value=value, label=_(OPENING_WORDS[value]), count=0)


def _hidden(query: Query) -> Iterator[tuple[str, str]]:
    if query.near is not None and query.near.name:
        yield WAS["near"], query.near.value
    if query.at is not None:
        yield WAS["at"], _minute(query.at)
    for name, value in query.parameters():
        if name in {"sort", "size"}:
            yield name, value
    if current_view() is not View.LIST:
        yield "view", current_view()


def _minute(moment: datetime) -> str:
    """As a field for a date and time has it: ``2026-11-28T06:00``."""
    return moment.isoformat(timespec="minutes")
