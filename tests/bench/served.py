"""Servers that are measured: each a tree of processes of its own, with what it used of the machine."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

STARTS_WITHIN = 300
_HELLO = """
import socket, sys
from flask import Flask
from uphill.settings import Settings
from webapp.server import Server
class Hello(Server):
    def load(self):
        app = Flask("hello")
        app.add_url_rule("/", "hello", lambda: "hello")
        return app
Hello(Settings(), socket.socket(fileno=int(sys.argv[1]))).run()
"""


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers on ``port``; ``first`` are the seconds from its start to its first answer."""

    port: int
    process: "subprocess.Popen[bytes]"
    first: float

    def _tree(self) -> list[psutil.Process]:
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def cpu_seconds(self) -> float:
        """Of all its processes so far."""
        return sum(sum(each.cpu_times()[:2]) for each in self._tree())

    def largest_bytes(self) -> int:
        """Memory of its largest process."""
        found: int = max(each.memory_info().rss for each in self._tree())
        return found


@contextmanager
def site(url: str) -> Iterator[Served]:
    """The site; rates are limited, but to more than is asked here."""
    port = free_port()
    rates = {f"UPHILL_LIMIT_{kind}": "100000000/minute" for kind in ("PAGES", "QUERIES")}
    with _running(
        [sys.executable, "-m", "uphill", "serve", "--port", str(port)],
        port,
        env={"UPHILL_DATABASE_URL": url, **rates},
    ) as server:
        yield server


@contextmanager
def datasette(file: Path) -> Iterator[Served]:
    port = free_port()
    command = [sys.executable, "-m", "datasette", "serve", str(file), "--port", str(port)]
    for name in ("facet_time_limit_ms", "sql_time_limit_ms"):  # else it leaves facets out
        command += ["--setting", name, "60000"]
    with _running(command, port) as server:
        yield server


@contextmanager
def hello() -> Iterator[Served]:
    """One Flask page without anything, under the site's own server."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        listener.set_inheritable(True)
        command = [sys.executable, "-c", _HELLO, str(listener.fileno())]
        with _running(command, listener.getsockname()[1], fds=(listener.fileno(),)) as server:
            yield server


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        port: int = found.getsockname()[1]
    return port


@contextmanager
def _running(
    command: list[str], port: int, *, env: Mapping[str, str] | None = None, fds: tuple[int, ...] = ()
) -> Iterator[Served]:
    with tempfile.TemporaryFile() as said:
        began = time.monotonic()
        process = subprocess.Popen(
            command, env={**os.environ, **(env or {})}, stdout=said, stderr=said, pass_fds=fds
        )
        try:
            if not _answers(port, process):
                said.seek(0)
                raise SystemExit(f"{command} did not start:\n{said.read().decode()}")
            yield Served(port, process, time.monotonic() - began)
        finally:
            process.terminate()
            process.wait(60)


def _answers(port: int, process: "subprocess.Popen[bytes]") -> bool:
    """Waits for the first answer to a request for the first page."""
    ends = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < ends and process.poll() is None:
        try:
            with closing(Client(port)) as client:
                client.get("/")
        except ConnectionError:
            time.sleep(0.05)
        else:
            return True
    return False


class Client:
    """One kept connection, with so little around it that the server's time is what is measured."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=STARTS_WITHIN)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def close(self) -> None:
        self._socket.close()

    def get(self, address: str) -> bytes:
        """The body of the answer; nothing but 200 will do."""
        request = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\nAccept-Encoding: gzip\r\n\r\n"
        self._socket.sendall(request.encode())
        head = self._until(b"\r\n\r\n")
        lowered = head.lower()
        if b"transfer-encoding: chunked" in lowered:
            body = b""
            while size := int(self._until(b"\r\n"), 16):
                body += self._take(size)
                self._until(b"\r\n")
            self._until(b"\r\n")
        else:
            body = self._take(int(lowered.partition(b"content-length:")[2].split(b"\r\n", 1)[0]))
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise SystemExit(f"{address} was answered with {head.decode()}\n{body[:300]!r}")
        return body

    def _until(self, end: bytes) -> bytes:
        while end not in self._rest:
            self._receive()
        found, _, self._rest = self._rest.partition(end)
        return found

    def _take(self, size: int) -> bytes:
        while len(self._rest) < size:
            self._receive()
        found, self._rest = self._rest[:size], self._rest[size:]
        return found

    def _receive(self) -> None:
        more = self._socket.recv(1 << 18)
        if not more:
            raise ConnectionResetError("the server hung up")
        self._rest += more
