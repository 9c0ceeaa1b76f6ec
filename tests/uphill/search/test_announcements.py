"""An announced status is known until it expires, and from then on by nobody: page, listing, search and counts."""

from datetime import timedelta

import pytest

from uphill.catalogue import BaselineLine, load_baseline
from uphill.db import writing
from uphill.policy import Policy

RULES = {"access": "allowed", "dogs": "leashed"}
SLUG = "larkspur-bowl"
# The resort's clock stands at 5:00 when the hours begin: twelve hours end at 17:00, the day at hour 19.
BEFORE, AFTER = 12 - 1 / 60, 12


def test_an_open_that_expired_is_unknown_to_page_and_search_alike(hill):
    hill.visit(0, RULES | {"status": "open"})
    shown = hill.shown(BEFORE)
    assert (shown.policy.status, shown.announced.holds) == ("open", True)
    assert shown.announced.until == hill.at(12)
    assert hill.found(BEFORE) == ([SLUG], {"open": 1})
    assert hill.found(BEFORE, status="open") == ([SLUG], {"open": 1})
    assert hill.found(BEFORE, status="unknown")[0] == []

    shown = hill.shown(AFTER)
    assert shown.policy.status == "unknown"
    assert (shown.announced.status, shown.announced.holds) == ("open", False)
    assert shown.announced.seen_at == shown.status_seen_at == hill.at(0)
    assert shown.policy.dogs == "leashed"
    assert hill.found(AFTER) == ([SLUG], {"unknown": 1})
    assert hill.found(AFTER, status="open") == ([], {"unknown": 1})
    assert hill.found(AFTER, status="unknown")[0] == [SLUG]


def test_an_evening_status_ends_with_the_resorts_day(hill):
    hill.visit(15, RULES | {"status": "open"})  # 20:00 there
    assert hill.shown(18.9).policy.status == "open"
    assert hill.found(18.9, status="open")[0] == [SLUG]
    assert hill.shown(19).policy.status == "unknown"
    assert hill.found(19, status="open")[0] == []


def test_each_route_expires_with_the_page_that_told_of_it(hill):
    rules = RULES | {"routes": ["Ridge", {"name": "Bowl", "status": "closed"}, "Gully"]}
    hill.visit(0, rules, status={"routes": [{"name": "Ridge", "status": "open"}]})
    hill.visit(6, rules)

    def statuses(hours):
        return [str(route.status) for route in hill.shown(hours).policy.routes]

    assert statuses(11) == ["open", "closed", "unknown"]
    assert statuses(12) == ["unknown", "closed", "unknown"]
    assert statuses(18) == ["unknown", "unknown", "unknown"]
    ridge, bowl = hill.shown(18).routes_announced
    assert (ridge.position, ridge.status, ridge.seen_at, ridge.holds) == (0, "open", hill.at(0), False)
    assert ridge.source_url.endswith("/report")
    assert (bowl.position, bowl.status, bowl.seen_at, bowl.holds) == (1, "closed", hill.at(6), False)
    assert bowl.source_url.endswith("/uphill")


def test_the_current_version_in_the_history_is_no_way_around(hill):
    hill.visit(0, RULES | {"status": "open"})
    assert [version.policy.status for version in hill.shown(AFTER).history] == ["unknown"]


def test_a_list_announces_nothing(hill, sessions, now):
    facts = Policy.model_validate(RULES | {"status": "open", "routes": [{"name": "Ridge", "status": "open"}]})
    line = BaselineLine(
        resort="Larkspur Bowl",
        region="US-CO",
        source_url="https://list.example",
        source_kind="list",
        as_of="2026",
        facts=facts,
    )
    with writing(sessions) as session:
        load_baseline(session, [(1, line)], now)
    shown = hill.shown(0)
    assert (shown.policy.status, shown.policy.routes[0].status) == ("unknown", "unknown")
    assert (shown.announced, shown.routes_announced) == (None, ())
    assert hill.found(0, status="open")[0] == []


@pytest.mark.parametrize("status", ["open", "closed"])
def test_what_a_curator_announces_holds_as_long_as_the_pin(hill, now, status):
    hill.visit(0, RULES)
    hill.pin(1, "status", f'"{status}"', until=(now + timedelta(days=1)).date())
    assert hill.shown(30).policy.status == status
    assert hill.found(30, status=status)[0] == [SLUG]
    assert hill.shown(24 + 19).policy.status == "unknown"
    assert hill.found(24 + 19, status=status)[0] == []
