"""What a page does can't change the directory: the database itself refuses."""

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError

from uphill.db import Resort, SiteKey, session_factory, writing
from uphill.settings import Settings
from webapp import create_app
from webapp.database import database_session, writing_sessions

STATEMENTS = [
    "INSERT INTO site_keys (name, secret, made_at) VALUES ('x', 'y', '2026-01-01 00:00:00')",
    "UPDATE resorts SET name = 'x'",
    "DELETE FROM resorts",
    "CREATE TABLE x (y integer)",
    "DROP TABLE resorts",
]


@pytest.fixture
def site(migrated_engine: Engine):
    return create_app(Settings(), engine=migrated_engine)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_page_can_t_write(site, statement):
    with site.test_request_context("/"):
        for _ in range(2):
            assert database_session().scalars(select(Resort)).all() == []
            with pytest.raises(DBAPIError, match=r"readonly|read-only"):
                database_session().execute(text(statement))
            database_session().rollback()


def test_the_form_can_and_pages_after_it_still_can_t(site, migrated_engine, now):
    key = SiteKey(name="tried", secret="x", made_at=now)
    with site.test_request_context("/"):
        assert database_session().scalars(select(SiteKey)).all() == []
        database_session().close()
        with writing(writing_sessions()) as session:
            session.add(key)
        assert database_session().scalars(select(SiteKey.name)).all() == ["tried"]
        with pytest.raises(DBAPIError, match=r"readonly|read-only"):
            database_session().execute(text("DELETE FROM site_keys"))
    with writing(session_factory(migrated_engine)) as session:
        session.delete(session.get_one(SiteKey, "tried"))
