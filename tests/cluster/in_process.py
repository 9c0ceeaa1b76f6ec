"""A cluster without processes: its crawls are calls, and nothing runs but what a test tells to."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from procrastinate import App
from sqlalchemy import delete, select, text, update

from uphill.cluster.crawling import defer_due
from uphill.cluster.jobs import make_app
from uphill.cluster.leasing import SiteLeases
from uphill.cluster.means import Crawl, Means
from uphill.cluster.pace import Pace
from uphill.cluster.retrying import CRAWLS
from uphill.cluster.schema import SCHEMA
from uphill.cluster.worker import connector
from uphill.db import Lease, Resort, Source, writing
from uphill.settings import Settings
from uphill.vocabulary import SourceKind

_IN_THE_JOBS_SCHEMA = text(f"SET LOCAL search_path TO {SCHEMA}")
PACE = Pace(rest=5, busy=30, heartbeat=10, stalled=30, lease=75, child_died=60)


class Bench:
    """``crawled`` are the batches that were crawled; ``code`` is what the next crawls return."""

    def __init__(self, cluster, batch: int) -> None:
        self.sessions = cluster.sessions
        self.now = datetime.now(UTC)
        self.crawled: list[list[str]] = []
        self.code = 0
        self.how: Crawl = self._note
        self.means = Means(
            Settings(database_url=cluster.url, batch=batch, delay=7),
            self.sessions,
            PACE,
            clock=lambda: self.now,
            crawl=self._crawl,
        )

    def use(self, crawl: Crawl) -> None:
        self.how = crawl

    def change(self, **values: Any) -> Means:
        return replace(self.means, **values)

    def workers(self) -> int:
        """How many there are, by their own signs of life."""
        with self.sessions() as session:
            session.execute(_IN_THE_JOBS_SCHEMA)
            return session.scalar(text("SELECT count(*) FROM procrastinate_workers")) or 0

    def know(self, slug: str, url: str) -> None:
        """A visit has met the resort's policy page."""
        with writing(self.sessions) as session:
            resort = session.scalars(select(Resort).filter_by(slug=slug)).one()
            session.add(Source(resort_id=resort.id, url=url, kind=SourceKind.POLICY, failures=0))

    async def _crawl(self, slugs: Sequence[str], leases: SiteLeases, pace: Pace) -> int:
        return await self.how(slugs, leases, pace)

    async def _note(self, slugs: Sequence[str], *_: object) -> int:
        self.crawled.append(sorted(slugs))
        return self.code

    def visited(self, slugs: list[str]) -> None:
        """As a crawl leaves it: nothing of these resorts is due any more."""
        with writing(self.sessions) as session:
            ids = select(Resort.id).where(Resort.slug.in_(slugs))
            session.execute(
                update(Source)
                .where(Source.resort_id.in_(ids))
                .values(next_due=self.now + timedelta(days=1), last_checked=self.now)
            )

    def run(self, act: Callable[[App], Awaitable[object]]) -> Any:
        async def acting() -> object:
            async with make_app(
                connector(self.means.settings.sqlalchemy_url, 5), self.means
            ).open_async() as app:
                app.periodic_registry.periodic_tasks.clear()
                return await act(app)

        return asyncio.run(acting())

    def defer(self) -> None:
        self.run(lambda app: defer_due(app, self.means))

    def work(self) -> None:
        """All crawls that may start now."""
        self.run(
            lambda app: app.run_worker_async(
                queues=[CRAWLS], wait=False, install_signal_handlers=False, delete_jobs="successful"
            )
        )

    def jobs(self, queue: str = CRAWLS) -> list[Any]:
        """The jobs that there are, oldest first; those that wait, with the seconds that they do."""
        with self.sessions() as session:
            query = text(
                "SELECT id, task_name, status::text, args, attempts, "
                "round(extract(epoch FROM scheduled_at - now())) AS wait "
                "FROM procrastinate_jobs WHERE queue_name = :queue ORDER BY id"
            )
            session.execute(_IN_THE_JOBS_SCHEMA)
            return list(session.execute(query, {"queue": queue}))

    def slugs(self) -> list[list[str]]:
        return [job.args["slugs"] for job in self.jobs()]

    def lease(self, name: str) -> float:
        """How long a lease lasts still, in seconds."""
        with self.sessions() as session:
            return (session.get_one(Lease, name).expires_at - self.now).total_seconds()

    def execute(self, statement: str, **values: object) -> None:
        with writing(self.sessions) as session:
            session.execute(_IN_THE_JOBS_SCHEMA)
            session.execute(text(statement), values)

    def clear(self) -> None:
        """All is due again, and nobody is at work."""
        with writing(self.sessions) as session:
            session.execute(delete(Lease))
            session.execute(delete(Source).where(Source.kind == SourceKind.POLICY))
            session.execute(update(Source).values(next_due=None, last_checked=None))
        self.execute("DELETE FROM procrastinate_jobs")
        self.execute("DELETE FROM procrastinate_workers")
