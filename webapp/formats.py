"""What templates may call: addresses that are safe to link, and facts, dates and times in words."""

import re
from urllib.parse import urlsplit

import phonenumbers
from flask import Flask

from uphill import licence
from uphill.dates import clock, day, local, local_day
from uphill.search.answers import FacetCount
from uphill.vocabulary import SourceKind
from uphill.wording import label, value_words, window_words
from webapp.marks import Mark

_NOT_DIALLED = re.compile(r"[^\d+]")


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
    for call in (safe_url, host_of, tel_url, day, clock, local, local_day, whole):
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


def source_kind(kind: SourceKind) -> str:
    return _SOURCE_KINDS[kind]


def whole(country: FacetCount) -> FacetCount:
    """A country's own entry in the list of its states: ``all of Canada``."""
    return country.model_copy(update={"label": f"all of {country.label}"})
