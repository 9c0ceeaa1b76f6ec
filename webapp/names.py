"""The resorts' names, by which the box and the field for a place know them."""

from datetime import datetime, timedelta
from threading import Lock

from flask import Flask, current_app
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from uphill.asking import Names, names_of
from uphill.db.committed import committed_state
from webapp.database import database_session, now

_NAMES = "uphill.names"
_KEPT = timedelta(minutes=10)


class KnownNames:
    """Names take a third of a second to prepare: they are kept, and read anew now and then if anything was written."""

    def __init__(self) -> None:
        self._names: Names | None = None
        self._read_at: datetime | None = None
        self._state: str | None = None
        self._reading = Lock()

    def get(self, session: Session, at: datetime) -> Names:
        with self._reading:
            if self._names is None or self._read_at is None or at - self._read_at > _KEPT:
                state = self._state_of(session)
                if self._names is None or state is None or state != self._state:
                    self._names, self._state = names_of(session), state
                self._read_at = at
            return self._names

    @staticmethod
    def _state_of(session: Session) -> str | None:
        engine = session.get_bind()
        return committed_state(engine) if isinstance(engine, Engine) else None


def attach(app: Flask) -> None:
    app.extensions[_NAMES] = KnownNames()


def known_names() -> Names:
    """The names, for the current request."""
    known: KnownNames = current_app.extensions[_NAMES]
    return known.get(database_session(), now())
