"""Searches by lists, pass networks, freshness, distance, price and opening hours, as crawls found them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.uphill.search.conftest import SLUG, Hill, policy_page
from uphill.crawl_runs import start_run
from uphill.db import OpenInterval, Resort, writing
from uphill.errors import BadFilter
from uphill.opening import refresh_open_intervals
from uphill.recording.record import record_visit
from uphill.recording.visit import ResortVisit
from uphill.search import Query, count, search

ALLOWED = {"access": "allowed"}
DENVER = "39.74,-104.98"


@pytest.fixture
def hills(sessions, stock, row, now):
    """Three resorts, a hundred kilometres and more from Denver, and one in another zone."""
    stock(
        row(SLUG, latitude=39.6, longitude=-106.1, pass_network="Ikon"),
        row("near-hill", latitude=39.75, longitude=-105.2, pass_network="Indy"),
        row("far-hill", latitude=47.2, longitude=11.4, region="AT-7", country="AT", timezone="Europe/Vienna"),
        row("lost-hill", latitude=None, longitude=None, timezone=None),
    )
    return Hill(sessions, now)


@pytest.fixture
def ask(sessions, now):
    def ask(hours=0, **values):
        query = Query.parse({name: [value] for name, value in values.items()})
        at = now + timedelta(hours=hours)
        with sessions() as session:
            results = search(session, query, at)
            assert count(session, query, at) == results.total
        return results

    return ask


def crawled(sessions, slug, at, facts):
    page = policy_page(at, facts)
    record_visit(sessions, start_run(sessions, 1, at), ResortVisit(slug, at, at, page.outcome, (page,)))


def slugs(results):
    return [each.resort.slug for each in results.listings]


def counts(results, name):
    return {each.value: each.count for each in results.facets[name] if each.count}


def test_a_resort_is_found_by_each_element_of_a_list(hills, ask):
    hills.visit(0, ALLOWED | {"pass_accepts": ["season_pass", "uphill_pass"], "penalty": ["fine"]})
    assert slugs(ask(pass_accepts="season_pass")) == [SLUG]
    assert slugs(ask(pass_accepts="lift_ticket")) == []
    assert slugs(ask(penalty="fine,removal")) == [SLUG]
    assert counts(ask(), "pass_accepts") == {"season_pass": 1, "uphill_pass": 1, "unknown": 3}
    assert counts(ask(penalty="fine"), "pass_accepts") == {"season_pass": 1, "uphill_pass": 1}
    assert counts(ask(pass_accepts="uphill_pass"), "pass_accepts")["unknown"] == 3, "under the other filters"


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("windows", {"windows": ["05:00-08:00"]}),
        ("windows", {"routes": [{"name": "Ridge", "windows": ["05:00-08:00"]}]}),
        ("routes", {"routes": ["Ridge"]}),
        ("prices", {"prices": [{"amount": 5, "currency": "USD"}]}),
        ("parking", {"parking": {"place": "Lot B"}}),
    ],
)
def test_what_is_stated_at_all_is_searched(hills, ask, name, facts):
    hills.visit(0, ALLOWED | facts)
    assert slugs(ask(**{name: "stated"})) == [SLUG]
    assert counts(ask(), name) == {"stated": 1, "unknown": 3}


def test_pass_networks(hills, ask):
    assert slugs(ask(network="Ikon,Indy")) == [SLUG, "near-hill"]
    assert counts(ask(), "network") == {"Ikon": 1, "Indy": 1, "unknown": 2}


def test_freshness_goes_by_the_season_and_by_the_clock(hills, ask):
    assert counts(ask(), "freshness") == {"none": 4}
    hills.visit(0, ALLOWED)
    assert slugs(ask(freshness="checked")) == [SLUG]
    assert slugs(ask(hours=30 * 24, freshness="checked")) == [SLUG]
    assert slugs(ask(hours=30 * 24 + 1, freshness="checked")) == []
    assert slugs(ask(hours=30 * 24 + 1, freshness="stale")) == [SLUG]


def test_distance(hills, ask):
    results = ask(near=DENVER, km="120")
    assert slugs(results) == ["near-hill", SLUG], "nearest first"
    assert [each.distance_km for each in results.listings] == pytest.approx([18.8, 97.2], abs=0.5)
    assert slugs(ask(near=DENVER, km="50")) == ["near-hill"]
    assert slugs(ask(near=DENVER, km="120", sort="name")) == [SLUG, "near-hill"]
    assert counts(ask(near=DENVER, km="50"), "network") == {"Indy": 1}
    assert slugs(ask(near="-39.74,75.02")) == []
    assert ask().listings[0].distance_km is None


def test_prices_are_compared_in_their_currency(hills, ask):
    dear = {"amount": 40, "currency": "EUR", "period": "day"}
    season = {"amount": 99, "currency": "USD", "period": "season"}
    hills.visit(
        0, ALLOWED | {"prices": [{"amount": "19.50", "currency": "USD", "period": "visit"}, dear, season]}
    )
    assert slugs(ask(price_max="19.50", currency="USD")) == [SLUG]
    assert slugs(ask(price_max="19.49", currency="USD")) == []
    assert slugs(ask(price_max="39", currency="EUR")) == []
    assert slugs(ask(price_max="99", currency="CHF")) == []
    assert slugs(ask(season_max="99", currency="USD")) == [SLUG]
    assert slugs(ask(season_max="98", currency="USD")) == []
    assert slugs(ask(sort="price"))[0] == SLUG


def test_by_price_free_ones_first_and_each_currency_apart(sessions, stock, row, now, ask):
    asked = {"dear": 30, "cheap": 9, "free": None, "alps": 20, "dumb": None}
    stock(*(row(slug) for slug in asked))
    for slug, amount in asked.items():
        currency = "EUR" if slug == "alps" else "USD"
        facts = ALLOWED | (
            {"prices": [{"amount": amount, "currency": currency, "period": "day"}]} if amount else {}
        )
        crawled(sessions, slug, now, facts | ({"pass_cost": "free"} if slug == "free" else {}))
    assert slugs(ask(sort="price", currency="USD")) == ["free", "cheap", "dear", "alps", "dumb"]
    assert slugs(ask(sort="price", currency="EUR")) == ["free", "alps", "cheap", "dear", "dumb"]
    assert slugs(ask(price_max="20", currency="USD", sort="price")) == ["free", "cheap"]


def test_what_is_free_costs_no_more_than_anything(hills, ask):
    hills.visit(0, ALLOWED | {"pass_required": "never"})
    assert slugs(ask(price_max="1", currency="CHF")) == [SLUG]


MORNING = ALLOWED | {"windows": ["05:00-lift_open"]}


@pytest.fixture
def morning(hills, sessions, now):
    hills.visit(0, MORNING)
    refresh_open_intervals(sessions, now)
    with writing(sessions) as session:  # the same hours of the clock in another zone
        far = session.scalars(select(Resort).filter_by(slug="far-hill")).one()
        for at in session.scalars(select(OpenInterval)).all():
            shift = timedelta(hours=-8)
            session.add(
                OpenInterval(
                    resort_id=far.id, starts_at=at.starts_at + shift, ends_at=at.ends_at + shift, sure=at.sure
                )
            )
    return hills


@pytest.mark.parametrize(
    ("at", "found"),
    [
        ("2026-01-17T04:59", {}),
        ("2026-01-17T05:00", {"open": 1}),
        ("2026-01-17T06:59", {"open": 1}),
        ("2026-01-17T07:30", {"possibly": 1}),
        ("2026-01-17T11:00", {}),
    ],
)
def test_who_is_open_at_a_time_of_the_clock(morning, ask, at, found):
    results = ask(at=at)
    assert counts(results, "open") == found
    assert slugs(results) == [SLUG] * len(found)
    assert [each.open_then for each in results.listings] == list(found)
    assert slugs(ask(at=at, open="open")) == [SLUG] * ("open" in found)


def test_unknown_hours_are_told_of(morning, ask):
    assert ask(at="2026-01-17T06:00").remarks == ("Of 3 more no hours are known",)
    assert ask(at="2026-01-17T12:00").remarks == ("Of 3 more no hours are known",)
    assert ask().remarks == ()


def test_hours_that_nobody_worked_out_are_not_none(hills, ask):
    (said,) = ask(at="2026-01-17T06:00").remarks
    assert said.startswith("Hours of that time have not been worked out yet")


def test_hours_alone_open_nothing(morning, ask):
    """A zone apart that has hours but no policy allowing it; a resort that says closed."""
    assert slugs(ask(at="2026-01-17T06:00")) == [SLUG]
    morning.visit(1, MORNING, status={"status": "closed"})
    assert slugs(ask(hours=2, at="2026-01-17T06:00")) == []
    assert slugs(ask(hours=48, at="2026-01-18T06:00")) == [SLUG], "what was announced has expired"


def test_open_now(morning, ask):
    assert slugs(ask(hours=24 + 1, open="open")) == [SLUG], "13:00 UTC is 6:00 in Denver"
    assert slugs(ask(hours=24 + 8, open="open,possibly")) == []


@pytest.mark.parametrize(
    "at", ["2026-01-13T12:00", "2026-01-28T13:00", "0001-01-01T00:00", "9999-12-31T23:59"]
)
def test_a_time_of_which_nothing_is_known_is_refused(hills, ask, at):
    with pytest.raises(BadFilter, match=f"at can't be {at}: hours are known from today on for 13 days"):
        ask(at=at)
