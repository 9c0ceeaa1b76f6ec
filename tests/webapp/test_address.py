"""Absolute addresses are the site's own where it has one, and each page has one canonical address."""

import json
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from uphill.errors import BadInput
from uphill.settings import Settings, load_settings
from webapp import create_app

NOW = datetime(2026, 1, 17, 13, 30, tzinfo=UTC)
OWN = "https://up.example/hills"
PAGE = "/resorts/harmful-bowl"


@pytest.fixture(scope="module")
def named(engine):
    """The site with an address of its own, reached by another."""
    return create_app(Settings(public_url=f"{OWN}/"), engine=engine, clock=lambda: NOW).test_client()


def canonical(client, url, **options):
    head = BeautifulSoup(client.get(url, **options).text, "lxml").head
    link = head.select_one("link[rel=canonical]")
    return link and link["href"]


def robots(client, url):
    return BeautifulSoup(client.get(url).text, "lxml").head.select_one("meta[name=robots]")


def test_every_absolute_address_is_under_the_sites_own(named):
    page = BeautifulSoup(named.get(PAGE).text, "lxml")
    assert json.loads(page.select_one("script[type='application/ld+json']").string)["@id"] == OWN + PAGE
    assert page.select_one("meta[property='og:url']")["content"] == OWN + PAGE
    assert canonical(named, PAGE) == OWN + PAGE
    assert f"URL:{OWN}{PAGE}" in named.get(f"{PAGE}.ics").text.replace("\r\n ", "")
    assert named.get("/robots.txt").text.endswith(f"Sitemap: {OWN}/sitemap.xml\n")
    assert f"<loc>{OWN}{PAGE}</loc>" in named.get("/sitemap.xml").text
    assert f'href="{OWN}/changes.atom"' in named.get("/changes.atom").text
    for url in (PAGE, f"{PAGE}.ics", "/sitemap.xml", "/changes.atom"):
        assert "localhost" not in named.get(url).text, url


def test_links_of_a_page_stay_where_the_reader_is(named):
    link = BeautifulSoup(named.get(PAGE).text, "lxml").select_one("nav.trail a")
    assert link["href"].startswith("/regions/")


def test_without_an_address_of_its_own_it_is_the_requests(client):
    assert canonical(client, PAGE) == f"http://localhost{PAGE}"
    assert canonical(client, PAGE, base_url="https://other.example") == f"https://other.example{PAGE}"


def test_a_page_in_a_language_is_canonical_itself(named, client):
    assert canonical(named, f"/de{PAGE}") == f"{OWN}/de{PAGE}"
    assert canonical(client, f"/de{PAGE}") == f"http://localhost/de{PAGE}"


def test_under_a_path_of_its_host_the_path_is_there_once(named, client):
    mounted = {"environ_overrides": {"SCRIPT_NAME": "/hills"}}
    assert canonical(named, PAGE, **mounted) == OWN + PAGE
    assert canonical(client, PAGE, **mounted) == f"http://localhost/hills{PAGE}"
    for site, address in ((named, OWN + PAGE), (client, f"http://localhost/hills{PAGE}")):
        head = BeautifulSoup(site.get(PAGE, **mounted).text, "lxml").head
        assert head.select_one("meta[property='og:url']")["content"] == address


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("/?page=2&sort=name", "/"),
        ("/?region=US-CO&page=1&dogs=&text=", "/?region=US-CO"),
        ("/guide?from=somewhere", "/guide"),
        ("/changes?region=US-CO&cursor=", "/changes?region=US-CO"),
    ],
)
def test_what_only_changes_how_a_page_is_shown_is_not_in_its_address(client, url, wanted):
    assert canonical(client, url) == f"http://localhost{wanted}"


def test_searches_are_not_for_search_engines(client):
    assert robots(client, "/?dogs=leashed")["content"] == "noindex, follow"
    for url in ("/", PAGE, "/regions/US-CO", "/guide", "/?dogs="):
        assert robots(client, url) is None, url


def test_what_is_not_there_has_no_canonical_address(client):
    for url in ("/nowhere", "/resorts/nowhere"):
        assert canonical(client, url) is None, url
        assert robots(client, url)["content"] == "noindex, follow", url


@pytest.mark.parametrize("url", ["ftp://up.example", "up.example", "https://a@b.example", "https://x/?a=1"])
def test_what_is_no_address_is_refused_with_the_way_out(url):
    with pytest.raises(BadInput, match=r"UPHILL_PUBLIC_URL .* write it as https://uphill\.example"):
        load_settings({"UPHILL_PUBLIC_URL": url, "UPHILL_CONFIG": "/dev/null"})


def test_searches_are_not_to_be_crawled_in_any_language(client):
    lines = client.get("/robots.txt").text.splitlines()
    assert {"Disallow: /?", "Disallow: /de/?", "Disallow: /fr/?", "Disallow: /it/?"} <= set(lines)
    assert "Disallow: /" not in lines
