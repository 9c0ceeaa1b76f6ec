"""Whether anything was written since, asked for next to nothing."""

from threading import Lock
from typing import Any
from weakref import finalize

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

_STATE = {
    # Another one after each commit of another connection, and this one writes nothing.
    "sqlite": "PRAGMA data_version",
    # Which transactions are seen: another one after each that wrote anything.
    "postgresql": "SELECT pg_current_snapshot()::text",
}


class Committed:
    """The state of a database, asked on a connection of its own, which is opened by the first who asks."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._query = _STATE[engine.dialect.name]
        self._connection: Any = None
        self._asking = Lock()

    def state(self) -> str | None:
        """Differs from that of before if anything was committed in between; ``None`` where nobody can tell."""
        if self._engine.dialect.name == "sqlite" and self._engine.url.database in {None, "", ":memory:"}:
            return None  # in memory: one connection for all, which sees no other's commits
        with self._asking:
            try:
                if self._connection is None:
                    self._connection = self._connected()
                return str(self._connection.execute(self._query).fetchone()[0])
            except (SQLAlchemyError, self._errors()):  # whoever reads the data next tells what is wrong
                if self._connection is not None:
                    self._connection.close()
                self._connection = None
                return None

    def _connected(self) -> Any:
        """The driver's own connection, outside of the pool and of any transaction."""
        pooled = self._engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        if self._engine.dialect.name == "postgresql":
            connection.autocommit = True
        finalize(self, connection.close)
        return connection

    def _errors(self) -> type[Exception]:
        failures: type[Exception] = self._engine.dialect.loaded_dbapi.Error
        return failures
