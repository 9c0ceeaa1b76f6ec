"""Every migration goes up and down on both databases, and ends where the models are."""

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from uphill.db import make_engine
from uphill.db.revisions import ensure_current, known_revisions, revisions
from uphill.db.upgrade import alembic_config, downgrade, upgrade
from uphill.errors import DatabaseNotReady


def test_up_and_down_again_leaves_nothing(empty_engine: Engine):
    upgrade(empty_engine)
    assert "policies" in inspect(empty_engine).get_table_names()
    downgrade(empty_engine, "base")
    assert inspect(empty_engine).get_table_names() == ["alembic_version"]
    upgrade(empty_engine)
    assert revisions(empty_engine)[0] == revisions(empty_engine)[1]


def test_each_revision_goes_down_and_up(empty_engine: Engine):
    upgrade(empty_engine)
    for script in ScriptDirectory.from_config(alembic_config()).walk_revisions():
        downgrade(empty_engine, script.down_revision or "base")
        upgrade(empty_engine, script.revision)


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
def test_no_migration_loses_a_trigger(empty_engine: Engine):
    before: set[str] = set()
    for revision in known_revisions():
        upgrade(empty_engine, revision)
        with empty_engine.connect() as connection:
            now = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")))
        assert not before - now, (
            f'{revision} makes a table anew without its triggers; recreate="never" keeps them'
        )
        before = now


def test_models_and_migrations_do_not_differ(migrated_engine: Engine):
    with migrated_engine.connect() as connection:
        command.check(alembic_config(connection))


def test_an_embedded_database_is_upgraded_by_the_program(sqlite_url: str):
    engine = make_engine(sqlite_url)
    ensure_current(engine)
    assert revisions(engine)[0] is not None
    engine.dispose()


def test_postgresql_is_left_to_the_operator(empty_engine: Engine):
    if empty_engine.dialect.name != "postgresql":
        ensure_current(empty_engine)
        return
    with pytest.raises(DatabaseNotReady, match="uphill upgrade"):
        ensure_current(empty_engine)
    assert revisions(empty_engine)[0] is None


def test_a_database_of_a_newer_program_is_refused(sqlite_url: str):
    engine = make_engine(sqlite_url)
    ensure_current(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseNotReady, match="9999"):
        ensure_current(engine)
    engine.dispose()
