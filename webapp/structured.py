"""A resort as https://schema.org/SkiResort, for search engines and whoever reads pages by program.

The opening hours of a SkiResort are those of its lifts, which this directory does not know. The hours of going up
are those of a place within it, of which nothing else is said than who may go up there and when.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from uphill.cost import total_cost
from uphill.language import gettext
from uphill.opening import Interval
from uphill.search.answers import ResortPage
from uphill.time_spans import united
from uphill.vocabulary import Access, Status
from webapp.formats import safe_url

_DAYS = 7
_LAST_MINUTE = "23:59"
"""Closing time of a day that goes on: schema.org has no 24:00."""


def ski_resort(
    page: ResortPage, address: str, picture: str, intervals: Iterable[Interval], now: datetime
) -> dict[str, Any]:
    """JSON-LD of the resort whose page is at ``address``. Only what is stated is there.

    Hours are those in which going up is allowed for sure in the coming week, each with its day: they run out by
    themselves, where a rule without a date would be believed for years. ``picture`` is the address of its picture.
    """
    resort, policy = page.resort, page.policy
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "SkiResort",
        "@id": address,
        "name": resort.name,
        "alternateName": list(resort.aliases),
        "description": page.verdict,
        "url": safe_url(resort.website),
        "mainEntityOfPage": address,
        "image": picture,
        "address": {
            "@type": "PostalAddress",
            "addressCountry": resort.country,
            "addressRegion": resort.region_name,
            "addressLocality": resort.locality,
        },
        "geo": None
        if resort.latitude is None or resort.longitude is None
        else {"@type": "GeoCoordinates", "latitude": resort.latitude, "longitude": resort.longitude},
        "contactPoint": None
        if policy.hotline is None
        else {"@type": "ContactPoint", "contactType": gettext("uphill hotline"), "telephone": policy.hotline},
        "containsPlace": _way_up(page, address, intervals, now),
    }
    return _stated(told)


def _way_up(
    page: ResortPage, address: str, intervals: Iterable[Interval], now: datetime
) -> dict[str, Any] | None:
    """The slopes as those who climb them may use them; nothing where that is not stated to be allowed."""
    if page.policy.access is not Access.ALLOWED:
        return None
    cost = total_cost(page.policy)
    return {
        "@type": "SportsActivityLocation",
        "@id": f"{address}#hours",
        "name": f"Uphill access at {page.resort.name}",
        "url": f"{address}#hours",
        "isAccessibleForFree": cost.free if cost.is_stated else None,
        "openingHoursSpecification": _hours(page, intervals, now),
    }


def _hours(page: ResortPage, intervals: Iterable[Interval], now: datetime) -> list[dict[str, str]]:
    if page.resort.timezone is None:
        return []
    zone = ZoneInfo(page.resort.timezone)
    today = now.astimezone(zone).date()
    first = 1 if page.policy.status is Status.CLOSED else 0
    sure = united((each.starts_at, each.ends_at) for each in intervals if each.sure)
    found = []
    for ahead in range(first, _DAYS):
        day = today + timedelta(days=ahead)
        midnight = datetime.combine(day, time(), zone)
        following = datetime.combine(day + timedelta(days=1), time(), zone)
        for start, end in sure:
            opens, closes = max(start.astimezone(zone), midnight), min(end.astimezone(zone), following)
            if opens < closes:
                found.append({
                    "@type": "OpeningHoursSpecification",
                    "name": gettext("Uphill access"),
                    "validFrom": day.isoformat(),
                    "validThrough": day.isoformat(),
                    "opens": f"{opens:%H:%M}",
                    "closes": f"{closes:%H:%M}" if closes < following else _LAST_MINUTE,
                })  # fmt: skip
    return found


def _stated(told: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known, at any depth."""
    kept = {key: _stated(value) if isinstance(value, dict) else value for key, value in told.items()}
    return {key: value for key, value in kept.items() if value not in (None, [], {})}
