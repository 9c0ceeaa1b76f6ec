"""The coming days' open intervals: right at every moment, kept true in their table, found by an index."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text

from uphill import opening
from uphill.curating.pinning import Wanted, set_pin
from uphill.db import OpenInterval, PolicyVersion, Resort, Source, make_engine, writing
from uphill.db.store import store_policy, supersede
from uphill.db.upgrade import upgrade
from uphill.hours import Place
from uphill.hours import open_at as window_open_at
from uphill.opening import open_at, open_intervals, open_query, refresh_day, refresh_open_intervals
from uphill.policy import Policy, Season, Window
from uphill.vocabulary import Origin

FRISCO = Place(39.58, -106.09, "America/Denver")
SPRING = date(2026, 3, 7)  # the night before the clocks go forward
AUTUMN = date(2026, 10, 31)  # the night before they go back


def windows(*texts):
    return tuple(Window.parse(text) for text in texts)


def told(intervals, zone):
    """``Sat 22:00 to Sun 06:00 sure``, on the clock of ``zone``."""
    return [
        f"{one.starts_at.astimezone(zone):%a %H:%M} to {one.ends_at.astimezone(zone):%a %H:%M}"
        f"{'' if one.sure else ' perhaps'}"
        for one in intervals
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(
            ["22:00-06:00"],
            ["Sat 00:00 to Sat 06:00", "Sat 22:00 to Sun 06:00", "Sun 22:00 to Mon 00:00"],
            id="one night is one interval",
        ),
        pytest.param(["00:00-24:00"], ["Sat 00:00 to Mon 00:00"], id="days without an end are joined"),
        pytest.param(
            ["05:00-lift_open"],
            [
                "Sat 05:00 to Sat 07:00",
                "Sat 07:00 to Sat 11:00 perhaps",
                "Sun 05:00 to Sun 07:00",
                "Sun 07:00 to Sun 11:00 perhaps",
            ],
            id="sure until the lifts may open",
        ),
        pytest.param(
            ["Su 05:00-08:30", "Su lift_close-22:00"],
            ["Sun 05:00 to Sun 08:30", "Sun 14:30 to Sun 22:00 perhaps"],
            id="late lifts may leave nothing",
        ),
        pytest.param(
            ["Sa 05:00-08:30", "Sa 08:00-10:00", "Sa 06:00-lift_open"],
            ["Sat 05:00 to Sat 10:00", "Sat 10:00 to Sat 11:00 perhaps"],
            id="what is sure is not doubted by another window",
        ),
        pytest.param(["Mo 05:00-08:30"], [], id="no such day"),
    ],
)
def test_windows_become_intervals(texts, expected):
    found = open_intervals(windows(*texts), FRISCO, SPRING, days=2)
    assert told(found, FRISCO.zone) == expected


def test_a_night_of_changing_clocks_is_an_hour_shorter_or_longer():
    def second_night(first_day):
        night = open_intervals(windows("22:00-06:00"), FRISCO, first_day, days=2)[1]
        return night.ends_at - night.starts_at

    assert second_night(SPRING) == timedelta(hours=7)
    assert second_night(AUTUMN) == timedelta(hours=9)
    assert second_night(date(2026, 1, 3)) == timedelta(hours=8)


@pytest.mark.parametrize("day", [SPRING, AUTUMN, date(2026, 1, 14)])
@pytest.mark.parametrize(
    "texts",
    [
        ["22:00-06:00"],
        ["01:15-01:45"],
        ["02:15-05:00", "sunset-01:30"],
        ["Sa,Su 05:00-lift_open", "lift_close-22:00"],
        ["sunrise-sunset", "Su lift_open-lift_close"],
        ["dusk-dawn"],
    ],
)
@pytest.mark.parametrize(
    "place",
    [
        FRISCO,
        Place(None, None, "America/Denver"),
        Place(-33.3, -70.3, "America/Santiago"),  # its clocks change at midnight
        Place(68.2, 13.6, "Europe/Oslo"),
    ],
    ids=["frisco", "no sun", "santiago", "lofoten"],
)
def test_at_every_moment_intervals_say_what_the_windows_say(texts, day, place):
    found = open_intervals(windows(*texts), place, day, days=3)
    begin = datetime.combine(day, datetime.min.time(), place.zone).astimezone(UTC)
    for quarter in range(3 * 24 * 4 - 4):  # the last day may be an hour short
        when = begin + quarter * timedelta(minutes=15)
        answers = {one.sure for one in found if one.starts_at <= when < one.ends_at}
        expected = {True: {True}, None: {False}, False: set()}[window_open_at(windows(*texts), place, when)]
        assert answers == expected, when
    assert all(one.starts_at < one.ends_at for one in found)


@pytest.mark.parametrize(
    ("season", "days"),
    [
        ({"start": "03-09"}, 4),  # of which year, nobody knows
        ({"start": "11-15", "end": "03-08"}, 2),
        ({"start": "03-09", "end": "04-30"}, 2),
        ({"start": "2026-03-10"}, 1),
        ({"start": "11-15", "end": "2026-03-07"}, 1),
        ({"end": "2025-04-30"}, 0),
        ({"start": "opening_day", "end": "closing_day"}, 4),
    ],
)
def test_days_out_of_the_stated_season_have_no_intervals(season, days):
    season = Season.model_validate(season)
    assert len(open_intervals(windows("05:00-08:30"), FRISCO, SPRING, 4, season)) == days


def test_without_a_time_zone_or_hours_there_are_no_intervals():
    assert open_intervals(windows("05:00-08:30"), Place(39.58, -106.09), SPRING) == ()
    assert open_intervals((), FRISCO, SPRING) == ()


@pytest.fixture
def state(sessions, stock, row, now):
    """Gives a resort a policy in place of the one it has: ``state(slug, windows=[…])``; ``None`` for none."""

    def put(slug, facts):
        with writing(sessions) as session:
            resort = session.scalars(select(Resort).filter_by(slug=slug)).one()
            for version in session.scalars(
                select(PolicyVersion).filter_by(resort_id=resort.id, superseded_at=None)
            ):
                supersede(session, version, now)
            if facts is not None:
                source = session.scalars(select(Source).filter_by(resort_id=resort.id)).first()
                version = PolicyVersion(
                    resort_id=resort.id,
                    source_id=source.id,
                    origin=Origin.CRAWL,
                    first_seen=now,
                    last_confirmed=now,
                )
                store_policy(session, version, Policy.model_validate(facts), ())
            return resort.id

    stock(row("alpha"), row("bravo"), row("charlie", timezone=None, latitude=None, longitude=None))
    return put


def stored(sessions):
    with sessions() as session:
        rows = session.scalars(select(OpenInterval).order_by(OpenInterval.id))
        return [(row.id, row.resort_id, row.starts_at, row.ends_at, row.sure) for row in rows]


ALLOWED = {"access": "allowed", "windows": ["05:00-lift_open"]}


def test_who_is_open_for_sure_and_who_perhaps(sessions, state, now):
    alpha = state("alpha", ALLOWED)
    bravo = state("bravo", {"access": "allowed", "windows": ["05:00-08:30"]})
    state("charlie", ALLOWED)
    assert refresh_day(sessions, now) == 2

    at = {hour: datetime(2026, 1, 18, hour, 15, tzinfo=FRISCO.zone) for hour in (4, 5, 7, 9)}
    with sessions() as session:
        answers = {hour: open_at(session, when) for hour, when in at.items()}
    sure, possible = (
        {hour: set(getattr(one, name)) for hour, one in answers.items()} for name in ("sure", "possible")
    )
    assert sure == {4: set(), 5: {alpha, bravo}, 7: {bravo}, 9: set()}
    assert possible == {4: set(), 5: set(), 7: {alpha}, 9: {alpha}}


def test_a_new_day_ends_the_pins_whose_last_day_is_over_and_their_hours_with_them(sessions, state, now):
    alpha = state("alpha", {"access": "allowed", "windows": ["05:00-08:30"]})
    with writing(sessions) as session:
        wanted = Wanted(
            slug="alpha",
            field="windows",
            value='["04:00-05:00"]',
            source_url="https://patrol.example/note",
            note="by phone",
            until=now.date(),
        )
        set_pin(session, wanted, now)
    assert refresh_day(sessions, now) == 1
    early = datetime(2026, 1, 17, 4, 30, tzinfo=FRISCO.zone)
    with sessions() as session:
        assert open_at(session, early).sure == {alpha}
    assert refresh_day(sessions, now + timedelta(days=1)) == 1
    with sessions() as session:
        assert open_at(session, early).sure == set()
        assert open_at(session, early + timedelta(hours=1)).sure == {alpha}


def test_fourteen_local_days_from_today(sessions, state, now):
    state("alpha", {"access": "allowed", "windows": ["05:00-08:30"]})
    evening = now.replace(day=16, hour=6)  # the 15th at the resort
    refresh_open_intervals(sessions, evening)
    starts = [start.astimezone(FRISCO.zone).date() for _, _, start, _, _ in stored(sessions)]
    assert starts == [date(2026, 1, 15) + timedelta(days=ahead) for ahead in range(14)]


@pytest.mark.parametrize(
    ("facts", "count"),
    [
        pytest.param(None, 0, id="no policy"),
        pytest.param({"access": "prohibited", "windows": ["05:00-08:30"]}, 0, id="prohibited"),
        pytest.param({"windows": ["05:00-08:30"]}, 0, id="access not stated"),
        pytest.param({"access": "allowed"}, 0, id="no hours"),
        pytest.param(
            {"access": "allowed", "season": {"end": "2025-04-30"}, "windows": ["05:00-08:30"]}, 0, id="over"
        ),
        pytest.param(
            {
                "access": "allowed",
                "windows": ["05:00-08:30"],
                "routes": [{"name": "R", "windows": ["16:00-20:00"]}],
            },
            14,
            id="the policy's own hours go before its routes'",
        ),
        pytest.param(
            {
                "access": "allowed",
                "routes": [
                    {"name": "R", "windows": ["05:00-07:00"]},
                    {"name": "S", "windows": ["06:00-08:00", "16:00-20:00"]},
                    {"name": "T", "serves": "down", "windows": ["08:00-09:00"]},
                ],
            },
            28,
            id="without its own, those of its routes up",
        ),
    ],
)
def test_what_takes_the_place_of_a_policy_takes_the_place_of_its_intervals(
    sessions, state, now, facts, count
):
    state("alpha", ALLOWED)
    refresh_open_intervals(sessions, now)
    assert len(stored(sessions)) == 28
    state("alpha", facts)
    refresh_open_intervals(sessions, now)
    assert len(stored(sessions)) == count


def test_a_refresh_writes_only_what_differs(sessions, state, now):
    alpha, bravo = state("alpha", ALLOWED), state("bravo", ALLOWED)
    assert refresh_open_intervals(sessions, now) == 2
    before = stored(sessions)
    assert refresh_open_intervals(sessions, now) == 0
    assert refresh_open_intervals(sessions, now + timedelta(days=1)) == 2
    kept = {key for key, *_ in before} & {key for key, *_ in stored(sessions)}
    assert len(kept) == 2 * 13 * 2  # the thirteen days that are in both

    state("alpha", None)
    state("bravo", None)
    assert refresh_open_intervals(sessions, now + timedelta(days=1), [alpha]) == 1
    assert {resort_id for _, resort_id, *_ in stored(sessions)} == {bravo}


def test_a_policy_that_changes_during_a_refresh_is_left_for_the_next_one(sessions, state, now, monkeypatch):
    """The intervals of a policy that is not current any more must not be written over those of its successor."""
    alpha = state("alpha", ALLOWED)

    def after_a_change(sessions):
        state("alpha", {"access": "prohibited"})
        return writing(sessions)

    monkeypatch.setattr(opening, "writing", after_a_change)
    assert refresh_open_intervals(sessions, now, [alpha]) == 0
    assert stored(sessions) == []


def test_who_is_open_is_asked_of_the_index(sqlite_url, now):
    engine = make_engine(sqlite_url)
    upgrade(engine)
    compiled = open_query(now).compile(engine, compile_kwargs={"literal_binds": True})
    with engine.connect() as connection:
        plan = [row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))]
    engine.dispose()
    assert plan == ["SEARCH open_intervals USING INDEX ix_open_intervals_starts_at_ends_at (starts_at<?)"]
