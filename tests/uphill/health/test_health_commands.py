"""``uphill health`` and ``uphill runs`` as an operator or a watchdog calls them."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from uphill.cli import main
from uphill.crawl_runs import finish_run, start_run
from uphill.db import make_engine, session_factory
from uphill.runs import Ending, Trigger


@pytest.fixture
def call(sqlite_url):
    runner = CliRunner(env={"UPHILL_DATABASE_URL": sqlite_url, "COLUMNS": "200"})
    return lambda *arguments: runner.invoke(main, list(arguments))


@pytest.fixture
def database(sqlite_url, migrate):
    engine = make_engine(sqlite_url)
    migrate(engine)
    yield session_factory(engine)
    engine.dispose()


def _run(sessions, **closing):
    now = datetime.now(UTC)
    run = start_run(sessions, 3, now, trigger=Trigger.SCHEDULE, scope="what is due")
    finish_run(sessions, run, now, **closing)


def test_health_says_what_is_wrong_and_exits_with_1(call, database):
    ended = call("health")
    assert ended.exit_code == 1
    assert "No crawl has ever ended. [silent]" in ended.output
    told = json.loads(call("health", "--json").output)
    assert told["healthy"] is False
    assert told["findings"][0]["rule"] == "silent"


def test_health_of_a_directory_that_is_kept(call, database):
    _run(database)
    ended = call("health")
    assert (ended.exit_code, ended.output.splitlines()[0]) == (0, "Healthy.")


def test_runs_tell_who_began_them_and_how_they_ended(call, database):
    assert "No crawl was ever begun" in call("runs").output
    _run(database, ending=Ending.FAILED, detail="the disk is full")
    _run(database)
    told = json.loads(call("runs", "--json").output)
    assert [run["ending"] for run in told] == ["finished", "failed"]
    assert told[0]["scope"] == "what is due"
    lines = call("runs").output.splitlines()
    assert "schedule" in lines[1]
    assert "failed after" in lines[2]
    assert "the disk is full" in lines[2]
