"""``uphill schedule`` and ``uphill up`` as processes of their own, on a web on loopback."""

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from uphill.db import CrawlRun, Lease, make_engine, session_factory
from uphill.lease import CRAWL, SCHEDULER, take
from uphill.runs import Ending, Trigger

pytestmark = pytest.mark.slow

PATIENCE = 120.0
LEASE = "3"


class Running:
    """A process whose messages are read as they come."""

    def __init__(self, process):
        self.process = process
        self.lines = queue.Queue()
        self.said = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self):
        for line in self.process.stderr:
            self.lines.put(line)
        self.lines.put("")

    def until(self, words):
        while words not in (line := self.lines.get(timeout=PATIENCE)):
            assert line, f"it ended before it said {words!r}: {''.join(self.said)}"
            self.said.append(line)
        self.said.append(line)

    def ended(self):
        code = self.process.wait(timeout=PATIENCE)
        self._reader.join()
        return code


@contextmanager
def running(world, *arguments, out=None):
    process = subprocess.Popen(
        [sys.executable, "-m", "uphill", *arguments],
        env=world.environment,
        stdout=out,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield Running(process)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stderr.close()


@pytest.fixture
def world(kit, tmp_path) -> Iterator:
    sites = [
        kit.Site(
            f"hill-{n}", {"/": kit.linking(("/uphill", "Uphill policy")), "/uphill": kit.page(kit.POLICY)}
        )
        for n in range(3)
    ]
    with kit.world(sites, tmp_path, delay="0.02", crawl_every="0.02", workers="1") as world:
        yield world


def wait_for(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that in time"
        time.sleep(0.01)


def lives(group):
    """Whether some process of the group has not ended."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def runs(world):
    with world.session() as session:
        return list(session.scalars(select(CrawlRun).order_by(CrawlRun.id)))


def test_it_crawls_what_is_due_and_a_standby_goes_on_when_it_is_killed(world):
    world.add("hill-0", website=world.web.url("hill-0"))
    with running(world, "schedule", "--lease", LEASE) as first:
        first.until("This is the scheduler now.")
        with running(world, "schedule", "--lease", LEASE) as second:
            second.until("this one stands by")
            first.until("The crawl is over.")
            assert world.policies().keys() == {"hill-0"}
            assert [run.trigger for run in runs(world)] == [Trigger.SCHEDULE]
            first.process.kill()
            first.ended()
            world.add("hill-1", website=world.web.url("hill-1"))
            second.until("This is the scheduler now.")
            second.until("The crawl is over.")
            assert world.policies().keys() == {"hill-0", "hill-1"}
            slow = world.site("hill-2")
            object.__setattr__(slow, "delay", 0.3)
            world.add("hill-2", website=world.web.url("hill-2"))
            wait_for(lambda: world.web.requests.of("hill-2"))
            second.process.send_signal(signal.SIGTERM)
            assert second.ended() == 0
    last = runs(world)[-1]
    assert (last.ending, last.visited) == (Ending.FINISHED, 1), "the visit under way was ended and recorded"
    assert world.policies().keys() == {"hill-0", "hill-1", "hill-2"}


def test_up_loads_nothing_twice_contains_the_scheduler_and_stops_as_a_whole(
    world, shipped_file, port, tmp_path
):
    shutil.copy(shipped_file, world.database_url.removeprefix("sqlite:///"))
    engine = make_engine(world.database_url)
    now = datetime.now(UTC)
    # The real resorts are not to be visited by a test.
    assert take(session_factory(engine), CRAWL, "north:11:1", now, timedelta(days=1))
    engine.dispose()
    with (tmp_path / "out").open("w") as out, running(world, "up", "--port", str(port), out=out) as up:
        up.until("This is the scheduler now.")
        up.until("Another crawl is running (north:11 since ")
        os.killpg(up.process.pid, signal.SIGINT)  # as Ctrl-C in a terminal does
        assert up.ended() == 0
    wait_for(lambda: not lives(up.process.pid))  # those that are about to end are waited for
    with world.session() as session:
        assert session.get(Lease, SCHEDULER) is None
        assert runs(world) == []
