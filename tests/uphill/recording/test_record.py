"""What a visit changes, and what it must not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from uphill.catalogue import BaselineLine, load_baseline
from uphill.crawl_runs import finish_run, start_run
from uphill.db import CrawlRun, PolicyEvidence, PolicyVersion, Snapshot, Source, Visit, writing
from uphill.errors import NotFound
from uphill.evidence import Evidence
from uphill.outcomes import Change, Outcome
from uphill.policy import Policy
from uphill.reading import Reading
from uphill.recording.record import record_visit
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.search import find
from uphill.vocabulary import Origin, SourceKind

URL = "https://larkspur-bowl.example/uphill"
TEXT = "Uphill travel is allowed. Dogs are not allowed."


def reading(text=TEXT, *, dogs="prohibited", is_policy=True, **facts):
    values = {"access": "allowed", "dogs": dogs} | facts
    policy = Policy.model_validate(values)
    quotes = {name: (Evidence.of(text, 0, len(text)),) * _count(policy, name) for name in policy.known()}
    return Reading(source=URL, lang="en", is_policy=is_policy, policy=policy, evidence=quotes)


def _count(policy, name):
    value = getattr(policy, name)
    return len(value) if isinstance(value, tuple) else 1


def page(now, text=TEXT, **values):
    given = {
        "requested_url": URL,
        "url": URL,
        "kind": SourceKind.POLICY,
        "outcome": Outcome.POLICY,
        "fetched_at": now,
        "body": text.encode(),
        "text": text,
    }
    if "reading" not in values:
        values["reading"] = reading(text)
    return FetchedPage(**(given | values))


def visit(now, *pages, outcome=Outcome.POLICY, slug="larkspur-bowl", detail=""):
    return ResortVisit(slug, now, now, outcome, pages, detail)


@pytest.fixture
def run(sessions, stock, row, now):
    stock(row())
    return start_run(sessions, 1, now)


def versions(sessions):
    with sessions() as session:
        return list(session.scalars(select(PolicyVersion).order_by(PolicyVersion.id)))


def test_a_first_policy_is_stored_with_its_quotes(sessions, run, now):
    recorded = record_visit(sessions, run, visit(now, page(now)))
    assert recorded.change is Change.NEW
    with sessions() as session:
        shown = find(session, "larkspur-bowl", now)
    assert shown.policy.dogs == "prohibited"
    assert shown.evidence["dogs"][0].quote == TEXT
    assert shown.evidence["dogs"][0].seen_at == now
    assert shown.provenance.source_url == URL


def test_the_same_facts_again_are_confirmed_not_doubled(sessions, run, now):
    later = now + timedelta(days=1)
    record_visit(sessions, run, visit(now, page(now)))
    recorded = record_visit(sessions, run, visit(later, page(later)))
    assert recorded.change is Change.CONFIRMED
    (version,) = versions(sessions)
    assert (version.first_seen, version.last_confirmed) == (now, later)
    with sessions() as session:
        assert session.scalar(select(func.count(Snapshot.id))) == 1
        assert session.scalar(select(func.count(PolicyEvidence.id))) == 2


def test_confirmed_facts_take_their_quotes_from_the_page_as_it_is_now(sessions, run, now):
    other = "You may skin here. No dogs."
    record_visit(sessions, run, visit(now, page(now)))
    record_visit(sessions, run, visit(now, page(now, other, reading=reading(other))))
    with sessions() as session:
        assert find(session, "larkspur-bowl", now).evidence["dogs"][0].quote == other


def test_the_same_words_again_leave_their_proofs_alone(sessions, run, now):
    record_visit(sessions, run, visit(now, page(now)))
    with sessions() as session:
        before = list(session.scalars(select(PolicyEvidence.id)))
    for values in ({}, {"outcome": Outcome.UNCHANGED, "reading": None, "body": b"", "text": ""}):
        later = now + timedelta(days=1)
        outcome = values.get("outcome", Outcome.POLICY)
        recorded = record_visit(sessions, run, visit(later, page(later, **values), outcome=outcome))
        assert recorded.change is Change.CONFIRMED
    with sessions() as session:
        assert list(session.scalars(select(PolicyEvidence.id))) == before


def test_other_facts_supersede_and_history_is_kept(sessions, run, now):
    later = now + timedelta(days=1)
    record_visit(sessions, run, visit(now, page(now, reading=reading(dogs="allowed"))))
    changed = page(later, reading=reading(dogs="leashed"))
    assert record_visit(sessions, run, visit(later, changed)).change is Change.CHANGED
    old, new = versions(sessions)
    assert (old.superseded_at, new.superseded_at) == (later, None)
    with sessions() as session:
        newest = find(session, "larkspur-bowl", later).history[0]
    assert [(change.field, change.old, change.new) for change in newest.changes] == [
        ("dogs", "allowed", "leashed")
    ]


@pytest.mark.parametrize(
    "outcome",
    [outcome for outcome in Outcome if outcome not in (Outcome.POLICY, Outcome.UNCHANGED)],
)
def test_no_failure_touches_a_fact_and_each_is_recorded(sessions, run, now, outcome):
    later = now + timedelta(days=40)
    record_visit(sessions, run, visit(now, page(now)))
    failed = page(later, outcome=outcome, reading=None, body=b"", text="")
    record_visit(sessions, run, visit(later, failed, outcome=outcome, detail="as the test wants it"))
    (version,) = versions(sessions)
    assert version.superseded_at is None
    assert version.last_confirmed == now
    with sessions() as session:
        shown = find(session, "larkspur-bowl", later)
    assert shown.policy.dogs == "prohibited"
    assert shown.last_visit.outcome is outcome
    assert shown.last_visit.reason.endswith("as the test wants it")
    assert shown.provenance.freshness == "stale"


def test_not_modified_confirms_without_a_body(sessions, run, now):
    later = now + timedelta(days=2)
    record_visit(sessions, run, visit(now, page(now, etag='"1"')))
    same = page(later, outcome=Outcome.UNCHANGED, reading=None, body=b"", text="")
    assert (
        record_visit(sessions, run, visit(later, same, outcome=Outcome.UNCHANGED)).change is Change.CONFIRMED
    )
    (version,) = versions(sessions)
    assert version.last_confirmed == later
    with sessions() as session:
        source = session.scalar(select(Source).filter_by(url=URL))
        assert source.etag == '"1"'
        assert find(session, "larkspur-bowl", later).evidence["dogs"][0].quote == TEXT


def test_a_crawled_policy_replaces_the_whole_baseline_line(sessions, run, now):
    line = BaselineLine(
        resort="Larkspur Bowl",
        region="US-CO",
        source_url="https://news.example/uphill",
        source_kind="news",
        as_of="2021",
        facts=Policy.model_validate({"access": "allowed", "waiver": "required"}),
    )
    with writing(sessions) as session:
        assert load_baseline(session, [(1, line)], now) == (1, [])
    record_visit(sessions, run, visit(now, page(now)))
    with sessions() as session:
        shown = find(session, "larkspur-bowl", now)
    assert shown.policy.waiver == "unknown"
    assert shown.provenance.origin is Origin.CRAWL
    with writing(sessions) as session:
        assert load_baseline(session, [(1, line)], now) == (0, []), "a baseline never comes back over a crawl"


def test_a_moved_policy_page_is_asked_at_its_new_address(sessions, run, now):
    old = "https://larkspur-bowl.example/old-uphill"
    record_visit(sessions, run, visit(now, page(now, url=old, requested_url=old)))
    record_visit(sessions, run, visit(now, page(now, requested_url=old)))
    with sessions() as session:
        kinds = dict(
            session.execute(select(Source.url, Source.kind).where(Source.kind != SourceKind.HOME)).all()
        )
    assert kinds == {old: SourceKind.CANDIDATE, URL: SourceKind.POLICY}


def test_a_run_counts_what_its_visits_came_to(sessions, run, now):
    record_visit(sessions, run, visit(now, page(now)))
    record_visit(sessions, run, visit(now, outcome=Outcome.DNS))
    record_visit(sessions, run, visit(now, outcome=Outcome.NO_POLICY))
    finish_run(sessions, run, now)
    with sessions() as session:
        counted = session.get_one(CrawlRun, run)
        assert (counted.visited, counted.new, counted.failed, counted.no_policy) == (3, 1, 1, 1)
        assert session.scalar(select(func.count(Visit.id))) == 3


def test_a_visit_that_breaks_in_the_middle_leaves_the_state_before(sessions, run, now):
    record_visit(sessions, run, visit(now, page(now)))
    broken = replace(page(now, reading=reading(dogs="leashed")), fetched_at=now.replace(tzinfo=None))
    with pytest.raises(Exception, match="no zone"):
        record_visit(sessions, run, visit(now, page(now, reading=reading(dogs="leashed")), broken))
    (version,) = versions(sessions)
    assert version.dogs == "prohibited"


def test_an_unknown_resort_is_named(sessions, run, now):
    with pytest.raises(NotFound, match="nowhere"):
        record_visit(sessions, run, visit(now, slug="nowhere"))
