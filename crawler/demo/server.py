"""Serves a web of sites on loopback, each as an origin of its own, as real sites are.

A crawler keeps to one site by its host, obeys robots.txt by origin and waits between requests by host, so
each site has an address of its own in 127.0.0.0/8. Where only 127.0.0.1 can be bound (macOS), each has a
port of its own there.

    with DemoWeb() as web:
        for site in web.sites: ...           # the invented resorts: website, what to expect
        web.requests.of("larkspur-bowl")     # who asked for what, with which headers, when

    with DemoWeb.of([Site("elsewhere", {"/": Document(b"<h1>Hello</h1>")})]) as web:
        web.url("elsewhere", "/")
"""

import contextlib
import selectors
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any, Self, cast

from crawler.demo.answers import Answer, answer
from crawler.demo.requestlog import LoggedRequest, RequestLog
from crawler.demo.resorts import DemoSite, DemoWebFile
from crawler.demo.sites import Document, Site

__all__ = ["DemoSite", "DemoWeb", "Document", "Site"]

_HOSTS_A_NET = 250
_Connection = socket.socket | tuple[bytes, socket.socket]


class DemoWeb:
    """The invented web, or with :meth:`of` another one; served while the ``with`` block runs.

    ``port`` 0 is a free one for each site; any other is every site's port (or the first site's, and the
    next sites' the ports after it, where all share one address). Entering raises ``OSError`` where it is
    taken. ``sites`` are the invented resorts, none in a web made by ``of``.
    """

    def __init__(self, served: Sequence[Site] | None = None, *, port: int = 0) -> None:
        self._file = DemoWebFile.read() if served is None else None
        self._served = self._file.sites() if self._file else tuple(served or ())
        if len({site.slug for site in self._served}) < len(self._served):
            raise ValueError("two sites of a web have the same slug")
        self._port = port
        self._stopping = threading.Event()
        self._servers: dict[str, _SiteServer] = {}
        self.sites: tuple[DemoSite, ...] = ()
        self.origins: dict[str, str] = {}
        self.requests = RequestLog()

    @classmethod
    def of(cls, sites: Iterable[Site], *, port: int = 0) -> Self:
        """A web of other sites; ``{{ SLUG }}`` in their templates may name any of them."""
        return cls(tuple(sites), port=port)

    def url(self, slug: str, path: str = "/") -> str:
        """Where ``path`` of a site is served; ``KeyError`` for a site that there is not."""
        return self.origins[slug] + path

    def site(self, slug: str) -> Site:
        """The site as it is now served."""
        return self._servers[slug].site

    def replace(self, site: Site) -> None:
        """Serve ``site`` from now on in place of the one of the same slug, at the same origin.

        How a test changes a policy, or lets a site fail, between two crawls.
        """
        self._servers[site.slug].site = site

    def __enter__(self) -> Self:
        self._stopping.clear()
        own_addresses = _can_bind("127.0.1.1")
        try:
            for number, site in enumerate(self._served):
                host = _address(number) if own_addresses else "127.0.0.1"
                port = self._port if own_addresses or not self._port else self._port + number
                server = _SiteServer((host, port), site, self)
                self._servers[site.slug] = server
                self.origins[site.slug] = f"http://{host}:{server.server_address[1]}"
        except OSError:
            self._close()
            raise
        if self._file is not None:
            self.sites = self._file.demo_sites(self.origins)
        self._wake, woken = socket.socketpair()
        self._thread = threading.Thread(target=self._accept, args=(woken,), name="demo-web", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._wake.close()
        self._thread.join()
        self._close()

    def _accept(self, woken: socket.socket) -> None:
        """One thread waits for all sites' listeners; each connection gets a thread of its own."""
        with woken, selectors.DefaultSelector() as selector:
            selector.register(woken, selectors.EVENT_READ)
            for server in self._servers.values():
                selector.register(server, selectors.EVENT_READ, server)
            while not self._stopping.is_set():
                for key, _ in selector.select():
                    if isinstance(key.data, _SiteServer):
                        key.data.handle_request()

    def _close(self) -> None:
        for server in self._servers.values():
            server.hang_up()
            server.server_close()
        self._servers.clear()

    def pause(self, seconds: float) -> None:
        """A site's delay, cut short when the web stops."""
        if seconds:
            self._stopping.wait(seconds)


class _SiteServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    request_queue_size = 32
    # handle_request() is called when a connection is known to be waiting.
    timeout = 0

    def __init__(self, address: tuple[str, int], site: Site, web: DemoWeb) -> None:
        self.site = site
        self.web = web
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(address, _Handler)

    @property
    def origin(self) -> str:
        host, port = self.server_address[:2]
        return f"{host!s}:{port}"

    def process_request(self, request: _Connection, client_address: Any) -> None:
        with self._lock:
            self._open.add(cast("socket.socket", request))
        super().process_request(request, client_address)

    def close_request(self, request: _Connection) -> None:
        with self._lock:
            self._open.discard(cast("socket.socket", request))
        super().close_request(request)

    def handle_error(self, request: _Connection, client_address: Any) -> None:
        """A client that hangs up first is no error of the web's."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        """End the connections that clients keep open, so that their threads end and can be joined."""
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):  # the client was faster
                    connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    server: _SiteServer
    protocol_version = "HTTP/1.1"
    server_version = "DemoWeb"
    sys_version = ""
    timeout = 30  # seconds that a connection may lie idle

    def do_GET(self) -> None:
        arrived = time.monotonic()
        web, site = self.server.web, self.server.site
        headers = {name.lower(): value for name, value in self.headers.items()}
        given = answer(site, self.path, headers, web.origins)
        # Logged before it is sent: who has the answer can read the log.
        web.requests.add(
            LoggedRequest(
                slug=site.slug,
                host=self.server.origin,
                method=self.command,
                path=self.path,
                headers=headers,
                status=given.status,
                time=arrived,
                unforeseen=given.unforeseen,
            )
        )
        web.pause(site.delay)
        self._send(given)

    do_HEAD = do_GET  # noqa: N815 - the base class's manner of naming

    def _send(self, given: Answer) -> None:
        self.send_response(given.status)
        for name, value in given.headers.items():
            self.send_header(name, value)
        if given.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(given.body)))
        self.end_headers()
        if self.command != "HEAD" and given.status != HTTPStatus.NOT_MODIFIED:
            self.wfile.write(given.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Nothing on stderr: requests are in the web's log."""


def _address(number: int) -> str:
    """127.0.1.1 for the first site, and on from there."""
    net, host = divmod(number, _HOSTS_A_NET)
    return f"127.0.{1 + net}.{1 + host}"


def _can_bind(host: str) -> bool:
    try:
        socket.create_server((host, 0)).close()
    except OSError:
        return False
    return True
