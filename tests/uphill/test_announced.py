"""An announced status is told as what holds now for some hours, and as what was last seen from then on."""

from datetime import UTC, datetime, timedelta

import pytest

from uphill.announced import STATUS_HOLDS, elements_now, status_expires
from uphill.fact_words import fact_elements
from uphill.policy import FACTS, Policy
from uphill.search.answers import Proof, Provenance, ResortFacts, ResortPage

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
LATER = NOW + STATUS_HOLDS + timedelta(minutes=1)
ROUTES = [{"name": "Ridge", "status": "open", "serves": "up"}, {"name": "Bowl", "status": "closed"}, "Gully"]


def proof(position, seen_at):
    return Proof(position=position, source_url="https://l.example", source_kind="status", seen_at=seen_at)


@pytest.fixture
def page():
    return ResortPage(
        resort=ResortFacts(
            slug="l", name="L", country="US", country_name="US", region="US-CO", region_name="Colorado"
        ),
        verdict="",
        policy=Policy.model_validate({"status": "open", "routes": ROUTES, "dogs": "leashed"}),
        provenance=Provenance(
            origin="crawl",
            source_url="https://l.example",
            source_kind="policy",
            first_seen=NOW - timedelta(days=90),
            last_confirmed=LATER,
            freshness="checked",
        ),
        status_seen_at=NOW,
        evidence={
            "routes": tuple(proof(at, LATER) for at in range(3)),
            "route_status": (proof(0, NOW), proof(1, LATER)),
        },
    )


def test_what_was_seen_lately_is_told_as_it_is(page):
    for name in FACTS:
        assert elements_now(page, name, NOW) == fact_elements(page.policy, name)


def test_what_was_seen_long_ago_is_told_as_last_seen_each_by_its_own_page(page):
    assert elements_now(page, "status", LATER) == ["not known (last seen open)"]
    assert elements_now(page, "routes", LATER) == [
        "Ridge (last seen open, going up)",
        "Bowl (closed)",
        "Gully",
    ]
    assert elements_now(page, "dogs", LATER) == ["on leash"]


def test_without_a_policy_there_is_nothing_to_tell(page):
    bare = page.model_copy(update={"policy": Policy(), "provenance": None})
    assert elements_now(bare, "routes", NOW) == []
    assert elements_now(bare, "status", NOW) == ["not stated"]


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
