"""The database that a command works on, ready to be used."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from uphill.db import make_engine, session_factory
from uphill.db.upgrade import ensure_current
from uphill.settings import Settings, load_settings


def open_database(settings: Settings | None = None) -> sessionmaker[Session]:
    """Sessions on the configured database, at its newest migration, for as long as the process runs.

    Raises DatabaseNotReady where it can't be reached, or is a PostgreSQL to be upgraded first.
    """
    return session_factory(_ready_engine(settings))


@contextmanager
def database(settings: Settings | None = None) -> Iterator[sessionmaker[Session]]:
    """As :func:`open_database`, but its connections are closed at the end of the block."""
    engine = _ready_engine(settings)
    try:
        yield session_factory(engine)
    finally:
        engine.dispose()


@contextmanager
def reading() -> Iterator[Session]:
    with database() as sessions, sessions() as session:
        yield session


def _ready_engine(settings: Settings | None) -> Engine:
    engine = make_engine((settings or load_settings()).sqlalchemy_url)
    try:
        ensure_current(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine
