"""Coverage and health as pages: every column adds up, and what fails is said without secrets."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from uphill.catalogue import CatalogueRow, LoadReport, load_resorts
from uphill.crawl_runs import finish_run, start_run
from uphill.db import Source, make_engine, session_factory, writing
from uphill.db.upgrade import upgrade
from uphill.outcomes import Outcome
from uphill.runs import Ending
from uphill.settings import Settings
from uphill.vocabulary import SourceKind
from webapp import create_app

NOW = datetime(2026, 1, 17, 13, 30, tzinfo=UTC)


def words(element):
    return " ".join(element.text.split())


def number(cell):
    return int(cell.text.replace(",", ""))


def test_every_row_adds_up_to_its_last_column_and_regions_to_their_country(soup):
    page = soup("/coverage")
    total = 0
    for table in page.select("table"):
        rows = [[number(cell) for cell in row.select("td")] for row in table.select("tbody tr")]
        assert all(sum(row[:-1]) == row[-1] for row in rows)
        country, *regions = rows
        assert [sum(column) for column in zip(*regions, strict=True)] == country
        total += country[-1]
    assert total == 1279
    assert "Of 1,279 lift-served ski areas" in words(page.main)
    assert "no page was ever asked for" in words(page.main)


@pytest.fixture(scope="module")
def unwell(tmp_path_factory):
    """One resort with a page that fails, and a crawl that failed on a database whose password it told."""
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('health') / 'uphill.db'}")
    upgrade(engine)
    sessions = session_factory(engine)
    with writing(sessions) as session:
        load_resorts(
            session, [CatalogueRow(slug="alder", name="Alder", country="US", region="US-CO")], LoadReport()
        )
        session.add(
            Source(resort_id=1, url="https://alder.example/uphill", kind=SourceKind.POLICY, failures=3,
                   last_outcome=Outcome.TIMEOUT, last_detail="no answer from 10.0.0.7", next_due=NOW,
                   last_checked=NOW - timedelta(hours=2), last_success=NOW - timedelta(days=5))
        )  # fmt: skip
    run = start_run(sessions, 4, NOW - timedelta(hours=3))
    finish_run(
        sessions, run, NOW, ending=Ending.FAILED, detail="no connection to postgresql://me:hush@db.internal"
    )
    yield create_app(Settings(), engine=engine, clock=lambda: NOW).test_client()
    engine.dispose()


def test_what_is_broken_is_said_in_plain_words_and_without_secrets(unwell):
    text = unwell.get("/health").text
    page = BeautifulSoup(text, "lxml")
    assert [words(item) for item in page.select(".broken li")] == ["The last crawl failed, or was killed"]
    assert not [secret for secret in ("hush", "db.internal", "10.0.0.7", "postgresql") if secret in text]
    assert "17 Jan 2026, 10:30 (UTC) failed" in words(page.select_one(".runs li"))


def test_pages_that_fail_are_told_by_reason(unwell):
    page = BeautifulSoup(unwell.get("/health").text, "lxml")
    failing = page.select_one(".failing li")
    assert words(failing.summary) == "The site did not answer in time 1"
    assert (
        words(failing.select_one("li")) == "alder alder.example, 3 times in a row; last answered 12 Jan 2026"
    )
    assert failing.a["href"] == "/resorts/alder"


def test_a_directory_that_is_kept_says_so(soup):
    page = soup("/health")
    assert "None at the moment" in words(page.main)
    assert "no crawl has ended for two days" in words(page.main)


def test_the_pages_are_at_the_foot(soup):
    assert {"/coverage", "/health", "/regions", "/api"} <= {
        link["href"] for link in soup("/").select("footer a")
    }
