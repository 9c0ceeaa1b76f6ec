"""The first visitor finds the directory read."""

import logging

from sqlalchemy import event

from tests.webapp.conftest import NOW
from uphill.settings import Settings
from webapp import create_app
from webapp.warming import warm_up


def test_the_first_visitor_waits_for_nothing_to_be_read(engine):
    app = create_app(Settings(rate_limits=False), engine=engine, clock=lambda: NOW)
    asked = []

    def count(connection, cursor, statement, *more):
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    try:
        warm_up(app)
        read = len(asked)
        assert any("policies" in statement for statement in asked)
        assert app.test_client().get("/?region=US-CO&dogs=leashed").status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert not [statement for statement in asked[read:] if "policies" in statement]


def test_a_database_that_cannot_be_read_stops_nobody(tmp_path, caplog):
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'empty.db'}"))
    with caplog.at_level(logging.WARNING):
        warm_up(app)
    assert "could not be read ahead" in caplog.text
