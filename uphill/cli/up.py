"""``uphill up``: everything at once: database, catalogue, site, and the scheduler with its crawls."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from types import FrameType

import click

from uphill.catalogue import load_shipped
from uphill.cli.database import database
from uphill.cli.load import sentence
from uphill.errors import UphillError
from uphill.opening import refresh_day
from uphill.settings import Settings, load_settings

START_SECONDS = 120.0
"""More than a busy small machine takes. A site that ends before it serves is noticed at once."""
STOP_SECONDS = 21.0
"""The scheduler takes up to 20, for the visits of a crawl under way."""
POLL_SECONDS = 0.2


@click.command("up")
@click.option("--crawl/--no-crawl", default=True, help="Crawl what is due, again and again, or only serve.")
@click.option("--host", help="Address to serve on.")
@click.option("--port", type=int, help="Port to serve on.")
def up_command(host: str | None, port: int | None, *, crawl: bool) -> None:
    """Bring up the whole directory: database, catalogue, site and scheduler. Ctrl-C stops all of it.

    \b
    Example:
      uphill up --no-crawl
    """
    settings = load_settings(host=host, port=port)
    now = datetime.now(UTC)
    with database(settings) as sessions:
        report = load_shipped(sessions, now)
        refresh_day(sessions, now)
    click.echo(sentence(report))
    for file, row in report.bad:
        click.echo(f"{file}, {row}", err=True)
    signal.signal(signal.SIGTERM, _interrupt)
    children: list[subprocess.Popen[bytes]] = []
    try:
        _run(settings, children, crawl=crawl)
    except KeyboardInterrupt:
        for number in (signal.SIGINT, signal.SIGTERM):  # a second one is the children's to hear
            signal.signal(number, signal.SIG_IGN)
        click.echo("\nStopping.", err=True)
    finally:
        stop(children)


def _interrupt(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise KeyboardInterrupt


def _run(settings: Settings, children: list[subprocess.Popen[bytes]], *, crawl: bool) -> None:
    address = ["--host", settings.host, "--port", str(settings.port)]
    site = start(["serve", *address])
    children.append(site)
    _await_site(site, settings)
    scheduler = start(["schedule", "--progress"]) if crawl else None
    if scheduler is not None:
        children.append(scheduler)
    while site.poll() is None:
        if scheduler is not None and scheduler.poll() is not None:
            children.remove(scheduler)
            click.echo(
                f"The scheduler stopped by itself (exit code {scheduler.returncode}): nothing is crawled any more; "
                f"the site goes on at http://{settings.host}:{settings.port}",
                err=True,
            )
            scheduler = None
        time.sleep(POLL_SECONDS)
    raise UphillError(
        f"The site stopped by itself (exit code {site.returncode}); its own message stands above."
    )


def start(arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """``uphill ARGUMENTS`` as a child process, with this one's environment and terminal."""
    return subprocess.Popen([sys.executable, "-m", "uphill", *arguments], env=os.environ.copy())  # noqa: S603


def _await_site(site: subprocess.Popen[bytes], settings: Settings) -> None:
    """Until the site takes connections, so that crawls' progress stands below its address."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if site.poll() is not None:
            raise UphillError("The site could not be started; its own message stands above.")
        try:
            socket.create_connection((settings.host, settings.port), timeout=1).close()
        except OSError:
            time.sleep(POLL_SECONDS)
        else:
            return
    raise UphillError(f"The site did not start within {START_SECONDS:.0f} s.")


def stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """End child processes: asked first, killed if they don't."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
