from datetime import UTC, datetime, timedelta

import pytest

from uphill.vocabulary import SourceKind
from uphill.words.dates import clock, seen_words
from webapp.formats import host_of, safe_url, source_kind, tel_url

NOW = datetime(2026, 1, 17, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize("url", ["https://example.org/a?b=1", "http://example.org:8080"])
def test_web_addresses_are_linked(url):
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "//example.org",
        "/a",
        "http://",
        "http://[x",
    ],
)
def test_other_addresses_are_not(url):
    assert safe_url(url) is None


def test_a_host_without_www():
    assert host_of("https://www.example.org/a") == "example.org"


@pytest.mark.parametrize(
    ("number", "country", "expected"),
    [
        ("970-555-0142", "US", "tel:+19705550142"),
        ("209.258.7444", "US", "tel:+12092587444"),
        ("+43 5412 12345", "AT", "tel:+43541212345"),
        ("970-968-SNOW", "US", "tel:+19709687669"),
        ("call us", "US", None),
        ("12", "US", "tel:12"),
    ],
)
def test_numbers_to_call(number, country, expected):
    assert tel_url(number, country) == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (3, "today 3:30 (America/Denver)"),
        (20, "yesterday 10:30 (America/Denver)"),
        (72, "14 Jan 2026, 6:30 (America/Denver)"),
    ],
)
def test_when_a_status_was_seen(hours, expected):
    assert seen_words(NOW - timedelta(hours=hours), NOW, "America/Denver") == expected


def test_a_time_without_a_zone_is_in_utc():
    assert seen_words(NOW, NOW, None) == "today 13:30 (UTC)"


def test_minutes_as_a_clock():
    assert [clock(0), clock(510), clock(1440)] == ["0:00", "8:30", "24:00"]


def test_every_kind_of_page_has_words():
    assert all(source_kind(kind) for kind in SourceKind)
