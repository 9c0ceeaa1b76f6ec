"""Crawls, curators and new rules at one resort at the same time, on PostgreSQL: one after the other, nothing lost."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests.conftest import new_database
from tests.uphill.recording.conftest import FACTS, Found
from uphill.catalogue import LoadReport, load_resorts
from uphill.crawl_runs import start_run
from uphill.curating.pinning import Wanted, end_pins, set_pin
from uphill.db import LoggedChange, Pin, PolicyVersion, Visit, make_engine, session_factory, writing
from uphill.db.upgrade import upgrade
from uphill.recording.record import record_visit
from uphill.recording.rereading import reread

TIMES = 6


@pytest.fixture
def engine(postgresql_url):
    engine = make_engine(new_database(postgresql_url, "side_by_side"))
    upgrade(engine)
    with closing(engine.raw_connection()):
        yield engine
    engine.dispose()


@pytest.mark.slow
def test_one_after_the_other(engine, row, now):
    sessions = session_factory(engine)
    with writing(sessions) as session:
        load_resorts(session, [row()], LoadReport())
    run = start_run(sessions, TIMES, now)
    later = now + timedelta(days=1)

    def crawl(number):
        facts = FACTS | {"hotline": f"970-555-01{number:02}"}
        record_visit(sessions, run, replace(Found.policy(**facts)(later), slug="larkspur-bowl"))

    def pin(number):
        wanted = Wanted(
            slug="larkspur-bowl",
            field="dogs",
            value="allowed" if number % 2 else "prohibited",
            source_url="https://news.example/",
            note="by phone",
            until=date(2026, 1, 20),
        )
        with writing(sessions) as session:
            set_pin(session, wanted, later)

    def read_again(_):
        def read(page):
            visited = Found.policy(**FACTS)(later).pages[0]
            return visited.text, visited.reading

        reread(sessions, "larkspur-bowl", read, later)

    crawl(99)
    with ThreadPoolExecutor(3) as pool:
        works = [pool.submit(work, number) for number in range(TIMES) for work in (crawl, pin, read_again)]
        failures = [type(work.exception()).__name__ for work in works if work.exception() is not None]
    assert set(failures) <= {"Disturbed"}, failures
    assert end_pins(sessions, now + timedelta(days=9)) == 1
    with sessions() as session:
        assert session.scalar(select(func.count(Visit.id))) == TIMES + 1
        current = session.scalars(select(PolicyVersion).where(PolicyVersion.superseded_at.is_(None))).one()
        assert current.dogs == "leashed"
        assert session.scalar(select(func.count(Pin.id)).where(Pin.ended_at.is_(None))) == 0
        last = {}
        for change in session.scalars(select(LoggedChange).order_by(LoggedChange.id)):
            assert last.get(change.field) == change.old, "each change follows on the one before"
            last[change.field] = change.new
