"""What was announced of the resort and of its routes, told no longer than it holds."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from uphill.language import gettext
from uphill.words.dates import local
from uphill.words.fact_words import fact_elements, route_words
from uphill.words.wording import value_words

if (
    TYPE_CHECKING
):  # the write side fills in when a status expires; it need not know the answers of the read side
    from uphill.search.answers import Announcement, ResortPage

STATUS_HOLDS = timedelta(hours=12)
"""How long an announced status is told as what holds now, at most."""


def status_expires(seen_at: datetime, timezone: str | None) -> datetime:
    """When a status that a page last stated at ``seen_at`` (aware) stops to be told as what holds now, in UTC.

    At the end of the resort's local day (``timezone``: IANA name) or 12 h after it was seen, whichever is
    earlier; without a zone after 12 h. The status is expired from that moment on, itself included.
    """
    holds_until = seen_at.astimezone(UTC) + STATUS_HOLDS
    if timezone is None:
        return holds_until
    zone = ZoneInfo(timezone)
    following = seen_at.astimezone(zone).date() + timedelta(days=1)
    return min(holds_until, datetime.combine(following, time(), zone).astimezone(UTC))


def status_words(announcement: Announcement, timezone: str | None) -> str:
    """``open``, or ``not known, last seen open on 15 Jan 2026, 6:12 (America/Denver)``."""
    words = value_words("status", announcement.status)
    if announcement.holds:
        return words
    seen = local(announcement.seen_at, timezone)
    return gettext("not known, last seen %(status)s on %(when)s", status=words, when=seen)


def short_status_words(announcement: Announcement) -> str:
    """``open``, or ``not known, last seen open``."""
    words = value_words("status", announcement.status)
    return words if announcement.holds else gettext("not known, last seen %(status)s", status=words)


def elements_now(page: ResortPage, name: str) -> list[str]:
    """The fact's elements in words as :func:`~uphill.words.fact_words.fact_elements`, expired statuses as last seen."""
    timezone = page.resort.timezone
    if name == "status" and page.announced is not None:
        return [status_words(page.announced, timezone)]
    if name == "routes":
        expired = {one.position: one for one in page.routes_announced if not one.holds}
        return [
            route_words(route, status_words(expired[at], timezone) if at in expired else "")
            for at, route in enumerate(page.policy.routes)
        ]
    return fact_elements(page.policy, name)
