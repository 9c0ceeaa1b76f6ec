"""Jobs that crawl: how they come about, and what one of them does."""

import asyncio
import hashlib
import logging
from collections.abc import Collection, Sequence
from typing import Any

from procrastinate import App
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.types import JSONValue
from sqlalchemy import select

from uphill.cluster.batches import batches
from uphill.cluster.charge import not_in_charge
from uphill.cluster.child import STOPPED
from uphill.cluster.leasing import SiteLeases
from uphill.cluster.means import Means
from uphill.cluster.retrying import CRAWLS, CrawlFailed, CrawlKilled
from uphill.db import Resort
from uphill.due import targets
from uphill.lease import owner_name
from uphill.recording.visit import Target

logger = logging.getLogger(__name__)

CRAWL_BATCH = "crawl"


async def defer_due(app: App, means: Means) -> int:
    """Defer what is due and not in a job yet; returns the number of new jobs."""
    other = await asyncio.to_thread(not_in_charge, means.sessions, means.clock())
    if other is not None:
        logger.warning("Another is crawling what is due (%s); the workers wait for its end.", other)
        return 0
    planned = await _planned(app.job_manager)
    found = await asyncio.to_thread(_due, means, None)
    new = [target for target in found if target.slug not in planned]
    jobs = batches(new, means.settings.batch)
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


async def _defer(app: App, batch: Sequence[Target]) -> None:
    slugs: list[JSONValue] = [*sorted(target.slug for target in batch)]
    lock = hashlib.sha256(repr(slugs).encode()).hexdigest()
    try:
        await app.configure_task(CRAWL_BATCH, queueing_lock=lock).defer_async(slugs=slugs)
    except AlreadyEnqueued:
        logger.debug("A job of the same %d resorts waits already.", len(slugs))


def _due(means: Means, slugs: Collection[str] | None) -> tuple[Target, ...]:
    """All resorts that are due, or those of ``slugs`` that are due still."""
    with means.sessions() as session:
        if slugs is None:
            return targets(session, means.clock(), due_only=True)
        known = session.scalars(select(Resort.slug).where(Resort.slug.in_(slugs))).all()
        return targets(session, means.clock(), slugs=known, due_only=True) if known else ()


async def crawl_batch(job: Job, slugs: Sequence[str], means: Means) -> bool:
    """Crawl those of ``slugs`` that are due still and whose sites no other worker has.

    Whether that was all: otherwise some are due still. Raises CrawlKilled and CrawlFailed.
    """
    if await asyncio.to_thread(not_in_charge, means.sessions, means.clock()) is not None:
        return False
    wanted = await asyncio.to_thread(_due, means, slugs)
    owner = owner_name(means.clock(), f":{job.id}")
    leases = SiteLeases(means.sessions, owner, means.clock, means.pace.lease)
    ours = [target.slug for target in await leases.take(wanted)]
    busy = len(wanted) - len(ours)
    logger.info("Job %s: %d resorts to visit; %d more wait for busy sites.", job.id, len(ours), busy)
    if ours:
        await _crawl(job, ours, leases, means)
    return not busy


async def _crawl(job: Job, slugs: Sequence[str], leases: SiteLeases, means: Means) -> None:
    try:
        code = await means.crawl(slugs, leases, means.pace)
    finally:
        await leases.keep(max(means.settings.delay, means.pace.rest))
    if code in {0, STOPPED}:
        logger.info("Job %s is over%s.", job.id, " before its end" if code else "")
    elif code < 0:
        logger.warning("The crawl of job %s was killed by signal %d.", job.id, -code)
        raise CrawlKilled
    else:
        logger.warning("The crawl of job %s failed; its own message stands above.", job.id)
        raise CrawlFailed
