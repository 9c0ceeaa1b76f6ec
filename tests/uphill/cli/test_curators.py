"""``uphill pin``, ``pins``, ``unpin``, ``pending``, ``confirm`` and ``reject``."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import resort_row
from tests.uphill.recording.conftest import FACTS, Found
from uphill.catalogue import LoadReport, load_resorts
from uphill.crawl_runs import start_run
from uphill.db import make_engine, session_factory, writing
from uphill.db.revisions import ensure_current
from uphill.recording.record import record_visit

NEWS = ("--source", "https://news.example/larkspur", "--note", "patrol, by phone")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A directory of one resort, whose page has just come to forbid what it allowed."""
    path = tmp_path_factory.mktemp("curators") / "uphill.db"
    engine = make_engine(f"sqlite:///{path}")
    ensure_current(engine)
    sessions = session_factory(engine)
    with writing(sessions) as session:
        load_resorts(session, [resort_row()], LoadReport())
    now = datetime.now(UTC)
    run = start_run(sessions, 2, now)
    for at, facts in ((now - timedelta(days=1), FACTS), (now, FACTS | {"access": "prohibited"})):
        record_visit(sessions, run, replace(Found.policy(**facts)(at), slug="larkspur-bowl"))
    engine.dispose()
    return path


def shown(uphill):
    return json.loads(uphill("show", "larkspur-bowl", "--json").stdout)["policy"]


def test_pins_are_set_listed_and_ended(resort):
    assert resort("pins").stdout == "Nothing is pinned.\n"
    set_ = resort("pin", "larkspur-bowl", "dogs", "prohibited", *NEWS, "--until", "2199-03-31")
    assert set_.exit_code == 0
    assert "larkspur-bowl: dogs = prohibited, until 2199-03-31 (patrol, by phone)" in set_.stdout
    assert "CONTRADICTED: the resort's page said leashed" in set_.stdout
    assert resort("pin").stdout == resort("pins").stdout == set_.stdout
    (line,) = map(json.loads, resort("pins", "--json").stdout.splitlines())
    assert (line["value"], line["read_value"], line["contradicted"]) == ("prohibited", "leashed", True)
    assert shown(resort)["dogs"] == "prohibited"
    assert resort("unpin", "larkspur-bowl", "dogs").stdout == "dogs of larkspur-bowl is no longer pinned.\n"
    assert shown(resort)["dogs"] == "leashed"
    resort("pin", "larkspur-bowl", "dogs", "allowed", *NEWS)
    assert resort("pin", "larkspur-bowl", "dogs", "--end").exit_code == 0
    assert shown(resort)["dogs"] == "leashed"


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("pin", "larkspur-bowl", "dogs", "prohibited"), 2, "--source and --note"),
        (("pin", "larkspur-bowl", "dog", "prohibited", *NEWS), 2, "Choose one of dogs"),
        (("pin", "larkspur-bowl", "dogs", "leashed", *NEWS, "--until", "soon"), 2, "'soon'"),
        (("pin", "larkspur-bowl", "dogs", "leashed", *NEWS, "--until", "2020-01-01"), 2, "over"),
        (("pin", "nowhere", "dogs", "leashed", *NEWS), 1, "no resort 'nowhere'"),
        (("pin", "larkspur-bowl", "--end"), 2, "Name the fact"),
        (("unpin", "larkspur-bowl", "dogs"), 1, "not pinned"),
        (("confirm", "nowhere"), 1, "no resort 'nowhere'"),
    ],
)
def test_mistakes_are_sentences(resort, arguments, code, sentence):
    ended = resort(*arguments)
    assert ended.exit_code == code
    assert sentence in ended.stderr


def test_what_waits_is_shown_and_confirmed(resort):
    text = resort("pending").stdout
    assert "larkspur-bowl: the page says the opposite of what it said" in text
    assert "access: allowed -> prohibited" in text
    (line,) = map(json.loads, resort("pending", "--json").stdout.splitlines())
    assert (line["doubt"], line["changes"][0]["new"]) == ("opposite", "prohibited")
    assert "in force for larkspur-bowl" in resort("confirm", "larkspur-bowl", "--note", "by phone").stdout
    assert shown(resort)["access"] == "prohibited"
    assert resort("pending").stdout == "Nothing waits to be verified.\n"
    assert resort("confirm", "larkspur-bowl").exit_code == 1


def test_what_waits_is_rejected(resort):
    assert "the policy of larkspur-bowl stands" in resort("reject", "larkspur-bowl").stdout
    assert shown(resort)["access"] == "allowed"
    assert resort("pending").stdout == "Nothing waits to be verified.\n"


@pytest.mark.parametrize("name", ["pin", "pins", "unpin", "pending", "confirm", "reject"])
def test_the_help_shows_an_example(uphill, name):
    told = uphill(name, "--help").stdout
    assert f"uphill {name}" in told.partition("Example")[2]
