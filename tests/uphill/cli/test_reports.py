"""``uphill reports``, as an operator sees it."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import resort_row
from uphill.catalogue import LoadReport, load_resorts
from uphill.curating.reports import Given, take_in
from uphill.db import make_engine, session_factory, writing
from uphill.db.revisions import ensure_current

NEWS = "https://news.example/larkspur"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("reports") / "uphill.db"
    engine = make_engine(f"sqlite:///{path}")
    ensure_current(engine)
    dogs = Given(slug="larkspur-bowl", field="dogs", said='"leashed"', value='"prohibited"')
    then = datetime.now(UTC) - timedelta(hours=3)
    with writing(session_factory(engine)) as session:
        load_resorts(session, [resort_row()], LoadReport())
        take_in(session, dogs, then)
        take_in(session, dogs.model_copy(update={"source_url": NEWS, "contact": "eve@example.org"}), then)
        take_in(session, dogs.model_copy(update={"source_url": NEWS, "contact": "eve@example.org"}), then)
        take_in(session, Given(slug="larkspur-bowl", note="The \x1b[31mname\x07 is wrong."), then)
    engine.dispose()
    return path


def test_what_is_open_is_listed(resort):
    assert resort("reports").output.splitlines() == [
        "1  larkspur-bowl: Dogs  (3 hours ago)",
        "    we say:   on leash",
        "    they say: prohibited",
        "2  larkspur-bowl: Dogs  (3 hours ago, 2 times)",
        "    we say:   on leash",
        "    they say: prohibited",
        f"    source:   {NEWS}",
        "    contact:  eve@example.org",
        "3  larkspur-bowl: something else  (3 hours ago)",
        "    note:     The [31mname is wrong.",
    ]
    rows = [json.loads(line) for line in resort("reports", "--json").stdout.splitlines()]
    assert [(row["id"], row["value"], row["times"]) for row in rows] == [
        (1, "prohibited", 1), (2, "prohibited", 2), (3, None, 1)
    ]  # fmt: skip


def test_one_is_accepted_and_others_are_declined(resort):
    asked = resort("reports", "accept", "1")
    assert asked.exit_code == 2
    assert "--source" in asked.output
    done = resort("reports", "accept", "2", "--by", "Ada", "--until", "2099-01-31")
    assert done.stdout == (
        "larkspur-bowl: dogs = prohibited, until 2099-01-31 ('uphill unpin' ends it sooner)\n"
    )
    assert json.loads(resort("pins", "--json").stdout)["until"] == "2099-01-31"
    assert resort("reports", "decline", "1").exit_code == 2, "it takes a note"
    assert resort("reports", "decline", "1", "--note", "see report 2", "--by", "Ada").exit_code == 0
    assert resort("reports", "decline", "3", "--note", "it is right", "--by", "Ada").exit_code == 0
    assert resort("reports").output == "Nothing is reported.\n"
    assert "accepted by Ada" in resort("reports", "--all").output
    assert "eve@example.org" not in resort("reports", "--all").output
    assert resort("reports", "decline", "3", "--note", "again").exit_code == 2
    assert resort("reports", "accept", "99").exit_code == 1
