"""Which resorts suit a first try: all rules must be stated to hold, and what is not stated is no refusal."""

import pytest

from tests.uphill.search.conftest import SLUG, Hill
from uphill.search import Query, search

SUITS = {
    "access": "allowed",
    "during_operations": "allowed",
    "routes": ["Lane"],
    "pass_cost": "free",
}


@pytest.fixture
def found(sessions, stock, row, now):
    def found(facts):
        stock(row(SLUG))
        Hill(sessions, now).visit(0, facts)
        with sessions() as session:
            facets = search(session, Query(), now).facets["first_try"]
        return {each.value for each in facets if each.count}

    return found


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        (SUITS, "suits"),
        (SUITS | {"pass_cost": "unknown", "pass_required": "never"}, "suits"),
        (
            SUITS | {"pass_cost": "paid", "prices": [{"amount": 9, "currency": "USD", "period": "day"}]},
            "suits",
        ),
        (SUITS | {"pass_cost": "paid"}, "unknown"),
        (
            SUITS | {"pass_cost": "paid", "prices": [{"amount": 9, "currency": "USD", "period": "season"}]},
            "unknown",
        ),
        (SUITS | {"routes": []}, "unknown"),
        (SUITS | {"during_operations": "unknown"}, "unknown"),
        (SUITS | {"during_operations": "prohibited"}, "other"),
        (SUITS | {"access": "prohibited"}, "other"),
    ],
)
def test_a_resort_suits_where_every_rule_is_stated_to_hold(found, facts, value):
    assert found(facts) == {value}


def test_of_a_resort_without_policy_nothing_is_said(sessions, stock, row, now):
    stock(row(SLUG))
    with sessions() as session:
        assert search(session, Query.parse({"first_try": ["unknown"]}), now).total == 1
        assert search(session, Query.parse({"first_try": ["suits"]}), now).total == 0
