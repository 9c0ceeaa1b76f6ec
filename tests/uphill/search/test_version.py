from datetime import UTC, datetime

import pytest

from tests.conftest import new_database
from uphill.catalogue import CatalogueRow, LoadReport, load_resorts
from uphill.db import make_engine, session_factory, writing
from uphill.db.upgrade import upgrade
from uphill.errors import NotFound
from uphill.search.history import history
from uphill.search.version import change_version, data_version, search_version

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def sessions(request, tmp_path_factory):
    """Of a database of its own, whose commits last."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('version') / 'uphill.db'}"
    else:
        url = new_database(request.getfixturevalue("postgresql_url"), "version")
    engine = make_engine(url)
    upgrade(engine)
    yield session_factory(engine)
    engine.dispose()


def add(sessions, slug):
    row = CatalogueRow.model_validate({"slug": slug, "name": slug, "country": "US", "region": "US-CO"})
    with writing(sessions) as session:
        load_resorts(session, [row], LoadReport())


def versions(sessions):
    with sessions() as session:
        return data_version(session), change_version(session), search_version(session, NOW)


def test_it_is_another_after_each_change(sessions):
    add(sessions, "alder-hill")
    before = versions(sessions)
    if (
        sessions.kw["bind"].dialect.name == "sqlite"
    ):  # PostgreSQL counts what is written to other databases too
        assert versions(sessions) == before
    add(sessions, "birch-hill")
    assert all(one != other for one, other in zip(versions(sessions), before, strict=True))


def test_time_moves_that_of_searches(sessions):
    add(sessions, "alder-hill")
    with sessions() as session:
        assert search_version(session, NOW) != search_version(session, NOW.replace(hour=13))


def test_a_resort_without_a_policy_has_no_history(sessions):
    add(sessions, "alder-hill")
    with sessions() as session:
        assert history(session, "alder-hill", NOW, size=5).versions == ()
        with pytest.raises(NotFound):
            history(session, "nowhere", NOW, size=5)
