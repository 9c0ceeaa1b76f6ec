"""Finished visits into the database: one transaction each, off the event loop, one writer at a time."""

import asyncio
import logging
from typing import Self

from scrapy.crawler import Crawler
from sqlalchemy.exc import SQLAlchemyError

from crawler.spider.resorts import Job, ResortSpider
from uphill.visit import ResortVisit

logger = logging.getLogger(__name__)


class Record:
    """Records each visit, and tells the listener. ``lost`` counts those that the database refused."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.lost = 0
        # SQLite has one writer; waiting here costs less than waiting for its lock.
        self._one_writer = asyncio.Lock()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not isinstance(crawler.spider, ResortSpider):
            raise TypeError("only visits of resorts can be recorded")
        return cls(crawler.spider.job)

    async def process_item(self, item: ResortVisit) -> ResortVisit:
        async with self._one_writer:
            try:
                recorded = await asyncio.to_thread(self.job.record, item)
            except SQLAlchemyError as error:
                self.lost += 1
                reason = str(error).partition("\n")[0]
                self.job.listener.notice(f"The visit of {item.slug} could not be recorded: {reason}")
                return item
        self.job.listener.visited(item, recorded)
        return item
