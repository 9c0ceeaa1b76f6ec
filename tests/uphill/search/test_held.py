"""What searches go by is held in memory, and yet always what the database says."""

import gc
from datetime import timedelta
from itertools import count
from weakref import ref

import pytest
from sqlalchemy import delete, select

from tests.conftest import new_database
from tests.uphill.search.conftest import SLUG, Hill
from uphill.catalogue import LoadReport, load_resorts
from uphill.db import PolicyVersion, Resort, make_engine, session_factory, writing
from uphill.search import Query, find, search
from uphill.search.answers import Listing
from uphill.search.held import held_of
from uphill.search.index import Index
from uphill.search.known import known_resorts

pytestmark = pytest.mark.slow

_NUMBERS = count()


@pytest.fixture(params=["sqlite", "postgresql"])
def directory(request, sqlite_url, migrate, row, now):
    """Three resorts in a database of its own, whose commits last."""
    postgresql = request.param == "postgresql"
    name = f"held_{next(_NUMBERS)}"
    url = new_database(request.getfixturevalue("postgresql_url"), name) if postgresql else sqlite_url
    engine = make_engine(url)
    migrate(engine)
    hill = Hill(session_factory(engine), now)
    catalogue(hill, row(SLUG), row("abbey-hill"), row("zeta-hill", region="US-UT"))
    yield hill
    engine.dispose()


def catalogue(hill, *rows):
    with writing(hill.sessions) as session:
        load_resorts(session, rows, LoadReport())


def held(hill, now):
    """The index that searches go by, after it was compared with one made from nothing."""
    with hill.sessions() as session:
        index, fresh = held_of(session, now).index, Index.of(known_resorts(session), now)
        shown = search(session, Query(), now).listings
        assert list(shown) == [_alone(find(session, each.resort.slug, now)) for each in shown]
    assert index.resorts == fresh.resorts
    assert index.position == fresh.position
    for name, sets in fresh.sets.items():
        assert {value: mask for value, mask in index.sets[name].items() if mask} == sets, name
    return index


def is_kept(hill, before, after):
    """Whether nothing was read again. While others write on the same server, PostgreSQL can't rule out that there is
    something new: then the same is read.
    """
    embedded = hill.sessions.kw["bind"].dialect.name == "sqlite"
    return after is before if embedded else after.resorts == before.resorts


def _alone(page):
    return Listing.model_validate(page.model_dump(include=set(Listing.model_fields)))


def change(hill, slug, **values):
    with writing(hill.sessions) as session:
        resort = session.scalars(select(Resort).filter_by(slug=slug)).one()
        for name, value in values.items():
            setattr(resort, name, value)


def test_it_is_always_what_the_database_says(directory, row, now):
    first = held(directory, now)
    assert is_kept(directory, first, held(directory, now)), "nothing changed"
    directory.visit(0, {"access": "allowed", "dogs": "leashed", "penalty": ["fine"], "status": "closed"})
    changed = held(directory, now)
    assert changed.having("dogs", ["leashed"]) == changed.having("penalty", ["fine"]) == 0b010
    assert changed.having("status", ["closed"]) == 0b010
    change(directory, "zeta-hill", pass_network="Ikon")
    assert held(directory, now).having("network", ["Ikon"]) == 0b100
    for hours in (24, 48):  # confirmed; then the opposite, verified
        directory.visit(hours, {"access": "allowed", "dogs": "prohibited" if hours > 24 else "leashed"})
        held(directory, directory.at(hours))
    catalogue(directory, row("middle-hill"))
    assert len(held(directory, now).resorts) == 4
    change(directory, "abbey-hill", name="Zzz")
    assert held(directory, now).resorts[-1].slug == "abbey-hill"
    with writing(directory.sessions) as session:
        session.execute(delete(Resort).where(Resort.slug == "zeta-hill"))
    assert len(held(directory, now).resorts) == 3
    for days in (0, 1, 29, 40, 29, 200, 0):  # ages and expires by the clock alone
        held(directory, now + timedelta(days=days))


def test_what_expires_within_a_day_expires_alone(directory, now):
    directory.visit(0, {"access": "allowed", "status": "closed"})
    until = now + timedelta(minutes=30)
    with writing(directory.sessions) as session:
        session.scalars(
            select(PolicyVersion).where(PolicyVersion.superseded_at.is_(None))
        ).one().status_until = until
    first = held(directory, now)
    assert first.until == until
    assert is_kept(directory, first, held(directory, until - timedelta(seconds=1)))
    for moment in (until, until + timedelta(seconds=1), until + timedelta(hours=6)):
        assert not held(directory, moment).having("status", ["closed"])
    assert held(directory, now).having("status", ["closed"]), "a clock that was put back"


def test_what_is_undone_was_never_there(directory, now):
    before = held(directory, now)
    with directory.sessions() as session:
        session.connection(execution_options={"writes": True})
        session.scalars(select(Resort).filter_by(slug=SLUG)).one().pass_network = "Indy"
        session.flush()
        own = search(session, Query.parse({"network": ["Indy"]}), now)
        assert own.total == 1, "a writer sees what it has written"
        session.rollback()
    assert is_kept(directory, before, held(directory, now))
    change(directory, SLUG, pass_network="Epic")
    assert held(directory, now).having("network", ["Epic"])


@pytest.mark.parametrize("directory", ["postgresql"], indirect=True)
def test_who_began_early_and_commits_late_is_not_missed(directory, now):
    with directory.sessions() as early:
        early.scalars(select(Resort).filter_by(slug="abbey-hill")).one().pass_network = "Indy"
        early.flush()
        change(directory, "zeta-hill", pass_network="Epic")
        between = held(directory, now)
        assert between.having("network", ["Epic"])
        assert not between.having("network", ["Indy"])
        early.commit()
    assert held(directory, now).having("network", ["Indy"])


@pytest.mark.parametrize("directory", ["sqlite"], indirect=True)
def test_a_database_that_nobody_uses_any_more_is_let_go(directory, sqlite_url, now):
    engine = make_engine(sqlite_url)
    with session_factory(engine)() as session:
        search(session, Query(), now)
    gone = ref(engine)
    engine.dispose()
    del engine, session
    gc.collect()
    assert gone() is None
