"""Coverage: each resort counts once, by its policy, else by how the last visit ended."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from uphill.catalogue import CatalogueRow, LoadReport, load_resorts
from uphill.coverage import Standing, coverage, covered_in
from uphill.crawl_runs import start_run
from uphill.db import PolicyVersion, Resort, Source, Visit, writing
from uphill.db.store import SCALAR_FACTS
from uphill.outcomes import Change, Outcome
from uphill.policy import Policy
from uphill.vocabulary import Access, Origin, SourceKind

NOW = datetime(2026, 1, 17, 13, 30, tzinfo=UTC)
RESORTS = {
    "alder": ("US-CO", (Origin.CRAWL, Access.ALLOWED), [Outcome.POLICY]),
    "birch": ("US-CO", (Origin.BASELINE, Access.ALLOWED), [Outcome.TIMEOUT]),
    "cedar": ("US-CO", (Origin.BASELINE, Access.PROHIBITED), []),
    "dogwood": ("US-CO", None, [Outcome.TIMEOUT, Outcome.NO_POLICY]),
    "elder": ("US-VT", None, [Outcome.NO_POLICY, Outcome.BLOCKED]),
    "fir": ("US-VT", None, []),
    "hasel": ("AT-7", (Origin.CRAWL, Access.UNKNOWN), [Outcome.UNCHANGED]),
}


@pytest.fixture
def told(sessions):
    rows = [
        CatalogueRow(slug=slug, name=slug.title(), country=region[:2], region=region)
        for slug, (region, _, _) in RESORTS.items()
    ]
    with writing(sessions) as session:
        load_resorts(session, rows, LoadReport())
    run = start_run(sessions, 1, NOW)
    with writing(sessions) as session:
        ids = {resort.slug: resort.id for resort in session.scalars(select(Resort))}
        for slug, (_, policy, outcomes) in RESORTS.items():
            if policy is not None:
                _add_policy(session, ids[slug], *policy)
            for outcome in outcomes:
                session.add(
                    Visit(run_id=run, resort_id=ids[slug], started_at=NOW, finished_at=NOW, outcome=outcome,
                          change=Change.NONE, pages=1)
                )  # fmt: skip
                session.flush()
    with sessions() as session:
        return coverage(session)


def _add_policy(session, resort_id, origin, access):
    source = Source(resort_id=resort_id, url=f"https://{resort_id}.example", kind=SourceKind.POLICY)
    session.add(source)
    session.flush()
    facts = {
        name: value for name in SCALAR_FACTS if (value := getattr(Policy(access=access), name)) is not None
    }
    for superseded in (NOW, None):  # an older version does not count
        session.add(
            PolicyVersion(
                resort_id=resort_id, source_id=source.id, origin=origin, superseded_at=superseded,
                first_seen=NOW - timedelta(days=1), last_confirmed=NOW - timedelta(days=1), **facts,
            )
        )  # fmt: skip
        session.flush()


def counts(covered):
    return {str(standing): count for standing, count in covered.counts.items() if count}


def test_each_resort_counts_once_by_where_its_policy_stands(told):
    austria, states = told.countries
    colorado, vermont = states.regions
    assert counts(austria.covered) == {"read": 1}
    assert counts(colorado.covered) == {"read": 1, "listed": 1, "prohibited": 1, "none_published": 1}
    assert counts(vermont.covered) == {"not_reached": 2}


def test_the_parts_make_up_the_whole(told):
    assert told.covered.resorts == len(RESORTS)
    assert sum(country.covered.resorts for country in told.countries) == len(RESORTS)
    states = told.countries[1]
    assert sum(region.covered.resorts for region in states.regions) == states.covered.resorts == 6
    assert states.covered.known == 3
    assert states.covered.never_visited == 2
    assert set(told.covered.counts) == set(Standing)


def test_one_place_is_told_as_in_the_whole(sessions, told):
    places = {country.code: country.covered for country in told.countries}
    places |= {region.code: region.covered for country in told.countries for region in country.regions}
    with sessions() as session:
        assert {code: covered_in(session, code) for code in places} == places
        assert covered_in(session, "CH").resorts == 0
