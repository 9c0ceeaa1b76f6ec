"""``uphill upgrade``: the database to the newest migration."""

import click

from uphill.cluster.schema import is_installed, prepare
from uphill.db import make_engine
from uphill.db.revisions import revisions
from uphill.db.upgrade import upgrade
from uphill.settings import load_settings


@click.command("upgrade")
def upgrade_command() -> None:
    """Bring the database to the newest migration.

    An embedded SQLite database is upgraded by every command that opens it; PostgreSQL only by this one. Where
    the extra 'cluster' is installed, the tables of the workers' jobs are made there too.

    \b
    Example:
      UPHILL_DATABASE_URL=postgresql://localhost/uphill uphill upgrade
    """
    engine = make_engine(load_settings().sqlalchemy_url)
    try:
        before, newest = revisions(engine)
        upgrade(engine)
        prepared = engine.dialect.name == "postgresql" and is_installed() and prepare(engine)
    finally:
        engine.dispose()
    if before == newest:
        click.echo(f"The database was at revision {newest} already.")
    else:
        click.echo(f"The database went from {before or 'empty'} to revision {newest}.")
    if prepared:
        click.echo("The tables of the workers' jobs were made.")
