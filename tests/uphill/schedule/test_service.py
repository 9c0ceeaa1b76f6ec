"""What the scheduler does with its jobs, without waiting: heartbeats are asked for, and jobs tell when they ran."""

import logging
import queue
import sqlite3
import sys
import threading
from contextlib import closing
from datetime import timedelta

import pytest

from uphill.crawl_runs import start_run
from uphill.db import make_engine, session_factory
from uphill.errors import UphillError
from uphill.lease import CRAWL, LEASE, SCHEDULER, holder, take
from uphill.runs import Trigger
from uphill.schedule.crawl import CrawlProcess, rest
from uphill.schedule.jobs import JOBS, Job, Work, crawl_due
from uphill.schedule.service import Service, jumped
from uphill.settings import Settings

WEEK = timedelta(weeks=1)


@pytest.fixture
def file(tmp_path, migrate):
    path = tmp_path / "uphill.db"
    engine = make_engine(f"sqlite:///{path}?timeout=0.2")
    migrate(engine)
    yield path, session_factory(engine)
    engine.dispose()


class Clock:
    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def clock(now):
    return Clock(now)


def noting(ran, name, **more):
    return Job(name, lambda _: WEEK, lambda work: ran.put((name, work.now)), **more)


def service(file, clock, jobs, owner="north:11:1"):
    crawl = CrawlProcess((sys.executable, "-c", ""))
    return Service(file[1], Settings(), owner, clock, jobs=jobs, crawl=crawl)


def scripted(*steps):
    """A wait that goes through steps in place of time, and then says that it is time to end."""
    left = iter(steps)

    def wait(seconds):
        step = next(left, None)
        if step is None:
            return True
        step()
        return False

    return wait


def test_each_job_runs_when_the_lease_is_taken_and_the_lease_is_given_back(file, clock, now):
    ran = queue.Queue()
    under = service(file, clock, (noting(ran, "one"), noting(ran, "two")))

    def both():
        assert {ran.get(timeout=60), ran.get(timeout=60)} == {("one", now), ("two", now)}

    under.run(scripted(both))
    assert under.unfinished(60) == set()
    with file[1]() as session:
        assert holder(session, SCHEDULER, now) is None


def test_a_standby_runs_nothing_and_says_so_once(file, clock, now, caplog):
    take(file[1], SCHEDULER, "south:22:2", now)
    ran = queue.Queue()
    caplog.set_level(logging.INFO)
    service(file, clock, (noting(ran, "one"),)).run(scripted(lambda: None, lambda: None))
    assert ran.empty()
    said = [record.getMessage() for record in caplog.records if "stands by" in record.getMessage()]
    assert said == [
        "Another scheduler is running (south:22 since 2026-01-15 12:00:00 UTC); this one stands by."
    ]


def test_a_job_that_fails_takes_no_other_along(file, clock, caplog):
    ran = queue.Queue()

    def fail(work):
        ran.put("bake")
        raise UphillError("the baker is ill")

    jobs = (Job("bake", lambda _: WEEK, fail), noting(ran, "one"))
    under = service(file, clock, jobs)

    def both():
        assert {str(ran.get(timeout=60)) for _ in jobs} == {"bake", str(("one", clock.now))}

    under.run(scripted(both))
    assert under.unfinished(60) == set()
    assert "Could not bake: the baker is ill" in caplog.text


def test_what_depends_on_a_crawl_follows_it(file, clock):
    ran = queue.Queue()

    def crawl(work):
        ran.put("crawl")
        release.wait(60)
        work.crawled()

    release = threading.Event()
    jobs = (
        Job("crawl", lambda _: WEEK, crawl),
        noting(ran, "after", after_crawl=True),
        noting(ran, "alone"),
    )
    under = service(file, clock, jobs)

    def at_first():
        assert len({str(ran.get(timeout=60)) for _ in jobs}) == len(jobs)
        release.set()

    def then():
        assert ran.get(timeout=60)[0] == "after"

    under.run(scripted(at_first, then))
    assert ran.empty()


def test_what_is_asked_for_while_it_is_at_work_follows_that_work(file, clock):
    ran = queue.Queue()
    release = threading.Event()

    def read(work):
        ran.put("read")
        release.wait(60)

    def crawl(work):
        asleep.wait(60)
        work.crawled()
        release.set()

    asleep = threading.Event()
    jobs = (Job("read", lambda _: WEEK, read, after_crawl=True), Job("crawl", lambda _: WEEK, crawl))

    def at_first():
        assert ran.get(timeout=60) == "read"
        asleep.set()

    def then():
        assert ran.get(timeout=60) == "read"

    service(file, clock, jobs).run(scripted(at_first, then))


def test_the_database_is_away_for_a_while(file, clock, now, caplog):
    """It tells so, gives its lease up in time, and goes on afterwards."""
    ran = queue.Queue()
    caplog.set_level(logging.INFO)
    under = service(file, clock, (noting(ran, "one"),))
    other = sqlite3.connect(file[0], isolation_level=None, check_same_thread=False)

    def away():
        ran.get(timeout=60)
        other.execute("BEGIN IMMEDIATE")
        clock.now += timedelta(seconds=20)

    def too_long():
        clock.now += timedelta(seconds=40)

    def back():
        other.execute("ROLLBACK")
        clock.now += LEASE

    def again():
        assert ran.get(timeout=60) == ("one", clock.now)

    with closing(other):
        under.run(scripted(away, too_long, back, again))
    said = [record.getMessage() for record in caplog.records]
    told = [
        "This is the scheduler now.",
        "The database is away (database is locked); tried again.",
        "The database has been away for too long (database is locked). The crawl is stopped.",
        "This is the scheduler now.",
    ]
    assert [sentence for sentence in said if sentence in told] == told


@pytest.mark.parametrize(
    ("wall", "steady", "answer"), [(20, 20, False), (50, 20, False), (3600, 20, True), (-3600, 20, True)]
)
def test_a_clock_that_was_set_is_noticed(wall, steady, answer):
    assert jumped(timedelta(seconds=wall), timedelta(seconds=steady)) is answer


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("", "The crawl is over."),
        ("raise SystemExit(1)", "The crawl failed"),
        ("raise SystemExit(130)", "The crawl was stopped"),
        ("import os; os.kill(os.getpid(), 9)", "ended with -9"),
    ],
)
def test_how_a_crawl_ended_is_told(code, told):
    crawl = CrawlProcess((sys.executable, "-c", code))
    assert told in crawl.run()
    assert crawl.failures == (code not in {"", "raise SystemExit(130)"})


STUBBORN = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
time.sleep(600)
"""


def test_a_crawl_that_does_not_end_is_killed(tmp_path):
    began = tmp_path / "began"
    crawl = CrawlProcess((sys.executable, "-c", STUBBORN, str(began)))
    told = queue.Queue()
    thread = threading.Thread(target=lambda: told.put(crawl.run()))
    thread.start()
    while not began.exists():
        assert thread.is_alive()
    crawl.close()
    assert not crawl.end(0.1)
    thread.join()
    assert "ended with -9" in told.get()
    assert crawl.run() is None, "none begins any more"


def work(sessions, now, crawl, crawled=lambda: None):
    return Work(sessions, Settings(), now, crawl, crawled)


class Asked:
    """Stands in for the child process, which tests with a web start for real."""

    def __init__(self):
        self.times = 0
        self.failures = 0

    def run(self):
        self.times += 1
        return "The crawl is over."


def test_a_crawl_begins_where_something_is_due_and_no_other_runs(sessions, stock, row, now):
    crawl = Asked()
    assert crawl_due(work(sessions, now, crawl)) is None
    assert crawl.times == 0, "nothing is due"
    stock(row("alpha", policy_url="https://alpha.example/uphill"))
    take(sessions, CRAWL, "south:22:2", now)
    assert crawl_due(work(sessions, now, crawl)).startswith("Another crawl is running (south:22 since ")
    assert crawl.times == 0
    told = []
    assert crawl_due(work(sessions, now + LEASE, crawl, lambda: told.append(1))) == "The crawl is over."
    assert (crawl.times, told) == (1, [1])


def test_after_crawls_that_failed_it_rests_longer_and_longer(sessions, stock, row, now):
    assert [rest(n) / timedelta(minutes=1) for n in range(7)] == [0, 5, 10, 20, 40, 60, 60]
    stock(row("alpha", policy_url="https://alpha.example/uphill"))
    start_run(sessions, 1, now, trigger=Trigger.SCHEDULE)
    crawl = Asked()
    crawl.failures = 3
    assert crawl_due(work(sessions, now + timedelta(minutes=19), crawl)) is None
    assert crawl_due(work(sessions, now + timedelta(minutes=20), crawl)) == "The crawl is over."


def test_every_job_of_the_table_runs_on_an_empty_directory(sessions, now):
    for job in JOBS:
        assert job.run(work(sessions, now, Asked())) is None
        assert timedelta(minutes=1) <= job.every(Settings()) <= timedelta(days=1)
