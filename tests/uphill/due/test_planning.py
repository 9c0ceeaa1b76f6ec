"""What a visit means for the next, as it is recorded."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from uphill.causes import Doubt
from uphill.crawl_runs import start_run
from uphill.db import PendingChange, Resort, SiteRest, Source, writing
from uphill.due import targets
from uphill.evidence import Evidence
from uphill.outcomes import Outcome
from uphill.policy import Policy
from uphill.reading import Reading
from uphill.recording.record import record_visit
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.vocabulary import SourceKind

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SITE = "https://larkspur-bowl.example"
HOME, POLICY, STATUS = SourceKind.HOME, SourceKind.POLICY, SourceKind.STATUS
NONE = Outcome.NO_POLICY


@pytest.fixture
def visited(sessions, stock, row, now):
    """Records a visit of these pages, ``(path, kind, outcome)``; returns the hours until each page is due, by path."""
    stock(row())
    run_id = start_run(sessions, 1, now)

    def visit(*pages, outcome=Outcome.POLICY, partial=False, at=now, **more):
        fetched = tuple(_page(at, *page, **more) for page in pages)
        record_visit(sessions, run_id, ResortVisit("larkspur-bowl", at, at, outcome, fetched, "", partial))
        with sessions() as session:
            return {
                source.url.removeprefix(SITE): source.next_due and (source.next_due - at) / HOUR
                for source in session.scalars(select(Source).order_by(Source.id))
            }

    return visit


def _page(at, path, kind, outcome, landed=None, **more):
    reading, text = None, f"Uphill travel is allowed; uphill is open today ({path})."
    if outcome is Outcome.POLICY:
        facts = Policy(access="allowed") if kind is POLICY else Policy(status="open")
        quotes = {name: (Evidence.of(text, 0, len(text)),) for name in facts.known()}
        reading = Reading(
            source=SITE + path, lang="en", is_policy=kind is POLICY, policy=facts, evidence=quotes
        )
    return FetchedPage(
        SITE + path,
        SITE + (landed or path),
        kind,
        outcome,
        at,
        http_status=503,
        reading=reading,
        text=text,
        **more,
    )


def test_pages_are_due_by_what_they_are(visited):
    due = visited(
        ("", HOME, NONE), ("/uphill", POLICY, Outcome.POLICY), ("/today", STATUS, Outcome.POLICY),
        ("/about", SourceKind.NO_POLICY, NONE),
    )  # fmt: skip
    assert 1 <= due["/today"] < 1.1
    assert 6 <= due["/uphill"] < 23.4
    assert due[""] is None, "where the policy is known the home page is not asked"
    assert due["/about"] is None


def test_without_a_policy_the_home_page_is_asked_weekly(visited):
    due = visited(("", HOME, NONE), ("/about", SourceKind.NO_POLICY, NONE), outcome=NONE)
    assert 6.5 * 24 < due[""] <= 7 * 24
    assert due["/about"] is None


def test_a_policy_that_ended_is_looked_for_daily_at_first(visited, sessions, now):
    visited(("/uphill", POLICY, Outcome.POLICY))
    lost = [
        visited(("/uphill", SourceKind.NO_POLICY, NONE), ("", HOME, NONE), outcome=NONE, at=now + n * DAY)
        for n in (1, 2, 12)
    ]
    assert 6 <= lost[0]["/uphill"] < 6.6, "doubted at first"
    assert 22 <= lost[1][""] < 23.4, "and believed the second time"
    assert 58 <= lost[2][""] < 65


def test_a_home_page_that_moves_counts_its_failures_where_it_leads(visited, now):
    waits = [
        visited(("", HOME, Outcome.TIMEOUT, "/en"), outcome=Outcome.TIMEOUT, at=now + n * DAY)
        for n in range(3)
    ]
    assert [round(due[""] / 6) for due in waits] == [1, 2, 4]
    assert {due["/en"] for due in waits} == {None}, "it is not asked by itself"


def test_a_policy_page_that_moves_is_asked_where_it_is(visited, now):
    visited(("/old", POLICY, Outcome.POLICY))
    due = visited(("/old", POLICY, Outcome.POLICY, "/new"), at=now + DAY)
    assert due["/old"] is None
    assert due["/new"] > 0


def test_a_partial_visit_leaves_the_others_times_alone(visited, now):
    before = visited(("/uphill", POLICY, Outcome.POLICY), ("/today", STATUS, Outcome.POLICY))
    later = now + HOUR * 30
    due = visited(("/today", STATUS, Outcome.POLICY), outcome=Outcome.UNCHANGED, partial=True, at=later)
    assert due["/uphill"] == pytest.approx(before["/uphill"] - 30), "overdue by now, and still so"
    assert 0 < due["/today"] < 12


def test_failures_grow_apart(visited, now):
    at, waits = now, []
    for _ in range(7):
        due = visited(("/uphill", POLICY, Outcome.TIMEOUT), outcome=Outcome.TIMEOUT, at=at)
        waits.append(due["/uphill"])
        at += due["/uphill"] * HOUR
    assert waits[:5] == sorted(waits[:5])
    assert waits[0] < 7.5
    assert 5 * 24 < waits[-1] <= 7 * 24


def test_a_change_that_waits_is_looked_at_again(visited, sessions, now):
    with writing(sessions) as session:
        resort = session.scalars(select(Resort)).one()
        session.add(
            PendingChange(resort_id=resort.id, doubt=Doubt.EMPTIED, detail="", since=now, last_seen=now)
        )
    assert 6 < visited(("", HOME, NONE), outcome=NONE)[""] < 6.6
    later = visited(("", HOME, NONE), outcome=NONE, at=now + 3 * DAY)
    assert later[""] > 6.5 * 24, "after two days it is a curator's"


def test_a_site_that_asks_for_rest_gets_it_from_all(visited, sessions, stock, row, now):
    stock(row("neighbour", website=f"{SITE}/neighbour"))
    until = now + 2 * DAY
    due = visited(("", HOME, Outcome.HTTP_STATUS), outcome=Outcome.HTTP_STATUS, retry_at=until)
    assert due[""] == 48
    with sessions() as session:
        assert [(rest.site, rest.until) for rest in session.scalars(select(SiteRest))] == [
            ("larkspur-bowl.example", until)
        ]
        assert targets(session, until - HOUR, due_only=True) == ()
        assert [target.slug for target in targets(session, until, due_only=True)] == [
            "neighbour",
            "larkspur-bowl",
        ]
    visited(("", HOME, Outcome.HTTP_STATUS), outcome=Outcome.HTTP_STATUS, retry_at=now + 400 * DAY)
    with sessions() as session:
        assert session.scalars(select(SiteRest.until)).one() == now + 7 * DAY


def test_a_visit_that_breaks_off_is_not_repeated_at_once(visited, now):
    visited(("/uphill", POLICY, Outcome.POLICY), ("/today", STATUS, Outcome.POLICY))
    at = now + DAY
    due = visited(outcome=Outcome.UNREADABLE, at=at)
    assert 6 <= due["/uphill"] <= 7.5
    assert 6 <= due["/today"] <= 7.5


def test_a_status_page_does_not_wait_for_a_policy_page_that_fails(visited, now):
    visited(("/uphill", POLICY, Outcome.POLICY), ("/today", STATUS, Outcome.POLICY))
    due = visited(("/uphill", POLICY, Outcome.TIMEOUT), outcome=Outcome.TIMEOUT, at=now + DAY)
    assert due["/uphill"] >= 6
    assert due["/today"] < 0, "it is due, and comes with the next crawl by itself"


@pytest.mark.parametrize("outcome", [Outcome.DNS, Outcome.CONNECTION, Outcome.TIMEOUT])
def test_without_a_network_all_stay_as_due_as_they_were(visited, now, outcome):
    before = visited(("/uphill", POLICY, Outcome.POLICY))
    due = visited(outcome=outcome, at=now + DAY)
    assert due["/uphill"] == pytest.approx(before["/uphill"] - 24)


def test_status_pages_on_one_site_take_turns(visited, sessions, stock, row, now):
    stock(row("neighbour", website=f"{SITE}/neighbour"))
    with writing(sessions) as session:
        neighbour = session.scalars(select(Resort).filter_by(slug="neighbour")).one()
        session.add(
            Source(resort_id=neighbour.id, url=SITE + "/n", kind=STATUS, site="larkspur-bowl.example")
        )
    due = visited(("/uphill", POLICY, Outcome.POLICY), ("/today", STATUS, Outcome.POLICY))
    assert 2 <= due["/today"] < 2.2
