"""Sites on loopback that misbehave below HTTP: each a listener of its own, answered by a function a path."""

import contextlib
import socket
import socketserver
import ssl
import struct
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

CLOSE = "close"


@dataclass
class Exchange:
    """One request, and the connection to answer it on. ``origin`` is the site's own, without a slash."""

    connection: socket.socket
    path: str
    headers: str
    origin: str
    stopping: threading.Event

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def reply(self, body: bytes, status: str = "200 OK", kind: str = "text/html", **headers: str) -> None:
        named = {"Content-Type": kind, "Content-Length": str(len(body))}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
        self.send(f"HTTP/1.1 {status}\r\n{lines}Connection: close\r\n\r\n".encode("latin-1") + body)

    def endless(self, data: bytes, pause: float = 0.0) -> None:
        """The same bytes until the other side has had enough, or the web stops."""
        while not self.stopping.wait(pause):
            self.send(data)

    def reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


Answer = Callable[[Exchange], None]


@dataclass
class HostileSite:
    """``answers`` by path; ``"*"`` stands for every other. Whoever connects to a site with a ``greeting`` gets no
    more than that.
    """

    slug: str
    answers: Mapping[str, Answer]
    tls: ssl.SSLContext | None = None
    greeting: bytes = b""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Path and headers of each request."""


class HostileWeb:
    """Each site has a port of 127.0.0.1, ``ports[slug]``, while the ``with`` block runs."""

    def __init__(self, sites: Iterable[HostileSite]) -> None:
        self.sites = {site.slug: site for site in sites}
        self.stopping = threading.Event()
        self.ports: dict[str, int] = {}
        self._servers: list[_Server] = []

    def __enter__(self) -> Self:
        for site in self.sites.values():
            server = _Server(site, self)
            self.ports[site.slug] = server.server_address[1]
            self._servers.append(server)
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        for server in self._servers:
            server.shutdown()
            server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    request_queue_size = 64
    daemon_threads = True
    block_on_close = False

    def __init__(self, site: HostileSite, web: HostileWeb) -> None:
        self.site = site
        self.web = web
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever is answered so hangs up, which is the point."""


class _Handler(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        site, web, connection = self.server.site, self.server.web, self.request
        origin = f"127.0.0.1:{self.server.server_address[1]}"
        if site.greeting:
            connection.sendall(site.greeting)
            return
        if site.tls is not None:
            connection = site.tls.wrap_socket(connection, server_side=True)
        origin = f"{'https' if site.tls else 'http'}://{origin}"
        head = b""
        while b"\r\n\r\n" not in head:
            received = connection.recv(65_536)
            if not received:
                return
            head += received
        line, _, headers = head.decode("latin-1").partition("\r\n")
        path = line.split(" ")[1]
        site.asked.append((path, headers))
        answer = site.answers.get(path) or site.answers.get("*") or missing
        with contextlib.suppress(OSError):
            answer(Exchange(connection, path, headers, origin, web.stopping))
            connection.close()


def missing(exchange: Exchange) -> None:
    exchange.reply(b"<h1>Not found</h1>", "404 Not Found")
