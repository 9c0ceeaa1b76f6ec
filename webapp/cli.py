"""``uphill serve``: the site, on gunicorn."""

import errno
import sys

import click

from uphill.db import make_engine
from uphill.db.revisions import ensure_current
from uphill.errors import UphillError
from uphill.settings import Settings, load_settings
from webapp.server import Server, listen


class CannotServe(UphillError):
    """The address can't be served on."""


@click.command()
@click.option("--host", help="Address to serve on.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to serve on; 0 takes any free one.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that serve.")
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the site until Ctrl-C.

    \b
    Example:
      uphill serve --port 8080
    """
    settings = load_settings(host=host, port=port, workers=workers)
    _check_database(settings)
    try:
        listener = listen(settings.host, settings.port)
    except OSError as error:
        raise CannotServe(_refusal(settings, error)) from error
    click.echo(f"Serving on {_address(settings.host, listener.getsockname()[1])} (Ctrl-C stops)")
    sys.stdout.flush()
    Server(settings, listener).run()


def _check_database(settings: Settings) -> None:
    engine = make_engine(settings.sqlalchemy_url)
    try:
        ensure_current(engine)
    finally:
        engine.dispose()


def _refusal(settings: Settings, error: OSError) -> str:
    where = f"{settings.host}:{settings.port}"
    if error.errno == errno.EADDRINUSE:
        return f"Port {settings.port} is in use on {settings.host}; choose another with --port."
    reason = (error.strerror or str(error)).partition(" (while")[0]
    return f"Can't serve on {where}: {reason}."


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
