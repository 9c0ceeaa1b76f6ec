"""Leases on both databases: one owner at a time, and a dead owner's lease is free again."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import delete

from tests.conftest import new_database
from uphill.db import Lease, make_engine, session_factory, writing
from uphill.lease import (
    HEARTBEAT,
    LEASE,
    held_by,
    holder,
    kept_alive,
    owner_name,
    release,
    renew,
    renew_all,
    take,
    take_all,
)

ONE, TWO = "north:11:1", "south:22:2"
SECOND = timedelta(seconds=1)


def test_what_one_has_another_does_not_get(sessions, now):
    assert take(sessions, "scheduler", ONE, now)
    assert not take(sessions, "scheduler", TWO, now + SECOND)
    assert take(sessions, "scheduler", ONE, now + SECOND), "its owner may ask again"
    with sessions() as session:
        held = holder(session, "scheduler", now + SECOND)
        assert (held.owner, held.since) == (ONE, now)
        assert str(held) == "north:11 since 2026-01-15 12:00:00 UTC"


def test_a_dead_owners_lease_expires_after_its_last_heartbeat(sessions, now):
    assert timedelta(seconds=60) <= LEASE <= timedelta(seconds=90)
    assert 3 * HEARTBEAT < LEASE, "two heartbeats may fail"
    take(sessions, "scheduler", ONE, now)
    last = now + 40 * SECOND
    assert renew(sessions, "scheduler", ONE, last)
    assert not take(sessions, "scheduler", TWO, last + LEASE - SECOND)
    assert take(sessions, "scheduler", TWO, last + LEASE)
    assert not renew(sessions, "scheduler", ONE, last + LEASE), "it came back from the dead"
    with sessions() as session:
        assert holder(session, "scheduler", last + LEASE).owner == TWO
        assert holder(session, "scheduler", last + 2 * LEASE) is None
        assert holder(session, "nothing", now) is None


def test_an_expired_lease_that_nobody_took_is_still_its_owners(sessions, now):
    take(sessions, "crawl", ONE, now)
    assert renew(sessions, "crawl", ONE, now + 10 * LEASE)
    assert not take(sessions, "crawl", TWO, now + 10 * LEASE + SECOND)


def test_of_many_those_are_got_that_are_free(sessions, now):
    sites = [f"site-{n}.example" for n in range(1200)]
    assert take_all(sessions, sites[::2], ONE, now) == set(sites[::2])
    assert take_all(sessions, sites, TWO, now + SECOND) == set(sites[1::2])
    assert renew_all(sessions, sites, TWO, now + SECOND) == set(sites[1::2])
    release(sessions, ONE, sites)
    with sessions() as session:
        assert held_by(session, ONE, now) == set()
        assert held_by(session, TWO, now) == set(sites[1::2])
    assert take_all(sessions, [], ONE, now) == set()


def test_names_of_owners_differ_by_process_and_part(now):
    names = {owner_name(now), owner_name(now + timedelta(milliseconds=1)), owner_name(now, "/2")}
    assert len(names) == 3
    assert all(len(name) <= Lease.owner.type.length for name in names)


@pytest.fixture(params=["sqlite", "postgresql"])
def committing(request, sqlite_url, migrate):
    """Sessions of a real database, each thread with a connection of its own."""
    url = sqlite_url
    if request.param == "postgresql":
        url = new_database(request.getfixturevalue("postgresql_url"), "leases")
    engine = make_engine(url)
    migrate(engine)
    yield session_factory(engine)
    engine.dispose()


def test_of_many_at_once_each_lease_has_one_owner(committing, now):
    owners = [f"host:{n}:0" for n in range(8)]
    names = [f"site-{n}" for n in range(20)]
    together = threading.Barrier(len(owners))

    def ask(owner):
        together.wait()
        order = names if owners.index(owner) % 2 else names[::-1]
        return take_all(committing, order, owner, now)

    with ThreadPoolExecutor(len(owners)) as threads:
        got = list(threads.map(ask, owners))
    assert sorted(name for some in got for name in some) == sorted(names)


def test_a_heartbeat_keeps_a_lease_and_tells_of_its_loss(committing, now):
    take_all(committing, ["a", "b"], ONE, now)
    clock = iter(now + n * SECOND for n in range(1, 10**6))
    lost = threading.Event()
    told = []

    def tell(names):
        told.append(names)
        lost.set()

    with kept_alive(
        committing, ["a", "b"], ONE, lambda: next(clock), every=timedelta(milliseconds=5), lost=tell
    ):
        while True:
            with committing() as session:
                if session.get(Lease, "a").heartbeat_at > now:
                    break
        with writing(committing) as session:
            session.execute(delete(Lease).where(Lease.name == "a"))
        take(committing, "a", TWO, now)
        assert lost.wait(120)
    assert told == [{"a"}]
    with committing() as session:
        assert held_by(session, ONE, now) == set()
        assert held_by(session, TWO, now) == {"a"}
