"""Whether a pass that one holds is enough: what is not stated is neither a yes nor a no."""

import pytest

from tests.uphill.search.conftest import SLUG, Hill
from uphill.search import Query, search

ALLOWED = {"access": "allowed"}
EVERY = {"Epic", "Ikon", "Indy", "Mountain Collective", "season_pass"}


@pytest.fixture
def found(sessions, stock, row, now):
    def found(network, facts):
        stock(row(SLUG, pass_network=network))
        Hill(sessions, now).visit(0, facts)
        with sessions() as session:
            facets = search(session, Query(), now).facets["with_pass"]
        return {each.value for each in facets if each.count}

    return found


@pytest.mark.parametrize(
    ("network", "facts", "values"),
    [
        ("Ikon", ALLOWED | {"pass_required": "never"}, EVERY),
        ("Ikon", ALLOWED | {"pass_accepts": ["season_pass"]}, {"Ikon", "season_pass"}),
        ("Epic", ALLOWED | {"pass_accepts": ["lift_ticket", "uphill_pass"]}, {"Epic"}),
        ("Indy", ALLOWED | {"pass_accepts": ["season_pass", "lift_ticket"]}, {"Indy", "season_pass"}),
        ("Indy", ALLOWED | {"pass_accepts": ["season_pass"]}, {"season_pass"}),
        ("Mountain Collective", ALLOWED | {"pass_accepts": ["season_pass"]}, {"season_pass"}),
        (None, ALLOWED | {"pass_accepts": ["season_pass"]}, {"season_pass"}),
        (None, ALLOWED | {"pass_accepts": ["lift_ticket"]}, {"other"}),
        ("Ikon", ALLOWED | {"pass_required": "always", "pass_accepts": ["uphill_pass"]}, {"other"}),
        ("Ikon", ALLOWED | {"pass_required": "always"}, {"unknown"}),
        ("Ikon", ALLOWED | {"pass_cost": "free"}, {"unknown"}),
        ("Ikon", ALLOWED, {"unknown"}),
        ("Ikon", {"access": "prohibited", "pass_required": "never"}, {"prohibited"}),
    ],
)
def test_a_pass_counts_where_the_resort_says_so_or_needs_none(found, network, facts, values):
    assert found(network, facts) == values


def test_without_a_policy_nothing_is_known(sessions, stock, row, now):
    stock(row(SLUG, pass_network="Ikon"))
    with sessions() as session:
        assert search(session, Query.parse({"with_pass": ["unknown"]}), now).total == 1
        assert search(session, Query.parse({"with_pass": ["Ikon"]}), now).total == 0


def test_what_is_taken_for_granted_of_passes_of_several_resorts_is_said(sessions, stock, row, now):
    stock(row(SLUG))

    def remarks(value):
        with sessions() as session:
            return search(session, Query.parse({"with_pass": [value]}), now).remarks

    assert remarks("Ikon")[0].startswith("A pass of several resorts is taken to count where")
    assert remarks("season_pass") == remarks("unknown") == ()
