"""The tables of the jobs: a schema of their own, made and made anew by the upgrade, asked for by the worker."""

import pytest
from click.testing import CliRunner
from sqlalchemy import inspect, text

from uphill.cli import main
from uphill.cluster.schema import SCHEMA, ensure_prepared, prepare
from uphill.db import make_engine
from uphill.errors import DatabaseNotReady


def uphill(*arguments: str, **variables: str):
    return CliRunner().invoke(
        main, arguments, env={f"UPHILL_{name}": value for name, value in variables.items()}
    )


@pytest.fixture
def engine(database_url):
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


def test_the_upgrade_makes_the_jobs_tables_beside_the_directorys_own(database_url, engine):
    assert uphill("upgrade", DATABASE_URL=database_url).output.endswith(
        "The tables of the workers' jobs were made.\n"
    )
    ensure_prepared(engine)
    assert "procrastinate_jobs" in inspect(engine).get_table_names(SCHEMA)
    assert not [name for name in inspect(engine).get_table_names("public") if "procrastinate" in name]
    assert "jobs" not in uphill("upgrade", DATABASE_URL=database_url).output


def test_a_worker_asks_for_the_upgrade_where_they_are_missing(database_url, engine):
    uphill("upgrade", DATABASE_URL=database_url)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {SCHEMA} CASCADE"))
    result = uphill("worker", DATABASE_URL=database_url)
    assert result.exit_code == 1
    assert result.stderr == (
        "uphill: The tables of the workers' jobs are not there. Run 'uphill upgrade', then try again.\n"
    )


def test_tables_of_another_version_are_made_anew_without_the_jobs_in_them(engine):
    assert prepare(engine)
    with engine.begin() as connection:
        connection.execute(text(f"SET LOCAL search_path TO {SCHEMA}"))
        connection.execute(text("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('a', 'b')"))
    assert not prepare(engine)
    assert _count(engine) == 1
    with engine.begin() as connection:
        connection.execute(text(f"COMMENT ON SCHEMA {SCHEMA} IS 'procrastinate of old'"))
    with pytest.raises(DatabaseNotReady, match="are of another version"):
        ensure_prepared(engine)
    assert prepare(engine)
    assert _count(engine) == 0
    ensure_prepared(engine)


def _count(engine) -> int:
    with engine.connect() as connection:
        connection.execute(text(f"SET search_path TO {SCHEMA}"))
        return connection.scalar(text("SELECT count(*) FROM procrastinate_jobs"))


def test_on_sqlite_a_worker_says_that_it_needs_postgresql(sqlite_url):
    result = uphill("worker", DATABASE_URL=sqlite_url)
    assert result.exit_code == 2
    assert result.stderr == (
        "uphill: A worker needs PostgreSQL (UPHILL_DATABASE_URL); "
        "on SQLite, 'uphill schedule' crawls what is due.\n"
    )
