"""Which jobs come again: after a stop at once, after a death once it is sure, after a failure by what is due."""

import asyncio

import pytest

from uphill.cluster.crawling import CRAWL_BATCH
from uphill.cluster.jobs import UPKEEP
from uphill.cluster.retrying import CRAWLS, retry_stalled

A, B = "almond-hill", "basin-hill"


def defer(bench, *slugs: str) -> None:
    bench.run(lambda app: app.configure_task(CRAWL_BATCH).defer_async(slugs=list(slugs)))


def test_a_crawl_that_was_killed_is_tried_three_times(bench):
    defer(bench, A)
    bench.code = -9
    waits = []
    for _ in range(3):
        bench.work()
        (job,) = bench.jobs()
        waits.append((job.status, job.attempts, job.wait and round(job.wait / 60)))
        bench.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    assert waits == [("todo", 1, 1), ("todo", 2, 2), ("failed", 3, None)]
    assert bench.crawled == [[A]] * 3


def test_a_crawl_that_failed_is_kept_as_failed_and_what_is_due_still_is_deferred_anew(bench):
    defer(bench, A)
    bench.code = 1
    bench.work()
    assert [job.status for job in bench.jobs()] == ["failed"]
    bench.defer()
    assert [job.status for job in bench.jobs()] == ["failed", "todo", "todo"]


def test_a_crawl_that_somebody_stopped_is_no_failure(bench):
    defer(bench, A)
    bench.code = 130
    bench.work()
    assert bench.jobs() == []


def test_a_worker_that_is_stopped_gives_its_job_back_at_once_and_its_sites_after_the_delay(bench):
    defer(bench, A, B)

    async def stopped(app):
        begun = asyncio.Event()

        async def until_stopped(slugs, leases, pace):
            begun.set()
            await asyncio.Event().wait()

        bench.use(until_stopped)
        worker = asyncio.create_task(
            app.run_worker_async(queues=[CRAWLS], install_signal_handlers=False, shutdown_graceful_timeout=0)
        )
        await begun.wait()
        worker.cancel()
        await asyncio.wait([worker])

    bench.run(stopped)
    (job,) = bench.jobs()
    assert (job.status, job.args["slugs"]) == ("todo", [A, B])
    assert job.wait <= 0
    assert bench.lease(f"site:{A}.com") == 7


def _left_by_a_dead_worker(bench, seconds: int) -> None:
    bench.execute(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => :seconds))",
        seconds=seconds,
    )
    bench.execute(
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT max(id) FROM procrastinate_workers)"
    )


def _give_back(bench) -> int:
    return bench.run(lambda app: retry_stalled(app.job_manager, bench.means.pace, bench.now))


def test_a_job_of_a_dead_worker_comes_again_when_its_leases_are_over(bench):
    defer(bench, A)
    _left_by_a_dead_worker(bench, 31)
    assert _give_back(bench) == 1
    (job,) = bench.jobs()
    assert (job.status, job.attempts) == ("todo", 1)
    assert 40 <= job.wait <= 45
    assert _give_back(bench) == 0


def test_a_worker_with_a_sign_of_life_keeps_its_job(bench):
    defer(bench, A)
    _left_by_a_dead_worker(bench, 25)
    assert _give_back(bench) == 0
    assert [job.status for job in bench.jobs()] == ["doing"]


def test_a_job_of_a_dead_worker_is_dropped_where_the_same_waits_already(bench):
    bench.defer()
    _left_by_a_dead_worker(bench, 31)
    bench.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    bench.execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, queueing_lock) "
        "SELECT queue_name, task_name, args, queueing_lock FROM procrastinate_jobs"
    )
    _give_back(bench)
    assert [job.status for job in bench.jobs()] == ["todo", "todo"]


@pytest.mark.parametrize("waiting", [False, True])
def test_upkeep_of_a_dead_worker_does_not_lock_out_the_next(bench, waiting):
    name = "send messages"
    bench.run(lambda app: app.configure_task(name).defer_async())
    _left_by_a_dead_worker(bench, 31)
    if waiting:
        bench.run(lambda app: app.configure_task(name).defer_async())
    _give_back(bench)
    assert [job.status for job in bench.jobs(UPKEEP)] == ["todo"] * waiting
