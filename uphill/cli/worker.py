"""``uphill worker``: takes its share of the crawls, on any number of machines."""

import asyncio
import os
import socket

import click

from uphill.cli.database import database
from uphill.cluster.schema import ensure_prepared, is_installed
from uphill.db import make_engine
from uphill.errors import BadInput
from uphill.settings import Settings, load_settings

EXAMPLES = """
\b
Example:
  UPHILL_DATABASE_URL=postgresql://db.example/uphill uphill worker

SIGTERM and Ctrl-C drain it: it takes no more jobs, pages in flight are finished, and what is left of its jobs
goes to the other workers. It ends within 20 seconds.
"""


@click.command("worker", epilog=EXAMPLES)
@click.option(
    "--concurrency", type=click.IntRange(1, 16), default=1, show_default=True, help="Crawls side by side."
)
@click.option("--name", help="How the worker is called in its log; by default HOST:PID.")
def worker_command(concurrency: int, name: str | None) -> None:
    """Crawl what is due together with other workers, until it is stopped."""
    settings = load_settings()
    _refuse(settings)
    # Of an extra.
    from uphill.cluster.log import log_to_stderr  # noqa: PLC0415
    from uphill.cluster.means import Means  # noqa: PLC0415
    from uphill.cluster.worker import work  # noqa: PLC0415

    name = name or f"{socket.gethostname()}:{os.getpid()}"
    log_to_stderr()
    with database(settings) as sessions:
        engine = make_engine(settings.sqlalchemy_url)
        try:
            ensure_prepared(engine)
        finally:
            engine.dispose()
        click.echo(f"Worker {name} takes jobs; Ctrl-C drains it.", err=True)
        asyncio.run(work(Means(settings, sessions), name=name, concurrency=concurrency))
    click.echo(f"Worker {name} has stopped.", err=True)


def _refuse(settings: Settings) -> None:
    """Raises BadInput where a worker can't run."""
    if settings.sqlalchemy_url.startswith("sqlite"):
        raise BadInput(
            "A worker needs PostgreSQL (UPHILL_DATABASE_URL); on SQLite, 'uphill schedule' crawls what is due."
        )
    if not is_installed():
        raise BadInput("A worker needs the extra 'cluster': pip install 'uphill-directory[cluster]'.")
