"""What is doubtful, as tables: facts before and after, and ways in which a page may be missing."""

from datetime import UTC, datetime

import pytest

from uphill.causes import Doubt
from uphill.outcomes import Outcome
from uphill.policy import Policy
from uphill.recording.doubt import AWAY, OPPOSITES, doubt_of_absence, doubt_of_policy, settled_by_visits
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.vocabulary import SourceKind

URL = "https://larkspur-bowl.example/uphill"
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
BEFORE = {"access": "allowed", "pass_required": "always", "dogs": "leashed", "waiver": "required"}
ROUTES = [{"name": "Ridge", "status": "open"}, {"name": "Gully", "status": "open"}]


def doubt(old, new, **more):
    found = doubt_of_policy(Policy.model_validate(old), Policy.model_validate(new), **more)
    return found and found.doubt


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, None),
        ({"access": "prohibited"}, Doubt.OPPOSITE),
        ({"pass_required": "never"}, Doubt.OPPOSITE),
        ({"pass_required": "during_operations"}, None),
        ({"dogs": "prohibited"}, Doubt.OPPOSITE),
        ({"dogs": "limited"}, None),
        ({"waiver": "not_required"}, Doubt.OPPOSITE),
        ({"access": "unknown"}, None),
        ({"access": "unknown", "dogs": "unknown"}, Doubt.HALF_LOST),
        ({"access": "unknown", "dogs": "unknown", "snowshoes": "allowed", "hotline": "1"}, Doubt.HALF_LOST),
        ({"snowshoes": "allowed", "bikes": "prohibited", "status": "closed"}, None),
        ({"status": "closed"}, None),
    ],
)
def test_of_two_policies(change, expected):
    assert doubt(BEFORE, BEFORE | change) is expected


@pytest.mark.parametrize("field", OPPOSITES)
def test_each_opposite_is_doubted_both_ways_and_within_a_camp_nothing_is(field):
    one, other = OPPOSITES[field]
    rest = {name: value for name, value in BEFORE.items() if name != field}
    for before in one:
        for after in other:
            assert doubt(rest | {field: before}, rest | {field: after}) is Doubt.OPPOSITE
            assert doubt(rest | {field: after}, rest | {field: before}) is Doubt.OPPOSITE
        for same in one:
            assert doubt(rest | {field: before}, rest | {field: same}) is None
    assert "unknown" not in one | other


def test_every_value_of_a_fact_with_an_opposite_has_its_camp():
    for field, (one, other) in OPPOSITES.items():
        words = type(getattr(Policy(), field))
        assert one | other | {words.UNKNOWN} == set(words), field


def test_announced_statuses_are_no_facts_to_be_lost():
    before = BEFORE | {"status": "open", "routes": ROUTES}
    after = BEFORE | {"routes": [{"name": "Gully", "status": "closed"}, {"name": "Ridge"}]}
    assert doubt(before, after) is None
    assert doubt({"access": "allowed", "status": "open"}, {"access": "allowed"}) is None


def test_another_site_is_doubted_where_it_says_something_else():
    assert doubt(BEFORE, BEFORE, moved_to="https://other.example/") is None
    assert doubt(BEFORE, BEFORE | {"hotline": "1"}, moved_to="https://other.example/") is Doubt.MOVED


def test_pinned_facts_raise_no_doubt():
    assert doubt(BEFORE, BEFORE | {"dogs": "prohibited"}, pinned={"dogs"}) is None
    poor = {"access": "allowed", "pass_required": "always"}
    assert doubt(BEFORE, poor) is Doubt.HALF_LOST
    assert doubt(BEFORE, poor, pinned={"dogs"}) is None


def test_the_sentence_names_what_was_reversed():
    found = doubt_of_policy(
        Policy.model_validate(BEFORE), Policy.model_validate(BEFORE | {"dogs": "prohibited"})
    )
    assert found.detail.startswith("the page says the opposite of what it said: ")
    assert "instead of" in found.detail


def absence(outcome, visit_outcome=None, *, url=URL, **values):
    page = FetchedPage(URL, url, SourceKind.CANDIDATE, outcome, NOW, **values)
    home = FetchedPage("https://x.example/", "https://x.example/", SourceKind.HOME, Outcome.NO_POLICY, NOW)
    visit = ResortVisit("larkspur-bowl", NOW, NOW, visit_outcome or outcome, (page, home))
    found = doubt_of_absence(visit, URL)
    return found and found.doubt


@pytest.mark.parametrize(
    ("outcome", "values", "expected"),
    [
        (Outcome.NO_POLICY, {}, Doubt.EMPTIED),
        (Outcome.NO_POLICY, {"url": "https://larkspur-bowl.example/"}, Doubt.EMPTIED),
        (Outcome.EMPTY, {}, Doubt.EMPTIED),
        (Outcome.HTTP_STATUS, {"http_status": 404, "visit_outcome": Outcome.NO_POLICY}, Doubt.GONE),
        (Outcome.HTTP_STATUS, {"http_status": 410, "visit_outcome": Outcome.NO_POLICY}, Doubt.GONE),
        (Outcome.HTTP_STATUS, {"http_status": 404, "visit_outcome": Outcome.TIMEOUT}, None),
        (Outcome.HTTP_STATUS, {"http_status": 500}, None),
        (Outcome.HTTP_STATUS, {"http_status": 403}, None),
        (Outcome.BLOCKED, {}, Doubt.BLOCKED),
        (Outcome.PARKED, {}, Doubt.PARKED),
        (Outcome.REDIRECT, {"detail": f"{URL} {AWAY}, to https://o.example/"}, Doubt.MOVED),
        (Outcome.REDIRECT, {"detail": "more than 5 redirects from x"}, None),
        (Outcome.TIMEOUT, {}, None),
        (Outcome.DNS, {}, None),
        (Outcome.CONNECTION, {}, None),
        (Outcome.ROBOTS, {}, None),
        (Outcome.TOO_LARGE, {}, None),
        (Outcome.UNSAFE, {}, None),
    ],
)
def test_of_a_page_that_is_missing(outcome, values, expected):
    assert absence(outcome, **values) is expected


def test_a_visit_that_did_not_ask_for_the_page_says_nothing_of_it():
    visit = ResortVisit("larkspur-bowl", NOW, NOW, Outcome.NO_POLICY, ())
    assert doubt_of_absence(visit, URL) is None


@pytest.mark.parametrize("doubt", list(Doubt))
def test_no_failure_is_ever_settled_by_visits_alone(doubt):
    assert settled_by_visits(doubt, proposes=False) == (doubt in {Doubt.EMPTIED, Doubt.GONE})
    assert settled_by_visits(doubt, proposes=True)
