"""Routes as the page lists them: what is told of each, by whom, and how old it is."""

from datetime import UTC, datetime, timedelta

import pytest

from uphill.policy import Policy
from uphill.search.answers import Announcement, ResortFacts, ResortPage
from webapp.routes import route_table

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
REPORT = "https://larkspur.example/report"


def seen(position, status, ago=timedelta(hours=3), *, holds=True):
    return Announcement(
        position=position, status=status, seen_at=NOW - ago, until=NOW, holds=holds, source_url=REPORT
    )


def page(*routes, announced=()):
    return ResortPage(
        resort=ResortFacts(
            slug="l", name="L", country="US", country_name="US", region="US-CO", region_name="Colorado"
        ),
        policy=Policy.model_validate({"routes": routes}),
        routes_announced=announced,
    )


OPEN = {"name": "Ridge", "status": "open"}


@pytest.mark.parametrize("routes", [(), ("Ridge", "Bowl")])
def test_names_alone_make_no_table(routes):
    assert route_table(page(*routes), NOW) is None


def test_a_status_is_told_with_its_page():
    table = route_table(page(OPEN, "Bowl", announced=(seen(0, "open"),)), NOW)
    ridge, bowl = table.lines
    assert (ridge.now.words, ridge.now.fresh, ridge.now.source_url) == ("open", True, REPORT)
    assert (bowl.now.words, bowl.now.seen_at) == ("not stated", None)
    assert table.seen == ridge.now


def test_statuses_of_two_times_have_each_its_own_date():
    told = (seen(0, "open"), seen(1, "closed", timedelta(days=3), holds=False))
    table = route_table(page(OPEN, "Bowl", announced=told), NOW)
    assert table.seen is None
    assert [line.now.words for line in table.lines] == ["open", "not known, last seen closed"]


def test_what_nobody_announced_makes_no_table():
    assert route_table(page("Ridge"), NOW) is None


def test_what_no_route_states_has_no_column_and_is_said_to_be_missing():
    table = route_table(page({"name": "Ridge", "length_m": 850}, {"name": "Bowl", "length_m": 12000}), NOW)
    assert table.columns == ("Length",)
    assert [line.cells for line in table.lines] == [("850 m",), ("12.0 km",)]
    assert table.silent == "status, hours, direction, course, ascent, difficulty"
