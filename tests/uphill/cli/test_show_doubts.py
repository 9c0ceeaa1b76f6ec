"""``uphill show``, ``pass`` and ``search`` tell what speaks against a policy."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.uphill.search.conftest import SLUG, Hill
from uphill.catalogue import LoadReport, load_resorts
from uphill.db import make_engine, session_factory, writing

RULES = {"access": "allowed", "dogs": "leashed", "pass_required": "always", "waiver": "required"}


@pytest.fixture
def hill(sqlite_url, migrate, row):
    """Hours count from now: the command line reads the clock."""
    engine = make_engine(sqlite_url)
    migrate(engine)
    sessions = session_factory(engine)
    with writing(sessions) as session:
        load_resorts(session, [row(SLUG)], LoadReport())
    yield Hill(sessions, datetime.now(UTC))
    engine.dispose()


def test_what_waits_is_told_apart_from_what_holds(uphill, hill):
    hill.visit(-48, RULES)
    hill.visit(-1, RULES | {"pass_required": "never"})
    shown = uphill("show", SLUG).stdout
    assert "\npage changed, being verified since " in shown
    assert "\n    not verified: Pass required: no pass needed (instead of always)\n" in shown
    assert "\nPass required: always\n" in shown
    answer = uphill("pass", SLUG).stdout
    assert answer.startswith("Larkspur Bowl: yes, a pass is needed at all times; ")
    assert "the page says the opposite of what it said" in answer
    assert "the opposite" in json.loads(uphill("pass", SLUG, "--json").stdout)["doubts"][0]
    assert "page changed, being verified" in uphill("search").stdout
    assert json.loads(uphill("show", SLUG, "--json").stdout)["pending"]["doubt"] == "opposite"


def test_a_pin_is_told_with_its_source_and_what_contradicts_it(uphill, hill):
    hill.visit(-48, RULES)
    hill.pin(-24, "pass_required", '"never"', note="phone\x1b[2J")
    row = uphill("show", SLUG).stdout.partition("\nPass required: ")[2].splitlines()
    day = (hill.at(-24) - timedelta(hours=7)).astimezone(UTC)
    assert row[0] == "no pass needed"
    assert row[1].startswith("    set by a curator on ")
    assert row[1].endswith(f"{day.year}: phone\ufffd[2J"), "no note steers the terminal"
    assert row[2] == "    https://patrol.example/note"
    assert row[3] == "    the resort's page says otherwise: always"
    assert row[4].startswith("    “These are the rules of going up:")
    assert "Pass required: the resort's page says otherwise: always" in uphill("pass", SLUG).stdout


def test_an_expired_status_and_old_facts_are_told_as_such(uphill, hill):
    hill.visit(-24 * 100, RULES | {"status": "open"})
    shown = uphill("show", SLUG).stdout
    assert "checked 100 days ago, may be out of date" in shown
    assert "\nNow: not known, last seen open on " in shown
    assert "\nDogs: on leash\n    not confirmed for too long, may be out of date\n" in shown
    assert "0 resorts" in uphill("search", "--status", "open").stdout
