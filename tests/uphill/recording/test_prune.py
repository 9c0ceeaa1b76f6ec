"""What is pruned, and what stays: on both databases."""

import zlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from uphill.db import (
    CrawlRun,
    Lease,
    OpenInterval,
    Pin,
    PinReading,
    PolicyEvidence,
    PolicyVersion,
    Resort,
    SiteRest,
    Snapshot,
    Source,
    Visit,
    writing,
)
from uphill.db.store import store_policy
from uphill.outcomes import Change, Outcome
from uphill.policy import Policy
from uphill.recording.prune import prune, pruned_words
from uphill.vocabulary import Origin, SourceKind

DAY = timedelta(days=1)


@pytest.fixture
def resort_id(sessions, stock, row):
    stock(row("alpha"))
    with sessions() as session:
        return session.scalars(select(Resort.id)).one()


@pytest.fixture
def source_id(sessions, resort_id):
    with writing(sessions) as session:
        source = Source(
            resort_id=resort_id, url="https://alpha.example/uphill", kind=SourceKind.POLICY, failures=0
        )
        session.add(source)
        session.flush()
        return source.id


@pytest.fixture
def snapshot(sessions, source_id):
    def store(fetched_at, text, last_seen=None):
        with writing(sessions) as session:
            row = Snapshot(
                source_id=source_id,
                fetched_at=fetched_at,
                last_seen=last_seen,
                text_hash=text,
                body_zlib=zlib.compress(b""),
                text_zlib=zlib.compress(text.encode()),
            )
            session.add(row)
            session.flush()
            return row.id

    return store


def left(sessions):
    with sessions() as session:
        return set(session.scalars(select(Snapshot.text_hash)))


def test_of_snapshots_stay_the_newest_the_last_days_and_one_a_month_for_two_years(sessions, snapshot, now):
    snapshot(now - 61 * DAY, "61, seen since", last_seen=now - DAY)
    for days in (800, 799, 400, 399, 60, 59, 29, 28):
        snapshot(now - days * DAY, f"{days}")
    assert pruned_words(prune(sessions, now, dry_run=True)) == "4 snapshots"
    assert len(left(sessions)) == 9, "told, not done"
    assert prune(sessions, now) == {"snapshots": 4}
    assert left(sessions) == {"399", "59", "29", "28", "61, seen since"}
    assert prune(sessions, now) == {}


def test_the_newest_of_a_page_stays_however_old(sessions, snapshot, now):
    snapshot(now - 3000 * DAY, "first")
    snapshot(now - 2999 * DAY, "last")
    prune(sessions, now)
    assert left(sessions) == {"last"}


def test_what_a_proof_points_into_stays(sessions, snapshot, resort_id, source_id, now):
    long_ago = now - 1000 * DAY
    superseded, pinned, nobodys = (snapshot(long_ago, text) for text in ("superseded", "pinned", "nobody's"))
    snapshot(now, "newest")
    quoted = {"source_id": source_id, "position": 0, "quote": "No dogs.", "start": 0, "end": 8}
    with writing(sessions) as session:
        version = PolicyVersion(
            resort_id=resort_id,
            source_id=source_id,
            origin=Origin.CRAWL,
            first_seen=long_ago,
            last_confirmed=long_ago,
            superseded_at=long_ago,
        )
        evidence = PolicyEvidence(field="dogs", snapshot_id=superseded, **quoted)
        store_policy(session, version, Policy(dogs="prohibited"), [evidence])
        reading = PinReading(snapshot_id=pinned, **quoted)
        pin = Pin(
            resort_id=resort_id,
            field="dogs",
            value='"no"',
            source_url="https://alpha.example",
            note="told by patrol",
            pinned_at=long_ago,
            readings=[reading],
        )
        session.add(pin)
    assert prune(sessions, now) == {"snapshots": 1}
    assert left(sessions) == {"superseded", "pinned", "newest"}
    assert nobodys


def test_visits_and_runs_go_after_a_year_but_a_resorts_last_visit(sessions, resort_id, now):
    def visited(days, outcome=Outcome.POLICY):
        at = now - days * DAY
        with writing(sessions) as session:
            run = CrawlRun(started_at=at, planned=1)
            session.add(run)
            session.flush()
            if outcome is not None:
                visit = Visit(
                    run_id=run.id,
                    resort_id=resort_id,
                    started_at=at,
                    finished_at=at,
                    outcome=outcome,
                    change=Change.NONE,
                    pages=1,
                )
                session.add(visit)

    visited(500)
    visited(450, outcome=None)  # killed before its first visit was over
    visited(400)
    assert prune(sessions, now) == {"visits": 1, "crawl runs": 2}
    visited(300)
    assert prune(sessions, now) == {"visits": 1, "crawl runs": 1}
    assert prune(sessions, now) == {}


def test_what_ran_out_goes_a_day_later(sessions, resort_id, now):
    with writing(sessions) as session:
        for age in (2 * DAY, DAY / 2):
            then = now - age
            session.add(
                Lease(name=f"{age}", owner="a:1:1", taken_at=then, heartbeat_at=then, expires_at=then)
            )
            session.add(SiteRest(site=f"{age}.example", until=then, reason="Retry-After"))
            session.add(OpenInterval(resort_id=resort_id, starts_at=then - DAY, ends_at=then, sure=True))
    assert prune(sessions, now) == {"leases": 1, "sites' rests": 1, "open intervals": 1}
