"""Bringing a database to the newest migration, or saying that it is not there."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from uphill.errors import DatabaseNotReady


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration; the migrations are found in the checkout and in an installed package alike."""
    config = Config()
    config.set_main_option("script_location", str(resources.files("migrations")))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """A transaction in which a table may be rebuilt.

    SQLite changes a table by making it anew and dropping the old one, which would delete all that refers to it:
    its foreign keys are off meanwhile, and checked before the end.
    """
    with engine.connect().execution_options(writes=True) as connection:
        embedded = engine.dialect.name == "sqlite"
        if embedded:  # to no effect within a transaction
            _set_foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                yield connection
                if embedded and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                    raise DatabaseNotReady(
                        f"The migration was undone: a row of {broken[0]} would refer to none of {broken[2]}."
                    )
        finally:
            if embedded:
                _set_foreign_keys(connection, "ON")


def _set_foreign_keys(connection: Connection, state: str) -> None:
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={state}")
    cursor.close()


def upgrade(engine: Engine, revision: str = "head") -> None:
    with _migrating(engine) as connection:
        command.upgrade(alembic_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    with _migrating(engine) as connection:
        command.downgrade(alembic_config(connection), revision)


def revisions(engine: Engine) -> tuple[str | None, str | None]:
    """The revision that the database is at (``None``: empty), and the newest one of the program."""
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision(), newest
    except DatabaseError as error:  # the server is away, or the file is no database
        where = engine.url.render_as_string(hide_password=True)
        why = " ".join(str(error.orig).split())
        raise DatabaseNotReady(f"The database {where} can't be reached: {why}") from error


def ensure_current(engine: Engine) -> None:
    """Upgrade an embedded database; on PostgreSQL raise DatabaseNotReady with the command to run."""
    current, newest = revisions(engine)
    if current == newest:
        return
    if engine.dialect.name == "sqlite":
        _refuse_newer(current)
        upgrade(engine)
        return
    state = f"at revision {current}" if current else "empty"
    raise DatabaseNotReady(
        f"The database is {state}, the program needs {newest}. Run 'uphill upgrade', then try again."
    )


def _refuse_newer(current: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
    if current is not None and current not in known:
        raise DatabaseNotReady(
            f"The database is at revision {current}, which this version of the program does not know. "
            "Install the newer version that wrote it, or set UPHILL_DATABASE_URL to another database."
        )
