"""Databases without a table, one of each kind."""

import pytest

from tests.conftest import drop_database, new_database
from uphill.db import make_engine


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_engine(request: pytest.FixtureRequest, sqlite_url: str):
    if request.param == "sqlite":
        engine = make_engine(sqlite_url)
        yield engine
        engine.dispose()
        return
    url = new_database(request.getfixturevalue("postgresql_url"), "empty_one")
    engine = make_engine(url)
    yield engine
    engine.dispose()
    drop_database(url)
