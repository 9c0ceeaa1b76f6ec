"""The site under load, on a generated directory: latency, and requests a second.

    python tests/bench/site.py            600 resorts, 10,000 versions of policies
    python tests/bench/site.py --many     60,000 resorts, 1,000,000 versions

Each is served on SQLite and on PostgreSQL by the site's own server; beside it Datasette serves the same SQLite file
with the same facets, and the site's server a bare Flask page. What counts are the ratios, taken in one run.
Latency is that of one client on one kept connection, the addresses asked in turn; requests a second are those of
CLIENTS at once.
"""

import argparse
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cluster import postgresql
from generated_directory import fill

from uphill.db import make_engine
from uphill.db.upgrade import upgrade
from uphill.search.filters import FILTERS
from uphill.store import SCALAR_FACTS

WARM_UP = 5
ASKED = 60
CLIENTS = 8
SECONDS = 5.0
STARTS_WITHIN = 120
SITE = {
    "search: a region": "/?region=US-CO",
    "search: three filters": "/?access=allowed&pass_required=never&dogs=allowed",
    "search: a word": "/?text=larch",
    "resort page": "/resorts/{slug}",
    "API: three filters": "/api/v1/resorts?access=allowed&pass_required=never&dogs=allowed",
    "map data": "/map/points?region=US-CO",
}
_FACTS = [name for name in FILTERS if name in SCALAR_FACTS]
_FACETS = "&".join(f"_facet={name}" for name in ("region_code", "pass_network", *_FACTS))
DATASETTE = {
    "search: a region": f"/directory/current?region_code=US-CO&_size=25&{_FACETS}",
    "search: three filters": "/directory/current?access=allowed&pass_required=never&dogs=allowed"
    f"&_size=25&{_FACETS}",
    "search: a word": f"/directory/current?search_text__contains=larch&_size=25&{_FACETS}",
}
_VIEW = (
    "CREATE VIEW current AS SELECT resorts.*, "  # noqa: S608 - names of our own columns
    + ", ".join(f"coalesce(policies.{name}, 'unknown') AS {name}" for name in _FACTS)
    + " FROM resorts LEFT JOIN policies"
    " ON policies.resort_id = resorts.id AND policies.superseded_at IS NULL"
)
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


@contextmanager
def running(
    command: list[str], port: int, *, env: Mapping[str, str], fds: tuple[int, ...] = ()
) -> Iterator[int]:
    """A server as a process of its own, from when it answers until it is no longer wanted."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, env={**os.environ, **env}, stdout=said, stderr=said, pass_fds=fds)
        try:
            _wait_for(port, process, said)
            yield port
        finally:
            process.terminate()
            process.wait(30)


def _wait_for(port: int, process: "subprocess.Popen[bytes]", said: object) -> None:
    ends = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < ends and process.poll() is None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=STARTS_WITHIN)) as connection:
            try:
                connection.request("GET", "/")
                connection.getresponse().read()
            except ConnectionError:
                time.sleep(0.1)
            else:
                return
    said.seek(0)  # type: ignore[attr-defined]
    raise SystemExit(f"{process.args!r} did not start:\n{said.read().decode()}")  # type: ignore[attr-defined]


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        port: int = found.getsockname()[1]
    return port


@contextmanager
def site(url: str) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "uphill", "serve", "--port", str(port)]
    env = {"UPHILL_DATABASE_URL": url, "UPHILL_RATE_LIMITS": "false"}
    with running(command, port, env=env):
        yield port


@contextmanager
def datasette(file: Path) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "datasette", "serve", str(file), "--port", str(port)]
    for name in ("facet_time_limit_ms", "sql_time_limit_ms"):  # else it leaves facets out
        command += ["--setting", name, "60000"]
    with running(command, port, env={}):
        yield port


@contextmanager
def hello() -> Iterator[int]:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
        listener.set_inheritable(True)
        command = [sys.executable, "-c", _HELLO, str(listener.fileno())]
        with running(command, port, env={}, fds=(listener.fileno(),)):
            yield port


def latencies(port: int, urls: Mapping[str, str]) -> dict[str, list[float]]:
    """Seconds of each answer, in order."""
    found: dict[str, list[float]] = {name: [] for name in urls}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
        for turn in range(WARM_UP + ASKED):
            for name, url in urls.items():
                began = time.perf_counter()
                _get(connection, url)
                if turn >= WARM_UP:
                    found[name].append(time.perf_counter() - began)
    return {name: sorted(times) for name, times in found.items()}


def rate(port: int, urls: list[str]) -> float:
    """Requests a second of CLIENTS that ask for ``urls`` in turn."""
    counts = [0] * CLIENTS
    ends = time.monotonic() + SECONDS

    def ask(client: int) -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
            while time.monotonic() < ends:
                _get(connection, urls[(client + counts[client]) % len(urls)])
                counts[client] += 1

    threads = [threading.Thread(target=ask, args=(client,)) for client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def _get(connection: http.client.HTTPConnection, url: str) -> bytes:
    connection.request("GET", url, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{url} answered {answer.status}: {body[:300]!r}")
    return body


def show(title: str, found: Mapping[str, list[float]], beside: Mapping[str, float]) -> dict[str, float]:
    """Prints p50 and p99, and how often the p50 goes into the one ``beside`` it."""
    medians = {name: statistics.median(times) for name, times in found.items()}
    for name, times in found.items():
        ratio = f"   1/{beside[name] / medians[name]:.1f} of Datasette’s" if name in beside else ""
        p50, p99 = medians[name] * 1000, times[int(len(times) * 0.99)] * 1000
        print(f"{title:11} {name:22} p50 {p50:8.2f} ms   p99 {p99:8.2f} ms{ratio}", flush=True)
    return medians


def measure(resorts: int, versions: int) -> None:
    print(f"{resorts:,} resorts, {versions:,} versions of policies")
    with tempfile.TemporaryDirectory() as folder, postgresql() as server:
        file = Path(folder) / "directory.db"
        urls = {"SQLite": f"sqlite:///{file}", "PostgreSQL": server}
        for name, url in urls.items():
            engine = make_engine(url)
            upgrade(engine)
            began = time.monotonic()
            fill(engine, resorts, versions, datetime.now(UTC))
            print(f"{name} filled in {time.monotonic() - began:.0f} s", flush=True)
            if name == "SQLite":
                with engine.begin() as connection:
                    slug = connection.exec_driver_sql("SELECT slug FROM resorts WHERE id = 1").scalar_one()
                    connection.exec_driver_sql(_VIEW)
            engine.dispose()
        pages = {name: re.sub("{slug}", slug, url) for name, url in SITE.items()}
        searches = [url for name, url in pages.items() if name.startswith("search")]
        with datasette(file) as port:
            others = show("Datasette", latencies(port, DATASETTE), {})
        with hello() as port:
            show("bare Flask", latencies(port, {"hello": "/"}), {})
            bare = rate(port, ["/"])
            print(f"bare Flask  {bare:8.1f} requests/s")
        for name, url in urls.items():
            with site(url) as port:
                show(name, latencies(port, pages), others)
                reached = rate(port, searches)
            print(
                f"{name:11} searches {reached:8.1f} requests/s   {reached / bare:.3f} of bare Flask’s",
                flush=True,
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", action="store_true", help="60,000 resorts, 1,000,000 versions of policies")
    measure(*((60_000, 1_000_000) if parser.parse_args().many else (600, 10_000)))
