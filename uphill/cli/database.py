"""The database that a command works on, ready to be used."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from uphill.db import make_engine, session_factory
from uphill.db.revisions import ensure_current
from uphill.settings import Settings, load_settings


@contextmanager
def database(settings: Settings | None = None) -> Iterator[sessionmaker[Session]]:
    """Sessions on the configured database, at its newest migration; closed at the end of the block.

    Raises DatabaseNotReady where it can't be reached, or is a PostgreSQL to be upgraded first.
    """
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
