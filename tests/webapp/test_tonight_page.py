"""Tonight: the regions' week, a region's mornings and evenings, and what can't be told."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select, update

from uphill.catalogue import CatalogueRow, LoadReport, load_resorts
from uphill.db import OpenInterval, PolicyVersion, Resort, make_engine, session_factory, writing
from uphill.db.upgrade import upgrade
from uphill.settings import Settings
from webapp import create_app

NOW = datetime(2026, 1, 17, 13, 30, tzinfo=UTC)


def words(element):
    return " ".join(element.text.split())


def test_the_regions_tell_how_many_are_open_and_lead_there(soup):
    page = soup("/tonight")
    colorado = page.select_one('a[href="/tonight/US-CO"]').find_parent("tbody")
    morning, evening = colorado.select("tr")[1:]
    assert (words(morning.th), words(evening.th)) == ("Morning", "Evening")
    assert len(evening.select("td")) == 7
    saturday, sunday = evening.select("td")[:2]
    assert int(words(saturday).partition("+")[0]) > 5
    assert (saturday.a["href"], sunday.a["href"]) == ("/tonight/US-CO", "/tonight/US-CO?day=sun")
    assert page.select_one("header a[aria-current]").text == "Tonight"


def test_a_resort_is_told_with_hours_pass_and_age(soup):
    page = soup("/tonight/US-CO")
    assert [heading.text for heading in page.select("main h2")] == [
        "This morning", "This evening", "Tomorrow morning", "The whole week", "Not told here",
    ]  # fmt: skip
    assert "times of America/Denver" in words(page.main)
    (line,) = [item for item in page.select("#evening-sat + ul > li") if "Harmful" in item.text]
    assert line.a["href"] == "/resorts/harmful-bowl"
    assert "16:30–22:00" in words(line)
    assert "paid pass, USD 15 a day" in words(line)
    assert "checked 3 hours ago" in words(line)


def test_a_weekday_is_an_address(soup):
    page = soup("/tonight/US-CO?day=wed")
    assert words(page.select_one(".tonight-days [aria-current]")) == "Wed 21"
    assert [heading.text for heading in page.select("main h2")][:2] == [
        "Wednesday morning",
        "Wednesday evening",
    ]
    links = [link["href"] for link in page.select(".tonight-days a")]
    assert links[0] == "/tonight/US-CO"
    assert links[1] == "/tonight/US-CO?day=sun"


def test_the_sheet_has_a_mark_with_its_word_for_each_part(soup):
    page = soup("/tonight/US-CO")
    row = next(body for body in page.select(".tonight-sheet tbody") if "Harmful" in body.text)
    morning, evening = row.select("tr")[1:]
    assert [words(cell) for cell in morning.select("td")][1:4] == [
        "–not in the stated hours",
        "allowed",
        "allowed",
    ]
    assert {words(cell) for cell in evening.select("td")} == {"allowed"}


def test_a_region_without_hours_says_what_is_known(soup):
    page = soup("/tonight/CH")
    assert "No resort in Switzerland has stated hours" in words(page.main)
    assert page.select_one('a[href="/?region=CH&access=unknown"]')


@pytest.mark.parametrize(("url", "status"), [("/tonight/XX", 404), ("/tonight/US-CO?day=someday", 400)])
def test_what_is_not_there_is_refused_with_what_is(client, url, status):
    response = client.get(url)
    assert response.status_code == status
    assert "US-CO" in response.text or "mon" in response.text


def test_codes_in_small_letters_lead_to_the_address(client):
    response = client.get("/tonight/us-co?day=sat")
    assert (response.status_code, response.location) == (301, "/tonight/US-CO?day=sat")


def test_what_is_announced_closed_is_said_with_the_time_it_was_seen(app_of_closed):
    page = BeautifulSoup(app_of_closed.get("/tonight/US-CO").text, "lxml")
    line = next(item for item in page.select("#evening-sat + ul > li") if "Harmful" in item.text)
    assert "now closed seen today 3:30 (America/Denver)" in words(line)
    assert line.select_one("[href='#mark-prohibited']")
    tomorrow = next(item for item in page.select("#morning-sun + ul > li") if "Arapahoe" in item.text)
    assert "closed" not in tomorrow.text
    row = next(body for body in page.select(".tonight-sheet tbody") if "Harmful" in body.text)
    assert [words(cell) for cell in row.select("tr")[2].select("td")][:2] == ["announced closed", "allowed"]


@pytest.fixture
def app_of_closed(engine, app):
    """The site while the resort announces that going up is closed."""
    of_harmful = (
        update(PolicyVersion)
        .where(
            PolicyVersion.superseded_at.is_(None),
            PolicyVersion.resort_id == select(Resort.id).filter_by(slug="harmful-bowl").scalar_subquery(),
        )
    )  # fmt: skip
    sessions = session_factory(engine)
    with writing(sessions) as session:
        session.execute(of_harmful.values(status="closed"))
    yield app.test_client()
    with writing(sessions) as session:
        session.execute(of_harmful.values(status="open"))


@pytest.fixture(scope="module")
def sessions_at_first(tmp_path_factory):
    """A directory whose scheduler has not run yet: one resort, whose hours nobody has worked out."""
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('first') / 'uphill.db'}")
    upgrade(engine)
    sessions = session_factory(engine)
    with writing(sessions) as session:
        row = CatalogueRow(
            slug="alder", name="Alder", country="US", region="US-CO", timezone="America/Denver"
        )
        load_resorts(session, [row], LoadReport())
    yield engine, sessions
    engine.dispose()


def test_hours_that_are_not_worked_out_are_not_told_as_none(sessions_at_first):
    engine, sessions = sessions_at_first
    client = create_app(Settings(), engine=engine, clock=lambda: NOW).test_client()
    for url in ("/tonight", "/tonight/US-CO"):
        assert "not worked out yet" in client.get(url).text
    with writing(sessions) as session:
        ends_at = NOW + timedelta(days=2)
        session.add(
            OpenInterval(resort_id=1, starts_at=ends_at - timedelta(hours=3), ends_at=ends_at, sure=True)
        )
    for url in ("/tonight", "/tonight/US-CO"):
        assert "worked out until Monday 19 January only" in client.get(url).text


def test_today_is_as_narrow_as_other_days_in_each_language(client):
    page = client.get("/fr/tonight").text
    assert "Auj." in page
    assert "Aujourd’hui</span>" not in page
