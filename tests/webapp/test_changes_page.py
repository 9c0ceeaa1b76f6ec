"""The change log as a page and as JSON: whole, of a region, of a resort, since a day, page by page."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from uphill.catalogue import CatalogueRow, LoadReport, load_resorts
from uphill.causes import Cause
from uphill.db import LoggedChange, Resort, Source, make_engine, session_factory, writing
from uphill.db.upgrade import upgrade
from uphill.settings import Settings
from uphill.vocabulary import SourceKind
from webapp import create_app

NOW = datetime(2026, 1, 17, 18, 0, tzinfo=UTC)
HARM = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator:
    """Seven changes: of Alder in Colorado one a day for five days, of Tann in Tyrol two at once."""
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('changes') / 'uphill.db'}")
    upgrade(engine)
    sessions = session_factory(engine)
    rows = [
        CatalogueRow(slug=slug, name=f"{slug.title()} {HARM}", country=region[:2], region=region)
        for slug, region in (("alder", "US-CO"), ("tann", "AT-7"))
    ]
    with writing(sessions) as session:
        load_resorts(session, rows, LoadReport())
        ids = {resort.slug: resort.id for resort in session.scalars(select(Resort))}
        sources = {
            slug: Source(resort_id=key, url=f"https://{slug}.example/a?b=1&c=2", kind=SourceKind.POLICY)
            for slug, key in ids.items()
        }
        session.add_all(sources.values())
        session.flush()
        logged = [("alder", 10 - at, "dogs", '"leashed"', '"allowed"', Cause.PAGE) for at in range(5)]
        logged += [
            ("tann", 1, "windows", '["05:00-08:00"]', '["05:00-lift_open"]', Cause.READING),
            ("tann", 1, "hotline", None, '"+43 1"', Cause.READING),
        ]
        for slug, days, field, old, new, cause in logged:
            session.add(
                LoggedChange(
                    resort_id=ids[slug],
                    at=NOW - timedelta(days=days),
                    field=field,
                    old=old,
                    new=new,
                    cause=cause,
                    source_id=sources[slug].id,
                    quote=f"So it is {HARM}.",
                )
            )
            session.flush()
    yield create_app(Settings(), engine=engine, clock=lambda: NOW).test_client()
    engine.dispose()


def soup(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    assert HARM not in response.text
    return BeautifulSoup(response.text, "lxml")


def words(element):
    return " ".join(element.text.split())


def api(client, **parameters):
    return client.get("/api/v1/changes", query_string=parameters)


def test_what_changed_at_once_is_told_together_with_its_cause_and_proof(client):
    newest = soup(client, "/changes").select_one(".history > li")
    assert words(newest.p) == (
        "Tann <script>alert(1)</script> 16 Jan 2026, 18:00 (UTC): our reading changed, not the page (tann.example)"
    )
    assert newest.a["href"] == "/resorts/tann"
    first, second = newest.select("li")
    assert words(first).startswith("Hours: 5:00–8:00 → 5:00 until lifts open So it is")
    assert words(second).startswith("Hotline: not stated → +43 1")
    assert newest.select_one("p .quiet a")["href"] == "https://tann.example/a?b=1&c=2"


@pytest.mark.parametrize(
    ("query", "title", "moments"),
    [
        ("", "What changed", 6),
        ("?region=US-CO", "What changed in Colorado", 5),
        ("?region=at", "What changed in Austria", 1),
        ("?resort=tann", "What changed at Tann <script>alert(1)</script>", 1),
        ("?since=2026-01-10", "What changed", 3),
        ("?region=&since=", "What changed", 6),
        ("?region=CH", "What changed in Switzerland", 0),
    ],
)
def test_changes_are_those_asked_for(client, query, title, moments):
    page = soup(client, f"/changes{query}")
    assert words(page.h1) == title
    assert len(page.select(".history > li")) == moments
    assert ("No change is known yet" in words(page.main)) == (not moments)


def test_pages_lead_to_all_changes_once(client):
    seen, url = [], "/changes?size=2&region=US-CO"
    while url:
        page = soup(client, url)
        seen += [time["datetime"][:10] for time in page.select(".history time")]
        older = page.select_one("a[rel=next]")
        url = older["href"] if older else None
        assert bool(page.select("nav.pages a:not([rel])")) == (len(seen) > 2), "back to the newest"
    assert seen == [f"2026-01-{day:02}" for day in (11, 10, 9, 8, 7)]


def test_the_chosen_region_stays_chosen(client):
    page = soup(client, "/changes?region=AT-7")
    assert [option["value"] for option in page.select("option[selected]")] == ["AT-7"]


def test_the_site_leads_there(client):
    assert soup(client, "/").select_one("header a[href='/changes']")


def test_the_api_gives_values_and_a_cursor(client):
    told = api(client, size=3).json
    assert [change["field"] for change in told["changes"]] == ["hotline", "windows", "dogs"]
    windows = told["changes"][1]
    assert (windows["old"], windows["new"]) == (["05:00-08:00"], ["05:00-lift_open"])
    assert (windows["cause"], windows["resort"], windows["region"]) == ("reading", "tann", "AT-7")
    assert told["changes"][0]["old"] is None
    assert told["licence"]["attribution"]
    rest = api(client, size=200, cursor=told["cursor"]).json
    assert (len(rest["changes"]), rest["cursor"]) == (4, None)


@pytest.mark.parametrize(
    ("parameters", "status", "parameter"),
    [
        ({"since": "soon"}, 400, "since"),
        ({"region": "US-XX"}, 400, "region"),
        ({"size": "1000"}, 400, "size"),
        ({"cursor": "back"}, 400, "cursor"),
        ({"colour": "red"}, 400, "colour"),
        ({"resort": "nowhere"}, 404, None),
    ],
)
def test_page_and_api_refuse_alike(client, parameters, status, parameter):
    told, page = api(client, **parameters), client.get("/changes", query_string=parameters)
    assert (told.status_code, page.status_code) == (status, status)
    assert (told.json["status"], told.json["parameter"]) == (status, parameter)
    assert told.json["message"].replace("'", "&#39;") in page.text
