"""The jobs of workers, as tasks of Procrastinate: crawls, and what the scheduler does where there are no workers."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from procrastinate import App, BaseConnector, JobContext
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy.exc import SQLAlchemyError

from uphill.cluster.charge import not_in_charge
from uphill.cluster.crawling import CRAWL_BATCH, crawl_batch, defer_due
from uphill.cluster.means import Means
from uphill.cluster.retrying import CRAWLS, Again, retry_stalled
from uphill.db.failures import in_short
from uphill.errors import UphillError
from uphill.lease import owner_name, take
from uphill.schedule.crawl import CrawlProcess
from uphill.schedule.jobs import JOBS, Work, crawl_due
from uphill.schedule.jobs import Job as Scheduled

logger = logging.getLogger(__name__)

UPKEEP = "upkeep"
"""What must not wait for the end of a crawl: each worker has places for such jobs beside its crawls."""

_DAILY = "40 3 * * *"
_KEEP_FAILED_HOURS = 7 * 24
_AFTER_CRAWL_SECONDS = 60
_MINUTES_AN_HOUR = 60
_HOURS_A_DAY = 24


def make_app(connector: BaseConnector, means: Means) -> App:
    """Procrastinate with the tasks of a worker."""
    app = App(connector=connector)
    look_for_due = next(job for job in JOBS if job.run is crawl_due)

    @app.task(name=CRAWL_BATCH, queue=CRAWLS, pass_context=True, retry=Again(means.pace.child_died))
    async def crawl(context: JobContext, slugs: list[str]) -> None:
        if not await crawl_batch(context.job, slugs, means):
            await _defer_soon(app, look_for_due.name, means.pace.busy)
        for scheduled in JOBS:
            if scheduled.after_crawl:
                await _defer_soon(app, scheduled.name, _AFTER_CRAWL_SECONDS)

    for scheduled in JOBS:
        when = cron(scheduled.every(means.settings))
        if scheduled is look_for_due:
            _add(app, scheduled.name, means.pace.look_for_due or when, lambda: defer_due(app, means))
        else:
            _add(app, scheduled.name, when, partial(_run, scheduled, means))
    _add(app, "forget failed jobs", _DAILY, lambda: _forget_failed(app))
    # Without a lock: that of a dead worker would keep all others from ever seeing that it died.
    watch = means.pace.look_for_stalled
    _add(app, "look for dead workers", watch, lambda: _look_for_dead(app, means), alone=False)
    return app


def cron(every: timedelta) -> str:
    """The nearest that cron's words have for a span of minutes, hours or days: at most a day."""
    minutes = max(1, round(every.total_seconds() / 60))
    if minutes < _MINUTES_AN_HOUR:
        return f"*/{minutes} * * * *"
    hours = round(minutes / _MINUTES_AN_HOUR)
    return f"7 */{hours} * * *" if hours < _HOURS_A_DAY else _DAILY


def _add(app: App, name: str, when: str, run: Callable[[], Awaitable[object]], *, alone: bool = True) -> None:
    """A periodic task of which one waits at most, and one at most runs (``alone``) in all workers."""

    @app.periodic(cron=when)
    @app.task(name=name, queue=UPKEEP, queueing_lock=name, lock=name if alone else None)
    async def task(timestamp: int = 0) -> None:
        del timestamp
        await run()


async def _defer_soon(app: App, name: str, seconds: float) -> None:
    try:
        await app.configure_task(name, schedule_in={"seconds": round(seconds)}).defer_async()
    except AlreadyEnqueued:
        logger.debug("Waits already: %s", name)


async def _run(scheduled: Scheduled, means: Means) -> None:
    """A job of the scheduler's table. One that fails is told in a line, and comes again at its time."""
    now = means.clock()
    if await asyncio.to_thread(not_in_charge, means.sessions, now) is not None:
        return
    work = Work(means.sessions, means.settings, now, CrawlProcess(), lambda: None)
    try:
        told = await asyncio.to_thread(scheduled.run, work)
    except (SQLAlchemyError, UphillError) as error:
        logger.warning("Could not %s: %s", scheduled.name, in_short(error))
    else:
        if told:
            logger.info("%s", told)


async def _look_for_dead(app: App, means: Means) -> None:
    now, pace = means.clock(), means.pace
    await asyncio.to_thread(not_in_charge, means.sessions, now)  # stays so while a worker lives
    # Two at once would give a job back that the next worker has begun.
    owner = owner_name(now, f":{id(app)}")
    span = timedelta(seconds=pace.heartbeat)
    if await asyncio.to_thread(take, means.sessions, "dead workers", owner, now, span):
        await retry_stalled(app.job_manager, pace, now)


async def _forget_failed(app: App) -> None:
    await app.job_manager.delete_old_jobs(
        _KEEP_FAILED_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
