"""The shipped directory on each database; the tests of the read side only read it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from tests.conftest import new_database
from uphill.db import make_engine, session_factory


@pytest.fixture(scope="session")
def shipped_sqlite(tmp_path_factory: pytest.TempPathFactory, shipped_file: Path) -> Iterator[Engine]:
    engine = make_engine(
        f"sqlite:///{shutil.copy(shipped_file, tmp_path_factory.mktemp('shipped') / 'uphill.db')}"
    )
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def shipped_postgresql(postgresql_url: str, shipped_template: str) -> Iterator[Engine]:
    engine = make_engine(new_database(postgresql_url, "shipped", shipped_template))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shipped_engine(request: pytest.FixtureRequest) -> Engine:
    engine: Engine = request.getfixturevalue(f"shipped_{request.param}")
    return engine


@pytest.fixture(scope="session")
def shipped(shipped_engine: Engine) -> sessionmaker[Session]:
    """Sessions on the whole shipped directory."""
    return session_factory(shipped_engine)
