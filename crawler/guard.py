"""Holds every connection of a crawl to what ``crawler.addresses`` permits.

The check stands at the last door before the network, the reactor's ``connectTCP``: there names have been
resolved, and the very address that is checked is the one that is connected to, so that a name which answers
differently the second time gains nothing. Whichever download handler asks, for a page, a redirect, robots.txt
or a sitemap, passes it.

Behind a proxy it is the proxy that resolves names and connects. Then URLs alone can be checked here, and the
proxy's own rules have to keep it off private networks.
"""

import logging
import socket
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from scrapy.settings import BaseSettings
from twisted.internet.abstract import isIPAddress
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred, succeed

from crawler.addresses import UnsafeAddress, permitted, refuse

ALLOW_LOOPBACK = "UPHILL_ALLOW_LOOPBACK"
"""Scrapy's name of the operator's setting."""

logger = logging.getLogger(__name__)


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver; it is what Scrapy installs on the reactor, and so puts the guard there too."""

    allow_loopback = False
    proxies: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        made = super().from_crawler(crawler, reactor)
        made.allow_loopback = crawler.settings.getbool(ALLOW_LOOPBACK)
        made.proxies = _proxies(crawler.settings)
        return made

    def install_on_reactor(self) -> None:
        super().install_on_reactor()
        guard_connections(self.reactor, self._may_connect)

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802
        # An address needs no name server, nor one of the few threads that wait for them.
        return succeed(name) if isIPAddress(name) else super().getHostByName(name, timeout)

    def _may_connect(self, address: str, port: int) -> bool:
        return (address, port) in self.proxies or permitted(address, port, allow_loopback=self.allow_loopback)


def guard_connections(reactor: Any, may_connect: Callable[[str, int], bool]) -> None:
    """From now on the reactor connects only to numeric addresses and ports that ``may_connect`` accepts."""
    connect = reactor.connectTCP

    def connect_guarded(host: str, port: int, *more: Any, **named: Any) -> Any:
        if not may_connect(host, port):
            raise UnsafeAddress(f"it leads to {host}, port {port}, which is no public site's")
        return connect(host, port, *more, **named)

    reactor.connectTCP = connect_guarded


class GuardedRequests:
    """The first of the downloader's middlewares: no URL gets past it that must not be asked for."""

    def __init__(self, *, allow_loopback: bool) -> None:
        self._allow_loopback = allow_loopback

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(allow_loopback=crawler.settings.getbool(ALLOW_LOOPBACK))

    def process_request(self, request: Request) -> None:
        if (why := refuse(request.url, allow_loopback=self._allow_loopback)) is not None:
            raise UnsafeAddress(why)


def _proxies(settings: BaseSettings) -> frozenset[tuple[str, int]]:
    """Addresses and ports of the environment's proxies, which the operator has chosen and may be anywhere."""
    if not settings.getbool("HTTPPROXY_ENABLED"):
        return frozenset()
    urls = {url for scheme, url in getproxies().items() if scheme in {"http", "https", "all"}}
    return frozenset(_endpoints(urls))


def _endpoints(urls: Iterable[str]) -> Iterable[tuple[str, int]]:
    for url in urls:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        # Twisted connects to a proxy by its name where it opens a tunnel, by its address elsewhere.
        yield parts.hostname or "", port
        try:
            found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        except OSError as error:
            logger.warning("The proxy %s is not found: %s", parts.hostname, error)
            continue
        yield from ((str(address[0]), port) for *_, address in found)
