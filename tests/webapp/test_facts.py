"""Parity: what the vocabulary holds, the site shows."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.webapp.conftest import STATED
from uphill.policy import FACTS, Policy
from uphill.search.answers import Announcement, Listing, ResortFacts, ResortPage, SourceNote
from webapp.facts import GROUPS, errands, now_of
from webapp.marks import Mark, mark_of


def test_every_fact_is_in_one_group():
    shown = [name for _, names in GROUPS.values() for name in names]
    assert set(FACTS) - set(shown) == set(), "in none of GROUPS"
    assert sorted(shown) == sorted(FACTS), "in GROUPS twice, or no fact"


def test_every_fact_is_stated_by_the_policy_that_pages_are_tested_with():
    assert set(FACTS) - set(STATED.known()) == set(), "no value in STATED of tests/webapp/conftest.py"


def test_marks():
    marks = {
        Mark.UNKNOWN: [{}, {"dogs": "allowed"}],
        Mark.PROHIBITED: [{"access": "prohibited", "windows": ["05:00-08:00"]}],
        Mark.ALLOWED: [
            {"access": "allowed"},
            {"access": "allowed", "pass_required": "never", "during_operations": "allowed"},
        ],
        Mark.LIMITED: [
            {"access": "allowed", "windows": ["05:00-08:00"]},
            {"access": "allowed", "during_operations": "prohibited"},
            {"access": "allowed", "pass_required": "during_operations"},
            {"access": "allowed", "designated_routes_only": "yes"},
        ],
    }
    for mark, policies in marks.items():
        for facts in policies:
            assert mark_of(Policy.model_validate(facts)) is mark, facts


NOW = datetime(2026, 1, 15, 19, 0, tzinfo=UTC)
PLACE = ResortFacts(
    slug="l", name="L", country="US", country_name="US", region="US-CO", region_name="Colorado"
)


@pytest.mark.parametrize(
    ("holds", "words", "status"), [(True, "open", "open"), (False, "not known, last seen open", "unknown")]
)
def test_a_status_is_told_with_when_it_was_seen(holds, words, status):
    seen_at = NOW - timedelta(hours=3)
    announced = Announcement(
        status="open", seen_at=seen_at, until=NOW, holds=holds, source_url="https://l.example/report"
    )
    shown = now_of(Listing(resort=PLACE, policy=Policy(), announced=announced), NOW)
    assert (shown.words, shown.status, shown.fresh) == (words, status, holds)
    assert (shown.seen_at, shown.seen) == (seen_at, "today 16:00 (UTC)")
    assert shown.source_url == "https://l.example/report"


def test_what_nobody_announced_is_not_stated():
    assert now_of(Listing(resort=PLACE, policy=Policy()), NOW).words == "not stated"


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({}, {"Check today’s status": "https://l.example/found"}),
        ({"status_url": "https://l.example/a"}, {"Check today’s status": "https://l.example/a"}),
        (
            {"pass_url": "https://p.example", "pass_cost": "free"},
            {"Check today’s status": "https://l.example/found", "Get the pass": "https://p.example"},
        ),
        (
            {"pass_url": "https://p.example", "prices": [{"amount": 5, "currency": "USD"}]},
            {"Check today’s status": "https://l.example/found", "Buy the pass": "https://p.example"},
        ),
        (
            {"map_url": "https://l.example/map.pdf"},
            {
                "Check today’s status": "https://l.example/found",
                "See the resort’s map": "https://l.example/map.pdf",
            },
        ),
    ],
)
def test_errands_are_those_that_the_policy_names(facts, told):
    found = SourceNote(url="https://l.example/found", kind="status")
    page = ResortPage(resort=PLACE, policy=Policy.model_validate(facts), sources=(found,))
    assert dict(errands(page)) == told
