import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.score import STRONG
from crawler.discovery.sitemap import MAX_ELEMENTS, MAX_URLS, Sitemap, by_promise, read_sitemap, sitemap_links

NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
URLSET = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {NS} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc> https://r.example/ </loc><image:image><image:loc>https://r.example/i.jpg</image:loc></image:image></url>
  <url><loc>https://r.example/dining/uphill-brewery</loc></url>
  <url><loc>https://r.example/uphill-policy.jpg</loc></url>
  <url><loc>https://r.example/skinning</loc></url>
  <url><loc>https://r.example/uphill-policy</loc></url>
</urlset>""".encode()
PAGES = (
    "https://r.example/",
    "https://r.example/dining/uphill-brewery",
    "https://r.example/uphill-policy.jpg",
    "https://r.example/skinning",
    "https://r.example/uphill-policy",
)


def read(body: bytes) -> Sitemap:
    return read_sitemap(body, max_bytes=1_000_000)


@pytest.mark.parametrize("body", [URLSET, gzip.compress(URLSET), URLSET.replace(NS.encode(), b"")])
def test_pages(body: bytes):
    assert read(body) == Sitemap(PAGES)


def test_best_first_without_what_is_no_page():
    assert [link.url for link in sitemap_links(Sitemap(PAGES), minimum=STRONG)] == [
        "https://r.example/uphill-policy",
        "https://r.example/skinning",
    ]


def test_index():
    body = f"<sitemapindex {NS}><sitemap><loc>https://r.example/a.xml</loc></sitemap></sitemapindex>".encode()
    assert read(body) == Sitemap((), ("https://r.example/a.xml",))


def test_children_worth_reading():
    urls = ("https://r.example/post-sitemap.xml", "https://r.example/image-sitemap.xml",
            "https://r.example/page-sitemap.xml", "https://r.example/uphill-sitemap.xml")  # fmt: skip
    assert by_promise(urls) == [urls[3], urls[2], urls[0]]


def test_what_is_no_url_is_left_out():
    assert sitemap_links(Sitemap(("http://[bad/uphill", "/uphill", "")), minimum=1) == []
    assert by_promise(("http://[bad/a.xml", "nonsense")) == []


def test_text():
    assert read(b"https://r.example/a\nnonsense\nhttps://r.example/b\n").pages == (
        "https://r.example/a",
        "https://r.example/b",
    )


def test_what_came_before_the_damage_counts():
    assert read(URLSET[: URLSET.index(b"skinning")]).pages[:2] == PAGES[:2]
    assert read(gzip.compress(URLSET)[:20]) == Sitemap()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_declares_entities_is_not_read(tmp_path: Path, encoding: str):
    secret = tmp_path / "secret"
    secret.write_text("https://r.example/secret")
    body = f"""<!DOCTYPE urlset [<!ENTITY s SYSTEM "{secret.as_uri()}"><!ENTITY a "https://r.example/a">
      <!ENTITY b "&a;&a;&a;&a;">]><urlset {NS}><url><loc>&s;</loc></url><url><loc>&a;</loc></url></urlset>"""
    assert read(body.encode(encoding)) == Sitemap()


def test_elements_are_counted():
    url = b"<url><loc>https://r.example/%s</loc></url>"
    bomb = b"<urlset>" + url % b"a" + b"<a/>" * MAX_ELEMENTS + url % b"b" + b"</urlset>"
    assert read_sitemap(gzip.compress(bomb), max_bytes=20_000_000).pages == ("https://r.example/a",)


def test_an_address_has_an_end():
    long = "https://r.example/" + "a" * 3000
    assert read(f"<urlset><url><loc>{long}</loc></url></urlset>".encode()) == Sitemap()
    assert read(f"{long}\nhttps://r.example/b".encode()).pages == ("https://r.example/b",)


def test_bounds():
    many = b"<urlset>" + b"<url><loc>https://r.example/a</loc></url>" * (MAX_URLS + 10) + b"</urlset>"
    assert len(read(many).pages) == MAX_URLS
    assert len(read_sitemap(gzip.compress(many), max_bytes=4_200).pages) < 120


@given(st.binary(max_size=300) | st.binary(max_size=100).map(lambda b: b"<urlset>" + b))
def test_any_bytes_are_read_without_an_error(body: bytes):
    read(body)
