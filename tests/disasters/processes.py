"""What processes do that are to be killed."""

import random
import resource
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from tests.forked import uphill


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
    from uphill.recording.record import record_visit

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
    from uphill.schedule.crawl import COMMAND, CrawlProcess
    from uphill.schedule.service import Service
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
