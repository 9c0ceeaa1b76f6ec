"""Routes as the page lists them: what is told of each, by whom, and how old it is."""

from datetime import UTC, datetime, timedelta

import pytest

from uphill.policy import Policy
from uphill.search.answers import Freshness, Proof, Provenance, ResortFacts, ResortPage
from uphill.vocabulary import Origin, SourceKind
from webapp.routes import route_table

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
REPORT = "https://larkspur.example/report"
RULES = "https://larkspur.example/uphill"


def proof(position, url=RULES, ago=timedelta(hours=3)):
    return Proof(position=position, quote="Ridge", source_url=url, source_kind="policy", seen_at=NOW - ago)


def page(*routes, origin=Origin.CRAWL, **evidence):
    return ResortPage(
        resort=ResortFacts(
            slug="l", name="L", country="US", country_name="US", region="US-CO", region_name="Colorado"
        ),
        verdict="",
        policy=Policy.model_validate({"routes": routes}),
        provenance=Provenance(
            origin=origin,
            source_url=RULES,
            source_kind=SourceKind.POLICY,
            first_seen=NOW,
            last_confirmed=NOW,
            freshness=Freshness.CHECKED,
        ),
        evidence=evidence,
    )


OPEN = {"name": "Ridge", "status": "open"}


@pytest.mark.parametrize("routes", [(), ("Ridge", "Bowl")])
def test_names_alone_make_no_table(routes):
    assert route_table(page(*routes), NOW) is None


def test_a_status_is_seen_where_a_status_page_told_it():
    shown = page(OPEN, "Bowl", routes=(proof(0), proof(1)), route_status=(proof(0, REPORT),))
    table = route_table(shown, NOW)
    ridge, bowl = table.lines
    assert (ridge.now.words, ridge.now.fresh, ridge.now.source_url) == ("open", True, REPORT)
    assert (bowl.now.words, bowl.now.seen_at) == ("not stated", None)
    assert table.seen == ridge.now


def test_statuses_of_two_pages_have_each_its_own_date():
    closed = {"name": "Bowl", "status": "closed"}
    told = (proof(0, REPORT), proof(1, REPORT, timedelta(days=3)))
    table = route_table(page(OPEN, closed, route_status=told), NOW)
    assert table.seen is None
    assert [line.now.words for line in table.lines] == ["open", "not known (last seen closed)"]


def test_a_list_never_tells_how_a_route_is_today():
    assert route_table(page(OPEN, origin=Origin.BASELINE), NOW) is None


def test_what_no_route_states_has_no_column_and_is_said_to_be_missing():
    table = route_table(page({"name": "Ridge", "length_m": 850}, {"name": "Bowl", "length_m": 12000}), NOW)
    assert table.columns == ("Length",)
    assert [line.cells for line in table.lines] == [("850 m",), ("12.0 km",)]
    assert table.silent == "status, hours, direction, course, ascent, difficulty"
