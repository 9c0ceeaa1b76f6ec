"""One resort is found by slug, name or alias, with its history and the proof of every fact."""

import csv
from datetime import timedelta
from importlib import resources

import pytest

from uphill.catalogue import AliasRow, BaselineLine, LoadReport, load_aliases, load_baseline
from uphill.crawl_runs import start_run
from uphill.db import writing
from uphill.errors import NotFound
from uphill.evidence import Evidence
from uphill.outcomes import Change, Outcome
from uphill.policy import Policy
from uphill.reading import Reading
from uphill.recording.record import record_visit
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.search import find
from uphill.vocabulary import SourceKind

TEXT = "Dogs are welcome on the uphill route from 5 to 8."


@pytest.fixture
def hills(sessions, stock, row):
    stock(
        row("dreilaendereck", name="Dreiländereck", country="AT", region="AT-2"),
        row("mont-blanc-qc", name="Mont Blanc", country="CA", region="CA-QC"),
        row("mont-blanc-fr", name="Mont-Blanc", country="FR", region="FR-ARA"),
        row("mont-rigaud", country="CA", region="CA-QC"),
    )
    with writing(sessions) as session:
        for slug, region, alias in (
            ("dreilaendereck", "AT-2", "3 Länder Eck"),
            ("mont-rigaud", "CA-QC", "Dreiländereck"),
        ):
            load_aliases(session, [(2, AliasRow(region=region, alias=alias, slug=slug))], LoadReport())


@pytest.mark.parametrize(
    ("asked", "slug"),
    [
        ("dreilaendereck", "dreilaendereck"),
        ("Dreilaendereck", "dreilaendereck"),
        ("Dreiländereck", "dreilaendereck"),
        ("dreilandereck", "dreilaendereck"),
        ("3 Länder Eck", "dreilaendereck"),
        ("3 LANDER ECK", "dreilaendereck"),
        ("mont rigaud", "mont-rigaud"),
    ],
)
def test_a_resort_is_found_by_slug_name_or_alias(sessions, hills, now, asked, slug):
    with sessions() as session:
        assert find(session, asked, now).resort.slug == slug


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("Mont Blanc", "Did you mean mont-blanc-fr or mont-blanc-qc\\?"),
        ("rigaud", "Did you mean mont-rigaud\\?"),
        ("mont", "Did you mean mont-blanc-fr, mont-blanc-qc or mont-rigaud\\?"),
        ("mont-rigod", "Did you mean mont-rigaud"),
        ("zzzzzz", "A search finds resorts by name and region."),
        ("雪", "A search finds resorts"),
        ("", "A search finds resorts"),
    ],
)
def test_what_is_not_found_is_named_with_what_is_near(sessions, hills, now, asked, hint):
    with (
        sessions() as session,
        pytest.raises(NotFound, match=f"no resort {asked!r} in the directory. {hint}"),
    ):
        find(session, asked, now)


def test_every_shipped_name_and_alias_finds_its_resort_or_names_it(shipped, now):
    data = resources.files("uphill") / "data"
    with shipped() as session:
        for file, column in (("resorts.csv", "name"), ("aliases.csv", "alias")):
            rows = list(csv.DictReader((data / file).read_text("utf-8").splitlines()))
            for row in rows[::40]:
                try:
                    assert row["slug"] == find(session, row[column], now).resort.slug
                except NotFound as error:
                    assert row["slug"] in str(error)  # noqa: PT017 - either answer will do


@pytest.fixture
def visited(sessions, stock, row, now):
    """Records visits of the resort a day apart, each with the facts given (``None``: it failed)."""
    stock(row())
    url = "https://larkspur-bowl.example/uphill"

    def visit(*rounds):
        for at, facts in enumerate(rounds):
            when = now + timedelta(days=at)
            run = start_run(sessions, 1, when)
            if facts is None:
                record_visit(sessions, run, ResortVisit("larkspur-bowl", when, when, Outcome.DNS))
                continue
            policy = Policy.model_validate(facts)
            quotes = {
                name: (Evidence.of(TEXT, 0, 16),) * (len(value) if isinstance(value, tuple) else 1)
                for name, value in policy.known().items()
            }
            reading = Reading(source=url, lang="en", is_policy=True, policy=policy, evidence=quotes)
            page = FetchedPage(
                requested_url=url,
                url=url,
                kind=SourceKind.POLICY,
                outcome=Outcome.POLICY,
                fetched_at=when,
                body=TEXT.encode(),
                text=TEXT,
                reading=reading,
            )
            record_visit(sessions, run, ResortVisit("larkspur-bowl", when, when, Outcome.POLICY, (page,)))
        with sessions() as session:
            return find(session, "larkspur-bowl", now + timedelta(days=len(rounds) - 1))

    return visit


def test_history_tells_what_each_version_changed(visited, now):
    page = visited(
        {"access": "allowed"},
        {"access": "allowed", "dogs": "leashed", "windows": ["05:00-08:30"]},
        {"access": "allowed", "windows": ["05:00-08:30"]},
    )
    told = [[(each.field, each.old, each.new) for each in version.changes] for version in page.history]
    assert told == [
        [("dogs", "leashed", "unknown")],
        [("windows", "unknown", '["05:00-08:30"]'), ("dogs", "unknown", "leashed")],
        [],
    ]
    day = timedelta(days=1)
    assert [version.provenance.superseded_at for version in page.history] == [None, now + 2 * day, now + day]
    assert [version.policy.dogs for version in page.history] == ["unknown", "leashed", "unknown"]


def test_proofs_carry_quote_place_and_time(visited, now):
    page = visited({"windows": ["05:00-06:00", "06:00-08:00"], "dogs": "allowed"})
    (dogs,) = page.evidence["dogs"]
    assert (dogs.quote, TEXT[dogs.start : dogs.end]) == ("Dogs are welcome", "Dogs are welcome")
    assert (dogs.source_url, dogs.seen_at) == ("https://larkspur-bowl.example/uphill", now)
    assert [proof.position for proof in page.evidence["windows"]] == [0, 1]
    assert set(page.evidence) == set(page.policy.known())


def test_visits_and_pages_are_told_newest_first_failures_with_their_reason(visited, now):
    page = visited({"access": "allowed"}, {"access": "allowed"}, None)
    assert [visit.change for visit in page.visits] == [Change.NONE, Change.CONFIRMED, Change.NEW]
    assert page.last_visit.reason == "the site's name could not be resolved"
    assert page.provenance.last_confirmed == now + timedelta(days=1)
    told = {source.kind: source for source in page.sources}
    assert told[SourceKind.POLICY].reason == "policy found"
    assert told[SourceKind.HOME].last_checked is None


@pytest.mark.parametrize(("days", "freshness"), [(0, "checked"), (30, "checked"), (31, "stale")])
def test_a_policy_grows_stale_after_thirty_days(sessions, visited, now, days, freshness):
    visited({"access": "allowed"})
    with sessions() as session:
        shown = find(session, "larkspur-bowl", now + timedelta(days=days))
    assert shown.provenance.freshness == freshness


def test_a_baseline_policy_was_never_confirmed_by_us(sessions, stock, row, now):
    stock(row())
    line = BaselineLine(
        resort="Larkspur Bowl",
        region="US-CO",
        source_url="https://list.example",
        source_kind="list",
        as_of="2021",
        facts=Policy(access="allowed"),
    )
    with writing(sessions) as session:
        load_baseline(session, [(1, line)], now)
        page = find(session, "larkspur-bowl", now + timedelta(days=400))
    assert (page.provenance.last_confirmed, page.provenance.freshness) == (None, "listed")
    (proof,) = page.evidence["access"]
    assert (proof.quote, proof.seen_at) == (None, None)
    assert (proof.source_url, proof.as_of, proof.source_kind) == ("https://list.example", "2021", "list")


def test_a_resort_without_a_policy_has_an_empty_page(sessions, stock, row, now):
    stock(row())
    with sessions() as session:
        page = find(session, "larkspur-bowl", now)
    assert page.verdict == "No policy is known yet."
    assert (page.provenance, page.evidence, page.history, page.visits) == (None, {}, (), ())
    assert page.policy == Policy()
