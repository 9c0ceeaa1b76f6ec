"""Manners towards sites that Scrapy lacks: one queue a site, Crawl-delay and Retry-After."""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Self

from scrapy import Request
from scrapy.core.downloader import Downloader
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from scrapy.signals import response_downloaded, robots_parsed

from crawler.discovery.sites import site_of

MAX_CRAWL_DELAY = 30.0
"""Seconds; a site that asks for more gets this. Twelve pages then take six minutes."""
MAX_RETRY_AFTER = 60.0
"""Seconds; who asks for a longer wait is left alone until the next visit."""
LONGEST_WAIT = timedelta(days=30)
"""A site that asks to be left alone for longer is asked again then."""
_BROWSER = "browser"
_BUSY = frozenset({429, 503})


class SiteDownloader(Downloader):
    """Queues requests by site rather than by host: ``www.`` and ``shop.`` are the same people's machines.

    robots.txt waits in the same queue, and a redirect to another site moves to that site's. The delay counts from
    the answer to the request before: counted from its queue, as Scrapy has it, a busy machine might send two
    requests at once that were told apart.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        crawler.signals.connect(self._rest, signal=response_downloaded)

    def _rest(self, request: Request) -> None:
        if (slot := self.slots.get(self.get_slot_key(request))) is not None:
            slot.lastseen = monotonic()

    def get_slot_key(self, request: Request) -> str:
        # The browser waits for requests to the same site, which must not wait for it.
        return _BROWSER if request.meta.get("playwright") else site_of(request.url)


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
        if asked is None or math.isnan(asked) or asked <= self.least:
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
    """Lets a busy site say when to come again; a long wait ends the tries. ``now`` gives aware times."""

    def __init__(self, crawler: Crawler, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.crawler = crawler
        self._now = now

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        now = self._now()
        again = retry_at(response, now)
        if again is None:
            return response
        wait = (again - now).total_seconds()
        slot = self.crawler.engine.downloader.slots.get(site_of(request.url))
        if wait > MAX_RETRY_AFTER:
            request.meta["dont_retry"] = True
        elif slot is not None:
            slot.delay = max(slot.delay, wait)
        return response


def retry_at(response: Response, now: datetime) -> datetime | None:
    """When a busy site asks to be asked again, in seconds or as a date; at most ``LONGEST_WAIT`` from ``now``.

    ``None`` where the site is not busy, or says nothing that can be read. ``now`` is when the answer came.
    """
    header = response.headers.get("Retry-After")
    if response.status not in _BUSY or header is None:
        return None
    told = header.decode("latin-1").strip()
    if told.isascii() and told.isdigit():
        # Ten digits are three centuries; more of them are no number that a clock could take.
        return now + min(timedelta(seconds=int(told[:10])), LONGEST_WAIT)
    date = _date(told)
    if date is None:
        return None
    # By the site's own clock, where it tells it.
    sent = _date((response.headers.get("Date") or b"").decode("latin-1")) or now
    return now + min(max(date - sent, timedelta()), LONGEST_WAIT)


def _date(told: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(told)
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
