"""An announced status is told as what holds now until it expires, and as what was last seen from then on."""

from datetime import UTC, datetime, timedelta

import pytest

from uphill.announced import elements_now, status_expires
from uphill.policy import FACTS, Policy
from uphill.search.answers import Announcement, ResortFacts, ResortPage
from uphill.words.fact_words import fact_elements

NOW = datetime(2026, 1, 15, 19, 12, tzinfo=UTC)
ROUTES = [{"name": "Ridge", "status": "open", "serves": "up"}, {"name": "Bowl", "status": "closed"}, "Gully"]
PLACE = ResortFacts(
    slug="l",
    name="L",
    country="US",
    country_name="US",
    region="US-CO",
    region_name="Colorado",
    timezone="America/Denver",
)


def announcement(status, position=None, *, holds):
    return Announcement(
        position=position,
        status=status,
        seen_at=NOW,
        until=NOW + timedelta(hours=1),
        holds=holds,
        source_url="https://l.example",
    )


def page(facts, **values):
    return ResortPage(resort=PLACE, policy=Policy.model_validate(facts), **values)


def test_what_holds_is_told_as_it_is():
    shown = page(
        {"status": "open", "routes": ROUTES, "dogs": "leashed"},
        announced=announcement("open", holds=True),
        routes_announced=(announcement("open", 0, holds=True), announcement("closed", 1, holds=True)),
    )
    for name in FACTS:
        if name != "status":
            assert elements_now(shown, name) == fact_elements(shown.policy, name)
    assert elements_now(shown, "status") == ["open"]


def test_what_has_expired_is_told_as_last_seen():
    shown = page(
        {"routes": [{"name": "Ridge", "serves": "up"}, ROUTES[1], "Gully"], "dogs": "leashed"},
        announced=announcement("open", holds=False),
        routes_announced=(announcement("open", 0, holds=False), announcement("closed", 1, holds=True)),
    )
    last_seen = "not known, last seen open on 15 Jan 2026, 12:12 (America/Denver)"
    assert elements_now(shown, "status") == [last_seen]
    assert elements_now(shown, "routes") == [f"Ridge ({last_seen}, going up)", "Bowl (closed)", "Gully"]
    assert elements_now(shown, "dogs") == ["on leash"]


def test_without_a_policy_there_is_nothing_to_tell():
    assert elements_now(page({}), "routes") == []
    assert elements_now(page({}), "status") == ["not stated"]


@pytest.mark.parametrize(
    ("seen_at", "timezone", "expires"),
    [
        pytest.param("2026-01-15T13:12+00:00", None, "2026-01-16T01:12+00:00", id="no zone: 12 h"),
        pytest.param(
            "2026-01-15T06:12-07:00", "America/Denver", "2026-01-15T18:12-07:00", id="morning: 12 h"
        ),
        pytest.param("2026-01-15T12:00-07:00", "America/Denver", "2026-01-16T00:00-07:00", id="noon: both"),
        pytest.param(
            "2026-01-15T18:30-07:00", "America/Denver", "2026-01-16T00:00-07:00", id="evening: midnight"
        ),
        pytest.param(
            "2026-01-16T06:30+00:00", "America/Denver", "2026-01-16T07:00+00:00", id="the day is the resort's"
        ),
        pytest.param(
            "2026-01-16T00:00-07:00", "America/Denver", "2026-01-16T12:00-07:00", id="midnight begins a day"
        ),
        pytest.param(
            "2026-11-01T00:30-06:00",
            "America/Denver",
            "2026-11-01T11:30-07:00",
            id="12 hours, not on the clock",
        ),
        pytest.param(
            "2026-09-05T22:00-04:00",
            "America/Santiago",
            "2026-09-06T01:00-03:00",
            id="a day without midnight",
        ),
    ],
)
def test_a_status_expires_with_the_local_day_or_after_twelve_hours(seen_at, timezone, expires):
    found = status_expires(datetime.fromisoformat(seen_at), timezone)
    assert found == datetime.fromisoformat(expires)
    assert found.tzinfo is UTC
