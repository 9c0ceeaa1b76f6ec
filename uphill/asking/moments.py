"""Times as people say them: "tomorrow 6am", "Samstag früh", "ce soir", "before work"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from uphill.asking.lexicon import Lexicon
from uphill.asking.tries import Readable
from uphill.asking.understood import When

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = frozenset({"today", "tomorrow", *_WEEKDAYS})
_PARTS = {
    "dawn": time(6),
    "morning": time(8),
    "noon": time(12),
    "afternoon": time(14),
    "after_work": time(18),
    "evening": time(18),
    "night": time(21),
}
_LATE = frozenset({"afternoon", "after_work", "evening", "night"})
"""Parts of the day in which 7:30 is 19:30."""
_NO_HOUR_SAID = time(8)
_LONGEST = 16
"""Words that a time may take: "open on the coming Saturday early in the morning at 6 o'clock"."""
_LINKS = frozenset({"open", "at", "before", "between"})
_HALVES = frozenset({"am", "pm", "oclock"})
_CLOCK = re.compile(r"(\d{1,2})(?:([:.h])([0-5]\d))?([a-z]*)")


@dataclass(frozen=True, slots=True)
class Moment:
    """``when`` is said by the words up to ``end``."""

    end: int
    when: When
    read_as: tuple[str, ...] = ()


@dataclass(slots=True)
class _Told:
    end: int = 0
    day: str = ""
    part: str = ""
    clock: time | None = None
    half: str = ""
    after_at: bool = False
    before: bool = False
    read_as: tuple[str, ...] = ()


def moment(asked: Sequence[Readable], start: int, end: int, lexicon: Lexicon, now: datetime) -> Moment | None:
    """The time said from ``start`` on, before ``end``. ``now`` tells what today is, by its own clock."""
    told = _Told()
    i = start
    end = min(end, start + _LONGEST)
    while i < end:
        after = _clock(asked, i, end, lexicon, told)
        if after is None:
            after = _word(asked, i, end, lexicon, told)
        if after is None:
            break
        i = after
    if not told.end:
        return None
    return Moment(told.end, _when(told, now.replace(tzinfo=None, second=0, microsecond=0)), told.read_as)


def _word(asked: Sequence[Readable], i: int, end: int, lexicon: Lexicon, told: _Told) -> int | None:
    found = lexicon.moments.longest(asked, i, end)
    if found is None:
        return None
    day = next((value for value in found.values if value in _DAYS), "")
    part = next((value for value in found.values if value in _PARTS), "")
    if day and not told.day:  # "morgen" is tomorrow at first, and after a day the morning
        told.day, told.end = day, found.end
    elif part and not told.part:
        told.part, told.end = part, found.end
    elif not _LINKS.isdisjoint(found.values):
        told.after_at = "at" in found.values or "before" in found.values
        told.before = told.before or (told.clock is None and "before" in found.values)
        if told.end and "open" in found.values:  # "Sunday 7:30 open"
            told.end = found.end
        return found.end
    else:
        return None
    told.after_at = False
    told.read_as += found.read_as
    return found.end


def _clock(asked: Sequence[Readable], i: int, end: int, lexicon: Lexicon, told: _Told) -> int | None:
    """A clock time at ``i``; a bare number is one after "at", a day or a part of it alone."""
    match = _CLOCK.fullmatch(asked[i].word)
    if told.clock is not None or match is None:
        return None
    hours, separator, minutes, suffix = match.groups()
    after = i + 1
    kinds: tuple[str, ...] = ()
    if suffix:
        kinds = lexicon.moments.find((suffix,))
    elif (found := lexicon.moments.longest(asked, after, end)) is not None and not _HALVES.isdisjoint(
        found.values
    ):
        kinds, after = found.values, found.end
    half = next((kind for kind in kinds if kind in {"am", "pm"}), "")
    named = bool(half) or "oclock" in kinds
    sure = named or separator in {":", "h"} or told.after_at or bool(told.day or told.part)
    counted = after < end and lexicon.around.longest(asked, after, end) is not None and not named
    if not sure or (suffix and not named) or (counted and not separator):
        return None
    hour = int(hours)
    if hour > 23 or (half and not 1 <= hour <= 12):
        return None
    told.clock, told.half, told.end = time(hour, int(minutes or 0)), half, after
    told.part = told.part or next((kind for kind in kinds if kind in _PARTS), "")
    return after


def _when(told: _Told, now: datetime) -> When:
    at = _time(told)
    when = datetime.combine(_day(told, at, now), at)
    assumed = told.clock is None and not told.part
    if when < now and (not told.day or assumed):  # "tonight", asked tonight; "today"
        when = now
    if told.before and told.clock is not None:
        when -= timedelta(hours=1)
    return When(when, assumed)


def _time(told: _Told) -> time:
    if told.clock is None:
        return _PARTS.get(told.part, _NO_HOUR_SAID)
    hour = told.clock.hour
    late = told.half == "pm" or (not told.half and told.part in _LATE)
    if hour == 12 and told.half == "am":
        hour = 0
    elif hour < 12 and late:
        hour += 12
    return told.clock.replace(hour=hour)


def _day(told: _Told, at: time, now: datetime) -> date:
    today = now.date()
    passed = at < now.time() and (told.clock is not None or bool(told.part))
    if told.day == "today":
        return today
    if told.day == "tomorrow":
        return today + timedelta(days=1)
    if told.day:
        ahead = (_WEEKDAYS.index(told.day) - today.weekday()) % 7
        return today + timedelta(days=7 if not ahead and passed else ahead)
    if told.part in {"after_work", "evening", "night"}:
        return today
    coming = today + timedelta(days=1) if passed else today
    if told.part == "dawn":  # before work: on a working day
        while coming.weekday() > 4:
            coming += timedelta(days=1)
    return coming
