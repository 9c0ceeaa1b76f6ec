"""The coming mornings and evenings in words: for each part of a day which resorts, and under which terms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from uphill.errors import BadFilter
from uphill.language import N_, gettext
from uphill.policy import Policy
from uphill.search.answers import Freshness, Listing
from uphill.tonight import Chance, Part, RegionWeek, ResortWeek, spans_in
from uphill.vocabulary import Cost, PassRequired, Period
from uphill.words.dates import long_weekday, weekday
from uphill.words.wording import age, by_clock, pending_words, price_words, window_words
from webapp.facts import Now, now_of
from webapp.formats import today_words
from webapp.marks import Mark
from webapp.strip import span_words

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""How an address names a day: it stays right from week to week."""

MARKS: dict[Chance, Mark | None] = {
    Chance.OPEN: Mark.ALLOWED,
    Chance.POSSIBLE: Mark.LIMITED,
    Chance.CLOSED: Mark.PROHIBITED,
    Chance.OVER: None,
    Chance.NO: None,
}
CHANCE_WORDS: dict[Chance, str] = {
    Chance.OPEN: N_("allowed"),
    Chance.POSSIBLE: N_("depends on the lifts’ hours"),
    Chance.CLOSED: N_("announced closed"),
    Chance.OVER: N_("over for today"),
    Chance.NO: N_("not in the stated hours"),
}
_PASSES: dict[tuple[PassRequired, Cost], str] = {
    (PassRequired.ALWAYS, Cost.FREE): N_("free pass"),
    (PassRequired.ALWAYS, Cost.PAID): N_("paid pass"),
    (PassRequired.ALWAYS, Cost.UNKNOWN): N_("pass needed"),
    (PassRequired.DURING_OPERATIONS, Cost.FREE): N_("free pass only during lift hours"),
    (PassRequired.DURING_OPERATIONS, Cost.PAID): N_("paid pass only during lift hours"),
    (PassRequired.DURING_OPERATIONS, Cost.UNKNOWN): N_("pass needed only during lift hours"),
    (PassRequired.OUTSIDE_OPERATIONS, Cost.FREE): N_("free pass only outside lift hours"),
    (PassRequired.OUTSIDE_OPERATIONS, Cost.PAID): N_("paid pass only outside lift hours"),
    (PassRequired.OUTSIDE_OPERATIONS, Cost.UNKNOWN): N_("pass needed only outside lift hours"),
}
_ORDER = (Chance.OPEN, Chance.POSSIBLE, Chance.CLOSED, Chance.OVER)


@dataclass(frozen=True, slots=True)
class DayLink:
    """One of the seven days: ``day`` as an address names it, empty for today."""

    date: date
    key: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A resort in one morning or evening."""

    listing: Listing
    chance: Chance
    hours: str
    terms: str
    age: str
    stale: bool
    pending: str
    now: Now


@dataclass(frozen=True, slots=True)
class Section:
    """A morning or an evening; ``lines`` are those open for sure first."""

    key: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A resort's week as the sheet shows it: marks by part, a day each."""

    listing: Listing
    hours: str
    terms: str
    age: str
    parts: tuple[tuple[Part, tuple[Chance, ...]], ...]


def day_links(week: RegionWeek, day: str) -> tuple[DayLink, ...]:
    """The seven days from today on. Raises BadFilter for a ``day`` that is no weekday."""
    if day and day not in WEEKDAYS:
        raise BadFilter(
            "day",
            gettext(
                "%(name)s can't be %(word)s. Try one of: %(allowed)s.",
                name="day",
                word=repr(day),
                allowed=", ".join(WEEKDAYS),
            ),
            WEEKDAYS,
        )
    return tuple(
        DayLink(
            one,
            WEEKDAYS[one.weekday()] if ahead else "",
            today_words() if not ahead else weekday(one),
            chosen=WEEKDAYS[one.weekday()] == day if day else not ahead,
        )
        for ahead, one in enumerate(week.days)
    )


def sections(week: RegionWeek, chosen: date, now: datetime) -> tuple[Section, ...]:
    """The chosen day's morning and evening; of today what is left of it, and the morning after."""
    today, tomorrow = week.days[:2]
    if chosen != today:
        wanted = [(chosen, part) for part in Part]
    else:
        wanted = [(today, Part.EVENING), (tomorrow, Part.MORNING)]
        if any(now < _nine(today, zone) for zone in week.zones):
            wanted.insert(0, (today, Part.MORNING))
    return tuple(
        Section(
            f"{part}-{WEEKDAYS[day.weekday()]}",
            _title(day, part, today),
            tuple(_lines(week.resorts, day, part, now)),
        )
        for day, part in wanted
    )


def sheet(week: RegionWeek, now: datetime) -> tuple[SheetRow, ...]:
    return tuple(
        SheetRow(
            one.listing,
            _stated_hours(one),
            pass_words(one.listing.policy),
            age(one.listing.provenance, now),
            tuple((part, tuple(one.chances[day, part] for day in week.days)) for part in Part),
        )
        for one in week.resorts
    )


def pass_words(policy: Policy) -> str:
    """The pass in a word or two: ``no pass``, ``free pass``, ``USD 15 a day``."""
    needed = policy.pass_required
    if needed is PassRequired.NEVER:
        return gettext("no pass")
    day_prices = [price for price in policy.prices if price.period in {Period.DAY, Period.VISIT}]
    cost = policy.pass_cost
    if needed is PassRequired.UNKNOWN and cost is Cost.UNKNOWN and not policy.prices:
        return gettext("pass not stated")
    if cost is Cost.UNKNOWN and policy.prices:
        cost = Cost.PAID
    words = gettext(_PASSES.get((needed, cost), _PASSES[PassRequired.ALWAYS, cost]))
    return ", ".join([words, *map(price_words, day_prices[:1])])


def _lines(resorts: Iterable[ResortWeek], day: date, part: Part, now: datetime) -> list[Line]:
    told = [one for one in resorts if one.chances[day, part] in _ORDER]
    told.sort(key=lambda one: _ORDER.index(one.chances[day, part]))  # of one kind by name, as they come
    return [_line(one, day, part, now) for one in told]


def _line(one: ResortWeek, day: date, part: Part, now: datetime) -> Line:
    told = one.listing
    hours = ", ".join(map(span_words, spans_in(part, one.hours[day])))
    return Line(
        told,
        one.chances[day, part],
        gettext("%(hours)s, on some routes", hours=hours) if one.by_routes else hours,
        pass_words(told.policy),
        age(told.provenance, now),
        told.provenance is not None and told.provenance.freshness is not Freshness.CHECKED,
        pending_words(told.pending, told.resort.timezone) if told.pending is not None else "",
        now_of(told, now),
    )


def _stated_hours(one: ResortWeek) -> str:
    if not one.by_routes:
        return ", ".join(map(window_words, by_clock(one.listing.policy.windows)))
    return "; ".join(
        f"{route.name} {', '.join(map(window_words, route.windows))}"
        for route in one.listing.policy.routes
        if route.windows
    )


def _title(day: date, part: Part, today: date) -> str:
    ahead = (day - today).days
    morning = part is Part.MORNING
    if ahead == 0:
        return gettext("This morning") if morning else gettext("This evening")
    if ahead == 1:
        return gettext("Tomorrow morning") if morning else gettext("Tomorrow evening")
    words = N_("%(weekday)s morning") if morning else N_("%(weekday)s evening")
    return gettext(words, weekday=long_weekday(day))


def _nine(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)) + timedelta(hours=9)
