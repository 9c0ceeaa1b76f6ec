"""Crawls of small webs on loopback, each in a process of its own, by ``uphill crawl``."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from crawler.demo.server import DemoWeb, Document, Site
from tests.forked import Forked, uphill
from uphill.catalogue import CatalogueRow, LoadReport, load_resorts
from uphill.db import PolicyVersion, Resort, Source, Visit, make_engine, session_factory, writing
from uphill.db.store import current_policy, policy_of
from uphill.policy import Policy
from uphill.published import WELL_KNOWN

POLICY = """<!doctype html><html lang="en"><title>Uphill Policy</title><body><h1>Uphill Access Policy</h1>
<p>Uphill travel is allowed before 8:30 am and after 4:30 pm. Uphill travel is prohibited during lift operations.</p>
<p>An uphill pass is required at all times. The season uphill pass costs $49. Skinners must sign a waiver.</p>
<p>Dogs are not allowed. Headlamps are required in the dark. Stay on the designated uphill route.</p>
<p>Call the uphill hotline at 970-555-0142.</p></body></html>"""
STATUS = """<!doctype html><html lang="en"><title>Lift status</title><body><h1>Lift status</h1><table>
<tr><th>Lift</th><th>Status</th></tr><tr><td>Quad</td><td>Open</td></tr>
<tr><td>Uphill access</td><td>Closed</td></tr></table></body></html>"""
PLAIN = """<!doctype html><html lang="en"><title>{0}</title><body><h1>{0}</h1>
<p>Welcome to our mountain.</p></body></html>"""


_BESIDES = frozenset({"/robots.txt", WELL_KNOWN})


@dataclass
class World:
    """A running web, a database that knows its resorts, and the crawls over them."""

    web: DemoWeb
    sites: tuple[Site, ...]
    database_url: str
    settings: dict[str, str] = field(default_factory=dict)
    command: ClassVar[Callable[..., None]] = staticmethod(uphill)

    def site(self, slug: str) -> Site:
        return next(site for site in self.sites if site.slug == slug)

    def add(self, slug: str, *, website: str | None, policy_url: str | None = None) -> None:
        self.add_all({slug: website}, policy_url)

    def add_all(self, websites: Mapping[str, str | None], policy_url: str | None = None) -> None:
        rows = [
            CatalogueRow(
                slug=slug, name=slug, country="US", region="US-CO", website=website, policy_url=policy_url
            )
            for slug, website in websites.items()
        ]
        engine = make_engine(self.database_url)
        with writing(session_factory(engine)) as session:
            load_resorts(session, rows, LoadReport())
        engine.dispose()

    @property
    def environment(self) -> dict[str, str]:
        proxies = {"http_proxy", "https_proxy", "all_proxy"}
        kept = {name: value for name, value in os.environ.items() if name.lower() not in proxies}
        return {
            **kept,
            "UPHILL_DATABASE_URL": self.database_url,
            "UPHILL_CONTACT": "x@y.example",
            "UPHILL_ALLOW_LOOPBACK": "true",
            **self.settings,
        }

    def start(self, *arguments: str, stdin: int | None = None) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "uphill", "crawl", *arguments],
            env=self.environment,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def begin(self, folder: Path, *arguments: str) -> Forked:
        """A crawl in a process that is forked from one that has imported it."""
        out, errors = folder / "out", folder / "errors"
        return Forked(self.environment, out, self.command, "crawl", *arguments, errors=errors)

    def crawl(self, *arguments: str) -> "Ended":
        with TemporaryDirectory() as name:
            folder = Path(name)
            code = self.begin(folder, "--json", *arguments).end()
            said = (folder / "out").read_text()
            return Ended(code, json.loads(said) if said else {}, (folder / "errors").read_text())

    @contextmanager
    def session(self) -> Iterator[Session]:
        engine = create_engine(self.database_url)
        with Session(engine) as session:
            yield session
        engine.dispose()

    def visits(self, slug: str) -> list[Visit]:
        with self.session() as session:
            query = select(Visit).join(Visit.resort).where(Resort.slug == slug).order_by(Visit.id)
            return list(session.scalars(query))

    def visit(self, slug: str) -> Visit:
        return self.visits(slug)[-1]

    def sources(self, slug: str) -> dict[str, Source]:
        """The resort's sources by path (by whole URL where they are not on its own site)."""
        with self.session() as session:
            query = select(Source).join(Source.resort).where(Resort.slug == slug)
            origin = self.web.origins.get(slug, "-")
            return {source.url.removeprefix(origin): source for source in session.scalars(query)}

    def policy(self, slug: str) -> Policy | None:
        with self.session() as session:
            resort = session.scalars(select(Resort).filter_by(slug=slug)).one()
            version = current_policy(session, resort.id)
            return policy_of(version) if version else None

    def policies(self) -> dict[str, Policy]:
        """The current policy of each resort that has one."""
        with self.session() as session:
            query = select(PolicyVersion).where(PolicyVersion.superseded_at.is_(None))
            return {version.resort.slug: policy_of(version) for version in session.scalars(query)}

    def paths(self, slug: str) -> list[str]:
        """What was asked of a site, in order, without robots.txt and the place for a document."""
        return [request.path for request in self.web.requests.of(slug) if request.path not in _BESIDES]


@dataclass(frozen=True)
class Ended:
    code: int
    summary: dict[str, Any]
    stderr: str


class Kit:
    """What a test builds its web from."""

    POLICY = POLICY
    STATUS = STATUS
    Site = Site
    Document = Document
    migrated: ClassVar[Path]

    @staticmethod
    def page(html: str) -> Document:
        return Document(html.encode(), template=True)

    @classmethod
    def plain(cls, title: str = "Welcome") -> Document:
        return cls.page(PLAIN.format(title))

    @classmethod
    def linking(cls, *hrefs_and_texts: tuple[str, str]) -> Document:
        links = "".join(f'<li><a href="{href}">{text}</a></li>' for href, text in hrefs_and_texts)
        return cls.page(f"<!doctype html><title>Resort</title><body><h1>Welcome</h1><ul>{links}</ul></body>")

    @staticmethod
    def text(text: str) -> Document:
        return Document(text.encode(), "text/plain", template=True)

    @staticmethod
    @contextmanager
    def world(sites: Iterable[Site], folder: Path, /, **settings: str) -> Iterator[World]:
        database_url = f"sqlite:///{shutil.copy(Kit.migrated, folder / 'uphill.db')}"
        served = tuple(sites)
        variables = {f"UPHILL_{name.upper()}": value for name, value in settings.items()}
        with DemoWeb.of(served) as web:
            yield World(web, served, database_url, variables)


@pytest.fixture(scope="session")
def kit(migrated_file: Path) -> type[Kit]:
    Kit.migrated = migrated_file
    return Kit
