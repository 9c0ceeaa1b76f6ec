"""Processes to be killed, forked from a server that has imported everything: they begin within milliseconds.

Each is a process of its own all the same, with its own interpreter state, threads and connections.
"""

import multiprocessing
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.disasters.preloaded"])


class Doomed:
    """A process that runs a function of this module with ``environment``, its output in a file."""

    def __init__(self, environment: Mapping[str, str], out: Path, function: Any, *arguments: Any) -> None:
        self.out = out
        self.out.touch()
        self.began = time.monotonic()
        self._process = _CONTEXT.Process(
            target=_begin, args=(dict(environment), out, function, arguments), daemon=True
        )
        self._process.start()

    def kill(self) -> None:
        self._process.kill()
        self._process.join()

    def end(self, seconds: float = 60.0) -> int | None:
        """Waits for it to end by itself; returns its exit code."""
        self._process.join(seconds)
        assert self._process.exitcode is not None, f"it did not end: {self.said}"
        return self._process.exitcode

    @property
    def said(self) -> str:
        return self.out.read_text()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.is_alive()


def _begin(environment: dict[str, str], out: Path, function: Any, arguments: Sequence[Any]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    file = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(file, 1)
    os.dup2(file, 2)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # the server leaves it ignored
    function(*arguments)


def uphill(*arguments: str) -> None:
    """The command, as its script runs it."""
    from uphill.cli import main

    main(args=list(arguments), prog_name="uphill")


def crawl(pauses: Sequence[float], room: int | None = None) -> None:
    """A crawl that waits so long between its tries to record; no file of its can be larger than ``room`` bytes,
    which to SQLite is a full disk.
    """
    import crawler.run
    from crawler.spider.recorder import Recorder

    crawler.run.Recorder = partial(Recorder, pauses=pauses)  # type: ignore[misc,assignment]
    if room is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    uphill("crawl", "--force", "--json")


def record(database_url: str, slugs: Sequence[str], seed: int) -> None:
    """Records visit after visit, each with another price and with proofs, until it is killed."""
    from tests.disasters.visits import visit_of
    from uphill.crawl_runs import start_run
    from uphill.db import make_engine, session_factory
    from uphill.record import record_visit

    sessions = session_factory(make_engine(database_url))
    chance = random.Random(seed)  # noqa: S311 - no secret
    while True:
        run_id = start_run(sessions, len(slugs), datetime.now(UTC))
        for slug in chance.sample(slugs, len(slugs)):
            visit = visit_of(slug, price=chance.randint(1, 500), now=datetime.now(UTC))
            record_visit(sessions, run_id, visit)
            print("recorded", flush=True)  # noqa: T201 - the test waits for it


def schedule(pids: str) -> None:
    """The scheduler with a short lease; the process id of each crawl that it begins is written to ``pids``."""
    from datetime import timedelta

    from uphill.cli.database import database
    from uphill.cli.schedule import _log, _now, _Signals
    from uphill.lease import owner_name
    from uphill.schedule import Service
    from uphill.schedule.crawl import COMMAND, CrawlProcess
    from uphill.settings import load_settings

    _log()
    shell = ("/bin/sh", "-c", 'echo $$ >> "$0"; exec "$@"', pids, *COMMAND, "--quiet")
    settings = load_settings()
    with database(settings) as sessions:
        service = Service(
            sessions,
            settings,
            owner_name(_now()),
            _now,
            lease=timedelta(seconds=0.5),
            crawl=CrawlProcess(shell),
        )
        service.run(_Signals(service).wait)
    sys.exit(0)
