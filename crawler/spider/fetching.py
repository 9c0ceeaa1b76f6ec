"""One fetch: redirects followed within bounds, and every way it can end given its name."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from scrapy import Request
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

from crawler.politeness import ForbiddenByRobots
from uphill.outcomes import Outcome
from uphill.visit import FetchedPage, KnownPage
from uphill.vocabulary import SourceKind

MAX_REDIRECTS = 5
_MAX_REFRESH_SECONDS = 10
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_READABLE = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", "application/x-pdf")
_UNTOLD = ("", "application/octet-stream", "binary/octet-stream")

# Order matters: the first that fits names the outcome.
_FAILURES: tuple[tuple[type[Exception], Outcome], ...] = (
    (ForbiddenByRobots, Outcome.ROBOTS),
    (IgnoreRequest, Outcome.TOO_LARGE),  # what is left of it: a page that unpacks to more than the limit
    (DownloadCancelledError, Outcome.TOO_LARGE),
    (DownloadTimeoutError, Outcome.TIMEOUT),
    (CannotResolveHostError, Outcome.DNS),
    (DownloadConnectionRefusedError, Outcome.CONNECTION),
    (DownloadFailedError, Outcome.CONNECTION),
    (ResponseDataLossError, Outcome.CONNECTION),
    (ConnectError, Outcome.CONNECTION),
    (ConnectionClosed, Outcome.CONNECTION),
    (OSError, Outcome.CONNECTION),
    (UnsupportedURLSchemeError, Outcome.UNREADABLE),
    (NotSupported, Outcome.UNREADABLE),
    (ValueError, Outcome.UNREADABLE),  # what is no URL
)
_FAILURE_TYPES = tuple(kind for kind, _ in _FAILURES)
_REASONS = {
    Outcome.ROBOTS: "robots.txt forbids",
    Outcome.TOO_LARGE: "larger than the limit:",
    Outcome.TIMEOUT: "no answer in time from",
    Outcome.DNS: "name not found:",
    Outcome.CONNECTION: "no connection to",
    Outcome.UNREADABLE: "can't be fetched:",
}

logger = logging.getLogger(__name__)

Download = Callable[[Request], Awaitable[Response]]
MayFollow = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Fetch:
    """What came of asking for ``requested_url``: ``failure`` is None where ``body`` is a page to read.

    A body that is no page is there too (sitemaps are such). ``failure`` is ``UNCHANGED`` for a 304: there is
    no body, and nothing is wrong.
    """

    requested_url: str
    url: str
    fetched_at: datetime
    failure: Outcome | None = None
    detail: str = ""
    http_status: int | None = None
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body: bytes = field(default=b"", repr=False)

    def page(self, kind: SourceKind, outcome: Outcome, **more: Any) -> FetchedPage:
        """The fetch as it is handed over; the body goes along only where ``more`` names it."""
        return FetchedPage(
            requested_url=self.requested_url,
            url=self.url,
            kind=kind,
            outcome=outcome,
            fetched_at=self.fetched_at,
            http_status=self.http_status,
            content_type=self.content_type,
            etag=self.etag,
            last_modified=self.last_modified,
            **{"detail": self.detail, **more},
        )


class Fetcher:
    """Fetches through Scrapy's downloader with all its manners. ``now`` gives aware times."""

    def __init__(self, download: Download, now: Callable[[], datetime]) -> None:
        self._download = download
        self._now = now

    async def fetch(self, url: str, may_follow: MayFollow, known: KnownPage | None = None) -> Fetch:
        """Fetch a page, only if it changed since it was ``known``; never raises for what a site does.

        ``may_follow`` decides on each URL that a redirect leads to.
        """
        at = url
        for _ in range(MAX_REDIRECTS + 1):
            try:
                response = await self._download(_request(at, known))
                onward = _redirect(response)
            except _FAILURE_TYPES as error:
                return self._failed(url, at, error)
            if onward is None:
                return self._answered(url, response)
            # A site that redirects to file:///… must not be shown our own disk.
            if not onward.lower().startswith(("http://", "https://")) or not may_follow(onward):
                return self._refused(url, at, response, f"{at} redirects away from the site, to {onward}")
            at = onward
        return self._refused(url, at, response, f"more than {MAX_REDIRECTS} redirects from {url}")

    def _failed(self, url: str, at: str, error: Exception) -> Fetch:
        outcome = next(outcome for kind, outcome in _FAILURES if isinstance(error, kind))
        logger.debug("%s: %s: %r", at, outcome, error)
        return Fetch(url, at, self._now(), outcome, f"{_REASONS[outcome]} {at}")

    def _refused(self, url: str, at: str, response: Response, detail: str) -> Fetch:
        return Fetch(url, at, self._now(), Outcome.REDIRECT, detail, response.status)

    def _answered(self, url: str, response: Response) -> Fetch:
        failure, detail = _judge(response)
        return Fetch(
            requested_url=url,
            url=response.url,
            fetched_at=self._now(),
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
    if response.status in _REDIRECTS and (location := _header(response, "Location")):
        return urljoin(response.url, location)
    if isinstance(response, HtmlResponse) and response.status == 200:
        seconds, url = get_meta_refresh(response)
        if seconds is not None and url and seconds <= _MAX_REFRESH_SECONDS and url != response.url:
            return url
    return None


def _judge(response: Response) -> tuple[Outcome | None, str]:
    if response.status == 304:
        return Outcome.UNCHANGED, ""
    if not 200 <= response.status < 300:
        return Outcome.HTTP_STATUS, f"HTTP {response.status} at {response.url}"
    if not response.body.strip():
        return Outcome.EMPTY, f"nothing at {response.url}"
    kind = (_header(response, "Content-Type") or "").partition(";")[0].strip().lower()
    if kind in _READABLE or (kind in _UNTOLD and _looks_readable(response.body)):
        return None, ""
    return Outcome.NOT_HTML, f"{kind or 'unknown content'} at {response.url}"


def _looks_readable(body: bytes) -> bool:
    start = body[:1024].lstrip()
    return start.startswith((b"%PDF-", b"<")) or b"\0" not in start


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
