"""What templates may call: addresses that are safe to link, and facts, dates and times in words."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import phonenumbers
from flask import Flask

from uphill import licence
from uphill.search.answers import FacetCount
from uphill.vocabulary import SourceKind
from uphill.wording import label, value_words, window_words
from webapp.marks import Mark

_NOT_DIALLED = re.compile(r"[^\d+]")


_RECENT_DAYS = {0: "today", 1: "yesterday"}
_SOURCE_KINDS = {
    SourceKind.HOME: "Home page",
    SourceKind.POLICY: "Policy",
    SourceKind.STATUS: "Status",
    SourceKind.CANDIDATE: "Candidate",
    SourceKind.NO_POLICY: "No policy on it",
    SourceKind.RESORT: "Resort’s page",
    SourceKind.LIST: "List",
    SourceKind.NEWS: "Report",
}


def attach(app: Flask) -> None:
    for call in (safe_url, host_of, tel_url, day, clock, local, whole):
        app.add_template_filter(call)
    for words in (label, value_words, window_words, source_kind):
        app.add_template_global(words)
    app.jinja_env.globals.update(licence=licence, Mark=Mark)


def safe_url(url: str | None) -> str | None:
    """``url`` if it is an absolute web address, else ``None``: no page's word becomes a script."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def host_of(url: str) -> str:
    """The host as people say it: ``www.`` left out."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def tel_url(number: str, country: str) -> str | None:
    """A ``tel:`` address: international where ``country`` may have the number, else its digits, if any."""
    digits = _NOT_DIALLED.sub("", number)
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return f"tel:{digits}" if digits else None
    if phonenumbers.is_possible_number(parsed):
        digits = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return f"tel:{digits}"


def day(moment: datetime) -> str:
    """``21 Nov 2026``."""
    return f"{moment.day} {moment:%b %Y}"


def clock(minutes: int) -> str:
    """``8:30`` for 510 minutes after midnight."""
    return f"{minutes // 60}:{minutes % 60:02}"


def local(moment: datetime, timezone: str | None) -> str:
    """``21 Nov 2026, 6:12 (America/Denver)``; in UTC where the zone is not known."""
    there = moment.astimezone(ZoneInfo(timezone) if timezone else UTC)
    return f"{day(there)}, {clock(there.hour * 60 + there.minute)} ({timezone or 'UTC'})"


def seen_words(moment: datetime, now: datetime, timezone: str | None) -> str:
    """``today 6:12 (America/Denver)``, ``yesterday …``, else with its date."""
    zone = ZoneInfo(timezone) if timezone else UTC
    there = moment.astimezone(zone)
    ago = (now.astimezone(zone).date() - there.date()).days
    if ago not in _RECENT_DAYS:
        return local(moment, timezone)
    return f"{_RECENT_DAYS[ago]} {clock(there.hour * 60 + there.minute)} ({timezone or 'UTC'})"


def source_kind(kind: SourceKind) -> str:
    return _SOURCE_KINDS[kind]


def whole(country: FacetCount) -> FacetCount:
    """A country's own entry in the list of its states: ``all of Canada``."""
    return country.model_copy(update={"label": f"all of {country.label}"})
