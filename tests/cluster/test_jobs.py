"""Jobs on a real PostgreSQL, in this process: what is deferred, what is crawled, what is left to others."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.politeness import MAX_CRAWL_DELAY
from uphill.cluster.charge import WORKERS
from uphill.cluster.crawling import CRAWL_BATCH
from uphill.cluster.jobs import UPKEEP, cron
from uphill.cluster.pace import Pace
from uphill.db import Lease
from uphill.lease import CRAWL, SCHEDULER, holder, take, take_all

OTHER = "elsewhere:11:1"
A, B, C, D = "almond-hill", "basin-hill", "copper-hill", "dusk-hill"


def test_what_is_due_is_deferred_in_jobs_and_what_waits_is_not_deferred_again(bench):
    bench.defer()
    assert bench.slugs() == [[A, B], [C, D]]
    bench.defer()
    assert bench.slugs() == [[A, B], [C, D]]


def test_what_is_being_visited_is_not_deferred_again_and_what_is_left_of_it_comes_anew(bench):
    bench.defer()
    bench.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE args->'slugs' ? :slug", slug=A)
    bench.visited([B, C, D])
    bench.defer()
    assert bench.slugs() == [[A, B], [C, D]]
    bench.execute("DELETE FROM procrastinate_jobs")
    bench.defer()
    assert bench.slugs() == [[A]]


def test_a_job_is_crawled_once_and_then_gone(bench):
    bench.defer()
    bench.work()
    assert bench.crawled == [[A, B], [C, D]]
    assert bench.jobs() == []


def test_a_job_visits_only_what_is_due_still_and_in_the_catalogue_still(bench):
    bench.visited([A, C, D])
    bench.run(lambda app: app.configure_task(CRAWL_BATCH).defer_async(slugs=[A, B, "gone-hill"]))
    bench.run(lambda app: app.configure_task(CRAWL_BATCH).defer_async(slugs=[C, D]))
    bench.work()
    assert bench.crawled == [[B]]
    assert bench.jobs() == []


def test_resorts_whose_site_another_worker_has_are_left_out_and_looked_for_again_soon(bench):
    assert take(bench.sessions, f"site:{B}.com", OTHER, bench.now)
    bench.defer()
    bench.work()
    assert bench.crawled == [[A], [C, D]]
    assert bench.jobs() == []
    look = next(job for job in bench.jobs(UPKEEP) if job.task_name == "crawl what is due")
    assert 20 <= look.wait <= 30
    with bench.sessions() as session:
        assert holder(session, f"site:{B}.com", bench.now).owner == OTHER


def test_a_site_is_kept_from_others_during_a_crawl_and_for_its_delay_after_it(bench):
    during = []

    async def crawl(slugs, leases, pace):
        during.append(take(bench.sessions, f"site:{A}.com", OTHER, bench.now))
        assert await leases.renew()
        return 0

    bench.use(crawl)
    bench.defer()
    bench.work()
    assert during == [False, False]
    with bench.sessions() as session:
        assert session.get(Lease, f"site:{A}.com").expires_at == bench.now + timedelta(seconds=7)
    assert not take(bench.sessions, f"site:{A}.com", OTHER, bench.now + timedelta(seconds=6))
    assert take(bench.sessions, f"site:{A}.com", OTHER, bench.now + timedelta(seconds=7))


def test_a_site_is_kept_for_a_crawl_delay_where_that_may_be_longer(bench):
    bench.means = replace(bench.means, settings=bench.means.settings.model_copy(update={"delay": 1.0}))
    bench.defer()
    bench.work()
    assert bench.lease(f"site:{A}.com") == bench.means.pace.rest == 5
    assert Pace().rest >= MAX_CRAWL_DELAY


def test_a_site_taken_for_a_resort_that_is_left_out_is_free_at_once(bench):
    bench.know(A, f"https://{B}.com/uphill")
    assert take(bench.sessions, f"site:{A}.com", OTHER, bench.now)
    bench.run(lambda app: app.configure_task(CRAWL_BATCH).defer_async(slugs=[A]))
    bench.work()
    assert bench.crawled == []
    assert take(bench.sessions, f"site:{B}.com", OTHER, bench.now)


@pytest.mark.parametrize("lease", [SCHEDULER, CRAWL])
def test_beside_a_scheduler_or_a_crawl_of_all_that_is_due_the_workers_wait(bench, lease):
    assert take(bench.sessions, lease, OTHER, bench.now)
    bench.defer()
    assert bench.jobs() == []
    bench.run(lambda app: app.configure_task(CRAWL_BATCH).defer_async(slugs=[A]))
    bench.work()
    assert bench.crawled == []


def test_a_scheduler_that_comes_later_sees_that_the_workers_are_in_charge(bench):
    bench.defer()
    assert take_all(bench.sessions, (SCHEDULER, CRAWL), OTHER, bench.now) == set()
    with bench.sessions() as session:
        other = holder(session, SCHEDULER, bench.now)
    assert other.owner == WORKERS
    assert str(other).startswith("workers since ")


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (timedelta(seconds=5), "*/1 * * * *"),
        (timedelta(minutes=5), "*/5 * * * *"),
        (timedelta(hours=1), "7 */1 * * *"),
        (timedelta(hours=6), "7 */6 * * *"),
        (timedelta(days=1), "40 3 * * *"),
        (timedelta(days=7), "40 3 * * *"),
    ],
)
def test_the_schedulers_spans_in_the_words_of_cron(span, expected):
    assert cron(span) == expected
