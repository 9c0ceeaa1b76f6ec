"""The database that a command works on, ready to be used."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session, sessionmaker

from uphill.db import make_engine, session_factory
from uphill.db.upgrade import ensure_current
from uphill.settings import Settings, load_settings


def open_database(settings: Settings | None = None) -> sessionmaker[Session]:
    """Sessions on the configured database, at its newest migration.

    Raises DatabaseNotReady where it can't be reached, or is a PostgreSQL to be upgraded first.
    """
    engine = make_engine((settings or load_settings()).sqlalchemy_url)
    ensure_current(engine)
    return session_factory(engine)


@contextmanager
def reading() -> Iterator[Session]:
    with open_database()() as session:
        yield session
