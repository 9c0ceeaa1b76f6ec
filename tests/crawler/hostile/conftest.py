"""One crawl of the hostile web, all of whose sites were harmless when they were last visited."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from ssl import SSLContext

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from crawler.extract import parse_page, read
from tests.crawler.crawl.conftest import Ended, World
from tests.crawler.hostile import pages
from tests.crawler.hostile.cases import Case, cases, page
from tests.crawler.hostile.certificates import Authority
from tests.crawler.hostile.crawling import hostile
from tests.crawler.hostile.web import HostileSite, HostileWeb
from uphill.catalogue import CatalogueRow, LoadReport, load_resorts
from uphill.crawl_runs import finish_run, start_run
from uphill.db import PolicyVersion, Visit, make_engine, session_factory, writing
from uphill.db.store import policy_of
from uphill.outcomes import Outcome
from uphill.policy import Policy
from uphill.recording.record import record_visit
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.vocabulary import SourceKind

CONTROL = "harmless"
NEWCOMER = "newcomer"
SETTINGS = {
    "delay": "0", "timeout": "6", "retries": "0", "sites": "40",
    "max_pages": "12", "max_page_bytes": "1000000", "allow_loopback": "true",
}  # fmt: skip


@dataclass
class HostileWorld(World):
    """``names`` are what the crawl's resolver knows; ``connections`` is where it notes what it connected to."""

    names: dict[str, str] = field(default_factory=dict)
    connections: Path = Path()
    authority: Path = Path()
    command = staticmethod(hostile)

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {
            "NAMES": json.dumps(self.names),
            "CONNECTIONS": str(self.connections),
            "SSL_CERT_FILE": str(self.authority),
        }

    def connected(self) -> set[str]:
        """The addresses that crawls connected to since this was last asked, and whether they opened a port."""
        found = set(self.connections.read_text().split()) if self.connections.exists() else set()
        self.connections.unlink(missing_ok=True)
        return found

    def load(self, websites: Mapping[str, str]) -> None:
        rows = [
            CatalogueRow(slug=slug, name=slug, country="US", region="US-CO", website=website)
            for slug, website in websites.items()
        ]
        engine = make_engine(self.database_url)
        with writing(session_factory(engine)) as session:
            load_resorts(session, rows, LoadReport())
        engine.dispose()

    def visited(self, websites: Mapping[str, str]) -> None:
        """As if each site had been visited two days ago, and its policy read at ``/uphill``."""
        then = datetime.now(UTC) - timedelta(days=2)
        engine = make_engine(self.database_url)
        sessions = session_factory(engine)
        run = start_run(sessions, len(websites), then)
        text = parse_page(pages.POLICY, content_type="text/html").text
        for slug, website in websites.items():
            url = f"{website}uphill"
            reading = read(pages.POLICY, source=url, content_type="text/html")
            policy, kind = Outcome.POLICY, SourceKind.POLICY
            known = FetchedPage(
                url, url, kind, policy, then, 200, body=pages.POLICY, text=text, reading=reading
            )
            record_visit(sessions, run, ResortVisit(slug, then, then, policy, (known,), f"policy at {url}"))
        finish_run(sessions, run, then)
        engine.dispose()

    def last_visits(self) -> dict[str, Visit]:
        with self.session() as session:
            query = select(Visit).options(joinedload(Visit.resort)).order_by(Visit.id)
            return {visit.resort.slug: visit for visit in session.scalars(query)}

    def versions(self) -> dict[str, tuple[int, Policy]]:
        """The current version of each resort's policy, with its id."""
        with self.session() as session:
            query = select(PolicyVersion).where(PolicyVersion.superseded_at.is_(None))
            return {
                version.resort.slug: (version.id, policy_of(version)) for version in session.scalars(query)
            }


@dataclass(frozen=True)
class Crawled:
    """How the crawl went; ``before`` and ``after`` are what the directory held."""

    world: HostileWorld
    web: HostileWeb
    ended: Ended
    before: dict[str, tuple[int, Policy]]
    after: dict[str, tuple[int, Policy]]
    visits: dict[str, Visit]
    """Each resort's last."""
    connected: set[str]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("hostile")
    authority = Authority(folder)
    database_url = f"sqlite:///{shutil.copy(migrated_file, folder / 'uphill.db')}"
    told = cases()
    answers = {"/": page(pages.HOME), "/uphill": page(pages.POLICY)}
    harmless = [HostileSite(slug, answers) for slug in (CONTROL, NEWCOMER)]
    with HostileWeb([_site(case, authority) for case in told] + harmless) as web:
        variables = {f"UPHILL_{name.upper()}": value for name, value in SETTINGS.items()}
        world = HostileWorld(
            web, (), database_url, variables,
            names={case.host: case.leads_to for case in told if case.host} | {"inside.example": "10.255.254.2"},
            connections=folder / "connections",
            authority=authority.path,
        )  # fmt: skip
        known = {case.slug: _website(case, web) for case in told} | {CONTROL: _own(CONTROL, web)}
        world.load(known | {NEWCOMER: _own(NEWCOMER, web)})
        world.visited(known)
        world.load({case.slug: case.website for case in told if case.website})
        before = world.versions()
        ended = world.crawl()
        after, visits = world.versions(), world.last_visits()
        yield Crawled(world, web, ended, before, after, visits, world.connected())


def _own(slug: str, web: HostileWeb, host: str = "127.0.0.1", scheme: str = "http") -> str:
    return f"{scheme}://{host}:{web.ports[slug]}/"


def _website(case: Case, web: HostileWeb) -> str:
    return _own(case.slug, web, case.host or "127.0.0.1", "https" if case.tls else "http")


def _site(case: Case, authority: Authority) -> HostileSite:
    if case.tls == "none":
        return HostileSite(case.slug, case.answers, greeting=b"HTTP/1.1 400 Bad Request\r\n\r\nno TLS here")
    contexts: dict[str, Callable[[], SSLContext]] = {
        "good": authority.context,
        "self-signed": lambda: authority.context(signed=False),
        "other-name": lambda: authority.context("127.0.0.2"),
    }
    return HostileSite(case.slug, case.answers, contexts[case.tls]() if case.tls else None)
