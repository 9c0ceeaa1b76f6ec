"""The allowed hours of the coming two weeks as a calendar (iCalendar, RFC 5545) that a phone can subscribe to."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from uphill.language import N_, current_language, gettext
from uphill.licence import CAUTION
from uphill.opening import DAYS_AHEAD, Interval
from uphill.search.answers import ResortPage
from uphill.vocabulary import Status
from uphill.words.wording import age

MIMETYPE = "text/calendar"
_LONGEST = timedelta(hours=24)


def calendar(page: ResortPage, address: str, intervals: Iterable[Interval], now: datetime) -> bytes:
    """The calendar of the resort whose page is at ``address``.

    What hinges on the lifts' hours is tentative, what an announcement closes is cancelled. Times are on the resort's
    clock. Events keep their ids from day to day, so that a subscription moves none.
    """
    resort = page.resort
    zone_name = resort.timezone or "UTC"
    zone = ZoneInfo(zone_name)
    today = now.astimezone(zone).date()
    whole = Calendar()
    for name, value in (
        ("prodid", f"-//Uphill access//Allowed hours//{current_language().upper()}"),
        ("version", "2.0"),
        ("method", "PUBLISH"),
        ("x-wr-calname", gettext("Uphill at %(resort)s", resort=resort.name)),
        ("x-wr-timezone", zone_name),
        ("x-published-ttl", "P1D"),
    ):
        whole.add(name, value)
    whole.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    # A calendar must hold something, also where no hours are stated.
    whole.add_component(
        Timezone.from_tzid(zone_name, first_date=today, last_date=today + timedelta(days=365))
    )
    for each in _by_day(intervals, zone, today):
        whole.add_component(_event(page, address, each, zone, now))
    body: bytes = whole.to_ical()
    return body


def _event(page: ResortPage, address: str, each: Interval, zone: ZoneInfo, now: datetime) -> Event:
    resort, told = page.resort, page.announced
    closed = (
        page.policy.status is Status.CLOSED
        and told is not None
        and each.starts_at.astimezone(zone).date() == now.astimezone(zone).date()
    )
    state = "CANCELLED" if closed else "CONFIRMED" if each.sure else "TENTATIVE"
    summary = (
        N_("Uphill announced closed: %(resort)s")
        if closed
        else N_("Uphill allowed: %(resort)s")
        if each.sure
        else N_("Uphill perhaps allowed, by the lifts’ hours: %(resort)s")
    )
    origin = page.provenance
    stamp = (origin.last_confirmed or origin.first_seen) if origin is not None else now
    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'{resort.slug} {each.starts_at.isoformat()} {each.sure}')}")
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", each.starts_at.astimezone(zone))
    event.add("dtend", each.ends_at.astimezone(zone))
    event.add("summary", gettext(summary, resort=resort.name))
    event.add("status", state)
    event.add("transp", "TRANSPARENT")  # it blocks nobody's day
    event.add("location", ", ".join(filter(None, (resort.name, resort.locality, resort.region_name))))
    event.add("url", address)
    event.add(
        "description", "\n".join((page.verdict, _sentence(age(origin, now)), gettext(CAUTION), address))
    )
    if resort.latitude is not None and resort.longitude is not None:
        event.add("geo", (resort.latitude, resort.longitude))
    return event


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _by_day(intervals: Iterable[Interval], zone: ZoneInfo, today: date) -> Iterator[Interval]:
    """From today on for two weeks; what lasts longer than a day is cut at the midnights of ``zone``."""
    midnights = [
        datetime.combine(today + timedelta(days=ahead), time(), zone).astimezone(UTC)
        for ahead in range(DAYS_AHEAD + 1)
    ]
    for each in intervals:
        if each.ends_at <= midnights[0]:
            continue
        if each.ends_at - each.starts_at <= _LONGEST:
            yield each
            continue
        cuts = [each.starts_at, *(at for at in midnights if each.starts_at < at < each.ends_at), each.ends_at]
        for start, end in pairwise(cuts):
            yield Interval(start, end, each.sure)
