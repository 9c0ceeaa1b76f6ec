"""What speaks against a policy, on the site, in the API, in the table and on the command line alike."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from uphill.catalogue import CatalogueRow, LoadReport, load_resorts
from uphill.causes import Cause
from uphill.crawl_runs import start_run
from uphill.db import LoggedChange, Pin, Resort, make_engine, session_factory, writing
from uphill.db.upgrade import upgrade
from uphill.evidence import Evidence
from uphill.outcomes import Outcome
from uphill.policy import Policy
from uphill.reading import Reading
from uphill.recording.in_force import put_pins
from uphill.recording.record import record_visit
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.settings import Settings
from uphill.vocabulary import SourceKind
from webapp import create_app

NOW = datetime(2026, 1, 17, 18, 0, tzinfo=UTC)
HARM = "<script>alert(1)</script>"
RULES = {"access": "allowed", "dogs": "leashed", "pass_required": "always", "waiver": "required"}


def visit(sessions, slug, ago, facts):
    """The resort's page as it was read ``ago``; without facts it was gone."""
    at, url = NOW - ago, f"https://{slug}.example/uphill"
    if facts is None:
        page = FetchedPage(
            requested_url=url,
            url=url,
            kind=SourceKind.POLICY,
            outcome=Outcome.HTTP_STATUS,
            http_status=404,
            fetched_at=at,
            detail=f"HTTP 404 {HARM}",
        )
    else:
        policy = Policy.model_validate(facts)
        text = f"Rules {HARM}: {', '.join(map(str, facts.values()))}"
        quotes = dict.fromkeys(policy.known(), (Evidence.of(text, 0, len(text)),))
        page = FetchedPage(
            requested_url=url,
            url=url,
            kind=SourceKind.POLICY,
            outcome=Outcome.POLICY,
            fetched_at=at,
            body=text.encode(),
            text=text,
            reading=Reading(source=url, lang="en", is_policy=True, policy=policy, evidence=quotes),
        )
    record_visit(sessions, start_run(sessions, 1, at), ResortVisit(slug, at, at, page.outcome, (page,)))


def row(slug):
    return CatalogueRow.model_validate({
        "slug": slug,
        "name": slug.title(),
        "country": "US",
        "region": "US-CO",
        "latitude": 39.6,
        "longitude": -106.1,
        "timezone": "America/Denver",
    })  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator:
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('doubts') / 'uphill.db'}")
    upgrade(engine)
    sessions = session_factory(engine)
    with writing(sessions) as session:
        load_resorts(session, [row(slug) for slug in ("alder", "birch", "cedar", "dogwood")], LoadReport())
    day = timedelta(days=1)
    visit(sessions, "alder", 3 * day, RULES | {"dogs": "allowed"})
    visit(sessions, "alder", 2 * day, RULES)
    visit(sessions, "alder", timedelta(hours=1), RULES | {"pass_required": "never", "dogs": "prohibited"})
    visit(sessions, "birch", 2 * day, RULES | {"status": "open"})
    with writing(sessions) as session:
        birch = session.scalars(select(Resort).filter_by(slug="birch")).one()
        pin = Pin(
            resort_id=birch.id,
            field="pass_required",
            value='"never"',
            source_url="https://patrol.example/note",
            note=f"told on the phone {HARM}",
            until=date(2026, 4, 30),
            pinned_at=NOW - day,
        )
        session.add(pin)
        session.flush()
        put_pins(session, birch, NOW - day)
        session.add(
            LoggedChange(
                resort_id=birch.id, at=NOW - 0.5 * day, field="waiver", old='"required"', cause=Cause.READING
            )
        )
    visit(sessions, "cedar", 31 * day, RULES)
    visit(sessions, "dogwood", 2 * day, RULES)
    visit(sessions, "dogwood", timedelta(hours=2), None)
    app = create_app(Settings(), engine=engine, clock=lambda: NOW)
    yield app.test_client()
    engine.dispose()


@pytest.fixture
def soup(client):
    def fetch(url):
        response = client.get(url)
        assert response.status_code == 200, url
        assert HARM not in response.text
        return BeautifulSoup(response.text, "lxml")

    return fetch


def words(element):
    return " ".join(element.text.split())


def test_a_change_that_waits_is_told_before_all_else_and_apart_from_what_holds(soup):
    page = soup("/resorts/alder")
    assert words(page.select_one(".verdict")).endswith("Pass and waiver needed. Dogs on leash.")
    told = page.select_one(".verdict + .pending")
    assert words(told).startswith(
        "Page changed, being verified since 17 Jan 2026, 10:00 (America/Denver): the page says the opposite"
    )
    assert words(told.summary) == "What the page says now, not verified"
    proposed = [words(item) for item in told.select(".proposed > li")]
    assert proposed[0].startswith(
        "Pass required: always → no pass needed Rules <script>alert(1)</script>: allowed"
    )
    assert proposed[1].startswith("Dogs: on leash → prohibited")
    assert told.select_one(".proposed a")["href"] == "https://alder.example/uphill"
    assert words(page.select_one("#fact-dogs dd > span")) == "on leash"
    assert "prohibited" not in words(page.select_one(".history"))


def test_a_page_that_is_gone_is_told_with_what_would_go(soup):
    told = soup("/resorts/dogwood").select_one(".pending")
    assert "being verified since 17 Jan 2026, 9:00 (America/Denver): the page is gone" in words(told)
    assert words(told.summary) == "What would no longer be stated"
    assert "Dogs: on leash → not stated" in words(told.select_one(".proposed"))


@pytest.mark.parametrize("url", ["/", "/regions/US-CO"])
def test_lists_of_resorts_tell_of_it_too(soup, url):
    page = soup(url)
    told = {
        words(card.select_one("h3")): "being verified" in words(card)
        for card in page.select(".card, .resort-list > li")
    }
    assert told == {"Alder": True, "Birch": False, "Cedar": False, "Dogwood": True}


def test_a_pinned_fact_shows_who_set_it_and_what_the_page_says_otherwise(soup):
    row = soup("/resorts/birch").select_one("#fact-pass_required")
    assert words(row.dd).startswith(
        "no pass needed set by a curator on 16 Jan 2026 until 30 Apr 2026: told on the phone"
    )
    assert "the resort’s page says otherwise: always Rules" in words(row)
    assert row.blockquote.text.startswith("Rules <script>")
    assert [link["href"] for link in row.select("a")] == [
        "https://patrol.example/note",
        "https://birch.example/uphill",
        "/resorts/birch/wrong?fact=pass_required",
    ]
    assert not row.select("details")


def test_what_changed_tells_the_cause_of_each_change(soup):
    told = [words(item) for item in soup("/resorts/birch").select(".history > li")]
    assert told[0] == "16 Jan 2026: our reading changed, not the page Waiver: required → not stated"
    assert told[1] == "16 Jan 2026: set by a curator (patrol.example) Pass required: always → no pass needed"
    assert told[2].startswith("15 Jan 2026: first reading of the resort’s own page")


def test_an_expired_status_is_found_by_nobody(client, soup):
    assert client.get("/api/v1/resorts?status=open").json["total"] == 0
    card = next(card for card in soup("/?status=unknown").select(".card") if words(card.h3) == "Birch")
    assert "Now not known, last seen open 15 Jan 2026, 11:00 (America/Denver)" in words(card)
    told = client.get("/api/v1/resorts/birch").json
    assert told["policy"]["status"] == "unknown"
    assert (told["announced"]["status"], told["announced"]["holds"]) == ("open", False)


def test_what_nobody_confirmed_for_a_month_is_stale_everywhere(client, soup):
    page = soup("/resorts/cedar")
    assert "checked 31 days ago, may be out of date" in words(page.select_one(".state .warn"))
    assert "Nobody has confirmed this for more than 30 days" in words(page.select_one(".note"))
    card = next(card for card in soup("/").select(".card") if words(card.h3) == "Cedar")
    assert words(card.select_one(".card-foot .warn")) == "checked 31 days ago, may be out of date"
    assert client.get("/api/v1/resorts/cedar").json["provenance"]["freshness"] == "stale"


def test_the_table_has_it_all(client):
    rows = {row["slug"]: row for row in csv.DictReader(io.StringIO(client.get("/resorts.csv").text))}
    assert rows["alder"]["pending"].startswith("page changed, being verified: the page says the opposite")
    assert (rows["alder"]["dogs"], rows["birch"]["pending"]) == ("leashed", "")
    assert (rows["birch"]["status"], rows["birch"]["last_status"]) == ("unknown", "open")
    assert rows["birch"]["last_status_seen"].startswith("2026-01-15T18:00")
    assert (rows["cedar"]["freshness"], rows["birch"]["freshness"]) == ("stale", "checked")


def test_the_api_has_it_all(client):
    alder, birch = (client.get(f"/api/v1/resorts/{slug}").json for slug in ("alder", "birch"))
    assert (alder["pending"]["doubt"], alder["policy"]["dogs"]) == ("opposite", "leashed")
    assert [change["field"] for change in alder["proposal"]["changes"]] == ["pass_required", "dogs"]
    assert len(alder["history"]) == 2
    pin = birch["pins"]["pass_required"]
    assert (pin["value"], pin["read"], pin["contradicted"], pin["until"]) == (
        "never",
        "always",
        True,
        "2026-04-30",
    )
    assert birch["evidence"]["pass_required"][0]["pinned"] is True
    assert [change["cause"] for change in birch["changes"][:2]] == ["reading", "curator"]
