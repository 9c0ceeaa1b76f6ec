"""Connections to the database, SQLite or PostgreSQL, each set up as it should be."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session, sessionmaker

from uphill.errors import BadInput
from uphill.setting_mistakes import without_password

DIALECTS = ("sqlite", "postgresql")
BUSY_SECONDS = 30
_PRAGMAS = ("synchronous=NORMAL", "foreign_keys=ON")
_BUSY_POLL_SECONDS = 0.02
_ONLY_READS = "only_reads"


def make_engine(url: str) -> Engine:
    """An engine for ``url``. Raises BadInput where the URL is not one of SQLite or PostgreSQL.

    A writer of SQLite waits for its turn for ``BUSY_SECONDS``, or for as many as the URL says (``?timeout=30``).
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:  # ValueError: a port that is no number
        raise BadInput(
            f"UPHILL_DATABASE_URL is not a database URL: {without_password(repr(url))}."
        ) from error
    dialect = parsed.get_backend_name()
    if dialect not in DIALECTS:
        raise BadInput(f"UPHILL_DATABASE_URL names {dialect!r}; only {' and '.join(DIALECTS)} are supported.")
    try:
        if dialect == "postgresql":
            return create_engine(parsed, pool_pre_ping=True)
        engine = create_engine(parsed)
        busy_seconds = float(parsed.normalized_query.get("timeout", (BUSY_SECONDS,))[-1])
    except (ArgumentError, ImportError) as error:
        raise BadInput(
            f"UPHILL_DATABASE_URL names the driver {parsed.drivername!r}, which is not there; "
            f"write {dialect}:// instead."
        ) from error
    _make_folder(parsed.database)
    event.listen(engine, "connect", partial(_set_pragmas, busy_seconds))
    event.listen(engine, "begin", _begin)
    return engine


def _make_folder(database: str | None) -> None:
    if not database or database == ":memory:":
        return
    folder = Path(database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            f"UPHILL_DATABASE_URL is in the folder {folder}, which can't be made: {error.strerror}."
        ) from error


def _set_pragmas(busy_seconds: float, connection: Any, record: Any) -> None:
    del record
    connection.isolation_level = None  # sqlite3 leaves BEGIN to us, so that DDL is in the transaction too
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={busy_seconds * 1000:.0f}", *_PRAGMAS):
        cursor.execute(f"PRAGMA {pragma}")
    _use_wal(cursor, busy_seconds)
    cursor.close()


def _use_wal(cursor: Any, busy_seconds: float) -> None:
    """SQLite does not wait for its turn to change the journal's kind: processes that begin at once have to."""
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_BUSY_POLL_SECONDS)
        else:
            return


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once: a read transaction that turns to writing can't wait for its turn."""
    options = connection.get_execution_options()
    _allow_writing(connection, allowed=not options.get(_ONLY_READS, False))
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN")


def _allow_writing(connection: Connection, *, allowed: bool) -> None:
    """A connection of the pool serves those who write and those who may not; it remembers whom last."""
    if connection.info.get(_ONLY_READS, False) is allowed:
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if allowed else 'ON'}")
        connection.info[_ONLY_READS] = not allowed


def reading_engine(engine: Engine) -> Engine:
    """The same database, where the database itself refuses to write; on the connections of ``engine``."""
    return engine.execution_options(**{_ONLY_READS: True, "postgresql_readonly": True})


@contextmanager
def writing(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """One transaction that writes: committed at the end of the block, rolled back by an exception."""
    with sessions() as session:
        session.connection(execution_options={"writes": True})
        yield session
        session.commit()


def session_factory(engine: Engine) -> sessionmaker[Session]:
    return sessionmaker(engine, expire_on_commit=False)
