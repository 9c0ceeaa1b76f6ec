"""The spider: a few workers share the list of resorts; each visit ends once, as one item, or not at all."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider
from scrapy.http import Response

from crawler.browser import browser_meta
from crawler.politeness import CrawlDelay
from crawler.robots import Robots
from crawler.settings import ROBOT_NAME
from crawler.spider.fetching import Fetcher
from crawler.spider.network import NetworkWatch
from crawler.spider.readers import Readers, processes_for
from crawler.spider.recorder import Recorder
from crawler.spider.sitemaps import SitemapReader
from crawler.spider.stopping import Stop
from crawler.spider.visiting import Tools, Visiting
from uphill.outcomes import Outcome
from uphill.recording.record import Recorded
from uphill.recording.visit import FetchedPage, ResortVisit, Target
from uphill.settings import Settings

logger = logging.getLogger(__name__)

NO_NETWORK = (
    "No network: none of the first sites could be reached; every fact is kept, "
    "and each visit is recorded as failed."
)


class Listener(Protocol):
    """Is told how a crawl goes, by two threads: that of the event loop, and that of the recorder."""

    def fetched(self, page: FetchedPage) -> None: ...
    def visited(self, visit: ResortVisit, recorded: Recorded) -> None: ...
    def notice(self, sentence: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be crawled, and where it goes."""

    targets: Sequence[Target]
    settings: Settings
    recorder: Recorder
    listener: Listener
    now: Callable[[], datetime]
    stop: Stop


class ResortSpider(Spider):
    name = ROBOT_NAME

    def __init__(self, job: Job, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.job = job
        self._network = NetworkWatch(allow_loopback=job.settings.allow_loopback)

    async def start(self) -> AsyncIterator[Request]:
        """Visit all targets. When the crawl is stopped, visits that are dropped come again."""
        readers = Readers(processes_for(len(self.job.targets)))
        tools = self._tools(readers)
        waiting = iter(self.job.targets)
        workers = [asyncio.create_task(self._work(waiting, tools)) for _ in range(self.job.settings.sites)]
        stopper = asyncio.create_task(self._stop_early(workers))
        try:
            await asyncio.wait(workers)
        finally:
            for task in (*workers, stopper):
                task.cancel()
            ended = await asyncio.gather(*workers, stopper, return_exceptions=True)
            readers.close()
            if robots := self.crawler.get_downloader_middleware(Robots):
                robots.drop()
        for error in ended:
            if isinstance(error, Exception):
                raise error
        # Left to itself Scrapy would look for the end only every five seconds.
        raise CloseSpider("finished")
        yield  # it has to be a generator, though visits send their requests themselves

    async def _stop_early(self, workers: Sequence[asyncio.Task[None]]) -> None:
        """Once asked to stop: visits under way have a grace, which a second time cuts short."""
        await self.job.stop.begun()
        self.job.recorder.hurry()
        await self.job.stop.over()
        for worker in workers:
            worker.cancel()

    async def _work(self, waiting: Iterator[Target], tools: Tools) -> None:
        for target in waiting:
            if self.job.stop.is_asked:
                return
            visit = await self._visit(target, tools)
            was_missing = self._network.is_missing
            self._network.note(visit)
            if self._network.is_missing and not was_missing:
                self.job.listener.notice(NO_NETWORK)
            await self.job.recorder.put(visit)

    async def _visit(self, target: Target, tools: Tools) -> ResortVisit:
        visiting = Visiting(target, tools)
        try:
            if self._network.is_missing and (failure := await self._network.failure(visiting.first_url)):
                return visiting.not_tried(failure)
            return await visiting.run()
        except Exception:  # a mistake of ours: told in the log, and the other resorts go on
            logger.exception("The visit of %s broke off", target.slug)
            return ResortVisit(
                target.slug,
                visiting.started_at,
                tools.now(),
                Outcome.UNREADABLE,
                tuple(visiting.pages),
                "the visit broke off by a mistake of the crawler",
            )

    def _tools(self, readers: Readers) -> Tools:
        job = self.job
        manners = self.crawler.get_downloader_middleware(CrawlDelay)
        fetcher = Fetcher(
            self._download,
            job.now,
            allow_loopback=job.settings.allow_loopback,
            browser=browser_meta(self.crawler) if job.settings.browser else None,
        )
        return Tools(
            fetcher=fetcher,
            readers=readers,
            sitemaps=SitemapReader(fetcher, lambda site: manners.sitemaps.get(site, ()) if manners else ()),
            now=job.now,
            max_pages=job.settings.max_pages,
            fetched=job.listener.fetched,
        )

    async def _download(self, request: Request) -> Response:
        if self.crawler.engine is None:
            raise RuntimeError("the crawl is not running")
        return await self.crawler.engine.download_async(request)
