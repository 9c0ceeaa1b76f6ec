"""Names are prepared once, and again where something was written meanwhile."""

from datetime import timedelta

import pytest

from uphill.catalogue import LoadReport, load_resorts
from uphill.db import make_engine, session_factory, writing
from webapp.names import KnownNames

LATER = timedelta(minutes=11)


@pytest.fixture
def sessions(sqlite_url, migrate):
    engine = make_engine(sqlite_url)
    migrate(engine)
    yield session_factory(engine)
    engine.dispose()


def add(sessions, row):
    with writing(sessions) as session:
        load_resorts(session, [row], LoadReport())


def test_a_new_name_is_known_after_a_while_and_nothing_is_prepared_twice(sessions, row, now):
    add(sessions, row("alder-hill", name="Alder Hill"))
    known = KnownNames()
    with sessions() as session:
        first = known.get(session, now)
        assert known.get(session, now + LATER) is first
    add(sessions, row("birch-hill", name="Birch Hill"))
    with sessions() as session:
        assert known.get(session, now + LATER) is first, "kept for a while"
        names = known.get(session, now + 3 * LATER)
    assert names.has_resort("Birch Hill")
    assert not first.has_resort("Birch Hill")
