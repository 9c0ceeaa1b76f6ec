"""The tables of Procrastinate's jobs, in a schema of their own beside the directory's tables.

A job only names resorts that are due, and what is due is read from the directory itself: nothing in these
tables is worth keeping. So there are no migrations of them: tables of another version are made anew.
"""

import hashlib
from importlib.util import find_spec

from sqlalchemy import Connection, Engine, text

from uphill.errors import DatabaseNotReady

SCHEMA = "uphill_jobs"
_COMMENT = text("SELECT obj_description(to_regnamespace(:schema)::oid, 'pg_namespace')")
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext(:schema))")


def is_installed() -> bool:
    """Whether the extra ``cluster`` is."""
    return find_spec("procrastinate") is not None


def prepare(engine: Engine) -> bool:
    """Make the jobs' tables as the installed Procrastinate wants them; whether there was anything to do.

    Jobs that waited in tables of another version are dropped: the next look at what is due defers them again.
    """
    statements = _statements()
    with engine.begin() as connection:
        connection.execute(_ONE_AT_A_TIME, {"schema": SCHEMA})
        if _version(connection) == _digest(statements):
            return False
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        connection.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")
        connection.exec_driver_sql(f"SET LOCAL search_path TO {SCHEMA}")
        cursor = connection.connection.cursor()
        cursor.execute(statements)  # many statements at once, which takes a cursor without parameters
        cursor.close()
        connection.exec_driver_sql(f"COMMENT ON SCHEMA {SCHEMA} IS '{_digest(statements)}'")
    return True


def ensure_prepared(engine: Engine) -> None:
    """Raises DatabaseNotReady where the jobs' tables are missing, or are those of another Procrastinate."""
    with engine.connect() as connection:
        version = _version(connection)
    if version != _digest(_statements()):
        state = "are of another version" if version else "are not there"
        raise DatabaseNotReady(
            f"The tables of the workers' jobs {state}. Run 'uphill upgrade', then try again."
        )


def _statements() -> str:
    from procrastinate.schema import SchemaManager  # noqa: PLC0415 - of an extra

    return SchemaManager.get_schema()


def _digest(statements: str) -> str:
    return "procrastinate " + hashlib.sha256(statements.encode()).hexdigest()


def _version(connection: Connection) -> str | None:
    found = connection.scalar(_COMMENT, {"schema": SCHEMA})
    return None if found is None else str(found)
