"""Scrapy's download handler with a browser beside it; apart from the rest, since the extra may be missing."""

import logging
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Route
from playwright.async_api import TimeoutError as PlaywrightTimeoutError
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.bounds import BoundedHandler
from crawler.spider.fetching import FAILURE_TYPES

MOST_REQUESTS = 60
"""Of one page; what it asks for after that it does not get."""
SETTLED_SECONDS = 30
_WANTED = frozenset({"document", "script", "xhr", "fetch"})
_ANOTHERS = frozenset({b"content-encoding", b"content-length", b"transfer-encoding", b"set-cookie"})
"""Headers that told of the answer as it came over the wire, or that are not kept."""

logger = logging.getLogger(__name__)


class BrowserHandler(ScrapyPlaywrightDownloadHandler, BoundedHandler):  # type: ignore[misc]
    """Requests that are the browser's go to it, all others to the bounded handler, next in the order of bases."""

    async def download_request(self, request: Request) -> Response:
        try:
            response: Response = await super().download_request(request)
        except PlaywrightTimeoutError as error:
            raise DownloadTimeoutError("the page did not come to rest") from error
        except PlaywrightError as error:
            raise DownloadFailedError("the browser could not show the page") from error
        return response


class Supplier:
    """Answers what one page asks for, through the crawl's own downloader."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._asked = 0

    async def answer(self, route: Route) -> None:
        asked = route.request
        self._asked += 1
        try:
            if asked.resource_type not in _WANTED or self._asked > MOST_REQUESTS:
                await route.abort()
                return
            response = await self._fetch(asked.url, asked.method, asked.post_data_buffer)
            await route.fulfill(status=response.status, headers=_headers(response), body=response.body)
        except FAILURE_TYPES as error:
            logger.debug("The browser does not get %s: %r", asked.url, error)
            await route.abort()
        except PlaywrightError as error:
            logger.debug("The browser left before %s came: %s", asked.url, error)

    async def _fetch(self, url: str, method: str, body: bytes | None) -> Response:
        if self._crawler.engine is None:
            raise DownloadFailedError("the crawl is not running")
        return await self._crawler.engine.download_async(
            Request(url, method=method, body=body or b"", dont_filter=True)
        )


async def settle(page: Page) -> None:
    """Until the page asks for nothing more; one that never rests is taken as it is after a while."""
    try:
        await page.wait_for_load_state("networkidle", timeout=SETTLED_SECONDS * 1000)
    except PlaywrightTimeoutError:
        logger.debug("%s did not come to rest", page.url)


def _headers(response: Response) -> dict[str, str]:
    kept: dict[str, str] = {}
    named: Any = response.headers
    for name, values in named.items():
        if name.lower() not in _ANOTHERS:
            kept[name.decode("latin-1")] = b", ".join(values).decode("latin-1")
    return kept
