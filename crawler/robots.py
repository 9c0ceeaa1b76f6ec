"""robots.txt as RFC 9309 has it: who can't be asked for the rules is not asked for anything else.

============================================  =================================================
robots.txt                                    the site's pages
============================================  =================================================
200                                           as its first 500 KiB say
200 with HTML in its place                    allowed: the site answers every address so
redirected more often than is followed        allowed
400 to 499, but 429                           allowed: there is none
429, 500 to 599                               forbidden in this crawl
no answer, none in time, larger than 1 MB,    forbidden in this crawl
led to where it must not be followed
============================================  =================================================
"""

import asyncio
import logging
from dataclasses import dataclass
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from scrapy.signals import robots_parsed
from scrapy.utils.httpobj import urlparse_cached

from crawler.bounds import BrokenEncoding, TooLarge

MAX_PARSED = 500 * 1024
MAX_FETCHED = 1_000_000
_FIRST = 1000
"""Priority of the request: no page of the site can go before it."""
_IS_ROBOTS_TXT = "is_robots_txt"
_TOO_MANY_REQUESTS = 429
_HTML = (b"<!doctype", b"<html", b"<head", b"<body", b"<?xml", b"<!--", b"<script", b"<title")

logger = logging.getLogger(__name__)


class ForbiddenByRobots(IgnoreRequest):
    """The site's robots.txt forbids the request; told apart from other ignored requests."""


class RobotsUnreachable(IgnoreRequest):
    """The rules at ``url`` can't be had, and so nothing may be asked for; ``cause`` is what came instead."""

    def __init__(self, url: str, cause: Response | Exception) -> None:
        super().__init__(f"{url} can't be read")
        self.url = url
        self.cause = cause


@dataclass(frozen=True, slots=True)
class _Rules:
    """``parser`` is None where everything is allowed."""

    parser: RobotParser | None = None
    unreachable: RobotsUnreachable | None = None


class Robots:
    """Asks each host once a crawl for its rules, before its first page, and holds every request to them."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._robot_name: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._asked: dict[tuple[str, str], asyncio.Task[_Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get(_IS_ROBOTS_TXT):
            return
        parts = urlparse_cached(request)
        host = (parts.scheme, parts.netloc)
        if host not in self._asked:
            self._asked[host] = asyncio.create_task(self._ask(f"{parts.scheme}://{parts.netloc}/robots.txt"))
        # Others wait for the same rules, and are not to lose them where this one is cancelled.
        rules = await asyncio.shield(self._asked[host])
        if rules.unreachable is not None:
            raise rules.unreachable
        if rules.parser is not None and not rules.parser.allowed(request.url, self._robot_name):
            raise ForbiddenByRobots("robots.txt forbids it")

    def drop(self) -> None:
        """Stop waiting for rules: whoever asked for them has gone, and the crawl is to end."""
        for asked in self._asked.values():
            asked.cancel()

    async def _ask(self, url: str) -> _Rules:
        meta = {_IS_ROBOTS_TXT: True, "download_maxsize": MAX_FETCHED}
        request = Request(url, priority=_FIRST, meta=meta, callback=NO_CALLBACK, dont_filter=True)
        if self._crawler.engine is None:
            raise RuntimeError("the crawl is not running")
        try:
            response = await self._crawler.engine.download_async(request)
        except (TooLarge, BrokenEncoding) as error:
            return _Rules(unreachable=RobotsUnreachable(url, error))
        except IgnoreRequest as error:  # what is left of it: redirected too often
            logger.debug("%s: %r", url, error)
            return _Rules()
        except Exception as error:  # noqa: BLE001 - whoever asked is told of it, as of any failed fetch
            return _Rules(unreachable=RobotsUnreachable(url, error))
        if response.status >= 500 or response.status == _TOO_MANY_REQUESTS:
            return _Rules(unreachable=RobotsUnreachable(url, response))
        if not 200 <= response.status < 300 or _is_html(response.body):
            return _Rules()
        parser = ProtegoRobotParser.from_crawler(self._crawler, _beginning(response.body))
        await self._crawler.signals.send_catch_log_async(
            signal=robots_parsed, robotparser=parser, request=request
        )
        return _Rules(parser)


def _is_html(body: bytes) -> bool:
    return body[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_HTML)


def _beginning(body: bytes) -> bytes:
    """As much as is read; a rule that is cut in the middle would forbid more than it says."""
    if len(body) <= MAX_PARSED:
        return body
    return body[:MAX_PARSED].rpartition(b"\n")[0]
