"""A crawl that is killed, or stopped, or has no network: the directory holds the state before or after a visit."""

import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from crawler.cli.crawl import crawl
from uphill.db import CrawlRun, PolicyVersion, Resort, Source, Visit
from uphill.outcomes import Outcome
from uphill.store import policy_of

pytestmark = pytest.mark.slow

SITES = 12
KILLS = 10


def wait_for(condition, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that in time"
        time.sleep(0.005)


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
        for site in sites:
            world.add(site.slug, website=world.web.url(site.slug))
        yield world


def integrity(world) -> str:
    with closing(sqlite3.connect(world.database_url.removeprefix("sqlite:///"))) as connection:
        found: str = connection.execute("PRAGMA integrity_check").fetchone()[0]
    connection.close()
    return found


def set_price(world, kit, price: int) -> None:
    for site in world.sites:
        site.pages["/uphill"] = kit.page(kit.POLICY.replace("$49", f"${price}"))


def prices(world) -> dict[str, int]:
    return {slug: int(policy.prices[0].amount) for slug, policy in world.policies().items()}


def test_killed_ten_times_then_run_to_the_end(world, kit):
    assert world.crawl().code == 0
    before = prices(world)
    assert before == {site.slug: 49 for site in world.sites}
    for kill in range(1, KILLS + 1):
        set_price(world, kit, 49 + kill)
        seen = len(world.web.requests)
        process = world.start("--quiet")
        # Each time at another moment: early in the first visits, late in the last ones.
        wait_for(lambda at=seen + 3 * kill: len(world.web.requests) >= at)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert integrity(world) == "ok"
        after = prices(world)
        assert after.keys() == before.keys(), "a resort lost its facts"
        assert all(after[slug] in {before[slug], 49 + kill} for slug in after), "half a visit"
        before = after
    assert len(set(before.values())) > 1, "no kill fell into a crawl: the test shows nothing"
    assert world.crawl().code == 0
    assert integrity(world) == "ok"
    assert prices(world) == {site.slug: 49 + KILLS for site in world.sites}
    assert nothing_is_there_twice(world)


def nothing_is_there_twice(world) -> bool:
    with world.session() as session:
        sources = Counter(map(tuple, session.execute(select(Source.resort_id, Source.url))))
        visits = Counter(map(tuple, session.execute(select(Visit.run_id, Visit.resort_id))))
        current = Counter(session.scalars(select(PolicyVersion.resort_id).filter_by(superseded_at=None)))
        for found in (sources, visits, current):
            assert found
            assert max(found.values()) == 1
        for resort in session.scalars(select(Resort)):
            query = select(PolicyVersion).filter_by(resort_id=resort.id).order_by(PolicyVersion.id)
            history = [policy_of(version) for version in session.scalars(query)]
            assert all(older != newer for older, newer in pairwise(history)), "a version without a change"
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_by_a_signal(world, kit, number):
    slow = world.sites[-1]
    object.__setattr__(slow, "delay", 30.0)
    process = world.start()
    wait_for(lambda: len(world.web.requests.of(slow.slug)) == 1)
    wait_for(lambda: len(world.policies()) == SITES - 1)
    asked_at = time.monotonic()
    process.send_signal(number)
    out, _ = process.communicate(timeout=10)
    assert time.monotonic() - asked_at < 5
    assert process.returncode == 130
    assert "Stopped early" in out
    with world.session() as session:
        run = session.scalars(select(CrawlRun)).one()
        assert run.finished_at is not None
        assert (run.planned, run.visited) == (SITES, SITES - 1)
    assert world.visits(slow.slug) == []


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
    for slug, website in far.items():
        world.add(slug, website=website)
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


def test_nothing_due_is_no_failure(world):
    world.crawl()
    runs = len(world.web.requests)
    ended = world.crawl("--due")
    assert (ended.code, ended.summary["planned"]) == (0, 0)
    assert len(world.web.requests) == runs
