"""Any policy goes into its tables, and out of JSON, as it was."""

from datetime import timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from uphill.db import PolicyRoute, PolicyVersion, PolicyWindow, Resort, Source, writing
from uphill.db.store import current_policy, policy_of, store_policy, supersede
from uphill.policy import LIST_FACTS, Parking, Policy, Price, Route, Season, Window
from uphill.vocabulary import (
    Cost,
    Credential,
    Day,
    Difficulty,
    Event,
    Origin,
    Penalty,
    Period,
    SeasonMark,
    Serves,
    Status,
)

clock = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(1, 59)) | st.sampled_from(Event)
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
windows = st.builds(
    lambda days, moments: Window(days=days, start=moments[0], end=moments[1]),
    st.lists(st.sampled_from(Day), unique=True).map(tuple),
    st.lists(clock, min_size=2, max_size=2, unique=True),
)
places = words.map(lambda name: name[:120])
metres = st.integers(1, 99_999)
prices = st.builds(
    Price,
    amount=st.decimals("0.01", "999999.99", places=2),
    currency=st.sampled_from(["USD", "CAD", "EUR", "CHF", "JPY"]),
    period=st.sampled_from(Period),
)
routes = st.builds(
    Route,
    name=places,
    status=st.sampled_from(Status),
    windows=st.lists(windows, max_size=2).map(tuple),
    start=st.none() | places,
    end=st.none() | places,
    length_m=st.none() | metres,
    ascent_m=st.none() | metres,
    difficulty=st.sampled_from(Difficulty),
    serves=st.sampled_from(Serves),
)
parkings = st.builds(
    Parking,
    place=places,
    cost=st.sampled_from(Cost),
    until=st.none() | st.just("24:00") | st.just("08:30"),
) | st.sampled_from([Parking(cost=Cost.FREE), Parking(until="00:00")])
dates = st.dates().map(lambda date: date.isoformat())
season_ends = dates | dates.map(lambda date: date[-5:]) | st.sampled_from(SeasonMark).map(str)
seasons = st.builds(Season, start=season_ends, end=st.none() | season_ends) | season_ends.map(
    lambda end: Season(end=end)
)
links = words.map(lambda rest: f"https://{rest}"[:2000])
LISTS = {
    "windows": windows,
    "prices": prices,
    "routes": routes,
    "pass_accepts": st.sampled_from(Credential),
    "penalty": st.sampled_from(Penalty),
}
WHOLES = {
    "hotline": words.map(lambda number: number[:64]),
    "parking": parkings,
    "season": seasons,
    "status_url": links,
    "waiver_url": links,
    "pass_url": links,
    "map_url": links,
}
scalars = {
    name: st.sampled_from(type(field.default))
    for name, field in Policy.model_fields.items()
    if name not in LIST_FACTS and name not in WHOLES
}
policies = st.builds(
    Policy,
    **scalars,
    **{name: st.lists(element, max_size=3).map(tuple) for name, element in LISTS.items()},
    **{name: st.none() | whole for name, whole in WHOLES.items()},
)
few = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(policies)
def test_any_policy_is_read_back_from_its_json(policy):
    assert Policy.model_validate_json(policy.model_dump_json()) == policy
    assert Policy.model_validate(policy.model_dump(mode="json")) == policy


@pytest.fixture
def version(sessions, stock, row, now):
    """Makes an empty version for the one resort that is in stock."""
    stock(row())
    with sessions() as session:
        resort = session.scalars(select(Resort.id)).one()
        source = session.scalars(select(Source.id)).one()

    def make(**values):
        given = {
            "resort_id": resort,
            "source_id": source,
            "origin": Origin.CRAWL,
            "first_seen": now,
            "last_confirmed": now,
        }
        return PolicyVersion(**(given | values))

    return make


@few
@given(policy=policies)
def test_any_policy_is_read_back_from_its_tables(sessions, version, policy):
    with sessions() as session:
        key = store_policy(session, version(), policy, ()).id
        session.expunge_all()
        assert policy_of(session.get_one(PolicyVersion, key)) == policy
        session.rollback()


def test_a_resort_has_one_current_policy(sessions, version, now):
    with sessions() as session:
        first = store_policy(session, version(), Policy(access="allowed"), ())
        assert current_policy(session, first.resort_id) is first
        with pytest.raises(IntegrityError), session.begin_nested():
            store_policy(session, version(), Policy(access="prohibited"), ())
        supersede(session, first, now)
        second = store_policy(session, version(), Policy(access="prohibited"), ())
        assert current_policy(session, first.resort_id) is second


def test_a_policy_is_never_superseded_before_it_was_seen(sessions, version, now):
    with sessions() as session:
        first = store_policy(session, version(), Policy(), ())
        supersede(session, first, now - timedelta(days=1))
        assert first.superseded_at == first.first_seen


def test_lists_go_with_their_policy(sessions, version):
    policy = Policy.model_validate(
        {"windows": ["05:00-06:00"], "routes": [{"name": "Ridge", "windows": ["06:00-07:00"]}]}
    )
    with writing(sessions) as session:
        stored = store_policy(session, version(), policy, ())
        assert session.scalar(select(func.count(PolicyWindow.id))) == 2
        session.delete(stored)
        session.flush()
        assert session.scalar(select(func.count(PolicyWindow.id))) == 0
        assert session.scalar(select(func.count(PolicyRoute.id))) == 0


def test_times_are_utc_and_never_without_a_zone(sessions, version, now):
    denver = now.astimezone(timezone(timedelta(hours=-7)))
    with sessions() as session:
        key = store_policy(session, version(first_seen=denver), Policy(), ()).id
        session.expunge_all()
        seen = session.get_one(PolicyVersion, key).first_seen
        assert (seen, seen.utcoffset()) == (now, timedelta())
        session.rollback()
        with pytest.raises(Exception, match="has no zone"):
            store_policy(session, version(first_seen=now.replace(tzinfo=None)), Policy(), ())
