"""The scheduler: it holds its lease, runs the jobs while it does, and waits as a standby while it does not."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from uphill.db.failures import in_short
from uphill.errors import UphillError
from uphill.lease import LEASE, SCHEDULER
from uphill.schedule.crawl import STOP_SECONDS, CrawlProcess
from uphill.schedule.jobs import JOBS, Job, Work
from uphill.schedule.tenure import Tenure, Turn
from uphill.settings import Settings

logger = logging.getLogger(__name__)

JUMP = timedelta(seconds=60)
"""What the clock may gain or lose between two heartbeats before all jobs are begun anew."""


class Service:
    """``clock`` gives aware times; ``owner`` is this process's name among those that share the database.

    No job store: what is due lies in the database, and each job runs once when the lease is taken.
    """

    def __init__(
        self,
        sessions: sessionmaker[Session],
        settings: Settings,
        owner: str,
        clock: Callable[[], datetime],
        *,
        lease: timedelta = LEASE,
        jobs: Sequence[Job] = JOBS,
        crawl: CrawlProcess | None = None,
    ) -> None:
        self._sessions = sessions
        self._settings = settings
        self._clock = clock
        self._jobs = tuple(jobs)
        self._crawl = crawl or CrawlProcess()
        self._tenure = Tenure(sessions, SCHEDULER, owner, lease)
        self._told: Turn | None = None
        self._running: set[str] = set()
        self._again: set[str] = set()
        self._idle = threading.Condition()
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(2 * len(self._jobs))},
            # two, since APScheduler drops a run that meets one still at work; _do keeps them apart
            job_defaults={"coalesce": True, "max_instances": 2, "misfire_grace_time": None},
        )

    def run(self, wait: Callable[[float], bool]) -> None:
        """Until ``wait`` (so many seconds) returns True: time to end. Then the crawl is told to end."""
        self._scheduler.start()
        wall, steady = self._clock(), time.monotonic()
        try:
            while True:
                self.beat()
                ending = wait(self._tenure.heartbeat.total_seconds())
                wall_then, steady_then = wall, steady
                wall, steady = self._clock(), time.monotonic()
                if ending:
                    return
                if jumped(wall - wall_then, timedelta(seconds=steady - steady_then)):
                    logger.warning("The clock was set, or the machine slept: all jobs begin anew.")
                    self._soon(self._jobs)
        finally:
            self._end()

    def beat(self) -> Turn:
        """One heartbeat, and what follows from it."""
        turn = self._tenure.beat(self._clock())
        if turn is Turn.TAKEN:
            logger.info("This is the scheduler now.")
            self._begin()
        elif turn is Turn.LOST:
            logger.warning("%s The crawl is stopped.", self._why_lost())
            self._scheduler.remove_all_jobs()
            self._crawl.tell()
        elif turn is Turn.WAITING and self._told is not Turn.WAITING:
            logger.info("Another scheduler is running (%s); this one stands by.", self._tenure.other)
        elif turn is Turn.AWAY:
            logger.warning("The database is away (%s); tried again.", self._tenure.trouble)
        self._told = turn
        return turn

    def _why_lost(self) -> str:
        if self._tenure.trouble:
            return f"The database has been away for too long ({self._tenure.trouble})."
        return f"Another scheduler has taken over ({self._tenure.other})."

    def _begin(self) -> None:
        for job in self._jobs:  # by the system's clock, as APScheduler's own
            self._scheduler.add_job(
                self._do,
                "interval",
                (job,),
                id=job.name,
                seconds=job.every(self._settings).total_seconds(),
                next_run_time=datetime.now(UTC),
                replace_existing=True,
            )

    def _soon(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            with self._idle:
                if job.name in self._running:
                    self._again.add(job.name)
                    continue
            if self._scheduler.get_job(job.name) is not None:
                self._scheduler.modify_job(job.name, next_run_time=datetime.now(UTC))

    def _crawled(self) -> None:
        self._soon([job for job in self._jobs if job.after_crawl])

    def _do(self, job: Job) -> None:
        """Once, and once more where that was asked for while it was at work."""
        with self._idle:
            if job.name in self._running:
                return
            self._running.add(job.name)
        try:
            while True:
                self._do_once(job)
                with self._idle:
                    if job.name not in self._again:
                        return
                    self._again.discard(job.name)
        finally:
            with self._idle:
                self._running.discard(job.name)
                self._idle.notify_all()

    def _do_once(self, job: Job) -> None:
        work = Work(self._sessions, self._settings, self._clock(), self._crawl, self._crawled)
        try:
            told = job.run(work)
        except (SQLAlchemyError, UphillError) as error:
            logger.warning("Could not %s: %s", job.name, in_short(error))
        else:
            if told:
                logger.info("%s", told)

    def hurry(self) -> None:
        """Told to end a second time: the crawl drops what it is at."""
        self._crawl.tell()

    def _end(self) -> None:
        self._crawl.close()
        self._scheduler.remove_all_jobs()
        if not self._crawl.end():
            logger.warning("The crawl did not end within %g s and was killed.", STOP_SECONDS)
        self._scheduler.shutdown(wait=False)
        try:
            self._tenure.end()
        except SQLAlchemyError as error:
            logger.warning("The lease could not be given back and expires: %s", in_short(error))

    def unfinished(self, seconds: float) -> set[str]:
        """Names of jobs that are still at work after so many seconds."""
        with self._idle:
            self._idle.wait_for(lambda: not self._running, seconds)
            return set(self._running)


def jumped(wall: timedelta, steady: timedelta) -> bool:
    """Whether the clock went another way than time itself."""
    return abs(wall - steady) > JUMP
