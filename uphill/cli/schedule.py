"""``uphill schedule``: crawls, and what else the days bring, by themselves."""

import logging
import os
import select
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from types import FrameType

import click

from uphill.cli.database import database
from uphill.lease import LEASE, owner_name
from uphill.schedule.crawl import COMMAND, CrawlProcess
from uphill.schedule.service import Service
from uphill.settings import load_settings

STOP_SECONDS = 19.0
"""From the signal to the end, jobs that can't be ended included."""


@click.command("schedule")
@click.option(
    "--progress", is_flag=True, help="Show crawls' progress and summaries, not only their mistakes."
)
@click.option("--lease", "lease_seconds", type=click.FloatRange(0.5, 3600), hidden=True)
def schedule_command(lease_seconds: float | None, *, progress: bool) -> None:
    """Keep the directory fresh: crawl what is due, again and again, until Ctrl-C or SIGTERM.

    Each crawl is a process of its own. Of several schedulers on one database one works, the others stand by and
    take over when it is gone. Told to end, it lets visits under way finish and is gone within 20 seconds.

    \b
    Example:
      UPHILL_CRAWL_EVERY=10 uphill schedule
    """
    settings = load_settings()
    _log()
    lease = timedelta(seconds=lease_seconds) if lease_seconds else LEASE
    command = COMMAND if progress else (*COMMAND, "--quiet")
    with database(settings) as sessions:
        service = Service(
            sessions, settings, owner_name(_now()), _now, lease=lease, crawl=CrawlProcess(command)
        )
        signals = _Signals(service)
        service.run(signals.wait)
        left = service.unfinished(signals.seconds_left)
    if left:
        logging.getLogger(__name__).warning("Cut off, to be done again: %s.", ", ".join(sorted(left)))
        sys.stderr.flush()
        os._exit(0)  # their threads can't be ended otherwise


def _now() -> datetime:
    return datetime.now(UTC)


def _log() -> None:
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.WARNING,
        format="%(asctime)s UTC %(message)s",
        datefmt="%Y-%m-%d %H:%M:%S",
    )
    logging.getLogger().handlers[0].formatter.converter = time.gmtime  # type: ignore[union-attr]
    logging.getLogger("uphill").setLevel(logging.INFO)
    logging.getLogger("apscheduler").setLevel(
        logging.ERROR
    )  # that a crawl takes longer than its interval is well


class _Signals:
    """Ctrl-C and SIGTERM end the service; either for the second time makes the crawl drop what it is at.

    They go through a pipe: a handler may come at any moment, also while a lock is held that it would need.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._seen: set[int] = set()
        self._ends_at: float | None = None
        self._reader, self._writer = os.pipe()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._handle)

    def _handle(self, number: int, frame: FrameType | None) -> None:
        del frame
        if number in self._seen:
            self._service.hurry()
        self._seen.add(number)
        if self._ends_at is None:
            self._ends_at = time.monotonic() + STOP_SECONDS
            os.write(self._writer, b"\0")

    def wait(self, seconds: float) -> bool:
        """Whether a signal came within so many seconds."""
        return bool(select.select([self._reader], [], [], seconds)[0])

    @property
    def seconds_left(self) -> float:
        return 0.0 if self._ends_at is None else max(0.0, self._ends_at - time.monotonic())
