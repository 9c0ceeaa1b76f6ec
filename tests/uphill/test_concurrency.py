"""Several processes and threads on one SQLite file: writers wait for each other, readers see whole visits."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from tests.forked import Forked, uphill
from uphill.catalogue import LoadReport, load_resorts
from uphill.crawl_runs import start_run
from uphill.db import CrawlRun, PolicyVersion, Resort, Source, Visit, make_engine, session_factory, writing
from uphill.db.revisions import ensure_current
from uphill.evidence import Evidence
from uphill.outcomes import Outcome
from uphill.policy import Policy
from uphill.reading import Reading
from uphill.recording.record import record_visit
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.search import find
from uphill.vocabulary import SourceKind

TEXT = "No dogs, or dogs on leash."
VISITS = 12


@contextmanager
def opened(url):
    """Sessions over an engine of their own, as another process has them."""
    engine = make_engine(url)
    try:
        yield session_factory(engine)
    finally:
        engine.dispose()


@pytest.fixture
def url(sqlite_url, row):
    with opened(sqlite_url) as sessions:
        ensure_current(sessions.kw["bind"])
        with writing(sessions) as session:
            load_resorts(session, [row("alpha"), row("bravo")], LoadReport())
    return sqlite_url


def visit(slug, now, dogs):
    address = f"https://{slug}.example/uphill"
    quote = (Evidence.of(TEXT, 0, 7),)
    policy = Policy(access="allowed", dogs=dogs)
    reading = Reading(
        source=address, lang="en", is_policy=True, policy=policy, evidence={"access": quote, "dogs": quote}
    )
    page = FetchedPage(
        requested_url=address,
        url=address,
        kind=SourceKind.POLICY,
        outcome=Outcome.POLICY,
        fetched_at=now,
        body=TEXT.encode(),
        text=TEXT,
        reading=reading,
    )
    return ResortVisit(slug, now, now, Outcome.POLICY, (page,))


def count(session, column, *where):
    return session.scalar(select(func.count(column)).where(*where))


def test_writers_wait_for_each_other(url, now):
    begin = Barrier(3)

    def crawl(dogs):
        with opened(url) as sessions:
            run = start_run(sessions, VISITS, now)
            begin.wait(30)
            for at in range(VISITS):
                record_visit(sessions, run, visit("alpha" if at % 3 else "bravo", now, dogs))
            return run

    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(crawl, ["allowed", "leashed", "limited"]))
    with opened(url) as sessions, sessions() as session:
        assert [session.get_one(CrawlRun, run).visited for run in runs] == [VISITS] * 3
        assert count(session, Visit.id) == 3 * VISITS
        current = PolicyVersion.superseded_at.is_(None)
        assert count(session, PolicyVersion.id, current) == 2
        changes = count(session, Visit.id, Visit.change.in_(["new", "changed"]))
        assert count(session, PolicyVersion.id) == changes
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []


def test_a_reader_sees_the_state_before_until_the_visit_is_whole(url, now):
    with opened(url) as writer, opened(url) as reader:
        record_visit(writer, start_run(writer, 1, now), visit("alpha", now, "allowed"))
        with reader() as early:
            assert find(early, "alpha", now).policy.dogs == "allowed"
            with writing(writer) as session:
                session.execute(text("UPDATE policies SET dogs = 'prohibited'"))
                with reader() as middle:
                    assert find(middle, "alpha", now).policy.dogs == "allowed"
            early.expunge_all()
            assert find(early, "alpha", now).policy.dogs == "allowed", "one view as long as it reads"
        with reader() as late:
            assert find(late, "alpha", now).policy.dogs == "prohibited"


def _break_in_the_middle(sessions):
    with writing(sessions) as session:
        session.execute(text("DELETE FROM sources"))
        session.execute(text("INSERT INTO aliases (resort_id, name) VALUES (999, 'nobody')"))


def test_a_writer_that_fails_leaves_the_lock_to_the_next(url, now):
    with opened(url) as one, opened(url) as other:
        run = start_run(one, 2, now)
        with pytest.raises(IntegrityError):
            _break_in_the_middle(one)
        record_visit(other, run, visit("alpha", now, "allowed"))
        with other() as session:
            assert count(session, Source.id) == 3


def test_threads_that_open_a_new_database_at_once_wait_for_each_other(tmp_path):
    for at in range(6):
        begin = Barrier(6)

        def open_it(url, begin=begin):
            with opened(url) as sessions:
                begin.wait(30)
                ensure_current(sessions.kw["bind"])
                with sessions() as session:
                    return session.scalar(text("PRAGMA journal_mode"))

        with ThreadPoolExecutor(6) as pool:
            assert list(pool.map(open_it, [f"sqlite:///{tmp_path}/{at}.db"] * 6)) == ["wal"] * 6


@pytest.mark.slow
def test_processes_that_begin_on_an_empty_folder_at_once_make_one_database(sqlite_url, tmp_path):
    environ = {"UPHILL_DATABASE_URL": sqlite_url, "PATH": ""}
    folder = tmp_path.with_name(f"{tmp_path.name}-said")
    folder.mkdir()
    running = [Forked(environ, folder / str(number), uphill, "load") for number in range(2)]
    codes = [process.end() for process in running]
    said = [process.said for process in running]
    assert codes == [0] * 2, said
    assert sorted(line.split(",")[0] for line in said) == ["Resorts: 0 new", "Resorts: 1278 new"]
    with opened(sqlite_url) as sessions, sessions() as session:
        assert count(session, Resort.id) == 1278
        assert count(session, PolicyVersion.id) == 239
