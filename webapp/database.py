"""One engine a process, one session a request, and the time that the request goes by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from flask import Flask, current_app, g
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from uphill.db import make_engine, reading_engine, session_factory

CLOCK = "uphill.clock"
_DATABASE = "uphill.database"


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells the time; a value of its own, so that tests can hold it still."""

    now: Callable[[], datetime]


class Database:
    """The engine is made when it is first needed: a connection must not be carried over a fork."""

    def __init__(self, url: str, engine: Engine | None = None) -> None:
        self._url = url
        self._engine = engine
        self._reading: sessionmaker[Session] | None = None
        self._making = Lock()

    def attach(self, app: Flask) -> None:
        app.extensions[_DATABASE] = self
        app.teardown_request(_close_session)

    def engine(self) -> Engine:
        with self._making:
            if self._engine is None:
                self._engine = make_engine(self._url)
        return self._engine

    def reading_session(self) -> Session:
        if self._reading is None:
            self._reading = session_factory(reading_engine(self.engine()))
        return self._reading()


def database_session() -> Session:
    """The session of the current request, in which the database refuses to write."""
    if "session" not in g:
        g.session = _database().reading_session()
    session: Session = g.session
    return session


def reading_session_of(app: Flask) -> Session:
    """As :func:`database_session`, outside of requests; to be closed by who asked for it."""
    database: Database = app.extensions[_DATABASE]
    return database.reading_session()


def writing_sessions() -> sessionmaker[Session]:
    """Sessions that may write, for what readers report and for nothing else."""
    return session_factory(_database().engine())


def _database() -> Database:
    database: Database = current_app.extensions[_DATABASE]
    return database


def now() -> datetime:
    """The time of the current request, the same throughout it; aware."""
    if "now" not in g:
        clock: Clock = current_app.extensions[CLOCK]
        g.now = clock.now()
    moment: datetime = g.now
    return moment


def _close_session(error: BaseException | None) -> None:
    del error
    session: Session | None = g.pop("session", None)
    if session is not None:
        session.close()
