"""The week strip: a resort's allowed hours, drawn a day a row and 24 h wide.

Everything is in minutes of the day; the template draws it on a ground 1440 units wide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from uphill.hours import DAY_MINUTES, Place, Span, spans, sun
from uphill.language import gettext
from uphill.policy import Window
from uphill.search.answers import ResortFacts
from uphill.words.dates import clock, clock_span, long_day, weekday
from uphill.words.wording import moment_words, until_words

_SOFT = 50  # minutes over which a soft end fades, to either side
WEEK = 7


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of a row; ``fill`` is ``solid``, ``fade-in`` or ``fade-out``."""

    x: int
    width: int
    fill: str


@dataclass(frozen=True, slots=True)
class Row:
    """One day. ``now`` is set for today only; ``sun`` is sunrise and sunset."""

    day: date
    blocks: tuple[Block, ...]
    sun: tuple[int, int] | None
    now: int | None
    words: str

    @property
    def name(self) -> str:
        return f"{weekday(self.day)} {self.day.day}"


@dataclass(frozen=True, slots=True)
class Strip:
    """Days from today on. ``words`` reads the same as the picture."""

    rows: tuple[Row, ...]
    zone: str | None
    soft: bool

    @property
    def words(self) -> str:
        return "; ".join(f"{long_day(row.day)}: {row.words}" for row in self.rows)

    @property
    def scale(self) -> tuple[str, ...]:
        """The hours along the strip: ``0, 6, 12, 18, 24 h``, or on a clock of twelve hours ``12 AM, 6 AM, …``."""
        quarters = tuple(clock(hour * 60).replace(":00", "") for hour in (0, 6, 12, 18))
        on_twelve_hours = any(not hour.isdigit() for hour in quarters)
        return (*quarters, quarters[0] if on_twelve_hours else gettext("24 h"))


def place_of(resort: ResortFacts) -> Place:
    return Place(resort.latitude, resort.longitude, resort.timezone)


def strip_of(windows: Sequence[Window], resort: ResortFacts, now: datetime, days: int = WEEK) -> Strip | None:
    """The coming ``days`` at ``resort``; ``None`` without windows."""
    if not windows:
        return None
    place = place_of(resort)
    local = now.astimezone(place.zone or UTC)
    today = local.date()
    at = local.hour * 60 + local.minute if place.zone else None
    rows = tuple(
        _row(windows, place, today + timedelta(days=ahead), None if ahead else at) for ahead in range(days)
    )
    soft = any(block.fill != "solid" for row in rows for block in row.blocks)
    return Strip(rows, resort.timezone, soft)


def _row(windows: Sequence[Window], place: Place, day: date, at: int | None) -> Row:
    allowed = spans(windows, place, day)
    blocks = tuple(block for span in allowed for block in _blocks(span))
    return Row(day, blocks, sun(place, day), at, _words(allowed))


def _blocks(span: Span) -> list[Block]:
    start, end = span.start, span.end
    found = []
    if span.starts_at:
        found.append(Block(max(start - _SOFT, 0), 2 * _SOFT, "fade-in"))
        start += _SOFT
    if span.ends_at:
        last = min(end + _SOFT, DAY_MINUTES)
        found.append(Block(last - 2 * _SOFT, 2 * _SOFT, "fade-out"))
        end -= _SOFT
    if start < end:
        found.append(Block(start, end - start, "solid"))
    return found


def _words(allowed: tuple[Span, ...]) -> str:
    return ", ".join(span_words(span) for span in allowed) or gettext("not in the stated hours")


def span_words(span: Span) -> str:
    """``5:00–8:30``, ``until 8:30``, or ``5:00 until lifts open``."""
    if (span.start, span.end) == (0, DAY_MINUTES):
        return gettext("all day")
    start, end = span.starts_at or _written(span.start), span.ends_at or _written(span.end)
    if not span.start:
        return until_words(end)
    if span.starts_at or span.ends_at:
        return f"{moment_words(start)} {until_words(end)}"
    return clock_span(span.start, span.end)


def _written(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
