"""New rules over stored pages: our reading changes, no date does, nothing is fetched, and pins are kept."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from crawler.cli.reextract import read_stored
from crawler.spider.examine import examine
from crawler.spider.fetched import Fetch
from uphill.catalogue import LoadReport, load_resorts
from uphill.cli import main
from uphill.crawl_runs import start_run
from uphill.curating.pinning import Wanted, pinned_facts, set_pin
from uphill.db import (
    PendingChange,
    PolicyEvidence,
    PolicyVersion,
    Snapshot,
    make_engine,
    session_factory,
    writing,
)
from uphill.db.revisions import ensure_current
from uphill.errors import NotFound
from uphill.outcomes import Outcome
from uphill.recording.change_log import read as read_log
from uphill.recording.record import record_visit
from uphill.recording.rereading import CannotReread, Disturbed, reread, to_reread
from uphill.recording.visit import ResortVisit
from uphill.search import find

URL = "https://larkspur-bowl.example/uphill"
STATUS_URL = "https://larkspur-bowl.example/status"
SLUG = "larkspur-bowl"
PAGE = """<!doctype html><html lang="en"><title>Uphill Policy</title><body><h1>Uphill Access Policy</h1>
<p>Uphill travel is allowed before 8:30 am and after 4:30 pm.</p>
<p>An uphill pass is required at all times. The season uphill pass costs $49.</p>
<p>Dogs are not allowed. Headlamps are required in the dark.</p></body></html>"""
REPORT = """<!doctype html><html lang="en"><title>Lift status</title><body><h1>Lift status</h1><table>
<tr><th>Lift</th><th>Status</th></tr><tr><td>Quad</td><td>Open</td></tr>
<tr><td>Uphill access</td><td>Closed</td></tr></table></body></html>"""


def fetched(url, html, at):
    return examine(Fetch(url, url, at, http_status=200, content_type="text/html", body=html.encode())).page


def as_older_rules_read_it(page, *missed, **misread):
    """The page with facts that the rules of its day missed, or misread."""
    reading = page.reading
    facts = {name: value for name, value in reading.policy.known().items() if name not in missed}
    evidence = {name: quotes for name, quotes in reading.evidence.items() if name not in missed}
    policy = type(reading.policy).model_validate(facts | misread)
    return replace(page, reading=reading.model_copy(update={"policy": policy, "evidence": evidence}))


def visit(at, *pages, outcome=Outcome.POLICY):
    return ResortVisit(SLUG, at, at, outcome, pages)


def read_before(sessions, now, *missed, **misread):
    """A visit before the rules changed."""
    run = start_run(sessions, 1, now)
    policy = as_older_rules_read_it(fetched(URL, PAGE, now), *missed, **misread)
    record_visit(sessions, run, visit(now, policy, fetched(STATUS_URL, REPORT, now)))
    return run


@pytest.fixture
def run(sessions, stock, row, now):
    stock(row())
    return read_before(sessions, now, "prices", dogs="allowed")


def shown(sessions, at):
    with sessions() as session:
        return find(session, SLUG, at)


def log(sessions):
    with sessions() as session:
        changes = reversed(read_log(session, resort=SLUG).changes)
        return [(each.field, each.cause.value) for each in changes if each.cause != "first"]


def test_what_is_read_differently_is_a_change_of_our_reading(sessions, run, now):
    later = now + timedelta(days=3)
    found = reread(sessions, SLUG, read_stored, later)
    assert {change.field for change in found.changes} == {"dogs", "prices"}
    page = shown(sessions, later)
    assert (page.policy.dogs, page.policy.prices[0].amount) == ("prohibited", 49), (
        "the opposite, and not doubted"
    )
    assert page.provenance.last_confirmed == now, "nothing was seen again"
    today = shown(sessions, now + timedelta(hours=1))
    assert (today.policy.status, today.status_seen_at) == ("closed", now)
    assert page.evidence["prices"][0].seen_at == now
    assert sorted(log(sessions)) == [("dogs", "reading"), ("prices", "reading")]
    with sessions() as session:
        assert session.scalar(select(func.count(Snapshot.id))) == 2
        assert session.scalar(select(func.count(PendingChange.id))) == 0
        for row in session.scalars(select(PolicyEvidence)):
            assert row.snapshot.text[row.start : row.end] == row.quote
    assert reread(sessions, SLUG, read_stored, later).changes == ()


def test_a_dry_run_changes_nothing(sessions, run, now):
    assert reread(sessions, SLUG, read_stored, now, dry_run=True).changes
    assert shown(sessions, now).policy.dogs == "allowed"
    assert log(sessions) == []


def test_pins_stay_over_what_is_read(sessions, run, now):
    pin = Wanted(
        slug=SLUG, field="dogs", value="leashed", source_url=URL, note="by phone", until=date(2027, 1, 1)
    )
    with writing(sessions) as session:
        set_pin(session, pin, now)
    assert [change.field for change in reread(sessions, SLUG, read_stored, now).changes] == ["prices"]
    assert shown(sessions, now).policy.dogs == "leashed"
    with sessions() as session:
        (fact,) = pinned_facts(session)
    assert (fact.read_value, fact.contradicted) == ("prohibited", True)


def test_the_text_that_facts_stand_in_is_read_and_no_doubtful_one(sessions, run, now):
    opposite = PAGE.replace(
        "is allowed before 8:30 am and after 4:30 pm", "is prohibited at all times. Uphill is closed today"
    )
    later = now + timedelta(days=1)
    record_visit(sessions, run, visit(later, fetched(URL, opposite, later)))
    with sessions() as session:
        assert session.scalar(select(func.count(PendingChange.id))) == 1
    reread(sessions, SLUG, read_stored, later)
    page = shown(sessions, later)
    assert (page.policy.access, page.policy.status, page.policy.dogs) == ("allowed", "closed", "prohibited")


def test_a_page_that_is_no_policy_to_the_new_rules_is_withdrawn(sessions, run, now):
    def blind(page):
        text, reading = read_stored(page)
        return text, type(reading)(source=page.url, lang="en", is_policy=False)

    assert reread(sessions, SLUG, blind, now).withdrawn
    assert shown(sessions, now).provenance is None
    assert set(log(sessions)) >= {("access", "reading"), ("dogs", "reading")}


def test_a_page_whose_text_the_new_rules_build_otherwise_has_both_texts(sessions, run, now):
    def wider(page):
        return read_stored(replace(page, body=page.body.replace(b"<p>Dogs", b"<p>Please note.</p><p>Dogs")))

    reread(sessions, SLUG, wider, now + timedelta(days=3))
    with sessions() as session:
        texts = session.scalars(select(Snapshot).join(Snapshot.source).filter_by(url=URL)).all()
        assert [snapshot.seen_at for snapshot in texts] == [now, now]
        assert texts[0].body == texts[1].body
        current = session.scalars(select(PolicyVersion).filter_by(superseded_at=None)).one()
        for row in current.evidence:
            assert row.snapshot.text[row.start : row.end] == row.quote


def test_a_crawl_in_between_is_not_overwritten(sessions, run, now):
    prices = iter(range(60, 100))

    def crawl():
        price = next(prices)
        at = now + timedelta(hours=price)
        page = fetched(URL, PAGE.replace("$49", f"${price}"), at)
        record_visit(sessions, run, visit(at, as_older_rules_read_it(page, dogs="allowed")))

    def disturbed(times):
        crawls = [crawl] * times

        def read(page):
            if page.url == URL and crawls:
                crawls.pop()()
            return read_stored(page)

        return read

    later = now + timedelta(days=9)
    with pytest.raises(Disturbed, match="is being crawled"):
        reread(sessions, SLUG, disturbed(3), later)
    assert shown(sessions, later).policy.dogs == "allowed"
    reread(sessions, SLUG, disturbed(1), later)
    policy = shown(sessions, later).policy
    assert (policy.dogs, policy.prices[0].amount) == ("prohibited", 63)


def test_what_can_not_be_read_keeps_its_facts(sessions, run, now, monkeypatch):
    monkeypatch.setattr("crawler.cli.reextract.parse_page", lambda *_, **__: 1 / 0)
    with pytest.raises(CannotReread, match="can't be read again: ZeroDivisionError"):
        reread(sessions, SLUG, read_stored, now)
    assert shown(sessions, now).policy.dogs == "allowed"


def test_which_resorts_are_read_again(sessions, run, stock, row):
    stock(row("other-hill", region="AT-7", country="AT"))
    with sessions() as session:
        assert to_reread(session) == to_reread(session, regions=["US"]) == (SLUG,)
        assert to_reread(session, slugs=["other-hill"]) == to_reread(session, regions=["AT"]) == ()
        for wrong in ({"slugs": ["nowhere"]}, {"regions": ["XX"]}):
            with pytest.raises(NotFound):
                to_reread(session, **wrong)


def test_the_command(sqlite_url, row, now, monkeypatch):
    monkeypatch.setenv("UPHILL_DATABASE_URL", sqlite_url)
    engine = make_engine(sqlite_url)
    ensure_current(engine)
    sessions = session_factory(engine)
    with writing(sessions) as session:
        load_resorts(session, [row()], LoadReport())
    read_before(sessions, now, dogs="allowed")

    def uphill(*arguments):
        ended = CliRunner().invoke(main, ["reextract", *arguments])
        return ended.exit_code, ended.stdout

    code, told = uphill("--dry-run")
    assert code == 0
    assert "dogs: allowed -> prohibited" in told
    assert "1 resorts read again, 1 would change, 0 failed." in told
    code, line = uphill("--json", "--resort", SLUG)
    assert json.loads(line)["changes"] == [{"field": "dogs", "old": "allowed", "new": "prohibited"}]
    assert uphill() == (0, "1 resorts read again, 0 changed, 0 failed.\n")
    assert uphill("--resort", "nowhere")[0] == 1
    engine.dispose()
