"""The feed of changes is Atom as RFC 4287 has it, its ids stay; the sitemap leads to pages that are there."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from sqlalchemy import select

from uphill.catalogue import CatalogueRow, LoadReport, load_resorts
from uphill.causes import Cause
from uphill.db import LoggedChange, Resort, Source, make_engine, session_factory, writing
from uphill.db.upgrade import upgrade
from uphill.settings import Settings
from uphill.vocabulary import SourceKind
from webapp import create_app

NOW = datetime(2026, 1, 17, 18, 0, tzinfo=UTC)
HARM = "<script>alert(1)</script> \x0b &amp;"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
NAMES = {
    "id",
    "title",
    "updated",
    "author",
    "link",
    "subtitle",
    "rights",
    "entry",
    "published",
    "content",
    "name",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator:
    """Of Alder in Colorado changes on three days, two on the last; of Tann in Tyrol two at once, the newest."""
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('feeds') / 'uphill.db'}")
    upgrade(engine)
    sessions = session_factory(engine)
    rows = [
        CatalogueRow(slug=slug, name=slug.title(), country=region[:2], region=region)
        for slug, region in (("alder", "US-CO"), ("tann", "AT-7"))
    ]
    with writing(sessions) as session:
        load_resorts(session, rows, LoadReport())
        ids = {resort.slug: resort.id for resort in session.scalars(select(Resort))}
        for slug, days, field, old, new in (
            ("alder", 5, "dogs", '"leashed"', '"allowed"'),
            ("alder", 4, "dogs", '"allowed"', '"leashed"'),
            ("alder", 3, "waiver", None, '"required"'),
            ("alder", 3, "check_in", None, '"required"'),
            ("tann", 1, "windows", '["05:00-08:00"]', '["05:00-lift_open"]'),
            ("tann", 1, "hotline", None, '"+43 1"'),
        ):
            source = Source(
                resort_id=ids[slug], url=f"https://{slug}.example/{days}{field}", kind=SourceKind.POLICY
            )
            session.add(source)
            session.flush()
            session.add(
                LoggedChange(resort_id=ids[slug], at=NOW - timedelta(days=days), field=field, old=old, new=new,
                             cause=Cause.PAGE, source_id=source.id, quote=f"So it is {HARM}.")
            )  # fmt: skip
            session.flush()
    yield create_app(Settings(), engine=engine, clock=lambda: NOW).test_client()
    engine.dispose()


def feed(client, url="/changes.atom"):
    response = client.get(url)
    assert response.status_code == 200
    assert response.content_type == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.data)


def texts(element, path):
    return [found if isinstance(found, str) else found.text for found in element.xpath(path, namespaces=ATOM)]


def test_it_is_built_as_the_standard_wants(client):
    told = feed(client)
    assert told.tag == "{http://www.w3.org/2005/Atom}feed"
    assert {etree.QName(each).localname for each in told.iter()} - {"feed"} <= NAMES
    assert {etree.QName(each).namespace for each in told.iter()} == {ATOM["a"]}
    for part in (told, *told.findall("a:entry", ATOM)):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"a:{name}", ATOM)) == 1
        assert part.find("a:id", ATOM).text.startswith("urn:uuid:")
        assert datetime.fromisoformat(part.find("a:updated", ATOM).text).tzinfo
        assert len(part.xpath("a:link[@rel='alternate']", namespaces=ATOM)) == 1
        assert all(each.get("href").startswith("http") for each in part.findall("a:link", ATOM))
    assert texts(told, "a:author/a:name")
    assert len(set(texts(told, ".//a:id"))) == 5
    assert texts(told, "a:link[@rel='self']/@href") == ["http://localhost/changes.atom"]


def test_an_entry_tells_a_moment_and_the_feed_the_time_of_the_newest(client):
    told = feed(client)
    assert texts(told, "a:updated") == ["2026-01-16T18:00:00Z"]
    assert texts(told, "a:entry/a:title")[:2] == [
        "Tann: Hours, Hotline",
        "Alder: Waiver, Check-in at each visit",
    ]
    entry = told.find("a:entry", ATOM)
    assert texts(entry, "a:link[@rel='alternate']/@href") == ["http://localhost/resorts/tann"]
    content = entry.find("a:content", ATOM)
    assert content.get("type") == "html"
    page = BeautifulSoup(content.text, "lxml")
    assert "5:00 until lifts open" in page.text
    assert not page.select("script")
    assert "<script>alert(1)</script>" in page.blockquote.text
    assert not page.select("a[href^='/']")


def test_ids_stay_whatever_the_address_the_host_and_the_page(client):
    whole = texts(feed(client), "a:entry/a:id")
    assert texts(feed(client, "/changes.atom?region=US-CO"), "a:entry/a:id") == whole[1:]
    other = etree.fromstring(client.get("/changes.atom", base_url="https://uphill.example").data)
    assert texts(other, "a:entry/a:id") == whole
    assert texts(other, "a:link[@rel='self']/@href") == ["https://uphill.example/changes.atom"]
    ids = {
        texts(feed(client, f"/changes.atom{query}"), "a:id")[0]
        for query in ("", "?region=AT", "?resort=alder")
    }
    assert len(ids) == 3


def test_pages_follow_each_other_and_none_cuts_a_moment(client):
    whole, seen, url = texts(feed(client), "a:entry/a:id"), [], "/changes.atom?size=3"
    while url:
        told = feed(client, url)
        seen += texts(told, "a:entry/a:id")
        onward = texts(told, "a:link[@rel='next']/@href")
        url = onward[0].removeprefix("http://localhost") if onward else None
    assert seen == whole


def test_a_feed_of_nothing_is_one_all_the_same(client):
    told = feed(client, "/changes.atom?region=CH")
    assert (texts(told, "a:updated"), told.findall("a:entry", ATOM)) == (["1970-01-01T00:00:00Z"], [])


@pytest.mark.parametrize(
    ("query", "status"), [("?region=US-XX", 400), ("?resort=nowhere", 404), ("?colour=1", 400)]
)
def test_what_is_asked_wrongly_is_refused(client, query, status):
    assert client.get(f"/changes.atom{query}").status_code == status


@pytest.mark.parametrize(
    ("page", "leads"),
    [
        ("/", "/changes.atom"),
        ("/changes?region=AT-7", "/changes.atom?region=AT-7"),
        ("/resorts/tann", "/changes.atom?resort=tann"),
    ],
)
def test_pages_name_their_feed(client, page, leads):
    soup = BeautifulSoup(client.get(page).text, "lxml")
    assert [link["href"] for link in soup.select("link[rel=alternate][type='application/atom+xml']")] == [
        leads
    ]


def test_the_sitemap_leads_to_pages_that_are_there(client):
    told = etree.fromstring(client.get("/sitemap.xml").data)
    addresses = told.xpath("//*[local-name()='loc']/text()")
    assert "http://localhost/resorts/tann" in addresses
    assert len(addresses) == len(set(addresses))
    for address in addresses:
        assert client.get(address.removeprefix("http://localhost")).status_code == 200, address
    assert client.get("/robots.txt").text.endswith("Sitemap: http://localhost/sitemap.xml\n")


def test_a_large_sitemap_is_an_index_of_its_parts(client, monkeypatch):
    monkeypatch.setattr("webapp.sitemap.MOST", 1)
    told = etree.fromstring(client.get("/sitemap.xml").data)
    assert etree.QName(told).localname == "sitemapindex"
    parts = told.xpath("//*[local-name()='loc']/text()")
    assert parts == [f"http://localhost/sitemap-{number}.xml" for number in (1, 2)]
    assert b"/resorts/tann" in client.get("/sitemap-2.xml").data
    assert client.get("/sitemap-3.xml").status_code == 404
