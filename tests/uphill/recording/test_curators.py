"""A curator's word on what waits."""

import pytest

from uphill.db import writing
from uphill.errors import NotFound
from uphill.outcomes import Change, Outcome
from uphill.policy import Policy
from uphill.recording.pending import confirm, reject
from uphill.recording.waiting import waiting_list
from uphill.vocabulary import SourceKind

SLUG = "larkspur-bowl"


@pytest.fixture
def decides(standing):
    def decide(decision, hours, note=None):
        with writing(standing.sessions) as session:
            decision(session, SLUG, standing.at(hours), note)

    return decide


def waiting(standing):
    with standing.sessions() as session:
        return waiting_list(session)


def test_confirmed_it_takes_effect_with_what_was_announced_since(standing, found, decides):
    opposite = found.FACTS | {"access": "prohibited"}
    standing.visit(24, found.policy(found.report("open"), **opposite))
    standing.visit(25, found.partial(found.report("closed")))
    decides(confirm, 26, "by phone")
    assert (standing.policy.access, standing.policy.status) == ("prohibited", "closed")
    assert standing.version.last_confirmed == standing.at(24)
    assert standing.findings == [("opposite", "confirmed")]
    assert standing.logged[-1] == ("access", "allowed", "prohibited", "curator")
    shown = standing.shown(26)
    assert shown.evidence["access"][0].quote == "Our access is prohibited."
    assert standing.visit(48, found.policy(found.report("closed"), **opposite)) is Change.CONFIRMED


def test_a_record_behind_a_barrier_ends_by_a_curator_alone(standing, found, decides):
    standing.visit(24, found.none(Outcome.PARKED))
    decides(confirm, 30)
    assert standing.policy is None
    assert standing.source().kind is SourceKind.NO_POLICY
    assert standing.logged[-1][3] == "curator"
    assert standing.visit(48, found.policy(**found.FACTS)) is Change.NEW


def test_rejected_it_stays_rejected_until_something_else_is_found(standing, found, decides):
    opposite = found.policy(**found.FACTS | {"access": "prohibited"})
    standing.visit(24, opposite)
    decides(reject, 26)
    for hours in (30, 48, 500):
        assert standing.visit(hours, opposite) is Change.NONE
    assert standing.policy == Policy.model_validate(found.FACTS)
    assert standing.findings == [("opposite", "rejected")]
    assert standing.version.last_confirmed == standing.at(0), "the page does not say so"
    standing.visit(600, found.policy(**found.FACTS | {"dogs": "prohibited"}))
    assert standing.findings == [("opposite", "rejected"), ("opposite", None)]


def test_what_waits_is_listed_with_what_it_would_change(standing, found):
    assert waiting(standing) == ()
    standing.visit(24, found.policy(**found.FACTS | {"access": "prohibited"}))
    (one,) = waiting(standing)
    assert (one.resort, one.doubt, one.since) == (SLUG, "opposite", standing.at(24))
    assert one.second_look_at == standing.at(30)
    assert [(change.field, change.old, change.new) for change in one.changes] == [
        ("access", "allowed", "prohibited")
    ]
    standing.visit(25, found.policy(**found.FACTS))
    standing.visit(26, found.none(Outcome.BLOCKED, detail="a captcha"))
    (one,) = waiting(standing)
    assert one.second_look_at is None
    assert "a captcha" in one.detail
    assert len(one.changes) == len(found.FACTS)


@pytest.mark.parametrize("decision", [confirm, reject])
def test_where_nothing_waits(standing, decision, sessions):
    for slug, sentence in (("nowhere", "no resort 'nowhere'"), (SLUG, "Nothing waits")):
        with pytest.raises(NotFound, match=sentence), writing(sessions) as session:
            decision(session, slug, standing.at(1))
