"""One scheduler works, another stands by and takes over; time is an argument."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from uphill.db import make_engine, session_factory
from uphill.lease import HEARTBEAT, LEASE
from uphill.schedule.tenure import Tenure, Turn

ONE, TWO = "north:11:1", "south:22:2"
SECOND = timedelta(seconds=1)


def test_the_second_waits_and_takes_over_when_the_first_is_dead(sessions, now):
    one, two = Tenure(sessions, "scheduler", ONE), Tenure(sessions, "scheduler", TWO)
    assert one.beat(now) is Turn.TAKEN
    assert two.beat(now) is Turn.WAITING
    assert str(two.other) == "north:11 since 2026-01-15 12:00:00 UTC"
    assert one.beat(now + HEARTBEAT) is Turn.KEPT
    # From here on the first is dead.
    last = now + HEARTBEAT
    assert two.beat(last + LEASE - SECOND) is Turn.WAITING
    assert two.beat(last + LEASE) is Turn.TAKEN
    assert one.beat(last + LEASE + SECOND) is Turn.LOST, "it was only asleep"
    assert str(one.other).startswith("south:22 since")
    assert one.beat(last + LEASE + HEARTBEAT) is Turn.WAITING
    two.end()
    assert one.beat(last + LEASE + HEARTBEAT) is Turn.TAKEN, "given back, it is free at once"


def test_a_clock_that_jumps_costs_the_lease_only_where_another_took_it(sessions, now):
    one, two = Tenure(sessions, "scheduler", ONE), Tenure(sessions, "scheduler", TWO)
    one.beat(now)
    assert one.beat(now + timedelta(days=1)) is Turn.KEPT
    assert one.beat(now - timedelta(days=1)) is Turn.KEPT
    assert two.beat(now - timedelta(days=1)) is Turn.WAITING


@pytest.fixture
def file(tmp_path, migrate):
    path = tmp_path / "uphill.db"
    engine = make_engine(f"sqlite:///{path}?timeout=0.01")
    migrate(engine)
    yield path, session_factory(engine)
    engine.dispose()


def test_without_the_database_it_gives_up_before_another_may_begin(file, now):
    path, sessions = file
    tenure = Tenure(sessions, "scheduler", ONE)
    assert tenure.beat(now) is Turn.TAKEN
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert tenure.beat(now + HEARTBEAT) is Turn.AWAY
        assert tenure.trouble == "database is locked"
        assert tenure.holds
        assert tenure.beat(now + 2 * HEARTBEAT) is Turn.AWAY
        assert tenure.beat(now + 3 * HEARTBEAT) is Turn.LOST
        assert now + 3 * HEARTBEAT < now + LEASE
        assert tenure.beat(now + 4 * HEARTBEAT) is Turn.AWAY
        other.execute("ROLLBACK")
    assert tenure.beat(now + 5 * HEARTBEAT) is Turn.TAKEN


def test_a_database_that_is_back_in_time_changes_nothing(file, now):
    path, sessions = file
    tenure = Tenure(sessions, "scheduler", ONE)
    tenure.beat(now)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert tenure.beat(now + 2 * HEARTBEAT) is Turn.AWAY
    assert tenure.beat(now + 3 * HEARTBEAT) is Turn.KEPT
