"""What one answer may cost: bytes on the wire, bytes of headers, layers of compression."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from OpenSSL import SSL
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from service_identity import VerificationError
from twisted.internet.error import ConnectionAborted
from twisted.python.failure import Failure

MAX_HEADER_BYTES = 256_000
"""Of one answer with the provisional ones before it, as browsers have it."""
MAX_FRAMING_BYTES = 1_000_000
"""What chunks may add to a body."""
MAX_ENCODINGS = 2
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_PROVISIONAL = re.compile(rb"HTTP/\d\.\d 1\d\d")


class TooLarge(IgnoreRequest):
    """The answer costs more than it may; the message says in what."""


class BrokenEncoding(IgnoreRequest):
    """The answer can't be unpacked."""


class UntrustedTLS(Exception):
    """No TLS connection comes about, or its certificate proves nothing."""


class BoundedHandler(HTTP11DownloadHandler):
    """Scrapy's handler with bounds that neither it nor Twisted has: they keep headers without end.

    Time is bounded by ``DOWNLOAD_TIMEOUT``, which counts from the connection to the last byte of the body.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        most = crawler.settings.getint("DOWNLOAD_MAXSIZE") + MAX_HEADER_BYTES + MAX_FRAMING_BYTES
        # Scrapy sets the pool's factory in this way, and offers no other.
        self._pool._factory = _bounded(self._pool._factory, most)  # noqa: SLF001

    async def download_request(self, request: Request) -> Response:
        try:
            return await super().download_request(request)
        except Exception as error:
            causes = tuple(_causes(error))
            if any(isinstance(cause, ConnectionAborted) for cause in causes):  # by the meter; sites reset
                raise TooLarge("more headers or framing than is read") from error
            if any(isinstance(cause, (SSL.Error, VerificationError)) for cause in causes):
                raise UntrustedTLS("no trusted TLS connection") from error
            raise


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came from; Twisted keeps its causes in ``reasons``."""
    while error is not None:
        yield error
        for reason in getattr(error, "reasons", ()):
            if isinstance(reason, Failure):
                yield from _causes(reason.value)
        error = error.__cause__


def _bounded(factory: Any, most: int) -> Any:
    class BoundedFactory(factory):  # type: ignore[misc]
        def buildProtocol(self, addr: Any) -> Any:  # noqa: N802 - Twisted's name
            protocol = super().buildProtocol(addr)
            _Meter(protocol, most)
            return protocol

    return BoundedFactory


class _Meter:
    """Counts what comes for each request on a connection, and ends it with the first byte too many."""

    def __init__(self, protocol: Any, most: int) -> None:
        self._protocol = protocol
        self._most = most
        self._received = 0
        self._in_headers = True
        self._head = b""
        self._request: Callable[[Any], Any] = protocol.request
        self._data_received: Callable[[bytes], None] = protocol.dataReceived
        protocol.request = self._begin
        protocol.dataReceived = self._count

    def _begin(self, request: Any) -> Any:
        self._received, self._in_headers, self._head = 0, True, b""
        return self._request(request)

    def _count(self, data: bytes) -> None:
        self._received += len(data)
        if self._in_headers:
            self._head += data
            while self._in_headers and (end := _END_OF_HEADERS.search(self._head)):
                # After a provisional answer the headers of another follow, as often as the site likes.
                self._in_headers = _PROVISIONAL.match(self._head) is not None
                self._head = self._head[end.end() :]
        limit = MAX_HEADER_BYTES if self._in_headers else self._most
        if self._received > limit:
            self._protocol.transport.abortConnection()
            return
        self._data_received(data)


class BoundedCompression(HttpCompressionMiddleware):
    """Scrapy's, which ends at ``DOWNLOAD_MAXSIZE``; here layers are counted too, and failures have a name."""

    # Scrapy's own has a further argument, which it advises against.
    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        encodings = b",".join(response.headers.getlist("Content-Encoding")).split(b",")
        if len(encodings) > MAX_ENCODINGS:
            raise TooLarge(f"packed {len(encodings)} times over")
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            raise TooLarge("unpacked, it exceeds the limit") from error
        except Exception as error:  # each library of theirs has errors of its own; the bytes are at fault
            raise BrokenEncoding("it can't be unpacked") from error
