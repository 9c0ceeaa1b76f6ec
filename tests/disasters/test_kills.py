"""kill -9 of the crawler, the scheduler and a process that writes, at fifty moments spread over what they do.

The moments are drawn by a seed from as many equal parts of a whole run's length.
"""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.disasters.conftest import RESORTS, World, wait_for
from tests.disasters.invariants import check, opened, prices
from tests.disasters.processes import record, schedule
from uphill.db import CrawlRun, Visit
from uphill.runs import Ending

pytestmark = pytest.mark.slow

CRAWLS = {"sqlite": 13, "postgresql": 7}
WRITERS = {"sqlite": 12, "postgresql": 12}
SCHEDULERS = 6


def test_fifty_kills_in_all():
    assert sum(CRAWLS.values()) + sum(WRITERS.values()) + SCHEDULERS == 50


def moments(count: int, length: float, seed: int) -> Iterator[float]:
    chance = random.Random(seed)  # noqa: S311 - no secret
    for part in chance.sample(range(count), count):
        yield (part + chance.random()) / count * length


def kind(world: World) -> str:
    return world.database_url.partition(":")[0].partition("+")[0]


def sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))


def whole_run(world: World) -> None:
    crawl = world.crawl()
    assert crawl.end() == 0, crawl.said


def last_run(world: World) -> CrawlRun:
    with opened(world.database_url) as session:
        return session.scalars(select(CrawlRun).order_by(CrawlRun.id.desc()).limit(1)).one()


def test_crawls_are_killed_and_the_next_one_ends_with_all_right(world: World) -> None:
    world.settings["UPHILL_SITES"] = "2"  # visits end one after another
    whole_run(world)
    world.set_price(50)
    asked = len(world.web.requests)
    whole_run(world)
    requests = len(world.web.requests) - asked
    before, partly = prices(world.database_url), 0
    assert before == dict.fromkeys(world.slugs, 50)
    for kill, moment in enumerate(moments(CRAWLS[kind(world)], requests, seed=4), start=1):
        world.set_price(50 + kill)
        asked = len(world.web.requests)
        crawl = world.crawl()
        # By what was asked, since a busy machine keeps no time; and then some milliseconds, up to a tenth of a second.
        wait_for(lambda at=asked + int(moment): len(world.web.requests) >= at)
        time.sleep(moment % 1 / 10)
        crawl.kill()
        after = prices(world.database_url)
        assert all(after[slug] in {before[slug], 50 + kill} for slug in before), "half a visit"
        partly += len(set(after.values())) > 1
        before = after
        if kill % 5 == 0:
            check(world.database_url, keeping=world.slugs)
    assert partly, "no kill fell between two visits: the test shows nothing"
    check(world.database_url, keeping=world.slugs)
    world.set_price(200)
    whole_run(world)
    assert prices(world.database_url) == dict.fromkeys(world.slugs, 200)
    assert last_run(world).ending is Ending.FINISHED
    check(world.database_url, keeping=world.slugs)


def test_processes_that_write_are_killed(world: World) -> None:
    count = WRITERS[kind(world)]
    for kill, moment in enumerate(moments(count, RESORTS, seed=5)):
        writer = world.start(record, world.database_url, world.slugs, kill)
        wait_for(lambda: writer.said.count("recorded") >= int(moment) or not writer.alive)  # noqa: B023
        assert writer.alive, writer.said
        time.sleep(moment % 1 / 50)
        writer.kill()
    check(world.database_url)
    with opened(world.database_url) as session:
        assert session.scalars(select(Visit.run_id).distinct()).all(), "nothing was being written"
    whole_run(world)
    check(world.database_url, keeping=world.slugs)


@pytest.fixture
def begun_crawls(tmp_path: Path) -> Iterator[Callable[[], list[int]]]:
    """Process ids of the crawls that schedulers began; none of them outlives the test."""
    file = tmp_path / "pids"
    file.touch()

    def pids() -> list[int]:
        return [int(line) for line in file.read_text().splitlines()]

    yield pids
    for pid in pids():
        kill(pid)


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def test_schedulers_are_killed_with_their_crawls_or_without(
    sqlite_world: World, tmp_path: Path, begun_crawls: Callable[[], list[int]]
) -> None:
    world = sqlite_world
    world.settings["UPHILL_CRAWL_EVERY"] = "0.005"
    for number, moment in enumerate(moments(SCHEDULERS, 1.0, seed=6)):
        scheduler = world.start(schedule, str(tmp_path / "pids"))
        sleep_until(scheduler.began + moment)
        scheduler.kill()
        if number % 3:
            for pid in begun_crawls():
                kill(pid)
    check(world.database_url)
    last = world.start(schedule, str(tmp_path / "pids"))
    wait_for(lambda: prices(world.database_url).keys() == set(world.slugs) or not last.alive)
    os.kill(last.pid, signal.SIGTERM)
    assert last.end() == 0, last.said
    check(world.database_url, keeping=world.slugs)
