"""What makes a page another page: its facts and the words that state them, read by the real reader; nothing else."""

import asyncio
import re
from datetime import timedelta

import pytest
from scrapy.http import Response
from sqlalchemy import func, select

from crawler.spider.examine import examine
from crawler.spider.fetched import Fetch
from crawler.spider.fetching import Fetcher
from uphill.causes import Doubt
from uphill.crawl_runs import start_run
from uphill.db import LoggedChange, PolicyEvidence, PolicyVersion, Snapshot
from uphill.outcomes import Change, Outcome
from uphill.recording.doubt import doubt_of_absence
from uphill.recording.record import record_visit
from uphill.recording.visit import ResortVisit
from uphill.search import find

URL = "https://larkspur-bowl.example/uphill"
PAGE = """<!doctype html><html lang="en"><head><title>Uphill Policy</title>
<meta name="csrf-token" content="a1b2c3"></head><body class="theme-7">
<nav><ul><li><a href="/tickets">Tickets</a></li><li><a href="/lessons">Lessons</a></li>
<li><a href="/uphill">Uphill</a></li></ul></nav>
<aside><p>Today: 3 °C, 12 cm of new snow</p></aside>
<main><h1>Uphill Access Policy</h1>
<p>Uphill travel is allowed before 8:30 am and after 4:30 pm.</p>
<p>An uphill pass is required at all times. The season uphill pass costs $49.</p>
<p>Dogs are not allowed. Headlamps are required in the dark.</p>
<p>Last updated 12 January 2026</p></main>
<footer><form><input type="hidden" name="nonce" value="9f8e7d"></form><p>© 2026 Larkspur Bowl</p></footer>
</body></html>"""

NO_CHANGES = {
    "a nonce": lambda html: html.replace("a1b2c3", "ffffff").replace("9f8e7d", "000000"),
    "the date of the last update": lambda html: html.replace("12 January 2026", "15 January 2026"),
    "the weather": lambda html: html.replace("3 °C, 12 cm of new snow", "-8 °C, 40 cm of new snow, wind"),
    "the menu's order": lambda html: html.replace(
        '<li><a href="/tickets">Tickets</a></li><li><a href="/lessons">Lessons</a></li>',
        '<li><a href="/lessons">Lessons</a></li><li><a href="/shop">Shop</a></li>'
        '<li><a href="/tickets">Tickets</a></li>',
    ),
    "the design": lambda html: html.replace("theme-7", "theme-8").replace(
        "<p>Dogs", '<div class="x"><p>Dogs'
    ).replace("in the dark.</p>", "in the dark.</p></div>"),
    "line breaks": lambda html: html.replace("Uphill travel is allowed before", "Uphill travel\n is  allowed\n before"),
    "news in front": lambda html: html.replace("<main>", "<main><p>Ski school begins at nine.</p>"),
    "a new footer": lambda html: html.replace("© 2026", "© 2027"),
}  # fmt: skip


@pytest.fixture
def reads(sessions, stock, row, now):
    """Visits the page day by day as it is given; answers with what each visit changed."""
    stock(row())
    run = start_run(sessions, 1, now)
    days = iter(range(100))

    def visit(html):
        at = now + timedelta(days=next(days))
        page = examine(
            Fetch(URL, URL, at, http_status=200, content_type="text/html", body=html.encode())
        ).page
        assert page.reading is not None
        outcome = page.outcome
        return record_visit(sessions, run, ResortVisit("larkspur-bowl", at, at, outcome, (page,))).change

    return visit


def counts(sessions):
    with sessions() as session:
        models = (PolicyVersion, Snapshot, LoggedChange)
        return [session.scalar(select(func.count(model.id))) for model in models]


@pytest.mark.parametrize("migrated_engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", NO_CHANGES)
def test_no_change(reads, sessions, now, name):
    changed = NO_CHANGES[name](PAGE)
    assert changed != PAGE
    reads(PAGE)
    before = counts(sessions)
    with sessions() as session:
        proofs = list(session.scalars(select(PolicyEvidence.id)))
    assert reads(changed) is Change.CONFIRMED
    assert counts(sessions) == before
    later = now + timedelta(days=1)
    with sessions() as session:
        assert list(session.scalars(select(PolicyEvidence.id))) == proofs
        shown = find(session, "larkspur-bowl", later)
        assert shown.provenance.last_confirmed == later
        assert {proof.seen_at for proofs in shown.evidence.values() for proof in proofs} == {later}
        for row in session.scalars(select(PolicyEvidence)):
            assert row.snapshot.text[row.start : row.end] == row.quote


def test_other_words_for_the_same_facts_are_stored_and_are_no_change_of_facts(reads, sessions, now):
    reads(PAGE)
    words = PAGE.replace("Dogs are not allowed.", "Dogs are prohibited at all times.")
    assert reads(words) is Change.CONFIRMED
    versions, snapshots, _ = counts(sessions)
    assert (versions, snapshots) == (1, 2)
    with sessions() as session:
        (proof,) = find(session, "larkspur-bowl", now + timedelta(days=1)).evidence["dogs"]
        assert re.search("prohibited at all times", proof.quote)
        for row in session.scalars(select(PolicyEvidence)):
            assert row.snapshot.text[row.start : row.end] == row.quote


def test_a_price_that_changed_is_a_change(reads, sessions):
    reads(PAGE)
    assert reads(PAGE.replace("$49", "$59")) is Change.CHANGED
    with sessions() as session:
        (change,) = session.scalars(select(LoggedChange).where(LoggedChange.cause == "page"))
        assert (change.field, change.quote) == ("prices", "The season uphill pass costs $59.")
        assert '"amount": 49' in change.old
        assert '"amount": 59' in change.new


def test_a_redirect_to_another_site_is_known_by_its_reason(now):
    """The record of a page that leads elsewhere waits for a curator; one in a circle is a plain failure."""

    def ended(location):
        async def download(request):
            return Response(request.url, status=301, headers={"Location": location})

        fetch = asyncio.run(Fetcher(download, lambda: now).fetch(URL, lambda url: "larkspur" in url))
        visit = ResortVisit(
            "larkspur-bowl", now, now, fetch.failure, (fetch.page("candidate", fetch.failure),)
        )
        found = doubt_of_absence(visit, URL)
        return fetch.failure, found and found.doubt

    assert ended("https://other.example/") == (Outcome.REDIRECT, Doubt.MOVED)
    assert ended(URL) == (Outcome.REDIRECT, None)
