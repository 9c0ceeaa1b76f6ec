"""The jobs of workers, as tasks of Procrastinate: look for what is due, crawl a batch, give back what died."""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from procrastinate import App, BaseConnector, JobContext
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.types import JSONValue
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from uphill.cluster import child
from uphill.cluster.batches import batches
from uphill.cluster.leasing import SiteLeases
from uphill.cluster.pace import Pace
from uphill.cluster.retrying import Again, CrawlFailed, CrawlKilled, retry_stalled
from uphill.db import Resort
from uphill.due import targets
from uphill.lease import owner_name, take
from uphill.settings import Settings
from uphill.visit import Target

logger = logging.getLogger(__name__)

CRAWLS = "crawls"
UPKEEP = "upkeep"
"""What must not wait for the end of a crawl: each worker has a place for one such job beside its crawls."""

CRAWL = "crawl"
_KEEP_FAILED_HOURS = 7 * 24
_STOPPED = 130


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Tools:
    """What the tasks work with."""

    settings: Settings
    sessions: sessionmaker[Session]
    pace: Pace = field(default_factory=Pace)
    clock: Callable[[], datetime] = utc_now


def make_app(connector: BaseConnector, tools: Tools) -> App:
    """Procrastinate with the tasks of a worker."""
    app = App(connector=connector)
    pace = tools.pace

    @app.task(name=CRAWL, queue=CRAWLS, pass_context=True, retry=Again(pace.child_died))
    async def crawl(context: JobContext, slugs: list[str]) -> None:
        await _crawl(context, slugs, tools)

    @app.periodic(cron=pace.look_for_due)
    @app.task(
        name="look for due",
        queue=UPKEEP,
        lock="look for due",
        queueing_lock="look for due",
        pass_context=True,
    )
    async def look_for_due(context: JobContext, timestamp: int) -> None:
        del timestamp
        await defer_due(context.app, tools)

    # Without a lock: that of a dead worker would keep all others from ever seeing that it died.
    @app.periodic(cron=pace.look_for_stalled)
    @app.task(name="look for stalled", queue=UPKEEP, queueing_lock="look for stalled", pass_context=True)
    async def look_for_stalled(context: JobContext, timestamp: int) -> None:
        del timestamp
        now = tools.clock()
        # Two at once would give a job back that the next worker has begun.
        owner = owner_name(now, f":{context.job.id}")
        alone = await asyncio.to_thread(
            take, tools.sessions, "stalled jobs", owner, now, timedelta(seconds=pace.heartbeat)
        )
        if alone:
            await retry_stalled(context.app.job_manager, pace, now)

    @app.periodic(cron="40 3 * * *")
    @app.task(name="forget failed jobs", queue=UPKEEP, queueing_lock="forget failed jobs", pass_context=True)
    async def forget_failed(context: JobContext, timestamp: int) -> None:
        del timestamp
        await context.app.job_manager.delete_old_jobs(
            _KEEP_FAILED_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
        )

    return app


async def defer_due(app: App, tools: Tools) -> int:
    """Defer what is due and not in a job yet; returns the number of new jobs."""
    planned = await _planned(app.job_manager)
    found = await asyncio.to_thread(_due, tools, None)
    new = [target for target in found if target.slug not in planned]
    jobs = batches(new, tools.settings.batch)
    for batch in jobs:
        await _defer(app, batch)
    if new:
        logger.info("Due: %d resorts, deferred in %d jobs.", len(new), len(jobs))
    return len(jobs)


async def _planned(manager: JobManager) -> set[str]:
    """The resorts that wait in a job, or are being visited."""
    jobs = [
        job
        for status in ("todo", "doing")
        for job in await manager.list_jobs_async(queue=CRAWLS, status=status)
    ]
    return {slug for job in jobs for slug in _slugs(job)}


def _slugs(job: Job) -> list[str]:
    slugs: Any = job.task_kwargs["slugs"]
    return [str(slug) for slug in slugs]


async def _defer(app: App, batch: Sequence[Target], seconds: float = 0) -> None:
    slugs: list[JSONValue] = [*sorted(target.slug for target in batch)]
    lock = hashlib.sha256(repr(slugs).encode()).hexdigest()
    delayed = {"seconds": round(seconds)} if seconds else None
    try:
        await app.configure_task(CRAWL, queueing_lock=lock, schedule_in=delayed).defer_async(slugs=slugs)
    except AlreadyEnqueued:
        logger.debug("A job of the same %d resorts waits already.", len(slugs))


def _due(tools: Tools, slugs: Collection[str] | None) -> tuple[Target, ...]:
    """All resorts that are due, or those of ``slugs`` that are due still."""
    with tools.sessions() as session:
        if slugs is None:
            return targets(session, tools.clock(), due_only=True)
        known = session.scalars(select(Resort.slug).where(Resort.slug.in_(slugs))).all()
        return targets(session, tools.clock(), slugs=known, due_only=True) if known else ()


async def _crawl(context: JobContext, slugs: Collection[str], tools: Tools) -> None:
    job, pace = context.job, tools.pace
    wanted = await asyncio.to_thread(_due, tools, slugs)
    owner = owner_name(tools.clock(), f":{job.id}")
    leases = SiteLeases(tools.sessions, owner, tools.clock, pace.lease)
    ours = await leases.take(wanted)
    if busy := [target for target in wanted if target not in ours]:
        await _defer(context.app, busy, pace.busy)
    if not ours:
        logger.info("Job %s: nothing to visit now; %d sites are busy.", job.id, len(busy))
        return
    logger.info("Job %s: %d resorts; %d more wait for busy sites.", job.id, len(ours), len(busy))
    try:
        code = await child.crawl([target.slug for target in ours], leases, pace)
    finally:
        await leases.keep(tools.settings.delay)
    logger.info("Job %s is over (exit code %d).", job.id, code)
    if code < 0:
        raise CrawlKilled(f"The crawl of job {job.id} was killed by signal {-code}.")
    if code not in {0, _STOPPED}:
        raise CrawlFailed(f"The crawl of job {job.id} failed (exit code {code}).")
