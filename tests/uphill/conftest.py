"""The shipped directory, loaded once on each database; the tests of the read side only read it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

from uphill.catalogue import LoadReport, load_shipped
from uphill.db import make_engine, session_factory
from uphill.db.upgrade import upgrade

LOADED_AT = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shipped_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("shipped") / "uphill.db"
        engine = make_engine(f"sqlite:///{path}")
    else:
        engine = make_engine(_new_database(request.getfixturevalue("postgresql_url"), "shipped"))
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def shipped_report(shipped_engine: Engine) -> LoadReport:
    """What the first load of the shipped directory came to."""
    return load_shipped(session_factory(shipped_engine), LOADED_AT)


@pytest.fixture(scope="session")
def shipped(shipped_engine: Engine, shipped_report: LoadReport) -> sessionmaker[Session]:
    """Sessions on the whole shipped directory."""
    return session_factory(shipped_engine)


def _new_database(server_url: str, name: str) -> str:
    url = make_url(server_url)
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    server.dispose()
    return url.set(database=name).render_as_string(hide_password=False)
