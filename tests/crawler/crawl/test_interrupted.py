"""A crawl that is stopped, kept out by another, or without a network: what is recorded is whole, the rest is due."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from crawler.cli.crawl import crawl
from crawler.run import utc_now
from crawler.spider.stopping import Stop
from uphill.db import CrawlRun, make_engine, session_factory
from uphill.due import targets
from uphill.lease import CRAWL, holder, take
from uphill.outcomes import Outcome
from uphill.runs import Ending, Trigger

pytestmark = pytest.mark.slow

SITES = 12


def wait_for(condition, seconds: float = 180.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that in time"
        time.sleep(0.02)


@pytest.fixture
def world(kit, tmp_path) -> Iterator:
    sites = [
        kit.Site(f"hill-{n}", {
            "/": kit.linking(("/uphill", "Uphill policy"), ("/report", "Lift status")),
            "/uphill": kit.page(kit.POLICY),
            "/report": kit.page(kit.STATUS),
        })
        for n in range(SITES)
    ]  # fmt: skip
    with kit.world(sites, tmp_path, delay="0.02", sites="4") as world:
        world.add_all({site.slug: world.web.url(site.slug) for site in sites})
        yield world


def test_told_to_stop_it_ends_the_visits_under_way_and_begins_no_others(world, tmp_path):
    world.settings["UPHILL_SITES"] = "2"
    for site in world.sites:
        object.__setattr__(site, "delay", 0.2)
    process = world.begin(tmp_path)
    wait_for(lambda: len({request.slug for request in world.web.requests}) >= 4)
    os.kill(process.pid, signal.SIGTERM)
    assert process.end() == 130
    assert "Stopped early" in process.said
    asked = {request.slug for request in world.web.requests}
    assert asked == world.policies().keys(), "each visit that began was ended and recorded"
    with world.session() as session:
        run = session.scalars(select(CrawlRun)).one()
        assert (run.ending, run.detail) == (Ending.STOPPED, "stopped by a signal")
        assert run.finished_at is not None
        assert (run.planned, run.visited) == (SITES, len(asked))
        assert len(asked) < SITES


def test_a_crawl_of_a_scheduler_that_was_killed_ends_with_it(world):
    world.settings["UPHILL_SITES"] = "2"
    for site in world.sites:
        object.__setattr__(site, "delay", 0.2)
    process = world.start("--trigger", "schedule", stdin=subprocess.PIPE)
    wait_for(lambda: len({request.slug for request in world.web.requests}) >= 4)
    process.stdin.close()  # as the scheduler's end does
    process.wait(180)
    with world.session() as session:
        run = session.scalars(select(CrawlRun)).one()
        assert (run.ending, run.detail) == (Ending.STOPPED, "the scheduler that began it is gone")
        assert run.visited == len({request.slug for request in world.web.requests}) < SITES
    for stream in (process.stdout, process.stderr):
        stream.close()


def test_told_twice_it_drops_the_visits_under_way(world, tmp_path):
    slow = world.sites[-1]
    object.__setattr__(slow, "delay", 60.0)
    process = world.begin(tmp_path)
    wait_for(lambda: len(world.web.requests.of(slow.slug)) == 1)
    wait_for(lambda: len(world.policies()) == SITES - 1)
    os.kill(process.pid, signal.SIGTERM)
    os.kill(process.pid, signal.SIGINT)
    assert process.end() == 130
    with world.session() as session:
        run = session.scalars(select(CrawlRun)).one()
        assert (run.planned, run.visited, run.ending) == (SITES, SITES - 1, Ending.STOPPED)
    assert world.visits(slow.slug) == []
    with world.session() as session:
        left = [target.slug for target in targets(session, utc_now(), due_only=True)]
    assert left == [slow.slug], "it comes again"


def test_visits_that_do_not_end_in_time_are_dropped():
    async def crawl() -> bool:
        stop = Stop(grace=0.0)
        asyncio.get_running_loop().call_soon(stop.ask)
        await stop.begun()
        await stop.over()
        return stop.is_asked

    assert asyncio.run(crawl())


def test_a_failed_fetch_keeps_the_facts(world, kit):
    world.crawl()
    before = world.policies()
    assert len(before) == SITES
    for site in world.sites:
        site.pages.clear()
        object.__setattr__(site, "otherwise", 500)
    world.settings |= {"UPHILL_RETRIES": "0", "UPHILL_SITES": "12"}
    ended = world.crawl()
    assert ended.code == 1
    assert ended.summary["failed"] == SITES
    assert world.policies() == before
    assert world.visit("hill-0").detail.startswith("HTTP 500")
    assert world.sources("hill-0")["/uphill"].failures == 1


def test_without_a_network_one_sentence_and_every_visit_failed(world):
    far = {f"far-{n}": f"http://127.0.{n}.1:1/" for n in range(20)}
    world.add_all(far)
    world.settings["UPHILL_RETRIES"] = "0"
    ended = world.crawl(*(word for slug in far for word in ("--resort", slug)))
    assert ended.code == 1
    assert ended.summary["outcomes"] == {"connection": 20}
    assert ended.stderr.count("No network") == 1
    assert len(ended.stderr.strip().splitlines()) == 1
    last = [world.visit(slug) for slug in far]
    assert all(visit.outcome is Outcome.CONNECTION for visit in last)
    not_tried = [visit for visit in last if visit.detail == "no network, not tried"]
    assert len(not_tried) >= 5
    assert all(visit.pages == 0 for visit in not_tried), "no page is to blame, and all stay due"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--resort", "hill-99"], "Resort 'hill-99' is not in the catalogue"),
        (["--region", "XX-YY"], "Region 'XX-YY'"),
    ],
)
def test_what_is_not_there_can_not_be_visited(world, arguments, sentence):
    ended = world.crawl(*arguments)
    assert ended.code == 1
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(world.web.requests) == 0


@pytest.mark.parametrize("arguments", [["--max-pages", "0"], ["--speed", "11"], ["hill-1"]])
def test_wrong_usage(arguments):
    ended = CliRunner().invoke(crawl, arguments)
    assert ended.exit_code == 2
    assert "Usage:" in ended.stderr


def test_one_crawl_of_what_is_due_at_a_time(world):
    engine = make_engine(world.database_url)
    sessions = session_factory(engine)
    take(sessions, CRAWL, "north:11:1", utc_now())
    refused = world.crawl("--due")
    assert refused.code == 1
    assert "Another crawl is running (north:11 since " in refused.stderr
    assert len(world.web.requests) == 0
    assert world.crawl("--due", "--force", "--trigger", "schedule").code == 0
    with sessions() as session:
        run = session.scalars(select(CrawlRun)).one()
        assert (run.trigger, run.scope, run.ending) == (Trigger.SCHEDULE, "what is due", Ending.FINISHED)
        assert holder(session, CRAWL, utc_now()).owner == "north:11:1"
    engine.dispose()
    asked = len(world.web.requests)
    again = world.crawl("--due", "--force")
    assert (again.code, again.summary["planned"]) == (0, 0), "nothing due is no failure"
    assert len(world.web.requests) == asked
