"""What status pages tell: it is put over the policy, with its own proof, and stays no longer than it holds."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from uphill.catalogue import BaselineLine, load_baseline
from uphill.crawl_runs import start_run
from uphill.db import PolicyEvidence, writing
from uphill.evidence import Evidence
from uphill.outcomes import Change, Outcome
from uphill.policy import Policy
from uphill.reading import Reading
from uphill.recording.record import record_visit
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.search import find
from uphill.vocabulary import SourceKind

POLICY_URL = "https://larkspur-bowl.example/uphill"
STATUS_URL = "https://larkspur-bowl.example/status"
ROUTES = [{"name": "Skin Track", "length_m": 2400, "windows": ["05:00-08:00"]}, {"name": "Ridge"}]


def _page(now, url, kind, text, quotes, facts):
    spans = {
        name: tuple(Evidence.of(text, text.index(q), text.index(q) + len(q)) for q in found)
        for name, found in quotes.items()
    }
    policy = Policy.model_validate(facts)
    reading = Reading(
        source=url, lang="en", is_policy=kind is SourceKind.POLICY, policy=policy, evidence=spans
    )
    return FetchedPage(url, url, kind, Outcome.POLICY, now, body=text.encode(), text=text, reading=reading)


def rules(now, text="Skin the Skin Track or the Ridge.", routes=ROUTES, **facts):
    facts = {"access": "allowed", "routes": routes} | facts
    return _page(
        now,
        POLICY_URL,
        SourceKind.POLICY,
        text,
        {name: (text,) * (len(value) if isinstance(value, list) else 1) for name, value in facts.items()},
        facts,
    )


def report(now, text, status=None, **routes):
    """A status page: ``report(now, "Uphill: closed. Ridge: open", status="closed", Ridge="open")``."""
    lines = {line.partition(": ")[0]: line for line in text.split(". ")}
    facts = {"routes": [{"name": name, "status": word} for name, word in routes.items()]}
    quotes = {"routes": tuple(lines[name] for name in routes)}
    if status:
        facts, quotes = facts | {"status": status}, quotes | {"status": (lines["Uphill"],)}
    return _page(now, STATUS_URL, SourceKind.STATUS, text, quotes, facts)


def without_facts(now, url, kind, outcome):
    return FetchedPage(url, url, kind, outcome, now)


def same_rules(now):
    return without_facts(now, POLICY_URL, SourceKind.POLICY, Outcome.UNCHANGED)


@pytest.fixture
def visited(sessions, stock, row, now):
    """Records visits an hour apart, each given as functions of its time; answers with the resort after them."""
    stock(row())
    run = start_run(sessions, 1, now)
    hours = iter(range(100))

    def visit(*pages):
        at = now + timedelta(hours=next(hours))
        fetched = tuple(page(at) for page in pages)
        outcome = Outcome.POLICY if any(page.reading for page in fetched) else Outcome.UNCHANGED
        recorded = record_visit(sessions, run, ResortVisit("larkspur-bowl", at, at, outcome, fetched))
        with sessions() as session:
            return recorded.change, find(session, "larkspur-bowl", at)

    return visit


def told(shown):
    return {route.name: str(route.status) for route in shown.policy.routes}


def open_ridge(now):
    return report(now, "Uphill: open. Ridge: open", status="open", Ridge="open")


def fails(now):
    return without_facts(now, STATUS_URL, SourceKind.STATUS, Outcome.TIMEOUT)


def test_a_status_page_decides_the_statuses_and_nothing_else(visited):
    visited(rules)
    _, shown = visited(
        same_rules, lambda now: report(now, "Uphill: closed. Ridge: open", status="closed", Ridge="open")
    )
    assert (shown.policy.access, shown.policy.status) == ("allowed", "closed")
    assert told(shown) == {"Skin Track": "unknown", "Ridge": "open"}
    assert shown.policy.routes[0] == Policy.model_validate({"routes": ROUTES}).routes[0]
    assert (shown.evidence["status"][0].quote, shown.evidence["status"][0].source_url) == (
        "Uphill: closed",
        STATUS_URL,
    )


def test_a_routes_status_is_proved_by_the_page_that_told_it(visited, now):
    visited(rules)
    _, shown = visited(same_rules, open_ridge)
    (proof,) = shown.evidence["route_status"]
    assert (proof.position, proof.quote, proof.source_url) == (1, "Ridge: open", STATUS_URL)
    assert (proof.source_kind, proof.seen_at) == (SourceKind.STATUS, now + timedelta(hours=1))
    assert {proof.source_url for proof in shown.evidence["routes"]} == {POLICY_URL}


def test_the_newest_word_on_a_route_replaces_the_one_before(visited):
    visited(rules, open_ridge)
    change, shown = visited(
        same_rules,
        lambda now: report(now, "Ridge: closed. Skin Track: open", Ridge="closed", **{"Skin Track": "open"}),
    )
    assert change is Change.CHANGED
    assert told(shown) == {"Skin Track": "open", "Ridge": "closed"}
    quotes = {proof.position: proof.quote for proof in shown.evidence["route_status"]}
    assert quotes == {0: "Skin Track: open", 1: "Ridge: closed"}


def test_a_status_page_that_fails_leaves_the_statuses_as_they_were_last_seen(visited, now):
    visited(rules, open_ridge)
    swapped = [ROUTES[1], ROUTES[0]]
    _, shown = visited(lambda now: rules(now, routes=swapped, dogs="leashed"), fails)
    assert (shown.policy.status, shown.policy.dogs) == ("open", "leashed")
    assert told(shown) == {"Ridge": "open", "Skin Track": "unknown"}
    (proof,) = shown.evidence["route_status"]
    assert shown.policy.routes[proof.position].name == "Ridge"
    assert (proof.quote, proof.seen_at) == ("Ridge: open", now)
    assert shown.evidence["status"][0].seen_at == now


def test_what_the_policy_page_says_today_goes_before_what_was_last_seen_elsewhere(visited):
    visited(rules, open_ridge)
    closed = [{"name": "Ridge", "status": "closed"}]
    _, shown = visited(lambda now: rules(now, status="closed", routes=closed), fails)
    assert (shown.policy.status, told(shown)) == ("closed", {"Ridge": "closed"})
    assert shown.evidence["status"][0].source_url == POLICY_URL
    assert "route_status" not in shown.evidence


def test_a_status_that_its_page_no_longer_tells_is_not_kept(visited):
    visited(rules, open_ridge)
    _, shown = visited(same_rules, lambda now: report(now, "Uphill: open", status="open"))
    assert (shown.policy.status, told(shown)) == ("open", {"Skin Track": "unknown", "Ridge": "unknown"})
    assert "route_status" not in shown.evidence
    nothing = lambda now: without_facts(now, STATUS_URL, SourceKind.NO_POLICY, Outcome.NO_POLICY)  # noqa: E731
    _, shown = visited(same_rules, nothing)
    assert shown.policy.status == "unknown"
    assert "status" not in shown.evidence


def test_pages_that_did_not_change_leave_every_proof_as_it_is(visited, sessions, now):
    visited(rules, open_ridge)
    with sessions() as session:
        before = list(session.scalars(select(PolicyEvidence.id).order_by(PolicyEvidence.id)))
    same_status = lambda now: without_facts(now, STATUS_URL, SourceKind.STATUS, Outcome.UNCHANGED)  # noqa: E731
    change, shown = visited(same_rules, same_status)
    assert change is Change.CONFIRMED
    assert told(shown)["Ridge"] == "open"
    assert shown.provenance.last_confirmed == now + timedelta(hours=1)
    with sessions() as session:
        assert list(session.scalars(select(PolicyEvidence.id).order_by(PolicyEvidence.id))) == before


def test_what_is_announced_is_as_old_as_the_page_was_last_known_to_say_it(visited, now):
    visited(rules, open_ridge)
    _, shown = visited(same_rules, open_ridge)
    assert shown.status_seen_at == shown.evidence["status"][0].seen_at == now + timedelta(hours=1)
    same_status = lambda now: without_facts(now, STATUS_URL, SourceKind.STATUS, Outcome.UNCHANGED)  # noqa: E731
    _, shown = visited(same_rules, same_status)
    assert shown.status_seen_at == shown.evidence["route_status"][0].seen_at == now + timedelta(hours=2)
    _, shown = visited(same_rules, fails)
    assert shown.status_seen_at == now + timedelta(hours=2)
    assert shown.provenance.last_confirmed == now + timedelta(hours=3)
    assert shown.evidence["access"][0].seen_at == now + timedelta(hours=3)


def test_a_status_of_the_baseline_is_not_kept_over_a_crawl(visited, sessions, now):
    line = BaselineLine(
        resort="Larkspur Bowl",
        region="US-CO",
        source_url=STATUS_URL,
        source_kind="resort",
        facts=Policy.model_validate({"access": "allowed", "status": "open"}),
    )
    with writing(sessions) as session:
        assert load_baseline(session, [(1, line)], now) == (1, [])
    _, shown = visited(rules, fails)
    assert shown.policy.status == "unknown"
