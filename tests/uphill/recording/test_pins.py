"""Pinned facts stay over what the pages say, which is kept beside them and comes back after them."""

from datetime import date

import pytest

from uphill.catalogue import BaselineLine, load_baseline
from uphill.curating.pinning import Wanted, end_pin, end_pins, pinned_facts, set_pin
from uphill.db import PinReading, writing
from uphill.errors import BadInput, NotFound
from uphill.outcomes import Change
from uphill.policy import Policy

NEWS = "https://news.example/larkspur"


@pytest.fixture
def pin(watched):
    def put(field, value, hours=1, **more):
        given = {"source_url": NEWS, "note": "patrol, by phone"} | more
        with writing(watched.sessions) as session:
            return set_pin(
                session, Wanted(slug="larkspur-bowl", field=field, value=value, **given), watched.at(hours)
            )

    return put


@pytest.fixture
def unpin(watched):
    def end(field, hours):
        with writing(watched.sessions) as session:
            end_pin(session, "larkspur-bowl", field, watched.at(hours))

    return end


def pins(watched):
    with watched.sessions() as session:
        return pinned_facts(session)


def test_a_pin_is_shown_with_its_source_and_is_not_overwritten(standing, found, pin):
    pinned = pin("dogs", "prohibited")
    assert pinned.contradicted
    assert (pinned.read_value, pinned.read_at) == ("leashed", standing.at(0))
    for hours in (24, 48):
        assert standing.visit(hours, found.policy(**found.FACTS)) is Change.CONFIRMED
    shown = standing.shown(48)
    assert shown.policy.dogs == "prohibited"
    (proof,) = shown.evidence["dogs"]
    assert (proof.quote, proof.source_url) == (None, NEWS)
    assert shown.provenance.last_confirmed == standing.at(48)
    assert standing.logged[-1] == ("dogs", "leashed", "prohibited", "curator")
    assert standing.findings == [], "what is pinned is in no doubt"


def test_what_the_pages_say_meanwhile_is_kept_beside_the_pin(standing, found, pin, sessions):
    pin("dogs", "prohibited")
    assert standing.visit(24, found.policy(**found.FACTS | {"dogs": "allowed"})) is Change.CONFIRMED
    (fact,) = pins(standing)
    assert (fact.value, fact.read_value, fact.read_at) == ("prohibited", "allowed", standing.at(24))
    standing.visit(48, found.policy(**found.FACTS | {"dogs": "prohibited"}))
    (fact,) = pins(standing)
    assert not fact.contradicted
    gone = {name: value for name, value in found.FACTS.items() if name != "dogs"}
    standing.visit(72, found.policy(**gone))
    (fact,) = pins(standing)
    assert fact.read_value is None
    with sessions() as session:
        assert session.query(PinReading).count() == 0


def test_what_was_read_comes_back_with_its_proof(standing, found, pin, unpin):
    pin("windows", '["06:00-07:00"]')
    assert [str(window) for window in standing.policy.windows] == ["06:00-07:00"]
    standing.visit(24, found.policy(**found.FACTS))
    unpin("windows", 30)
    shown = standing.shown(30)
    assert [str(window) for window in shown.policy.windows] == ["05:00-08:00", "17:00-21:00"]
    quotes = [proof.quote for proof in shown.evidence["windows"]]
    assert quotes == ["Our windows is 05:00-08:00.", "Our windows is 17:00-21:00."]
    assert standing.logged[-1][3] == "curator"
    assert shown.provenance.last_confirmed == standing.at(24)


def test_a_pin_ends_after_its_last_day_at_the_resort(standing, pin, sessions):
    pin("dogs", "prohibited", until=date(2026, 1, 16))
    assert end_pins(sessions, standing.at(42.9)) == 0, "still the 16th in Denver: 23:54"
    assert standing.policy.dogs == "prohibited"
    assert end_pins(sessions, standing.at(43.1)) == 1
    assert standing.policy.dogs == "leashed"
    assert end_pins(sessions, standing.at(50)) == 0
    assert standing.shown(50).evidence["dogs"][0].quote == "Our dogs is leashed."


def test_a_second_pin_of_a_fact_takes_the_place_of_the_first(standing, pin, unpin):
    pin("dogs", "prohibited")
    pin("dogs", "allowed", hours=2)
    (fact,) = pins(standing)
    assert (fact.value, fact.read_value, fact.read_at) == ("allowed", "leashed", standing.at(0))
    unpin("dogs", 3)
    assert standing.policy.dogs == "leashed"


def test_several_pins_come_and_go_by_themselves(standing, pin, unpin):
    pin("dogs", "prohibited")
    pin("snowshoes", "allowed", hours=2)
    unpin("dogs", 3)
    assert (standing.policy.dogs, standing.policy.snowshoes) == ("leashed", "allowed")
    unpin("snowshoes", 4)
    assert standing.policy.snowshoes == "unknown"
    assert [entry[0] for entry in standing.logged[-4:]] == ["dogs", "snowshoes", "dogs", "snowshoes"]


def test_a_pinned_status_expires_with_its_last_day(standing, found, pin):
    pin("status", "closed", until=date(2026, 1, 16))
    assert standing.version.status_until.isoformat() == "2026-01-17T07:00:00+00:00"
    standing.visit(2, found.policy(found.report("open"), **found.FACTS))
    assert standing.policy.status == "closed"
    assert pins(standing)[0].contradicted


def test_the_first_crawl_of_a_resort_keeps_the_pins(watched, found, pin, sessions):
    line = BaselineLine(
        resort="Larkspur Bowl",
        region="US-CO",
        source_url="https://list.example/uphill",
        source_kind="list",
        facts=Policy.model_validate({"dogs": "allowed", "access": "allowed"}),
    )
    with writing(sessions) as session:
        load_baseline(session, [(1, line)], watched.at(0))
    pin("dogs", "prohibited")
    with writing(sessions) as session:
        assert load_baseline(session, [(1, line)], watched.at(1)) == (0, [])
    assert (watched.policy.dogs, watched.policy.access) == ("prohibited", "allowed")
    assert watched.visit(24, found.policy(**found.FACTS)) is Change.NEW
    assert (watched.policy.dogs, watched.policy.waiver) == ("prohibited", "required")


def test_a_resort_without_a_policy_has_its_pins_alone(watched, found, pin, unpin):
    pin("access", "prohibited")
    assert watched.policy == Policy.model_validate({"access": "prohibited"})
    unpin("access", 2)
    assert watched.policy is None


def test_pins_outlast_a_policy_that_is_withdrawn(standing, found, pin):
    pin("dogs", "prohibited")
    standing.visit(24, found.emptied())
    standing.visit(30, found.emptied())
    assert standing.policy == Policy.model_validate({"dogs": "prohibited"})
    assert ("waiver", "required", None, "page") in standing.logged
    standing.visit(54, found.policy(**found.FACTS))
    assert (standing.policy.dogs, standing.policy.waiver) == ("prohibited", "required")


def test_a_baseline_never_comes_back_after_a_crawl(standing, found, sessions):
    for hours in (24, 30):
        standing.visit(hours, found.emptied())
    line = BaselineLine(
        resort="Larkspur Bowl",
        region="US-CO",
        source_url="https://list.example/uphill",
        source_kind="list",
        facts=Policy.model_validate({"access": "allowed"}),
    )
    with writing(sessions) as session:
        assert load_baseline(session, [(1, line)], standing.at(31)) == (0, [])
    assert standing.policy is None


@pytest.mark.parametrize("migrated_engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("field", "value", "more", "sentence"),
    [
        ("dog", "prohibited", {}, "no fact 'dog'. Choose one of dogs"),
        ("dogs", "forbidden", {}, "'forbidden' is no value of dogs: Input should be 'allowed'"),
        ("dogs", "unknown", {}, "a pin is a fact that is known"),
        ("windows", "[5-6", {}, "windows takes JSON"),
        ("windows", '["5-6"]', {}, "is no value of windows"),
        ("season", "winter", {}, "season takes JSON"),
        ("routes", '[{"name": "Ridge", "status": "open"}]', {}, "status page"),
        ("status", "closed", {}, "--until"),
        ("dogs", "leashed", {"until": date(2026, 1, 14)}, "is over at larkspur-bowl"),
        ("dogs", "leashed", {"note": " "}, "--note is empty"),
        ("dogs", "leashed", {"source_url": "file:///etc/passwd"}, "--source is"),
    ],
)
def test_what_can_not_be_pinned(standing, pin, field, value, more, sentence):
    with pytest.raises(BadInput, match=sentence.replace("(", r"\(")):
        pin(field, value, **more)
    assert standing.policy.dogs == "leashed"
    assert pins(standing) == ()


def test_a_single_element_needs_no_json(standing, pin):
    pin("windows", "05:30-lift_open")
    assert [str(window) for window in standing.policy.windows] == ["05:30-lift_open"]


def test_what_is_not_there(standing, unpin, sessions):
    with pytest.raises(NotFound, match="dogs of larkspur-bowl is not pinned"):
        unpin("dogs", 1)
    with pytest.raises(NotFound, match="nowhere"), writing(sessions) as session:
        end_pin(session, "nowhere", "dogs", standing.at(1))
