"""Each rule of health: kept where all is well, broken where its case is there, and only then."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from uphill.db import CrawlRun, Notification, Resort, Source, Visit, writing
from uphill.health import RULES, health, runs, sources
from uphill.outcomes import Change, Outcome
from uphill.runs import Ending, Trigger
from uphill.vocabulary import SourceKind

HOUR = timedelta(hours=1)


class Ledger:
    """Puts runs, visits and pages into the database as crawls would have left them."""

    def __init__(self, sessions, resorts, now):
        self.sessions = sessions
        self.resorts = resorts
        self.now = now

    def run(self, ago, outcomes=(), *, ending=Ending.FINISHED, detail=None):
        """A run that began so long ago and visited a resort for each outcome, in the resorts' order."""
        began = self.now - ago
        with writing(self.sessions) as session:
            run = CrawlRun(
                started_at=began,
                finished_at=began + HOUR if ending else None,
                ending=ending,
                detail=detail,
                trigger=Trigger.SCHEDULE,
                planned=len(outcomes),
                visited=len(outcomes),
                failed=sum(outcome.failed for outcome in outcomes),
            )
            session.add(run)
            session.flush()
            for resort_id, outcome in zip(self.resorts, outcomes, strict=False):
                session.add(
                    Visit(
                        run_id=run.id,
                        resort_id=resort_id,
                        started_at=began,
                        finished_at=began,
                        outcome=outcome,
                        change=Change.NONE,
                        pages=1,
                    )
                )
            return run.id

    def page(self, resort, *, failures=0, due=HOUR, success=HOUR, **values):
        with writing(self.sessions) as session:
            source = Source(
                resort_id=self.resorts[resort],
                url=f"https://x.example/{resort}/{len(values)}/{values.get('platform')}",
                kind=SourceKind.POLICY,
                failures=failures,
                last_outcome=Outcome.TIMEOUT if failures else Outcome.POLICY,
                last_detail="no answer in time" if failures else None,
                last_checked=self.now - HOUR,
                last_success=self.now - success if success else None,
                next_due=self.now + due,
                **values,
            )
            session.add(source)

    def message(self, **values):
        with writing(self.sessions) as session:
            session.add(
                Notification(
                    subscription="me",
                    event="run_failed",
                    event_key="1",
                    subject="s",
                    body="b",
                    created_at=self.now,
                    next_try_at=self.now,
                    tries=3,
                    **values,
                )
            )

    def broken(self):
        with self.sessions() as session:
            return {finding.rule: finding.sentence for finding in health(session, self.now).findings}


@pytest.fixture
def ledger(sessions, stock, row, now):
    stock(*(row(f"resort-{number:02}", website=None) for number in range(12)))
    with sessions() as session:
        ids = session.scalars(select(Resort.id).order_by(Resort.slug)).all()
    return Ledger(sessions, ids, now)


@pytest.fixture
def kept(ledger):
    """A directory of which nothing bad can be said."""
    ledger.run(30 * HOUR, [Outcome.POLICY] * 12)
    ledger.run(3 * HOUR, [Outcome.UNCHANGED] * 12)
    for resort in range(12):
        ledger.page(resort, platform="Wix", site="x.example")
    return ledger


def test_a_directory_that_is_kept_is_healthy(kept):
    assert kept.broken() == {}


def test_a_directory_without_any_crawl_is_not(ledger):
    assert ledger.broken() == {"silent": "No crawl has ever ended."}


def test_silence_for_two_days(ledger):
    ledger.run(50 * HOUR, [Outcome.POLICY] * 6)
    assert set(ledger.broken()) == {"silent"}


def test_a_failed_run_and_its_reason(kept):
    kept.run(HOUR, ending=Ending.FAILED, detail="the disk is full")
    assert "the disk is full" in kept.broken()["run_failed"]


def test_a_failed_run_is_forgotten_after_a_good_one(kept):
    kept.run(2 * HOUR, ending=Ending.FAILED)
    kept.run(HOUR, [Outcome.UNCHANGED] * 6)
    assert kept.broken() == {}


def test_a_run_under_way_is_no_failure_but_one_of_yesterday_was_killed(kept):
    kept.run(HOUR, ending=None)
    assert kept.broken() == {}
    kept.run(7 * HOUR, ending=None)
    assert "never ended" in kept.broken()["run_failed"]


def test_all_visits_failed(kept):
    kept.run(HOUR, [Outcome.DNS] * 6)
    assert set(kept.broken()) == {"nothing_reached", "far_fewer"}


@pytest.mark.parametrize(("lost", "unhealthy"), [(6, False), (7, True)])
def test_far_fewer_policies_than_before(kept, lost, unhealthy):
    kept.run(HOUR, [Outcome.NO_POLICY] * lost + [Outcome.UNCHANGED] * (12 - lost))
    told = kept.broken()
    assert ("far_fewer" in told) is unhealthy
    if unhealthy:
        assert "found the policies of 5 resorts, of 12 that had one" in told["far_fewer"]


def test_resorts_that_never_had_a_policy_are_not_missed(ledger):
    ledger.run(30 * HOUR, [Outcome.NO_POLICY] * 12)
    ledger.run(3 * HOUR, [Outcome.NO_POLICY] * 12)
    assert ledger.broken() == {}


@pytest.mark.parametrize(
    ("rule", "shared"),
    [("platform_fails", {"platform": "Duda"}), ("host_fails", {"site": "operator.example"})],
)
def test_what_fails_as_a_whole(kept, rule, shared):
    for resort in range(4):
        kept.page(resort, failures=2, **shared)
    assert kept.broken() == {}
    kept.page(4, failures=2, **shared)
    assert kept.broken() == {rule: kept.broken()[rule]}
    assert (
        f"5 of 5 pages {'built with Duda' if rule == 'platform_fails' else 'on operator.example'} fail"
        in (kept.broken()[rule])
    )


def test_customers_of_one_host_fail_together(kept):
    for resort in range(5):
        kept.page(resort, failures=2, site=f"resort-{resort}.wixsite.com")
    assert kept.broken() == {"host_fails": "5 of 5 pages on wixsite.com fail."}


def test_pages_that_never_worked_do_not_blame_their_builder(kept):
    for resort in range(6):
        kept.page(resort, failures=2, success=None, platform="Duda")
    assert kept.broken() == {}


def test_overdue_pages(kept):
    for resort in range(5):
        kept.page(resort, due=-49 * HOUR, platform="Wix")
    assert kept.broken()["overdue"] == "5 of 17 pages should have been asked more than two days ago."


def test_messages_that_were_given_up(kept, now):
    kept.message(given_up_at=now - HOUR)
    assert set(kept.broken()) == {"undelivered"}


def test_every_rule_has_a_case_above():
    assert {rule.name for rule in RULES} == {
        "silent", "run_failed", "nothing_reached", "far_fewer", "platform_fails", "host_fails", "overdue",
        "undelivered",
    }  # fmt: skip


def test_a_source_tells_when_it_last_answered_and_why_it_fails(kept, sessions, now):
    kept.page(3, failures=2, success=30 * HOUR, platform="Duda")
    with sessions() as session:
        (failing,) = sources(session, now, failing_only=True)
        every = sources(session, now)
    assert failing.resort == "resort-03"
    assert failing.reason == "the site did not answer in time: no answer in time"
    assert (failing.age_hours, failing.failures) == (30.0, 2)
    assert len(every) == 13
    assert every[0] == failing


def test_runs_tell_why_visits_failed(kept, sessions):
    kept.run(HOUR, [Outcome.DNS, Outcome.TIMEOUT, Outcome.DNS, Outcome.POLICY])
    with sessions() as session:
        newest, before, *_ = runs(session)
    assert newest.outcomes == {Outcome.DNS: 2, Outcome.TIMEOUT: 1, Outcome.POLICY: 1}
    assert (newest.known_policies, newest.lost_policies) == (4, 3)
    assert before.lost_policies == 0
