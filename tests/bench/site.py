"""The site under load, on a generated directory: latency, and requests a second.

    python tests/bench/site.py            600 resorts, 10,000 versions of policies
    python tests/bench/site.py --many     60,000 resorts, 1,000,000 versions

It is served on SQLite and on PostgreSQL by its own server, with what it does in earnest, limits of rates included.
Beside it Datasette serves the same SQLite file with the same facets, and the site's server a bare Flask page. All
run at once and are asked in turn, so that whatever else the machine does hits all of them: the ratios count.

"anew" are addresses that nobody asked before, "again" six that are asked over and over. The site keeps an answer for
the rest of its minute, Datasette keeps none. Datasette gets a view and, beside it, a table with an index on each
facet and one for full text: the faster of the two is what is compared.

Latency is that of one client. Requests a second are those of as many processes as CLIENTS, and beside them what the
server's processes used of the CPU, since clients and servers share this machine's.
"""

import argparse
import multiprocessing
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

from cluster import postgresql
from generated_directory import fill
from served import Client, Served, datasette, hello, site
from sqlalchemy import Connection, Engine

from uphill.db import make_engine
from uphill.db.store import SCALAR_FACTS
from uphill.db.upgrade import upgrade
from uphill.search.filters import FILTERS
from uphill.vocabulary import Access, Dogs, PassRequired

ROUNDS = 40
AGAIN = 3
CLIENTS = 6
SECONDS = 3.0
TURNS = 3
_FACTS = [name for name in FILTERS if name in SCALAR_FACTS]
_FACETS = ("region_code", "pass_network", *_FACTS)
_COLUMNS = ", ".join(f"coalesce(policies.{name}, 'unknown') AS {name}" for name in _FACTS)
_VIEW = (
    f"CREATE VIEW current AS SELECT resorts.*, {_COLUMNS} FROM resorts LEFT JOIN policies"  # noqa: S608 - our names
    " ON policies.resort_id = resorts.id AND policies.superseded_at IS NULL"
)
_PREPARED = (
    _VIEW,
    "CREATE TABLE flat AS SELECT * FROM current",
    *(f"CREATE INDEX flat_{name} ON flat ({name})" for name in _FACETS),
    "CREATE VIRTUAL TABLE flat_fts USING fts5(search_text, content='flat')",
    "INSERT INTO flat_fts (flat_fts) VALUES ('rebuild')",
    "ANALYZE",
)
_WORDS = (
    *("larch", "cedar", "birch", "aspen", "maple", "rowan", "hazel", "willow", "spruce", "juniper"),
    *("basin", "bowl", "notch", "ridge", "summit", "valley"),
)

Parameters = dict[str, str]


class Searches:
    """What is asked for, each kind of search in as many ways as there are, in an order that is always the same."""

    def __init__(self, regions: list[str], slugs: list[str]) -> None:
        asked = product(Access, PassRequired, Dogs)
        usual = {"access": "allowed", "pass_required": "never", "dogs": "allowed"}
        filters = [dict(zip(usual, map(str, each), strict=True)) for each in asked]
        words = [*_WORDS, *(f"{one} {other}" for one in _WORDS[10:] for other in _WORDS[:10])]
        self.kinds: dict[str, list[Parameters]] = {
            "search: a region": [
                {"region": code} for code in sorted(regions, key=lambda code: code != "US-CO")
            ],
            "search: three filters": [usual, *(each for each in filters if each != usual)],
            "search: a word": [{"text": word} for word in words],
        }
        self.slugs = slugs

    def of_site(self) -> dict[str, list[str]]:
        regions, filters, _ = self.kinds.values()
        return {
            **{kind: [f"/?{urlencode(each)}" for each in asked] for kind, asked in self.kinds.items()},
            "resort page": [f"/resorts/{slug}" for slug in self.slugs],
            "API: three filters": [f"/api/v1/resorts?{urlencode(each)}" for each in filters],
            "map data": [f"/map/points.json?{urlencode(each)}" for each in regions],
        }

    def of_datasette(self, table: str) -> dict[str, list[str]]:
        text = "_search" if table == "flat" else "search_text__contains"
        names = {"region": "region_code", "text": text}
        facets = urlencode([("_size", "25"), *(("_facet", name) for name in _FACETS)])
        return {
            kind: [
                f"/directory/{table}?{urlencode({names.get(name, name): word for name, word in each.items()})}&{facets}"
                for each in asked
            ]
            for kind, asked in self.kinds.items()
        }


class Latencies:
    """Milliseconds of each answer, by server and kind."""

    def __init__(self, servers: Mapping[str, tuple[Served, dict[str, list[str]]]]) -> None:
        self._servers = servers
        self.anew: dict[tuple[str, str], list[float]] = defaultdict(list)
        self.again: dict[tuple[str, str], list[float]] = defaultdict(list)

    def measure(self, rounds: int) -> None:
        for turn in range(rounds + 1):
            for name, (server, kinds) in self._servers.items():
                with closing(Client(server.port)) as client:
                    for kind, addresses in kinds.items():
                        if turn == 0:  # the warm-up; also of what is asked again
                            client.get(addresses[0])
                            continue
                        if turn < len(addresses):
                            self.anew[name, kind].append(_milliseconds(client, addresses[turn]))
                        if not name.startswith("Datasette"):  # which makes each anew
                            asked = (_milliseconds(client, addresses[0]) for _ in range(AGAIN))
                            self.again[name, kind] += asked

    def show(self) -> None:
        others = {
            kind: min(statistics.median(times) for (name, of), times in self.anew.items()
                      if name.startswith("Datasette") and of == kind)
            for (datasette_, kind) in self.anew if datasette_.startswith("Datasette")
        }  # fmt: skip
        for title, measured in (("anew", self.anew), ("again", self.again)):
            for (name, kind), times in measured.items():
                p50, p99 = statistics.median(times), sorted(times)[int(len(times) * 0.99)]
                compared = kind in others and not name.startswith("Datasette")
                ratio = f"   1/{others[kind] / p50:.1f} of Datasette’s" if compared else ""
                print(
                    f"{title:5}  {name:17}  {kind:21}  p50 {p50:8.2f} ms  p99 {p99:8.2f} ms{ratio}",
                    flush=True,
                )


def _milliseconds(client: Client, address: str) -> float:
    began = time.perf_counter()
    client.get(address)
    return (time.perf_counter() - began) * 1000


def rates(servers: Mapping[str, tuple[Served, list[str]]]) -> None:
    """Requests a second, and CPU of the server for each; the servers take turns."""
    asked, seconds, used = defaultdict(int), defaultdict(float), defaultdict(float)
    with multiprocessing.get_context("fork").Pool(CLIENTS) as clients:
        for _ in range(TURNS):
            for name, (server, addresses) in servers.items():
                before, began = server.cpu_seconds(), time.monotonic()
                asked[name] += sum(clients.starmap(_ask, [(server.port, addresses)] * CLIENTS, chunksize=1))
                seconds[name] += time.monotonic() - began
                used[name] += server.cpu_seconds() - before
    bare, *_ = servers
    for name in servers:
        rate, cpu = asked[name] / seconds[name], used[name] / asked[name] * 1e6
        share, by_cpu = rate / (asked[bare] / seconds[bare]), used[bare] / asked[bare] * 1e6 / cpu
        print(
            f"{name:34} {rate:8.0f} requests/s  {cpu:8.0f} µs of CPU each"
            f"   {share:.2f} of bare Flask’s, by CPU {by_cpu:.2f}",
            flush=True,
        )


def _ask(port: int, addresses: list[str]) -> int:
    count, ends = 0, time.monotonic() + SECONDS
    with closing(Client(port)) as client:
        while time.monotonic() < ends:
            client.get(addresses[count % len(addresses)])
            count += 1
    return count


def filled(engine: Engine, resorts: int, versions: int) -> float:
    """The seconds that it took."""
    began = time.monotonic()
    upgrade(engine)
    fill(engine, resorts, versions, datetime.now(UTC))
    return time.monotonic() - began


def _column(connection: Connection, query: str) -> list[str]:
    return list(connection.exec_driver_sql(query).scalars())


@contextmanager
def directories(resorts: int, versions: int) -> Iterator[tuple[Path, dict[str, str], Searches]]:
    with tempfile.TemporaryDirectory() as folder, postgresql() as server:
        file = Path(folder) / "directory.db"
        urls = {"SQLite": f"sqlite:///{file}", "PostgreSQL": server}
        for name, url in urls.items():
            engine = make_engine(url)
            print(f"{name} filled in {filled(engine, resorts, versions):.0f} s", flush=True)
            with engine.connect() as connection:
                regions = _column(connection, "SELECT DISTINCT region_code FROM resorts ORDER BY region_code")
                slugs = _column(connection, "SELECT slug FROM resorts ORDER BY id LIMIT 500")
                if name == "SQLite":
                    for statement in _PREPARED:
                        connection.exec_driver_sql(statement)
                    connection.commit()
            engine.dispose()
        yield file, urls, Searches(regions, slugs)


def measure(resorts: int, versions: int, rounds: int) -> None:
    print(f"{resorts:,} resorts, {versions:,} versions of policies")
    with directories(resorts, versions) as (file, urls, searches), ExitStack() as stack:
        sites = {name: stack.enter_context(site(url)) for name, url in urls.items()}
        other, bare = stack.enter_context(datasette(file)), stack.enter_context(hello())
        for name, server in {**sites, "Datasette": other, "bare Flask": bare}.items():
            print(f"{name:15}  first answer {server.first:6.1f} s after its start", flush=True)
        latencies = Latencies(
            {
                **{
                    f"Datasette {table}": (other, searches.of_datasette(table))
                    for table in ("current", "flat")
                },
                **{name: (server, searches.of_site()) for name, server in sites.items()},
                "bare Flask": (bare, {"hello": ["/"]}),
            }
        )
        latencies.measure(rounds)
        latencies.show()
        three = [addresses[0] for kind, addresses in searches.of_site().items() if kind.startswith("search")]
        all_ = [
            address
            for kind, found in searches.of_site().items()
            if kind.startswith("search")
            for address in found
        ]
        rates(
            {
                "bare Flask": (bare, ["/"]),
                **{f"{name}, three searches again": (server, three) for name, server in sites.items()},
                **{f"{name}, {len(all_)} searches": (server, all_) for name, server in sites.items()},
            }
        )
        for name, server in {**sites, "Datasette": other}.items():
            print(f"{name:15}  largest process {server.largest_bytes() / 1e6:.0f} MB", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--many", action="store_true", help="60,000 resorts, 1,000,000 versions of policies")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often each is asked ({ROUNDS})")
    given = parser.parse_args()
    measure(*((60_000, 1_000_000) if given.many else (600, 10_000)), given.rounds)
