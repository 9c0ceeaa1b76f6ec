"""Finished visits into the database: one transaction each, off the event loop, one writer at a time."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Self

from scrapy.crawler import Crawler
from sqlalchemy.exc import SQLAlchemyError

from crawler.spider.resorts import Job, ResortSpider
from uphill.visit import ResortVisit

logger = logging.getLogger(__name__)


class Record:
    """Records each visit, and tells the listener."""

    def __init__(self, job: Job) -> None:
        self.job = job
        # SQLite has one writer: waiting here costs less than waiting for its lock. A thread of its own, as
        # the common ones may all be waiting for slow name servers.
        self._writer = ThreadPoolExecutor(1, "record")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, ResortSpider):
            raise TypeError("only visits of resorts can be recorded")
        return cls(crawler.spider.job)

    async def process_item(self, item: ResortVisit) -> ResortVisit:
        loop = asyncio.get_running_loop()
        try:
            recorded = await loop.run_in_executor(self._writer, self.job.record, item)
        except SQLAlchemyError as error:
            reason = str(error).partition("\n")[0]
            self.job.listener.notice(f"The visit of {item.slug} could not be recorded: {reason}")
            return item
        self.job.listener.visited(item, recorded)
        return item

    def close_spider(self) -> None:
        self._writer.shutdown()
