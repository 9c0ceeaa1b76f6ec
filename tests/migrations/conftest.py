"""Databases without a table, one of each kind."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from uphill.db import make_engine


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_engine(request: pytest.FixtureRequest, sqlite_url: str):
    if request.param == "sqlite":
        engine = make_engine(sqlite_url)
        yield engine
        engine.dispose()
        return
    url = make_url(request.getfixturevalue("postgresql_url"))
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("CREATE DATABASE empty_one"))
    engine = make_engine(url.set(database="empty_one").render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.execute(text("DROP DATABASE empty_one"))
    server.dispose()
