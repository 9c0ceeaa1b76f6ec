"""Whether anything was written since, asked for next to nothing."""

from itertools import count
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary, finalize, ref

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

_STATE = {
    # Another one after each commit of another connection, and this one writes nothing.
    "sqlite": "PRAGMA data_version",
    # Which transactions are seen: another one after each that wrote anything.
    "postgresql": "SELECT pg_current_snapshot()::text",
}


_NUMBERS = count()
"""Of the connections that were opened."""


class Committed:
    """The state of a database, asked on a connection of its own, which is opened by the first who asks."""

    def __init__(self, engine: Engine) -> None:
        self._engine = ref(engine)
        self._in_memory = engine.dialect.name == "sqlite" and engine.url.database in {None, "", ":memory:"}
        self._errors: type[Exception] = engine.dialect.loaded_dbapi.Error
        self._query = _STATE[engine.dialect.name]
        self._connection: Any = None
        self._number = 0
        self._asking = Lock()

    def state(self) -> str | None:
        """Differs from that of before if anything was committed in between; ``None`` where nobody can tell."""
        engine = self._engine()
        if engine is None or self._in_memory:  # one connection for all, which sees no other's commits
            return None
        with self._asking:
            try:
                if self._connection is None:
                    self._connection, self._number = self._connected(engine), next(_NUMBERS)
                # SQLite counts for each connection apart
                return f"{self._number}.{self._connection.execute(self._query).fetchone()[0]}"
            except (SQLAlchemyError, self._errors):  # whoever reads the data next tells what is wrong
                if self._connection is not None:
                    self._connection.close()
                self._connection = None
                return None

    def _connected(self, engine: Engine) -> Any:
        """The driver's own connection, outside of the pool and of any transaction."""
        pooled = engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        if engine.dialect.name == "postgresql":
            connection.autocommit = True
        finalize(self, connection.close)
        return connection


_OF_ENGINES: WeakKeyDictionary[Engine, Committed] = WeakKeyDictionary()
_ADDING = Lock()


def committed_state(engine: Engine) -> str | None:
    """As :meth:`Committed.state`, on one connection for all of this process that ask about the same engine."""
    committed = _OF_ENGINES.get(engine)
    if committed is None:
        with _ADDING:
            committed = _OF_ENGINES.setdefault(engine, Committed(engine))
    return committed.state()
