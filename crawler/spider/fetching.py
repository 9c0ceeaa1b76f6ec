"""One fetch: redirects followed within bounds, and every way it can end given its name."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import HtmlResponse, Response
from scrapy.utils.response import get_meta_refresh
from twisted.internet.error import ConnectError, ConnectionClosed

from crawler.addresses import UnsafeAddress, refuse
from crawler.bounds import BrokenEncoding, UntrustedTLS
from crawler.politeness import retry_at
from crawler.robots import ForbiddenByRobots, RobotsUnreachable
from crawler.spider.fetched import Fetch
from uphill.outcomes import Outcome
from uphill.printable import printable
from uphill.recording.visit import KnownPage

MAX_REDIRECTS = 5
_MAX_REFRESH_SECONDS = 10
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WALLS = frozenset({401, 403, 405, 406, 429, 503})
_LONGEST_WALL = 200_000
_LONGEST_HEADER = 500
_READABLE = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", "application/x-pdf")
_UNTOLD = ("", "application/octet-stream", "binary/octet-stream")

# Order matters: the first that fits names the outcome.
_FAILURES: tuple[tuple[type[Exception], Outcome], ...] = (
    (UnsafeAddress, Outcome.UNSAFE),
    (UntrustedTLS, Outcome.CONNECTION),
    (ForbiddenByRobots, Outcome.ROBOTS),
    (BrokenEncoding, Outcome.UNREADABLE),
    (IgnoreRequest, Outcome.TOO_LARGE),  # what is left of it: a page that unpacks to more than the limit
    (DownloadCancelledError, Outcome.TOO_LARGE),
    (DownloadTimeoutError, Outcome.TIMEOUT),
    (CannotResolveHostError, Outcome.DNS),
    (DownloadConnectionRefusedError, Outcome.CONNECTION),
    (DownloadFailedError, Outcome.CONNECTION),
    (ResponseDataLossError, Outcome.CONNECTION),
    (ConnectError, Outcome.CONNECTION),
    (ConnectionClosed, Outcome.CONNECTION),
    (TunnelError, Outcome.CONNECTION),
    (OSError, Outcome.CONNECTION),
    (UnsupportedURLSchemeError, Outcome.UNREADABLE),
    (NotSupported, Outcome.UNREADABLE),
    (ValueError, Outcome.UNREADABLE),  # what is no URL
)
FAILURE_TYPES: tuple[type[Exception], ...] = (RobotsUnreachable, *(kind for kind, _ in _FAILURES))
_REASONS = {
    Outcome.ROBOTS: "robots.txt forbids",
    Outcome.TOO_LARGE: "larger than the limit:",
    Outcome.TIMEOUT: "no answer in time from",
    Outcome.DNS: "name not found:",
    Outcome.CONNECTION: "no connection to",
    Outcome.UNREADABLE: "can't be fetched:",
    Outcome.UNSAFE: "not asked for:",
}
_NO_TLS = "no trusted TLS connection (a certificate that can't be verified, or none) to"

logger = logging.getLogger(__name__)

Download = Callable[[Request], Awaitable[Response]]
MayFollow = Callable[[str], bool]


class Fetcher:
    """Fetches through Scrapy's downloader with all its manners and guards. ``now`` gives aware times."""

    def __init__(
        self,
        download: Download,
        now: Callable[[], datetime],
        *,
        allow_loopback: bool = False,
        browser: Mapping[str, Any] | None = None,
    ) -> None:
        self._download = download
        self._now = now
        self._allow_loopback = allow_loopback
        self._browser = browser

    @property
    def has_browser(self) -> bool:
        return self._browser is not None

    async def render(self, url: str) -> Fetch:
        """Fetch a page through the browser; where it leads elsewhere by script, as the page that asked."""
        try:
            response = await self._download(Request(url, meta=dict(self._browser or {}), dont_filter=True))
        except FAILURE_TYPES as error:
            return self._failed(url, url, error)
        return replace(self._answered(url, response), url=url, rendered=True)

    async def fetch(self, url: str, may_follow: MayFollow, known: KnownPage | None = None) -> Fetch:
        """Fetch a page, only if it changed since it was ``known``; never raises for what a site does.

        ``may_follow`` decides on each URL that a redirect leads to.
        """
        at = url
        for _ in range(MAX_REDIRECTS + 1):
            try:
                response = await self._download(_request(at, known))
                onward = _redirect(response)
            except FAILURE_TYPES as error:
                return self._failed(url, at, error)
            if onward is None:
                return self._answered(url, response)
            if (why := refuse(onward, allow_loopback=self._allow_loopback)) is not None:
                detail = f"{at} redirects to {onward}, which is not followed: {why}"
                return self._refused(url, at, response, Outcome.UNSAFE, detail)
            if not may_follow(onward):
                detail = f"{at} redirects away from the site, to {onward}"
                return self._refused(url, at, response, Outcome.REDIRECT, detail)
            at = onward
        detail = f"more than {MAX_REDIRECTS} redirects from {url}"
        return self._refused(url, at, response, Outcome.REDIRECT, detail)

    def _failed(self, url: str, at: str, error: Exception) -> Fetch:
        if isinstance(error, RobotsUnreachable):
            return self._without_robots(url, at, error)
        outcome = next((outcome for kind, outcome in _FAILURES if isinstance(error, kind)), None)
        if outcome is None:  # robots.txt failed in a way that no page has yet
            logger.warning("%s can't be fetched: %r", at, error)
            outcome = Outcome.UNREADABLE
        logger.debug("%s: %s: %r", at, outcome, error)
        detail = f"{_NO_TLS if isinstance(error, UntrustedTLS) else _REASONS[outcome]} {at}"
        if isinstance(error, UnsafeAddress):
            detail = f"{detail}, as {error}"
        return Fetch(url, at, self._now(), outcome, printable(detail))

    def _without_robots(self, url: str, at: str, error: RobotsUnreachable) -> Fetch:
        """The site's rules can't be had, and so neither can the page: for the same reason, at the same time."""
        if isinstance(error.cause, Response):
            failed = self._answered(url, error.cause)
        else:
            failed = self._failed(url, error.url, error.cause)
        detail = f"{failed.detail}; without its rules nothing is asked of the site"
        return replace(failed, url=at, detail=detail, body=b"")

    def _refused(self, url: str, at: str, response: Response, outcome: Outcome, detail: str) -> Fetch:
        return Fetch(url, at, self._now(), outcome, printable(detail), response.status)

    def _answered(self, url: str, response: Response) -> Fetch:
        failure, detail = _judge(response)
        now = self._now()
        return Fetch(
            requested_url=url,
            url=response.url,
            fetched_at=now,
            retry_at=retry_at(response, now),
            failure=failure,
            detail=detail,
            http_status=response.status,
            content_type=_header(response, "Content-Type"),
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
            body=b"" if failure not in {None, Outcome.NOT_HTML} else response.body,
        )


def _request(url: str, known: KnownPage | None) -> Request:
    headers = {}
    if known is not None and known.etag:
        headers["If-None-Match"] = known.etag
    if known is not None and known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    # Redirects are followed here, so that no page is fetched from a site that it may not be.
    return Request(url, headers=headers, meta={"dont_redirect": True}, dont_filter=True)


def _redirect(response: Response) -> str | None:
    if response.status in _REDIRECTS and (location := response.headers.get("Location")):
        return urljoin(response.url, location.decode("utf-8", "replace"))
    if isinstance(response, HtmlResponse) and response.status == 200:
        seconds, url = get_meta_refresh(response)
        if seconds is not None and url and seconds <= _MAX_REFRESH_SECONDS and url != response.url:
            return url
    return None


def _judge(response: Response) -> tuple[Outcome | None, str]:
    if response.status == 304:
        return Outcome.UNCHANGED, ""
    if not 200 <= response.status < 300:
        if _is_wall(response):
            return Outcome.BLOCKED, f"a captcha or a refusal (HTTP {response.status}) at {response.url}"
        return Outcome.HTTP_STATUS, f"HTTP {response.status} at {response.url}"
    if not response.body.strip():
        return Outcome.EMPTY, f"nothing at {response.url}"
    kind = (_header(response, "Content-Type") or "").partition(";")[0].strip().lower()
    if kind in _READABLE or (kind in _UNTOLD and _looks_readable(response.body)):
        return None, ""
    return Outcome.NOT_HTML, f"{kind or 'unknown content'} at {response.url}"


def _is_wall(response: Response) -> bool:
    """Whether an error is a page that keeps programs out, rather than one that says what is wrong."""
    if b"challenge" in (response.headers.get("cf-mitigated") or b""):
        return True
    if response.status not in _WALLS or not isinstance(response, HtmlResponse):
        return False
    # A crawl that reads no page needs no rules to read by, which take a while to load.
    from crawler.extract import parse_page  # noqa: PLC0415
    from crawler.imposters import imposter  # noqa: PLC0415

    page = parse_page(response.body[:_LONGEST_WALL], content_type=_header(response, "Content-Type"))
    return imposter(page, response.body) is Outcome.BLOCKED


def _looks_readable(body: bytes) -> bool:
    start = body[:1024].lstrip()
    return start.startswith((b"%PDF-", b"<")) or b"\0" not in start


def _header(response: Response, name: str) -> str | None:
    """A header that is kept; one that is too long to be meant is as none."""
    value = response.headers.get(name)
    return printable(value.decode("latin-1")) if value and len(value) <= _LONGEST_HEADER else None
