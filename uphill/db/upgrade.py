"""Bringing a database to a migration. Alembic takes a fifth of a second to import: see ``revisions`` for less."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

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
