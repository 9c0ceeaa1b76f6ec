"""Our crawl beside a bare Scrapy spider over the same pages, and an unchanged second crawl beside the first.

Run by ``make bench``. The web is on loopback, in this process; every crawl is a process of its own, so that its CPU
time (user and system, with that of the processes it began) is told by the system. The bare spider asks for just the
URLs that our crawl asked for, under the same settings, and drops every answer; the bench ends where the two did not ask
for the same, robots.txt and pages that there are not included. Our time holds the program's start, the reading of every
page and the recording of every visit. Contestants take turns within a round; each figure is the median over the rounds.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crawler.demo.server import DemoWeb, Document, Site
from uphill.catalogue import CatalogueRow, LoadReport, load_resorts
from uphill.db import make_engine, session_factory, writing
from uphill.db.upgrade import upgrade

ROUNDS = 3
MANNERLY_SITES, SITES = 64, 160
TESTS = Path(__file__).parent.parent
BARE = """
import json, sys
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from crawler.settings import scrapy_settings
from uphill.settings import load_settings

class Bare(Spider):
    name = "bare"
    async def start(self):
        for url in json.load(open(sys.argv[1])):
            yield Request(url, callback=self.drop, dont_filter=True)
    def drop(self, response):
        pass

process = AsyncCrawlerProcess(scrapy_settings(load_settings(), proxies=False))
process.crawl(Bare)
process.start()
"""


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, seconds of CPU, and bytes of the bodies that the web sent."""

    wall: float
    cpu: float
    sent: int


@dataclass
class Bench:
    web: DemoWeb
    folder: Path
    settings: dict[str, str]

    def environment(self, database: str) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        # Compiled modules are kept, as they are where the program is installed.
        plain.pop("PYTHONDONTWRITEBYTECODE", None)
        given = {f"UPHILL_{name.upper()}": value for name, value in self.settings.items()}
        return plain | given | {"UPHILL_DATABASE_URL": database, "UPHILL_ALLOW_LOOPBACK": "true"}

    def run(self, command: Sequence[str], database: str) -> Cost:
        self.web.requests.clear()
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            env=self.environment(database),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - began
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
        return Cost(wall, used.ru_utime + used.ru_stime, self._sent())

    def _sent(self) -> int:
        pages = {
            (site.slug, path): len(page.body) for site in self._sites() for path, page in site.pages.items()
        }
        return sum(
            pages.get((asked.slug, asked.path), 0) for asked in self.web.requests if asked.status == 200
        )

    def _sites(self) -> Iterator[Site]:
        return (self.web.site(slug) for slug in self.web.origins)

    def asked(self) -> list[str]:
        """What was asked for, robots.txt apart, in order."""
        return [
            self.web.url(asked.slug, asked.path) for asked in self.web.requests if asked.path != "/robots.txt"
        ]

    def new_database(self, number: int) -> str:
        url = f"sqlite:///{self.folder / f'{number}.db'}"
        engine = make_engine(url)
        upgrade(engine)
        with writing(session_factory(engine)) as session:
            rows = [
                CatalogueRow(slug=slug, name=slug, country="US", region="US-CO", website=f"{origin}/")
                for slug, origin in self.web.origins.items()
            ]
            load_resorts(session, rows, LoadReport())
        engine.dispose()
        return url


def sites(count: int) -> Iterator[Site]:
    """Resorts' sites: a home page, some ordinary pages, and a policy two clicks away."""
    ordinary = sorted((TESTS / "crawler/ordinary").glob("*.html"))
    policies = sorted((TESTS / "crawler/own/pages").glob("*.html"))
    for number in range(count):
        home = ordinary[number % len(ordinary)].read_bytes()
        menu = b'<ul><li><a href="/mountain">The mountain</a></li><li><a href="/uphill">Uphill access</a></li></ul>'
        yield Site(
            f"resort-{number:03}",
            {
                "/": Document(home.replace(b"</body>", menu + b"</body>", 1)),
                "/mountain": Document(ordinary[(number + 3) % len(ordinary)].read_bytes()),
                "/uphill": Document(policies[number % len(policies)].read_bytes()),
            },
            validators=True,
        )


@contextmanager
def bench(count: int, **settings: str) -> Iterator[Bench]:
    with DemoWeb.of(sites(count)) as web, tempfile.TemporaryDirectory() as folder:
        yield Bench(web, Path(folder), settings)


def measure(title: str, count: int, **settings: str) -> None:
    crawl = (sys.executable, "-m", "uphill", "crawl", "--quiet")
    first, again, bare = [], [], []
    with bench(count, **settings) as at:
        urls = at.folder / "urls.json"
        for number in range(ROUNDS):
            database = at.new_database(number)
            first.append(at.run(crawl, database))
            asked, requests = at.asked(), len(at.web.requests)
            urls.write_text(json.dumps(asked))
            again.append(at.run(crawl, database))
            bare.append(at.run((sys.executable, "-c", BARE, str(urls)), database))
            if (sorted(at.asked()), len(at.web.requests)) != (sorted(asked), requests):
                raise SystemExit("the two crawls did not ask for the same")
    print(
        f"{title}: {count} sites, {requests} requests, medians of {ROUNDS} rounds, load {os.getloadavg()[0]:.1f}"
    )
    for name, costs in (("our first crawl", first), ("our second, unchanged", again), ("bare Scrapy", bare)):
        wall, cpu, sent = (
            statistics.median(getattr(cost, part) for cost in costs) for part in ("wall", "cpu", "sent")
        )
        print(f"  {name:24} {wall:7.2f} s   {cpu:7.2f} s CPU   {sent / 1000:8.0f} kB of bodies")
    print(
        f"  our crawl takes {_ratio(first, bare, 'wall'):.2f} of the bare spider's time (wanted: 1.25 at most)"
    )
    print(
        f"  an unchanged crawl takes {_ratio(again, first, 'sent'):.2f} of the first one's bytes (wanted: 0.25)"
    )
    print(f"  and {_ratio(again, first, 'cpu'):.2f} of its CPU (wanted: 0.3)")


def _ratio(one: list[Cost], other: list[Cost], part: str) -> float:
    """The median over the rounds of the ratio within a round."""
    return statistics.median(getattr(a, part) / getattr(b, part) for a, b in zip(one, other, strict=True))


if __name__ == "__main__":
    measure("with the manners it has by default", MANNERLY_SITES, delay="2")
    measure("as fast as it goes", SITES, delay="0")
