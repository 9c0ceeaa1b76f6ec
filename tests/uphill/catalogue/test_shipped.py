"""The catalogue and the baseline that come with the program."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from uphill.catalogue import load_shipped
from uphill.db import Alias, PolicyEvidence, PolicyVersion, Region, Resort, Source
from uphill.search import find
from uphill.vocabulary import Origin, SourceKind

pytestmark = pytest.mark.slow

TABLES = (Resort, Alias, Region, Source, PolicyVersion, PolicyEvidence)


def counts(sessions):
    with sessions() as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in TABLES]


def test_all_of_it_loads(shipped_report):
    report = shipped_report
    assert report.bad == ()
    assert (report.new, report.changed, report.unchanged) == (1278, 0, 0)
    assert (report.aliases, report.policies) == (299, 239)


def test_a_second_load_changes_nothing(shipped, now):
    before = counts(shipped)
    assert before[:2] == [1278, 299]
    again = load_shipped(shipped, now + timedelta(days=1))
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1278)
    assert (again.aliases, again.policies, again.bad) == (0, 0, ())
    assert counts(shipped) == before
    with shipped() as session:
        assert set(session.scalars(select(PolicyVersion.first_seen))) == {now}


def test_a_baseline_policy_stands_on_its_list_and_date_never_on_a_quote(shipped, now):
    with shipped() as session:
        versions = session.scalars(select(PolicyVersion)).all()
        assert {version.origin for version in versions} == {Origin.BASELINE}
        assert {version.source.kind for version in versions} <= {
            SourceKind.RESORT,
            SourceKind.LIST,
            SourceKind.NEWS,
            SourceKind.POLICY,
            SourceKind.HOME,
        }
        evidence = session.scalars(select(PolicyEvidence)).all()
        assert {(row.quote, row.start, row.end, row.snapshot_id) for row in evidence} == {(None,) * 4}
        slugs = session.scalars(select(Resort.slug).join(PolicyVersion, PolicyVersion.resort_id == Resort.id))
        for slug in list(slugs)[::12]:
            page = find(session, slug, now)
            assert set(page.evidence) == set(page.policy.known())
            assert page.provenance.last_confirmed is None
            assert page.provenance.freshness == "listed"
            for name, proofs in page.evidence.items():
                value = getattr(page.policy, name)
                assert len(proofs) == (len(value) if isinstance(value, tuple) else 1)
                assert {proof.source_url for proof in proofs} == {page.provenance.source_url}
                assert {proof.as_of for proof in proofs} == {page.provenance.as_of}


def test_every_resort_has_a_place_and_a_name_to_be_found_by(shipped):
    with shipped() as session:
        resorts = session.scalars(select(Resort)).all()
    assert all(resort.search_text and resort.region.name for resort in resorts)
    assert all(-90 <= resort.latitude <= 90 and -180 <= resort.longitude <= 180 for resort in resorts)
