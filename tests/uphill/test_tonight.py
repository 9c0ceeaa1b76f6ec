"""The coming mornings and evenings, from the open intervals: pure days first, then what overrules them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from uphill.catalogue import CatalogueRow, LoadReport, load_resorts
from uphill.crawl_runs import start_run
from uphill.db import PolicyVersion, Resort, make_engine, session_factory, writing
from uphill.evidence import Evidence
from uphill.opening import refresh_day
from uphill.outcomes import Outcome
from uphill.policy import LIST_FACTS, Policy
from uphill.reading import Reading
from uphill.recording.record import record_visit
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.tonight import Chance, Part, Tally, outlook, region_week, spans_in, worked_out_until
from uphill.vocabulary import SourceKind

NOW = datetime(2026, 1, 17, 13, 30, tzinfo=UTC)  # Saturday, 6:30 in Denver, 14:30 in Vienna
SATURDAY, SUNDAY, MONDAY = (date(2026, 1, day) for day in (17, 18, 19))
COLORADO = {
    "country": "US",
    "region": "US-CO",
    "latitude": 39.6,
    "longitude": -106.1,
    "timezone": "America/Denver",
}
TYROL = {"country": "AT", "region": "AT-7", "latitude": 47.2, "longitude": 11.4, "timezone": "Europe/Vienna"}
PLACES = {
    "alder": (COLORADO, {"access": "allowed", "windows": ["05:00-08:30", "16:30-22:00"]}),
    "birch": (COLORADO, {"access": "allowed", "windows": ["Sa,Su lift_close-22:00"]}),
    "cedar": (COLORADO, {"access": "allowed", "windows": ["05:00-22:00"], "status": "closed"}),
    "dogwood": (COLORADO, {"access": "allowed", "windows": ["08:45-16:15"]}),
    "elder": (COLORADO, {"access": "allowed"}),
    "fir": (COLORADO, {"access": "prohibited"}),
    "gorse": (COLORADO, None),
    "hasel": (TYROL, {"access": "allowed", "routes": [{"name": "Rinne", "windows": ["Mo 18:00-22:00"]}]}),
}  # fmt: skip


@pytest.fixture(scope="module")
def sessions(tmp_path_factory, migrate):
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('tonight') / 'uphill.db'}")
    migrate(engine)
    made = session_factory(engine)
    rows = [CatalogueRow(slug=slug, name=slug.title(), **place) for slug, (place, _) in PLACES.items()]
    with writing(made) as session:
        load_resorts(session, rows, LoadReport())
    run = start_run(made, len(PLACES), NOW)
    for slug, (_, facts) in PLACES.items():
        if facts is not None:
            record_visit(made, run, visit(slug, Policy.model_validate(facts)))
    refresh_day(made, NOW)
    yield made
    engine.dispose()


def visit(slug: str, policy: Policy) -> ResortVisit:
    text, url, at = f"So it is at {slug}.", f"https://{slug}.example/uphill", NOW - timedelta(hours=1)
    quotes = {
        name: (Evidence.of(text, 0, len(text)),) * (len(value) if name in LIST_FACTS else 1)
        for name, value in policy.known().items()
    }
    page = FetchedPage(
        requested_url=url, url=url, kind=SourceKind.POLICY, outcome=Outcome.POLICY, fetched_at=at,
        body=text.encode(), text=text,
        reading=Reading(source=url, lang="en", is_policy=True, policy=policy, evidence=quotes),
    )  # fmt: skip
    return ResortVisit(slug, at, at, Outcome.POLICY, (page,))


@pytest.fixture
def chance(sessions) -> Callable[..., Chance]:
    def of(slug: str, day: date, part: Part, now: datetime = NOW, region: str = "US-CO") -> Chance:
        with sessions() as session:
            week = region_week(session, now, region)
        return next(one for one in week.resorts if one.listing.resort.slug == slug).chances[day, part]

    return of


@pytest.mark.parametrize(
    ("slug", "day", "part", "expected"),
    [
        ("alder", SUNDAY, Part.MORNING, Chance.OPEN),
        ("alder", SATURDAY, Part.EVENING, Chance.OPEN),
        ("birch", SUNDAY, Part.EVENING, Chance.POSSIBLE),
        ("birch", MONDAY, Part.EVENING, Chance.NO),
        ("cedar", SATURDAY, Part.EVENING, Chance.CLOSED),
        ("cedar", SUNDAY, Part.EVENING, Chance.OPEN),
        ("dogwood", SUNDAY, Part.MORNING, Chance.NO),
        ("dogwood", SUNDAY, Part.EVENING, Chance.NO),
    ],
)
def test_stated_hours_and_what_is_announced_tell_each_part_of_a_day(chance, slug, day, part, expected):
    assert chance(slug, day, part) is expected


def test_a_part_is_over_once_less_than_half_an_hour_of_it_is_left(chance):
    assert chance("alder", SATURDAY, Part.MORNING, NOW) is Chance.OPEN
    late = NOW + timedelta(hours=1, minutes=31)  # 8:01, until 8:30
    assert chance("alder", SATURDAY, Part.MORNING, late) is Chance.OVER


def test_what_was_announced_closed_holds_no_longer_than_it_may(chance):
    tomorrow = NOW + timedelta(days=1)
    assert chance("cedar", SUNDAY, Part.EVENING, tomorrow) is Chance.OPEN


def test_hours_of_routes_stand_where_the_resort_has_none_of_its_own(chance, sessions):
    assert chance("hasel", MONDAY, Part.EVENING, region="AT-7") is Chance.OPEN
    with sessions() as session:
        (one,) = region_week(session, NOW, "AT").resorts
    assert one.by_routes
    assert [(span.start, span.end) for span in one.hours[MONDAY]] == [(18 * 60, 22 * 60)]


def test_what_the_week_cannot_tell_of_is_counted(sessions):
    with sessions() as session:
        week = region_week(session, NOW, "US")
    assert [one.listing.resort.slug for one in week.resorts] == ["alder", "birch", "cedar", "dogwood"]
    assert (week.silent.no_hours, week.silent.prohibited, week.silent.not_stated, week.silent.no_policy) == (
        1,
        1,
        0,
        1,
    )
    assert week.zones == ("America/Denver",)


def test_regions_count_their_resorts(sessions):
    with sessions() as session:
        told = outlook(session, NOW)
    colorado, tyrol = told.regions
    assert (colorado.name, colorado.resorts, tyrol.name, tyrol.resorts) == ("Colorado", 4, "Tirol", 1)
    assert colorado.tallies[SUNDAY, Part.EVENING] == Tally(sure=2, possible=1)
    assert colorado.tallies[SATURDAY, Part.EVENING] == Tally(sure=1, possible=1)
    assert tyrol.tallies[MONDAY, Part.EVENING] == Tally(sure=1)
    assert told.days[0] == SATURDAY


def test_days_begin_with_the_earliest_today_of_the_region(sessions):
    with sessions() as session:
        night = datetime(2026, 1, 18, 3, tzinfo=UTC)  # still Saturday in Denver
        assert region_week(session, night, "US").days[0] == SATURDAY
        assert region_week(session, night, "AT").days[0] == SUNDAY
        assert len(region_week(session, night, "CH").days) == 7


def test_a_policy_that_forbids_since_the_hours_were_worked_out_counts_at_once(sessions):
    with sessions() as session:
        session.execute(
            update(PolicyVersion)
            .where(PolicyVersion.resort_id == session.query(Resort.id).filter_by(slug="alder").scalar())
            .values(access="prohibited")
        )
        told = outlook(session, NOW).regions[0]
        session.rollback()
    assert told.tallies[SUNDAY, Part.MORNING] == Tally(sure=1)


def test_the_hours_reach_two_weeks_ahead(sessions):
    with sessions() as session:
        assert worked_out_until(session) > NOW + timedelta(days=12)


def test_hours_of_a_part_are_those_that_reach_into_it():
    from uphill.hours import Span

    day = (Span(300, 510), Span(990, 1320))
    assert spans_in(Part.EVENING, day) == day[1:]
    assert spans_in(Part.MORNING, day) == day[:1]
    assert spans_in(Part.MORNING, (Span(600, 900),)) == (Span(600, 900),)
