"""Whether anything was committed, as every process is told."""

import gc
from weakref import ref

import pytest
from sqlalchemy import text

from tests.conftest import new_database
from uphill.db import make_engine
from uphill.db.committed import Committed, committed_state


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, sqlite_url):
    url = sqlite_url
    if request.param == "postgresql":
        url = new_database(request.getfixturevalue("postgresql_url"), "committed")
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE hills (name TEXT)"))
    yield engine
    engine.dispose()


def write(engine):
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO hills VALUES ('alder')"))


def test_the_state_is_another_one_after_each_commit(engine):
    committed = Committed(engine)
    states = []
    for _ in range(3):
        states.append(committed.state())
        write(engine)
    assert len(set(states)) == 3
    assert None not in states


def test_what_is_undone_or_not_committed_yet_makes_no_old_answer_of_what_follows(engine):
    committed = Committed(engine)
    with engine.connect() as connection:
        connection.execute(text("INSERT INTO hills VALUES ('birch')"))
        before = committed.state()
        connection.commit()
    assert committed.state() != before


def test_on_sqlite_reading_changes_nothing(sqlite_url):
    engine = make_engine(sqlite_url)
    committed = Committed(engine)
    before = committed.state()
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    assert committed.state() == before
    engine.dispose()


def test_in_memory_nobody_can_tell():
    assert Committed(make_engine("sqlite://")).state() is None


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_connection_that_is_lost_is_made_again(engine):
    committed = Committed(engine)
    assert committed.state() is not None
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    assert committed.state() is None
    assert committed.state() is not None


def test_all_of_a_process_ask_on_one_connection_that_goes_with_the_engine(sqlite_url):
    engine = make_engine(sqlite_url)
    assert committed_state(engine) == committed_state(engine) is not None
    gone = ref(engine)
    engine.dispose()
    del engine
    gc.collect()
    assert gone() is None
