"""What speaks against a policy is told beside it: a page that changed, a curator who sees it otherwise, its age."""

from datetime import date, timedelta

import pytest

from uphill.search import Query, search
from uphill.search.freshness import STALE_AFTER, STALE_AFTER_OUT_OF_SEASON

RULES = {"access": "allowed", "dogs": "leashed", "pass_required": "always", "waiver": "required"}
OPPOSITE = RULES | {"dogs": "prohibited", "pass_required": "never"}


def test_a_page_that_says_the_opposite_is_told_beside_what_was_verified(hill):
    hill.visit(0, RULES)
    hill.visit(24, OPPOSITE)
    shown = hill.shown(25)
    assert (shown.policy.dogs, shown.policy.pass_required) == ("leashed", "always")
    assert (shown.pending.doubt, shown.pending.since) == ("opposite", hill.at(24))
    assert "the opposite" in shown.pending.reason
    assert [(each.field, each.old, each.new) for each in shown.proposal.changes] == [
        ("pass_required", "always", "never"),
        ("dogs", "leashed", "prohibited"),
    ]
    (proof,) = shown.proposal.evidence["dogs"]
    assert "'dogs': 'prohibited'" in proof.quote
    assert [version.policy.dogs for version in shown.history] == ["leashed"]
    assert hill.found(25, dogs="prohibited")[0] == []


def test_listings_tell_of_it_too(hill, sessions):
    hill.visit(0, RULES)
    hill.visit(24, OPPOSITE)
    with sessions() as session:
        (listing,) = search(session, Query(), hill.at(25)).listings
    assert listing.pending == hill.shown(25).pending


def test_what_a_second_visit_confirms_is_in_force_and_waits_no_more(hill):
    hill.visit(0, RULES)
    hill.visit(24, OPPOSITE)
    hill.visit(48, OPPOSITE)
    shown = hill.shown(48)
    assert shown.policy.dogs == "prohibited"
    assert (shown.pending, shown.proposal) == (None, None)
    assert [version.policy.dogs for version in shown.history] == ["prohibited", "leashed"]


def test_a_page_that_is_gone_proposes_that_nothing_is_known(hill):
    hill.visit(0, RULES)
    hill.visit(24)
    shown = hill.shown(25)
    assert shown.policy.access == "allowed"
    assert (shown.pending.doubt, shown.proposal.policy) == ("gone", None)
    assert {each.field: each.new for each in shown.proposal.changes} == dict.fromkeys(RULES, "unknown")


def test_a_pin_is_told_with_what_the_page_says_otherwise(hill):
    hill.visit(0, RULES)
    hill.pin(1, "dogs", '"prohibited"', until=date(2026, 4, 30))
    shown = hill.shown(2)
    assert shown.policy.dogs == "prohibited"
    pin = shown.pins["dogs"]
    assert (pin.value, pin.note, pin.until) == ("prohibited", "told on the phone", date(2026, 4, 30))
    assert (pin.pinned_at, pin.source_url) == (hill.at(1), "https://patrol.example/note")
    assert (pin.contradicted, pin.read) == (True, "leashed")
    (reading,) = pin.readings
    assert "'dogs': 'leashed'" in reading.quote
    assert reading.source_url == "https://larkspur-bowl.example/uphill"
    assert [proof.pinned for proof in shown.evidence["dogs"]] == [True]
    assert not any(proof.pinned for proof in shown.evidence["waiver"])


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        pytest.param("dogs", '"leashed"', "leashed", id="the page says so too"),
        pytest.param("foot", '"prohibited"', None, id="the page says nothing"),
    ],
)
def test_a_pin_that_no_page_contradicts(hill, field, value, read):
    hill.visit(0, RULES)
    hill.pin(1, field, value, until=None)
    pin = hill.shown(2).pins[field]
    assert (pin.contradicted, pin.read, pin.until) == (False, read, None)


def test_lists_in_another_order_are_no_contradiction(hill):
    hill.visit(0, RULES | {"pass_accepts": ["uphill_pass", "season_pass"]})
    hill.pin(1, "pass_accepts", '["season_pass", "uphill_pass"]')
    assert not hill.shown(2).pins["pass_accepts"].contradicted


def test_what_is_pinned_is_not_proposed_to_change(hill):
    hill.visit(0, RULES)
    hill.pin(1, "dogs", '"prohibited"')
    hill.visit(24, RULES | {"dogs": "allowed", "pass_required": "never"})
    shown = hill.shown(25)
    assert [each.field for each in shown.proposal.changes] == ["pass_required"]
    assert shown.pins["dogs"].contradicted


@pytest.mark.parametrize(
    ("begins", "bound", "in_season"),
    [
        pytest.param(0, STALE_AFTER, True, id="from 15 January"),
        pytest.param(24 * 150, STALE_AFTER_OUT_OF_SEASON, False, id="from 14 June"),
    ],
)
def test_facts_that_nobody_confirms_grow_stale_sooner_in_the_season(hill, begins, bound, in_season):
    hill.visit(begins, RULES)
    hours = begins + bound / timedelta(hours=1)
    fresh, stale = hill.shown(hours).provenance, hill.shown(hours + 1).provenance
    assert (fresh.freshness, stale.freshness) == ("checked", "stale")
    assert fresh.in_season is stale.in_season is in_season


def test_a_season_begins_with_what_was_not_confirmed_for_a_month_stale(hill):
    hill.visit(24 * 240, RULES)  # 12 September
    assert hill.shown(24 * 288).provenance.freshness == "checked"  # 30 October
    assert hill.shown(24 * 291).provenance.freshness == "stale"  # 2 November


def test_the_season_is_that_of_the_hemisphere(sessions, stock, row, now, hill):
    stock(row("larkspur-bowl", latitude=-45.0, longitude=169.0, timezone="Pacific/Auckland"))
    hill.visit(0, RULES)
    shown = hill.shown(24 * 40).provenance
    assert (shown.in_season, shown.freshness) == (False, "checked")


def test_a_fact_that_only_an_old_page_states_is_stale_by_itself(hill):
    """The status page goes on confirming its part; what the policy page said grows old."""
    hill.visit(0, RULES, status={"status": "open"})
    hill.status_visit(24 * 31, {"status": "open"})
    shown = hill.shown(24 * 31)
    assert shown.policy.status == "open"
    assert shown.stale_facts == ("access", "pass_required", "waiver", "dogs")
    hill.visit(24 * 31 + 1, RULES)
    assert hill.shown(24 * 31 + 1).stale_facts == ()
