"""A small web, a database that knows its resorts, and processes over them that may be ended in any way."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from crawler.demo.server import DemoWeb, Document, Site
from tests.conftest import new_database
from tests.forked import Forked, uphill
from uphill.catalogue import CatalogueRow, LoadReport, load_resorts
from uphill.db import make_engine, session_factory, writing

RESORTS = 6
PATIENCE = 120.0
_POLICY = """<!doctype html><html lang="en"><title>Uphill Policy</title><body><h1>Uphill Access Policy</h1>
<p>Uphill travel is allowed before 8:30 am and after 4:30 pm. Uphill travel is prohibited during lift operations.</p>
<p>An uphill pass is required at all times. The season uphill pass costs $PRICE. Dogs are not allowed.</p>
</body></html>"""
_HOME = """<!doctype html><html lang="en"><title>Resort</title><body><h1>Welcome</h1>
<a href="/uphill">Uphill policy</a></body></html>"""


@dataclass
class World:
    web: DemoWeb
    database_url: str
    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    started: int = 0

    @property
    def slugs(self) -> list[str]:
        return list(self.web.origins)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        return {
            **kept,
            "UPHILL_DATABASE_URL": self.database_url,
            "UPHILL_ALLOW_LOOPBACK": "true",
            "UPHILL_CONTACT": "x@y.example",
            "UPHILL_DELAY": "0",
            "UPHILL_SITES": str(RESORTS),
            **self.settings,
        }

    def set_price(self, price: int) -> None:
        for slug in self.slugs:
            site = self.web.site(slug)
            page = Document(_POLICY.replace("PRICE", str(price)).encode(), template=True)
            self.web.replace(replace(site, pages=site.pages | {"/uphill": page}))

    def start(self, function: Callable[..., None], *arguments: object) -> Forked:
        self.started += 1
        return Forked(self.environment, self.folder / f"{self.started}.out", function, *arguments)

    def crawl(self, *arguments: str) -> Forked:
        """Every resort; beside a crawl that was killed, whose lease has yet to expire."""
        return self.start(uphill, "crawl", "--force", "--quiet", *arguments)


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that in time"
        time.sleep(0.01)


@pytest.fixture(scope="module")
def web() -> Iterator[DemoWeb]:
    pages = {"/": Document(_HOME.encode(), template=True), "/uphill": Document(b"", template=True)}
    with DemoWeb.of([Site(f"hill-{n}", pages) for n in range(RESORTS)]) as web:
        yield web


@pytest.fixture
def make_world(web: DemoWeb, tmp_path: Path, migrate: Callable[[Engine], None]) -> Callable[..., World]:
    def make(database_url: str) -> World:
        engine = make_engine(database_url)
        migrate(engine)
        rows = [
            CatalogueRow(slug=slug, name=slug, country="US", region="US-CO", website=web.url(slug))
            for slug in web.origins
        ]
        with writing(session_factory(engine)) as session:
            load_resorts(session, rows, LoadReport())
        engine.dispose()
        world = World(web, database_url, tmp_path)
        world.set_price(49)
        return world

    return make


@pytest.fixture
def sqlite_world(make_world: Callable[..., World], sqlite_url: str) -> World:
    return make_world(sqlite_url)


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, make_world: Callable[..., World], sqlite_url: str) -> World:
    if request.param == "sqlite":
        return make_world(sqlite_url)
    template = request.getfixturevalue("migrated_template")
    return make_world(new_database(request.getfixturevalue("postgresql_url"), "disasters", template))
