"""Moments in words: in the order and on the clock that the reader is used to, at the place that they are about."""

from calendar import monthrange
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton, format_time

from uphill.language import current_locale, gettext

_PLAIN = Locale("en", "GB")
"""The habits that need no look into CLDR; those of the command line too."""


def day(moment: date) -> str:
    """``21 Nov 2026``."""
    return _dated("yMMMd", date(moment.year, moment.month, moment.day), current_locale())


def day_of_year(month: int, of_month: int) -> str:
    """``21 Nov``; a page may also state a day that no calendar has, such as 30 Feb."""
    locale = current_locale()
    if of_month > monthrange(2000, month)[1]:
        return f"{of_month} {locale.months['format']['abbreviated'][month]}"
    return _dated("MMMd", date(2000, month, of_month), locale)


def long_day(moment: date) -> str:
    """``Saturday 21 November``."""
    return _dated("MMMMEEEEd", date(moment.year, moment.month, moment.day), current_locale())


def weekday(moment: date) -> str:
    """``Sat``."""
    return weekday_names()[moment.weekday()]


def weekday_names() -> tuple[str, ...]:
    """``Mon`` to ``Sun``."""
    return _weekday_names(current_locale())


def long_weekday(moment: date) -> str:
    """``Saturday``."""
    return str(current_locale().days["stand-alone"]["wide"][moment.weekday()])


def clock(minutes: int) -> str:
    """``8:30`` for 510 minutes after midnight, 1440 is ``24:00``; of twelve hours ``8:30 AM`` and ``midnight``."""
    return _clock(minutes, current_locale())


def clock_span(start: int, end: int) -> str:
    """``5:00–8:30``; ``5:00–8:30 AM``; of two halves of the day ``8:30 AM–4:30 PM``."""
    begins, ends = clock(start), clock(end)
    half = ends.lstrip("0123456789:")
    return f"{begins.removesuffix(half)}–{ends}" if half else f"{begins}–{ends}"


def minutes_of(written: str) -> int:
    """The minutes after midnight of ``HH:MM``."""
    hours, _, minutes = written.partition(":")
    return int(hours) * 60 + int(minutes)


def local(moment: datetime, timezone: str | None) -> str:
    """``21 Nov 2026, 6:12 (America/Denver)``; in UTC where the zone is not known."""
    there = moment.astimezone(ZoneInfo(timezone) if timezone else UTC)
    return f"{day(there)}, {_of_day(there)} ({timezone or 'UTC'})"


def local_day(moment: datetime, timezone: str | None) -> str:
    """``21 Nov 2026``, of the place's own calendar."""
    return day(moment.astimezone(ZoneInfo(timezone) if timezone else UTC))


def seen_words(moment: datetime, now: datetime, timezone: str | None) -> str:
    """``today 6:12 (America/Denver)``, ``yesterday …``, else with its date."""
    zone = ZoneInfo(timezone) if timezone else UTC
    there = moment.astimezone(zone)
    ago = (now.astimezone(zone).date() - there.date()).days
    if ago == 0:
        return gettext("today %(clock)s (%(zone)s)", clock=_of_day(there), zone=timezone or "UTC")
    if ago == 1:
        return gettext("yesterday %(clock)s (%(zone)s)", clock=_of_day(there), zone=timezone or "UTC")
    return local(moment, timezone)


def _of_day(moment: datetime) -> str:
    return clock(moment.hour * 60 + moment.minute)


@lru_cache(maxsize=4096)
def _dated(skeleton: str, moment: date, locale: Locale) -> str:
    if locale == _PLAIN:
        plain = {"yMMMd": "%b %Y", "MMMd": "%b", "MMMMEEEEd": "%B"}[skeleton]
        before = f"{moment:%A} " if skeleton == "MMMMEEEEd" else ""
        return f"{before}{moment.day} {moment:{plain}}"
    return format_skeleton(skeleton, moment, locale=locale)


@lru_cache(maxsize=64)
def _weekday_names(locale: Locale) -> tuple[str, ...]:
    names = locale.days["stand-alone"]["abbreviated"]
    return tuple(names[at] for at in range(7))


@lru_cache(maxsize=8192)
def _clock(minutes: int, locale: Locale) -> str:
    if "a" in locale.time_formats["short"].pattern:
        if minutes == 24 * 60:
            return "midnight"  # of our languages English alone has clocks of twelve hours
        return format_time(time(minutes // 60 % 24, minutes % 60), "short", locale=locale)
    return f"{minutes // 60}:{minutes % 60:02}"
