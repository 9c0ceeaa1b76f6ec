"""Which jobs come again: those of workers that were stopped or died, and a few times those whose crawl was killed."""

import asyncio
import logging
from datetime import datetime, timedelta

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from uphill.cluster.pace import Pace
from uphill.errors import UphillError

logger = logging.getLogger(__name__)

CRAWLS = "crawls"
"""The queue of the jobs that crawl."""

MAX_TRIES = 3


class CrawlKilled(UphillError):
    """A crawl was ended by a signal that its worker did not send."""


class CrawlFailed(UphillError):
    """A crawl said that it could not do its job. What it did not record is due still, and deferred anew."""


class Again(BaseRetryStrategy):
    """At once where the worker was stopped; after ``wait`` seconds, longer each time, where the crawl was killed."""

    def __init__(self, wait: float) -> None:
        self._wait = wait

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, asyncio.CancelledError):
            return RetryDecision(retry_in={"seconds": 0})
        if isinstance(exception, CrawlKilled) and job.attempts + 1 < MAX_TRIES:
            return RetryDecision(retry_in={"seconds": round(self._wait * (job.attempts + 1))})
        return None


async def retry_stalled(manager: JobManager, pace: Pace, now: datetime) -> int:
    """Give back the crawls of workers without a sign of life; returns how many.

    They start again once the leases of their sites have ended too. What such a worker did of the upkeep is
    dropped: it comes again at its time.
    """
    again = 0
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=pace.stalled):
        if job.queue != CRAWLS:
            await _drop(manager, job)
            continue
        logger.warning("Job %s was left by a worker that died; it comes again.", job.id)
        again += 1
        try:
            await manager.retry_job(job, retry_at=now + timedelta(seconds=pace.until_leases_end))
        except UniqueViolation:  # a job of the same resorts waits already
            await _drop(manager, job)
    await manager.prune_stalled_workers(pace.stalled)
    return again


async def _drop(manager: JobManager, job: Job) -> None:
    await manager.finish_job(job, Status.ABORTED, delete_job=True)
