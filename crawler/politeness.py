"""Manners towards sites that Scrapy lacks: one queue a site, Crawl-delay, Retry-After, and robots told apart."""

from typing import Self

from scrapy import Request
from scrapy.core.downloader import Downloader
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from scrapy.signals import robots_parsed

from crawler.discovery.sites import site_of

MAX_CRAWL_DELAY = 30.0
"""Seconds; a site that asks for more gets this. Twelve pages then take six minutes."""
MAX_RETRY_AFTER = 60.0
"""Seconds; who asks for a longer wait is left alone until the next visit."""
_BUSY = frozenset({429, 503})


class ForbiddenByRobots(IgnoreRequest):
    """The site's robots.txt forbids the request; told apart from other ignored requests."""


class SiteDownloader(Downloader):
    """Queues requests by site rather than by host: ``www.`` and ``shop.`` are the same people's machines.

    robots.txt waits in the same queue, and a redirect to another site moves to that site's.
    """

    def get_slot_key(self, request: Request) -> str:
        return site_of(request.url)


class Robots(RobotsTxtMiddleware):
    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            raise ForbiddenByRobots("robots.txt forbids it") from error


class CrawlDelay:
    """Gives a site the Crawl-delay of its robots.txt, and remembers the sitemaps named there.

    ``sitemaps`` maps a site to the URLs of its sitemaps.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.robot_name: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self.least: float = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self.delays: dict[str, float] = {}
        self.sitemaps: dict[str, tuple[str, ...]] = {}
        crawler.signals.connect(self.robots_parsed, signal=robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        site = site_of(request.url)
        if isinstance(robotparser, ProtegoRobotParser):
            self.sitemaps[site] = (*self.sitemaps.get(site, ()), *robotparser.rp.sitemaps)
        asked = robotparser.crawl_delay(self.robot_name)
        if asked is None or asked <= self.least:
            return
        self.delays[site] = delay = min(asked, MAX_CRAWL_DELAY)
        downloader = self.crawler.engine.downloader
        downloader.per_slot_settings[site] = {"delay": delay}
        if site in downloader.slots:
            downloader.slots[site].delay = delay

    def process_request(self, request: Request) -> None:
        """AutoThrottle would wear an agreed delay down to the common one."""
        if site_of(request.url) in self.delays:
            request.meta["autothrottle_dont_adjust_delay"] = True


class RetryAfter:
    """Lets a busy site say when to come again; a long wait ends the tries."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        wait = _seconds(response.headers.get("Retry-After")) if response.status in _BUSY else None
        if wait is None:
            return response
        slot = self.crawler.engine.downloader.slots.get(site_of(request.url))
        if wait > MAX_RETRY_AFTER:
            request.meta["dont_retry"] = True
        elif slot is not None:
            slot.delay = max(slot.delay, wait)
        return response


def _seconds(header: bytes | None) -> float | None:
    """Only the form in seconds; a date is rare and needs a clock that agrees."""
    return float(header) if header is not None and header.strip().isdigit() else None
