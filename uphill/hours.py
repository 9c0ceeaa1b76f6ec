"""When uphill travel is allowed: windows to and from OSM opening_hours, and evaluated at a resort.

Evaluation is opening-hours-py's, with the resort's coordinates and time zone, the sun's events included.
OSM has no word for the lifts' times, and we do not know them: a lift's time is an interval in which it may
fall (``_EVENTS``). In OSM text such a window is a rule of state ``unknown`` over all the time it may cover,
with the window itself as the comment; whatever hinges on the lifts is answered with ``None``. The sun's
events are treated alike for a resort whose coordinates or time zone are not known.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours

from uphill.policy import Window
from uphill.vocabulary import Event

DAY_MINUTES = 24 * 60
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Place:
    """Where windows are evaluated: degrees (WGS 84) and an IANA time zone, each only if known."""

    latitude: float | None = None
    longitude: float | None = None
    timezone: str | None = None

    @property
    def zone(self) -> ZoneInfo | None:
        return ZoneInfo(self.timezone) if self.timezone else None

    @property
    def coordinates(self) -> tuple[float, float] | None:
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    @property
    def has_sun(self) -> bool:
        """Whether sunrise and sunset can be told here."""
        return self.coordinates is not None and self.timezone is not None


@dataclass(frozen=True, slots=True)
class Span:
    """Part of one day, in minutes of that day's wall clock, ``0 <= start < end <= 1440``.

    ``starts_at`` and ``ends_at`` are set where that end is an event whose time nobody states: the minute is
    then the one at which it usually happens.
    """

    start: int
    end: int
    starts_at: Event | None = None
    ends_at: Event | None = None


class _Reach(Enum):
    """Which of a window's possible extents is meant, where its ends are not on the clock."""

    SURELY = "surely"
    USUALLY = "usually"
    POSSIBLY = "possibly"


@dataclass(frozen=True, slots=True)
class _Range:
    earliest: str
    usual: str
    latest: str


# In the ski season of both hemispheres; lifts that run into the night included.
_EVENTS = {
    Event.LIFT_OPEN: _Range("07:00", "09:00", "11:00"),
    Event.LIFT_CLOSE: _Range("14:30", "16:00", "22:00"),
    Event.DAWN: _Range("04:30", "06:30", "08:30"),
    Event.SUNRISE: _Range("05:00", "07:00", "09:00"),
    Event.SUNSET: _Range("15:30", "17:00", "21:00"),
    Event.DUSK: _Range("16:00", "17:30", "21:30"),
}
_LIFTS = frozenset({Event.LIFT_OPEN, Event.LIFT_CLOSE})


def spans(windows: Iterable[Window], place: Place, day: date) -> tuple[Span, ...]:
    """The parts of ``day`` that ``windows`` allow, in order, overlapping ones joined."""
    found = [
        Span(start, end, _event_at(window.start, start, place), _event_at(window.end, end, place))
        for window in windows
        for start, end in _evaluate(_drawn(window, place), place, day)
    ]
    return _joined(found)


def sun(place: Place, day: date) -> tuple[int, int] | None:
    """Minutes of the wall clock at sunrise and sunset; ``None`` where unknown, or in polar day or night."""
    if not place.has_sun:
        return None
    lit = _evaluate("sunrise-sunset", place, day)
    return lit[0] if len(lit) == 1 and lit[0] != (0, DAY_MINUTES) else None


def open_at(windows: Sequence[Window], place: Place, when: datetime) -> bool | None:
    """Whether ``when`` (aware) lies in a window.

    ``None`` where that hinges on lift times, no windows are stated or the resort's time zone is unknown.
    """
    if not windows or place.zone is None:
        return None
    if any(_covers(window, place, when, _Reach.SURELY) for window in windows):
        return True
    if any(_covers(window, place, when, _Reach.POSSIBLY) for window in windows):
        return None
    return False


def stretches(
    windows: Iterable[Window], place: Place, first_day: date, days: int, *, surely: bool
) -> list[tuple[datetime, datetime]]:
    """The parts of ``days`` days from ``first_day`` on that ``windows`` allow, each on its own and unjoined.

    In naive times of the place's wall clock, not cut at midnight. Where an end hinges on the lifts (or on a sun
    that can't be told), they are what is allowed ``surely``, or else what may be.
    """
    reach = _Reach.SURELY if surely else _Reach.POSSIBLY
    begin = datetime.combine(first_day, time())
    end = begin + timedelta(days=days)
    found = []
    for window in windows:
        text = _fixed(window, place, reach)
        if text is None:
            continue
        for start, until, state, _ in _evaluator(text, place).intervals(begin, end):
            if str(state) == "open":
                found.append((start.replace(tzinfo=None, fold=0), until.replace(tzinfo=None, fold=0)))
    return found


def to_osm(windows: Iterable[Window]) -> str:
    """``windows`` as one OSM opening_hours value; empty for none.

    Windows that hinge on the lifts come first, so that a stated time overrules an ``unknown``.
    """
    known: dict[str, list[str]] = {}
    rules: list[str] = []
    for window in windows:
        days, _, span = str(window).rpartition(" ")
        if {window.start, window.end} & _LIFTS:
            start, end = _end(window.start, latest=False), _end(window.end, latest=True)
            rules.append(_rule(days, f'{start}-{end} unknown "{span}"'))
        else:
            known.setdefault(days, []).append(span)
    rules += [_rule(days, ",".join(stated)) for days, stated in known.items()]
    return ", ".join(rules)


_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_TIME = r"(?:\d\d:\d\d|sunrise|sunset|dawn|dusk)"
_RULE = re.compile(
    rf"(?:(?P<days>{_DAY}(?:[-,]{_DAY})*) )?(?P<spans>{_TIME}-{_TIME}(?:,{_TIME}-{_TIME})*)"
    r'(?: unknown "(?P<window>[a-z_\d:]+-[a-z_\d:]+)")?(?:, |$)'
)


def from_osm(text: str) -> tuple[Window, ...]:
    """The windows of an OSM opening_hours value. Raises ValueError for what windows can't hold."""
    if text == "24/7":
        return (Window(),)
    windows: list[Window] = []
    position = 0
    while position < len(text):
        match = _RULE.match(text, position)
        if match is None:
            raise ValueError(
                f"opening hours {text!r} can't be written as windows, from {text[position:]!r} on"
            )
        days = match["days"] or ""
        stated = [match["window"]] if match["window"] else match["spans"].split(",")
        windows += [Window.parse(_rule(days, span)) for span in stated]
        position = match.end()
    return tuple(windows)


def _rule(days: str, rest: str) -> str:
    return f"{days} {rest}" if days else rest


def _uncertain(moment: str, place: Place) -> bool:
    """Whether ``moment`` is an event whose time can't be told at ``place``."""
    return moment in _LIFTS or (moment in _EVENTS and not place.has_sun)


def _drawn(window: Window, place: Place) -> str:
    """``window`` as it usually is; where nothing is left of that, as it is at most."""
    return _fixed(window, place, _Reach.USUALLY) or _fixed(window, place, _Reach.POSSIBLY) or "off"


def _event_at(moment: str, minute: int, place: Place) -> Event | None:
    """The event that ``minute`` stands for; not, say, the midnight at which an overnight window is cut."""
    return Event(moment) if _uncertain(moment, place) and _usual(moment) == minute else None


def _usual(moment: str) -> int:
    clock = _EVENTS[Event(moment)].usual if moment in _EVENTS else moment
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _end(moment: str, *, latest: bool) -> str:
    if moment not in _LIFTS:
        return moment
    event = _EVENTS[Event(moment)]
    return event.latest if latest else event.earliest


def _fixed(window: Window, place: Place, reach: _Reach) -> str | None:
    """``window`` as an OSM value without uncertain events; ``None`` where nothing of it is left."""
    start, end = window.start, window.end
    overnight = _usual(end) < _usual(start)
    uncertain = False
    if _uncertain(start, place):
        event, uncertain = _EVENTS[Event(start)], True
        start = {_Reach.SURELY: event.latest, _Reach.USUALLY: event.usual}.get(reach, event.earliest)
    if _uncertain(end, place):
        event, uncertain = _EVENTS[Event(end)], True
        end = {_Reach.SURELY: event.earliest, _Reach.USUALLY: event.usual}.get(reach, event.latest)
    if uncertain and not overnight and _usual(end) <= _usual(start):
        return None
    return str(window.model_copy(update={"start": start, "end": end}))


def _evaluator(text: str, place: Place) -> OpeningHours:
    if place.zone is None:
        return OpeningHours(text, auto_timezone=False, auto_country=False)
    return OpeningHours(text, timezone=place.zone, coords=place.coordinates, auto_country=False)


@lru_cache(maxsize=8192)
def _evaluate(text: str, place: Place, day: date) -> tuple[tuple[int, int], ...]:
    """Start and end of each open span of ``day``, in minutes of the wall clock."""
    midnight = datetime.combine(day, time(), place.zone)
    following = datetime.combine(day + timedelta(days=1), time(), place.zone)
    found = []
    for start, end, state, _ in _evaluator(text, place).intervals(midnight, following):
        first, last = _clock_minutes(start), _clock_minutes(end) if end.date() == day else DAY_MINUTES
        if str(state) == "open" and first < last:
            found.append((first, last))
    return tuple(found)


def _covers(window: Window, place: Place, when: datetime, reach: _Reach) -> bool:
    text = _fixed(window, place, reach)
    # The library knows zones by their name alone, and UTC tells the two passes of an hour apart.
    return text is not None and bool(_evaluator(text, place).is_open(when.astimezone(_UTC)))


def _clock_minutes(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _joined(found: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, span.starts_at is not None)):
        if joined and span.start <= joined[-1].end:
            before = joined.pop()
            last = max(before, span, key=lambda one: (one.end, one.ends_at is None))
            joined.append(Span(before.start, last.end, before.starts_at, last.ends_at))
        else:
            joined.append(span)
    return tuple(joined)
