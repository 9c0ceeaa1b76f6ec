"""What templates may call: addresses that are safe to link, and facts, dates and times in words."""

import re
from urllib.parse import urlsplit

import phonenumbers
from flask import Flask

from uphill import licence
from uphill.language import N_, gettext, pgettext
from uphill.regions import country_words
from uphill.search.answers import FacetCount
from uphill.tonight import Part
from uphill.vocabulary import SourceKind
from uphill.words.dates import clock, day, local, local_day, long_day, weekday
from uphill.words.units import distance_words, elevations_words
from uphill.words.wording import label, value_words, window_words
from webapp.marks import Mark

_NOT_DIALLED = re.compile(r"[^\d+]")


_SOURCE_KINDS = {
    SourceKind.HOME: N_("Home page"),
    SourceKind.POLICY: N_("Policy"),
    SourceKind.STATUS: N_("Status"),
    SourceKind.CANDIDATE: N_("Candidate"),
    SourceKind.NO_POLICY: N_("No policy on it"),
    SourceKind.RESORT: N_("Resort’s page"),
    SourceKind.LIST: N_("List"),
    SourceKind.NEWS: N_("Report"),
    SourceKind.PUBLISHED: N_("The resort’s own document"),
}

_PARTS = {Part.MORNING: N_("Morning"), Part.EVENING: N_("Evening")}


def today_words() -> str:
    """``Today``, as narrow as the name of a weekday."""
    return pgettext("day", "Today")


def attach(app: Flask) -> None:
    for call in (
        safe_url,
        host_of,
        tel_url,
        day,
        clock,
        local,
        local_day,
        long_day,
        weekday,
        reason_words,
        country_words,
        whole,
    ):
        app.add_template_filter(call)
    for words in (
        today_words,
        label,
        value_words,
        window_words,
        source_kind,
        distance_words,
        elevations_words,
        part_words,
    ):
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


def source_kind(kind: SourceKind) -> str:
    return gettext(_SOURCE_KINDS[kind])


def part_words(part: Part) -> str:
    """``Morning``, at the beginning of a line."""
    return gettext(_PARTS[part])


def reason_words(reason: str) -> str:
    """How a visit ended or why a change waits, of which what a server said of itself stays as it said it."""
    sentence, colon, detail = reason.partition(": ")
    return f"{gettext(sentence)}{colon}{detail}"


def whole(country: FacetCount) -> FacetCount:
    """A country's own entry in the list of its states: ``all of Canada``."""
    return country.model_copy(update={"label": gettext("all of %(place)s", place=country.label)})
