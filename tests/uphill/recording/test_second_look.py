"""The last good record is kept: what is doubtful waits, and takes effect when it is found again."""

import pytest

from uphill.causes import Doubt
from uphill.outcomes import Change, Outcome
from uphill.policy import Policy
from uphill.vocabulary import SourceKind

FAILURES = [
    outcome
    for outcome in Outcome
    if outcome.failed and outcome not in {Outcome.EMPTY, Outcome.BLOCKED, Outcome.PARKED, Outcome.NO_WEBSITE}
]


def without(facts, *names):
    return {name: value for name, value in facts.items() if name not in names}


def test_the_opposite_takes_effect_when_it_is_found_again_six_hours_later(standing, found):
    opposite = found.FACTS | {"access": "prohibited"}
    assert standing.visit(24, found.policy(**opposite)) is Change.NONE
    assert standing.visit(29.9, found.policy(**opposite)) is Change.NONE
    assert standing.policy == Policy.model_validate(found.FACTS)
    assert standing.version.last_confirmed == standing.at(0), "nothing of it was seen again"
    assert standing.visit(30, found.policy(**opposite)) is Change.CHANGED
    assert standing.policy.access == "prohibited"
    assert standing.version.last_confirmed == standing.at(30)
    assert standing.findings == [("opposite", "second_visit")]
    assert standing.logged[-1] == ("access", "allowed", "prohibited", "page")
    assert standing.shown(30).evidence["access"][0].quote == "Our access is prohibited."


def test_a_page_that_is_as_it_was_again_ends_the_wait(standing, found):
    opposite = found.policy(**found.FACTS | {"pass_required": "never"})
    standing.visit(24, opposite)
    assert standing.visit(31, found.policy(**found.FACTS)) is Change.CONFIRMED
    assert standing.findings == [("opposite", "back_again")]
    assert standing.visit(40, opposite) is Change.NONE, "the wait begins anew"
    assert standing.policy.pass_required == "always"
    assert standing.version.last_confirmed == standing.at(31)


def test_something_else_again_begins_the_wait_anew(standing, found):
    standing.visit(24, found.policy(**found.FACTS | {"dogs": "prohibited"}))
    standing.visit(31, found.policy(**found.FACTS | {"dogs": "prohibited", "waiver": "not_required"}))
    assert standing.policy.dogs == "leashed"
    assert standing.findings == [("opposite", "replaced"), ("opposite", None)]
    standing.visit(37, found.policy(**found.FACTS | {"dogs": "prohibited", "waiver": "not_required"}))
    assert (standing.policy.dogs, standing.policy.waiver) == ("prohibited", "not_required")


def test_half_of_the_facts_lost_waits_and_one_lost_among_many_does_not(standing, found):
    assert standing.visit(24, found.policy(**without(found.FACTS, "hotline"))) is Change.CHANGED
    poor = found.policy(access="allowed", dogs="leashed")
    assert standing.visit(48, poor) is Change.NONE
    assert len(standing.policy.known()) == 5
    assert standing.visit(54, poor) is Change.CHANGED
    assert set(standing.policy.known()) == {"access", "dogs"}
    assert standing.findings == [("half_lost", "second_visit")]


def test_more_facts_take_effect_at_once(standing, found):
    more = found.FACTS | {"snowshoes": "allowed", "bikes": "prohibited"}
    assert standing.visit(1, found.policy(**more)) is Change.CHANGED
    assert standing.policy == Policy.model_validate(more)
    assert standing.findings == []


@pytest.mark.parametrize("how", ["emptied", "gone"])
def test_a_page_without_a_policy_twice_ends_the_record(standing, found, how):
    lost = getattr(found, how)()
    assert standing.visit(24, lost) is Change.NONE
    assert standing.policy == Policy.model_validate(found.FACTS)
    assert standing.source().kind is SourceKind.POLICY, "it is asked for again"
    assert standing.visit(30, lost) is Change.CHANGED
    assert standing.policy is None
    assert standing.findings == [(how, "second_visit")]
    assert standing.source().kind is SourceKind.NO_POLICY
    assert ("dogs", "leashed", None, "page") in standing.logged
    assert len(standing.shown(30).history) == 1
    assert standing.visit(54, found.policy(**found.FACTS)) is Change.NEW
    assert standing.logged[-1][3] == "first"


def test_an_empty_answer_waits_like_a_page_without_a_policy(standing, found):
    empty = found.none(Outcome.EMPTY, detail=f"nothing at {found.URL}")
    standing.visit(24, empty)
    assert standing.findings == [("emptied", None)]
    standing.visit(30, empty)
    assert standing.policy is None


@pytest.mark.parametrize("how", ["blocked", "parked", "moved"])
def test_a_failure_that_tells_something_waits_for_a_curator(standing, found, how):
    barrier = found.away() if how == "moved" else found.none(Outcome(how))
    for day in range(1, 6):
        assert standing.visit(24 * day, barrier) is Change.NONE
    assert standing.policy == Policy.model_validate(found.FACTS)
    assert standing.findings == [(how, None)]
    assert standing.visit(500, found.policy(**found.FACTS)) is Change.CONFIRMED
    assert standing.findings == [(how, "back_again")]


@pytest.mark.parametrize("migrated_engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("outcome", FAILURES)
def test_a_plain_failure_neither_waits_nor_disturbs_what_does(standing, found, outcome):
    failing = found.none(outcome, http_status=503 if outcome is Outcome.HTTP_STATUS else None)
    standing.visit(24, failing)
    assert standing.findings == []
    opposite = found.policy(**found.FACTS | {"access": "prohibited"})
    standing.visit(48, opposite)
    standing.visit(51, failing)
    standing.visit(54, opposite)
    assert standing.policy.access == "prohibited"


def test_a_barrier_says_nothing_of_what_waits_behind_it(standing, found):
    opposite = found.policy(**found.FACTS | {"access": "prohibited"})
    standing.visit(24, opposite)
    standing.visit(27, found.none(Outcome.BLOCKED))
    assert standing.findings == [("opposite", None)]
    standing.visit(30, opposite)
    assert standing.policy.access == "prohibited"
    standing.visit(54, found.none(Outcome.BLOCKED))
    standing.visit(60, found.policy(**found.FACTS))
    assert standing.findings[1:] == [("blocked", "replaced"), ("opposite", None)]


def test_a_missing_page_with_its_home_page_out_of_reach_proves_nothing(standing, found):
    def visit(now):
        gone = found.gone()(now)
        failed = [page for page in gone.pages if page.kind is not SourceKind.HOME]
        home = [page for page in gone.pages if page.kind is SourceKind.HOME]
        down = type(home[0])(found.HOME, found.HOME, SourceKind.HOME, Outcome.TIMEOUT, now)
        return type(gone)("larkspur-bowl", now, now, Outcome.TIMEOUT, (*failed, down))

    standing.visit(24, visit)
    assert standing.findings == []


def test_a_closed_status_gets_through_at_once_and_a_closed_resort_at_the_second_look(standing, found):
    closed = found.policy(access="prohibited", status="closed")
    assert standing.visit(24, closed) is Change.CHANGED
    assert (standing.policy.access, standing.policy.status) == ("allowed", "closed")
    assert standing.findings == [("opposite", None)]
    assert standing.shown(24).evidence["status"][0].quote == "Our status is closed."
    assert standing.version.last_confirmed == standing.at(0)
    assert standing.visit(30, closed) is Change.CHANGED
    assert (standing.policy.access, standing.policy.status) == ("prohibited", "closed")


def test_an_open_status_of_a_doubtful_page_is_not_taken(standing, found):
    standing.visit(24, found.policy(access="prohibited", status="open"))
    assert standing.policy.status == "unknown"


def test_status_pages_go_on_telling_while_something_waits(standing, found):
    opposite = found.FACTS | {"access": "prohibited"}
    standing.visit(24, found.policy(found.report("open"), **opposite))
    assert (standing.policy.access, standing.policy.status) == ("allowed", "open")
    standing.visit(30, found.policy(found.report("closed"), **opposite))
    assert (standing.policy.access, standing.policy.status) == ("prohibited", "closed")


def test_a_visit_of_status_pages_alone_touches_neither_facts_nor_what_waits(standing, found):
    opposite = found.policy(**found.FACTS | {"access": "prohibited"})
    standing.visit(24, opposite)
    assert standing.visit(31, found.partial(found.report("open"))) is Change.CHANGED
    assert standing.visit(32, found.partial(found.report("open", around="-3 °C"))) is Change.CONFIRMED
    assert standing.findings == [("opposite", None)]
    assert (standing.policy.access, standing.policy.status) == ("allowed", "open")
    assert standing.version.last_confirmed == standing.at(0)
    assert standing.shown(32).evidence["status"][0].seen_at == standing.at(32)
    assert standing.visit(33, opposite) is Change.CHANGED


def test_the_second_look_reads_the_page_whole_and_comes_soon(standing, found):
    standing.visit(24, found.policy(**found.FACTS, etag='"1"'))
    assert standing.source().etag == '"1"'
    standing.visit(48, found.policy(**found.FACTS | {"access": "prohibited"}, etag='"2"'))
    source = standing.source()
    assert source.etag is None, "an unchanged page would be the doubtful one"
    assert standing.at(54) <= source.next_due <= standing.at(55)
    assert standing.visit(54, found.unchanged()) is Change.NONE, "unchanged since which of the two?"
    assert standing.findings == [("opposite", None)]
    assert standing.version.last_confirmed == standing.at(24)


def test_the_same_policy_on_another_site_is_taken_and_a_different_one_waits(standing, found):
    elsewhere = "https://larkspur-resorts.example/uphill"
    assert standing.visit(24, found.policy(url=elsewhere, asked=found.URL, **found.FACTS)) is Change.CONFIRMED
    assert standing.version.source_id == standing.source(elsewhere).id
    other = found.policy(url=found.URL, **found.FACTS | {"hotline": "970-555-0199"})
    assert standing.visit(48, other) is Change.NONE
    assert standing.findings == [("moved", None)]
    assert standing.visit(54, other) is Change.CHANGED
    assert standing.policy.hotline == "970-555-0199"


def test_a_page_that_fails_is_not_replaced_by_a_poorer_one_that_is_found_meanwhile(standing, found):
    teaser = "https://larkspur-bowl.example/tickets"

    def visit(now):
        own = found.none(Outcome.TIMEOUT)(now).pages[0]
        page = found.page(now, without(found.FACTS, "hotline"), url=teaser)
        return type(found.gone()(now))("larkspur-bowl", now, now, Outcome.POLICY, (own, page))

    assert standing.visit(24, visit) is Change.NONE
    assert standing.policy.hotline == found.FACTS["hotline"]
    assert standing.source().kind is SourceKind.POLICY


@pytest.mark.parametrize("doubt", list(Doubt))
def test_every_doubt_has_its_sentence(doubt):
    from uphill.causes import DOUBT_SENTENCES

    assert DOUBT_SENTENCES[doubt]


def test_a_home_page_that_holds_the_policy_stays_the_home_page(watched, found):
    def visit(facts):
        def at(now):
            page = found.page(now, facts, url=found.WEBSITE)
            return type(found.gone()(now))("larkspur-bowl", now, now, Outcome.POLICY, (page,))

        return at

    def emptied(now):
        page = type(found.gone()(now).pages[0])(
            found.WEBSITE, found.WEBSITE, SourceKind.HOME, Outcome.NO_POLICY, now
        )
        return type(found.gone()(now))("larkspur-bowl", now, now, Outcome.NO_POLICY, (page,))

    watched.visit(0, visit(found.FACTS))
    opposite = visit(found.FACTS | {"access": "prohibited"})
    for hours, seen in ((24, opposite), (30, opposite), (48, emptied), (54, emptied)):
        watched.visit(hours, seen)
        assert watched.source(found.WEBSITE).kind is SourceKind.HOME
    assert watched.findings == [("opposite", "second_visit"), ("emptied", "second_visit")]
    assert watched.policy is None


def test_a_page_that_moved_on_its_site_is_doubted_by_its_old_address_and_then_asked_at_the_new(
    standing, found
):
    new = "https://larkspur-bowl.example/skinning"
    moved = found.policy(url=new, asked=found.URL, **found.FACTS | {"access": "prohibited"})
    standing.visit(24, moved)
    assert (standing.source().kind, standing.source(new).kind) == (SourceKind.POLICY, SourceKind.CANDIDATE)
    assert standing.visit(30, moved) is Change.CHANGED
    assert (standing.source().kind, standing.source(new).kind) == (SourceKind.CANDIDATE, SourceKind.POLICY)
    assert standing.source(new).next_due is not None
