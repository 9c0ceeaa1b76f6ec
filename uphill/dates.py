"""Moments in words, on the clock of the place that they are about."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_RECENT_DAYS = {0: "today", 1: "yesterday"}


def day(moment: date) -> str:
    """``21 Nov 2026``."""
    return f"{moment.day} {moment:%b %Y}"


def clock(minutes: int) -> str:
    """``8:30`` for 510 minutes after midnight."""
    return f"{minutes // 60}:{minutes % 60:02}"


def local(moment: datetime, timezone: str | None) -> str:
    """``21 Nov 2026, 6:12 (America/Denver)``; in UTC where the zone is not known."""
    there = moment.astimezone(ZoneInfo(timezone) if timezone else UTC)
    return f"{day(there)}, {clock(there.hour * 60 + there.minute)} ({timezone or 'UTC'})"


def local_day(moment: datetime, timezone: str | None) -> str:
    """``21 Nov 2026``, of the place's own calendar."""
    return day(moment.astimezone(ZoneInfo(timezone) if timezone else UTC))


def seen_words(moment: datetime, now: datetime, timezone: str | None) -> str:
    """``today 6:12 (America/Denver)``, ``yesterday …``, else with its date."""
    zone = ZoneInfo(timezone) if timezone else UTC
    there = moment.astimezone(zone)
    ago = (now.astimezone(zone).date() - there.date()).days
    if ago not in _RECENT_DAYS:
        return local(moment, timezone)
    return f"{_RECENT_DAYS[ago]} {clock(there.hour * 60 + there.minute)} ({timezone or 'UTC'})"
