"""Twenty-two real policies, served on loopback as their resorts' own sites, from the crawl to the reader.

Even ones are known to the catalogue by their policy's address; the others have to be found from home.
"""

import html
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from crawler.demo.server import DemoWeb
from crawler.demo.sites import Document, Site
from crawler.extract import read
from tests.forked import Forked, uphill
from uphill.catalogue import CatalogueRow, LoadReport, load_resorts
from uphill.db import PolicyVersion, Visit, make_engine, session_factory, writing
from uphill.db.upgrade import upgrade
from uphill.policy import Policy
from uphill.reading import Reading
from uphill.search import Query, find, search
from uphill.search.text import slugify
from uphill.settings import Settings
from webapp import create_app

CORPUS = Path(__file__).parent / "crawler" / "corpus"
NAVIGATION = """<!doctype html><html lang="{lang}"><head><title>{resort}</title></head><body>
<nav><a href="/tickets">Tickets</a> <a href="/lifts">Lifts</a> <a href="{path}">{link}</a></nav>
<main><h1>{resort}</h1><p>Snow report, webcams, lodging.</p></main></body></html>"""

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Labelled:
    """A page of the corpus with its labels, and the site that serves it."""

    labels: dict[str, object]
    body: bytes

    @property
    def slug(self) -> str:
        return slugify(str(self.labels["resort"]))

    @property
    def path(self) -> str:
        return urlsplit(str(self.labels["url"])).path or "/uphill"

    @property
    def link(self) -> str:
        title = re.search(r"<title>(.*?)</title>", self.body.decode("utf-8", "replace"), re.DOTALL)
        return html.escape(html.unescape(title[1]).strip()) if title else "Uphill"

    def site(self) -> Site:
        home = NAVIGATION.format(
            resort=self.labels["resort"], lang=self.labels["lang"], path=self.path, link=self.link
        )
        plain = Document(b"<!doctype html><title>Lifts and tickets</title><p>Lifts run from 9 to 4.</p>")
        pages = {"/": Document(home.encode()), "/tickets": plain, "/lifts": plain}
        return Site(self.slug, pages | {self.path: Document(self.body)})


@dataclass(frozen=True)
class Crawled:
    database_url: str
    pages: tuple[Labelled, ...]
    urls: dict[str, str]
    summary: dict[str, object]


def labelled_pages() -> tuple[Labelled, ...]:
    found = sorted((CORPUS / "gold").glob("*.json"))
    assert len(found) == 22
    return tuple(
        Labelled(json.loads(gold.read_text()), (CORPUS / "pages" / f"{gold.stem}.html").read_bytes())
        for gold in found
    )


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("end-to-end")
    url = f"sqlite:///{folder / 'uphill.db'}"
    pages = labelled_pages()
    engine = make_engine(url)
    upgrade(engine)
    with DemoWeb.of(page.site() for page in pages) as web:
        with writing(session_factory(engine)) as session:
            load_resorts(session, [_row(page, web, at) for at, page in enumerate(pages)], LoadReport())
        summary = _crawl(url, folder)
        yield Crawled(url, pages, {page.slug: web.url(page.slug, page.path) for page in pages}, summary)
    engine.dispose()


def _row(page: Labelled, web: DemoWeb, at: int) -> CatalogueRow:
    region = str(page.labels["region"])
    return CatalogueRow(
        slug=page.slug,
        name=str(page.labels["resort"]),
        country=region[:2],
        region=region,
        website=web.url(page.slug),
        policy_url=web.url(page.slug, page.path) if at % 2 == 0 else None,
    )


def _crawl(url: str, folder: Path) -> dict[str, object]:
    environment = os.environ | {
        "UPHILL_DATABASE_URL": url,
        "UPHILL_DELAY": "0",
        "UPHILL_SITES": "32",
        "UPHILL_ALLOW_LOOPBACK": "true",
    }
    out = folder / "out"
    crawl = Forked(environment, out, uphill, "crawl", "--json", errors=folder / "errors")
    assert crawl.end(120) == 0, (folder / "errors").read_text()
    return json.loads(out.read_text())


@pytest.fixture(scope="module")
def session(crawled: Crawled):
    engine = make_engine(crawled.database_url)
    with session_factory(engine)() as opened:
        yield opened
    engine.dispose()


@pytest.fixture(scope="module")
def client(crawled: Crawled):
    engine = make_engine(crawled.database_url)
    yield create_app(Settings(), engine=engine).test_client()
    engine.dispose()


def _read_alone(crawled: Crawled, page: Labelled) -> Reading:
    return read(
        page.body,
        source=page.slug,
        content_type="text/html; charset=utf-8",
        url=crawled.urls[page.slug],
        resort=str(page.labels["resort"]),
    )


def test_every_policy_is_found_and_stored_as_it_was_read(crawled: Crawled, session):
    now = datetime.now(UTC)
    for page in crawled.pages:
        shown = find(session, page.slug, now)
        assert shown.provenance is not None, f"{page.slug}: {shown.last_visit}"
        assert shown.provenance.source_url == crawled.urls[page.slug]
        alone = _read_alone(crawled, page)
        assert shown.policy == alone.policy
        assert set(shown.evidence) == set(alone.policy.known())
    assert session.scalar(select(func.count(Visit.id))) == len(crawled.pages)
    assert session.scalar(select(func.count(PolicyVersion.id))) == len(crawled.pages)


def test_search_finds_each_by_its_region_and_facts(crawled: Crawled, session):
    now = datetime.now(UTC)
    for page in crawled.pages:
        policy = find(session, page.slug, now).policy
        wanted = {
            name: [str(getattr(policy, name))]
            for name in ("access", "pass_required", "waiver", "dogs", "snowshoes")
        }
        query = Query.parse(
            {"region": [str(page.labels["region"])], "text": [str(page.labels["resort"])], **wanted}
        )
        assert page.slug in [listing.resort.slug for listing in search(session, query, now).listings]


def test_page_and_api_show_the_facts_with_their_quotes(crawled: Crawled, client):
    for page in crawled.pages:
        answer = client.get(f"/api/v1/resorts/{page.slug}")
        assert answer.status_code == 200
        shown = answer.get_json()
        alone = _read_alone(crawled, page)
        assert Policy.model_validate(shown["policy"]) == alone.policy
        seen = html.unescape(client.get(f"/resorts/{page.slug}").get_data(as_text=True))
        assert crawled.urls[page.slug] in seen
        for proofs in shown["evidence"].values():
            for proof in proofs:
                assert " ".join(proof["quote"].split()) in " ".join(seen.split())
