"""The shipped directory on each database; the tests of the read side only read it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from tests.conftest import new_database
from uphill.db import make_engine, session_factory


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shipped_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, shipped_file: Path
) -> Iterator[Engine]:
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copy(shipped_file, tmp_path_factory.mktemp('shipped') / 'uphill.db')}"
    else:
        template = request.getfixturevalue("shipped_template")
        url = new_database(request.getfixturevalue("postgresql_url"), "shipped", template)
    engine = make_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def shipped(shipped_engine: Engine) -> sessionmaker[Session]:
    """Sessions on the whole shipped directory."""
    return session_factory(shipped_engine)
