"""The carried pages: no dead link, nothing unreachable, and the policy says what is expected of it."""

import gzip
import io
import re
from collections import deque
from urllib.parse import urljoin, urlsplit

import lxml.etree
import lxml.html
import pypdf
import pytest

from crawler.demo.resorts import DemoWebFile

SLUGS = list(DemoWebFile.read().resorts)
# Linked from no page, on purpose: only a sitemap leads there.
SITEMAP_ONLY = {"kettle-notch", "juniper-flats", "chimney-pass"}
# Their policy is a document for programs, which no page links to.
PUBLISHED = {"wrenfield-hill", "quarrel-ridge"}
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def tree(response, slug):
    encoding = "iso-8859-1" if slug == "mont-chouette" else "utf-8"
    return lxml.html.fromstring(response.body, parser=lxml.html.HTMLParser(encoding=encoding))


def links(response, url, slug):
    if not response.headers["Content-Type"].startswith("text/html"):
        return []
    page = tree(response, slug)
    return [urljoin(url, found) for found in page.xpath("//@href | //@src | //@action")]


def depths(web, fetch, slug):
    """Every URL reachable from the home page by links, and the clicks to it; each answers as it should."""
    home = web.url(slug)
    if slug == "mount-ardagh":
        home = web.url(slug, "/en/")
    found, queue = {home: 0}, deque([home])
    while queue:
        url = queue.popleft()
        response = fetch(url)
        assert response.status == 200, url
        if urlsplit(url).netloc != urlsplit(home).netloc:
            continue
        for link in links(response, url, slug):
            if link not in found:
                found[link] = found[url] + 1
                queue.append(link)
    return found


def sitemap(fetch, url):
    """The pages of a sitemap, through its index if it is one."""
    response = fetch(url)
    assert response.status == 200
    body = gzip.decompress(response.body) if url.endswith(".gz") else response.body
    root = lxml.etree.fromstring(body)
    urls = [loc.text for loc in root.iter(LOC)]
    return [page for one in urls for page in sitemap(fetch, one)] if "index" in root.tag else urls


def sitemaps(web, fetch, slug):
    robots = fetch(web.url(slug, "/robots.txt")).body.decode()
    return re.findall(r"^Sitemap: (.+)$", robots, re.MULTILINE)


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if slug != "pintail-ridge"])
def test_no_link_is_dead_and_the_policy_is_where_it_should_be(web, fetch, slug):
    site = next(s for s in web.sites if s.slug == slug)
    reachable = depths(web, fetch, slug)
    assert len(reachable) >= 5
    if site.expected_policy_url:
        assert (site.expected_policy_url in reachable) == (slug not in SITEMAP_ONLY | PUBLISHED)
        assert slug != "mount-tamsin" or reachable[site.expected_policy_url] == 2
    if site.expected_status_url:
        assert site.expected_status_url in reachable


@pytest.mark.parametrize("slug", SLUGS)
def test_every_url_of_a_sitemap_answers(web, fetch, slug):
    pages = [page for url in sitemaps(web, fetch, slug) for page in sitemap(fetch, url)]
    assert all(fetch(page).status == 200 for page in pages)
    if slug in SITEMAP_ONLY:
        assert next(s for s in web.sites if s.slug == slug).expected_policy_url in pages


def test_sitemaps_as_index_as_gzip_and_at_an_odd_address(web, fetch):
    assert b"<sitemapindex" in fetch(web.url("kettle-notch", "/sitemap.xml")).body
    assert sitemaps(web, fetch, "juniper-flats") == [web.url("juniper-flats", "/sitemap.xml.gz")]
    assert fetch(web.url("juniper-flats", "/sitemap.xml")).status == 404
    assert sitemaps(web, fetch, "chimney-pass") == [web.url("chimney-pass", "/feeds/pages-2026.xml")]


def test_robots(web, fetch):
    assert b"User-agent: *\nDisallow: /\n" in fetch(web.url("sable-mountain", "/robots.txt")).body
    partly = fetch(web.url("chimney-pass", "/robots.txt"))
    assert partly.headers["Content-Type"].startswith("text/plain")
    assert b"Disallow: /admin/\nCrawl-delay: 1\n" in partly.body


def text(fetch, site, url):
    response = fetch(url)
    if response.headers["Content-Type"] == "application/pdf":
        reader = pypdf.PdfReader(io.BytesIO(response.body))
        return " ".join(page.extract_text() for page in reader.pages)
    return tree(response, site.slug).text_content()


@pytest.mark.parametrize("slug", SLUGS)
def test_the_policy_names_what_is_expected_of_it(web, fetch, slug):
    site = next(s for s in web.sites if s.slug == slug)
    if site.expected_policy_url is None:
        return
    policy = text(fetch, site, site.expected_policy_url)
    for route in site.expect.routes:
        assert route.name in policy
    for price in site.expect.prices:
        assert re.search(rf"(\$|CHF ){price.amount}\b|\b{price.amount} (€|Euro)", policy)
    assert site.expect.hotline is None or site.expect.hotline in policy


def test_the_policy_in_a_pdf_is_read(web, fetch):
    site = next(s for s in web.sites if s.slug == "tolliver-peak")
    assert fetch(site.expected_policy_url).headers["Content-Type"] == "application/pdf"
    assert "from 4:00 a.m. to 8:00 a.m." in text(fetch, site, site.expected_policy_url)


def test_north_american_phone_numbers_are_the_invented_ones(web):
    for slug in web.origins:
        for path, page in web.site(slug).pages.items():
            for number in re.findall(rb"\d{3}[)\-] ?\d{3}-\d{4}", page.body):
                assert re.search(rb"555-01\d\d$", number), (slug, path, number)
