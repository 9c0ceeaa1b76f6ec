"""What holds on every page."""

import re
from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup

PAGES = [
    "/",
    "/?text=mountain&region=US-CO&dogs=unknown",
    "/?text=copper&dogs=leashed&region=US-VT",
    "/?dogs=maybe",
    "/regions",
    "/regions/US",
    "/regions/US-CO",
    "/regions/XX",
    "/tonight",
    "/tonight/US-CO",
    "/tonight/US?day=sat",
    "/tonight/CH",
    "/tonight/US-CO?day=someday",
    "/guide",
    "/guide/what-it-is",
    "/guide/first-time",
    "/guide/nowhere",
    "/coverage",
    "/health",
    "/about",
    "/api",
    "/publish",
    "/compare",
    "/compare?resort=harmful-bowl&resort=copper-mountain",
    "/compare?resort=harmful-bowl&add=mountain",
    "/compare?resort=nowhere",
    "/starred",
    "/starred?resort=harmful-bowl&resort=copper-mountain",
    "/offline",
    "/resorts/harmful-bowl",
    "/resorts/copper-mountain",
    "/resorts/steamboat",
    "/resorts/nowhere",
    "/nowhere",
]
OWN_SCRIPT = r'<script type="(application/ld\+json|module" src="/static/[^"]+)"( data-worker="/worker.js")?>'
"""The site's own scripts, and data that nothing runs."""
VOID = {"meta", "link", "input", "img", "br", "hr"}
PICTURE_LEAVES = {"path", "rect", "circle", "use", "stop"}


class Balance(HTMLParser):
    """Collects elements that are closed in the wrong order or not at all."""

    def __init__(self):
        super().__init__()
        self.open, self.wrong = [], []

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.wrong.append(f"attribute twice: {self.get_starttag_text()}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):  # noqa: ARG002
        if tag not in PICTURE_LEAVES:
            self.wrong.append(f"closes itself: {tag}")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"{tag} at {self.getpos()}")


@pytest.fixture(scope="module", params=PAGES)
def page(request, app):
    return app.test_client().get(request.param)


@pytest.fixture(scope="module")
def parsed(page):
    """To be looked at, never changed."""
    return BeautifulSoup(page.text, "lxml")


def test_markup_is_well_formed(page):
    balance = Balance()
    balance.feed(page.text)
    assert (balance.wrong, balance.open) == ([], [])
    ids = re.findall(r'\bid="([^"]*)"', page.text)
    assert len(ids) == len(set(ids))


def test_a_page_has_one_heading_its_language_and_a_title(parsed):
    assert parsed.html["lang"] == "en"
    assert len(parsed.select("h1")) == 1
    assert parsed.title.text.strip()
    assert len(parsed.select("header nav a")) <= 5


def test_the_foot_warns_and_credits(parsed):
    foot = parsed.footer.text
    assert "Rules change daily" in foot
    assert "OpenStreetMap contributors" in foot
    assert "OpenSkiMap" in foot
    assert "ODbL" in foot


def test_nothing_is_loaded_from_elsewhere(parsed):
    own = "[type=module][src^='/static/'], [src^='/leaflet/']"
    data = "[type='application/ld+json']"
    assert not parsed.select(f"script:not({data}, {own}), style, iframe, object, [style]")
    led_to = "[rel=alternate], [rel=canonical], [rel=manifest]"
    loaded = [tag.get("src") or tag["href"] for tag in parsed.select(f"link[href]:not({led_to}), img[src]")]
    assert loaded
    assert all(url.startswith("/static/") for url in loaded)
    assert not [name for tag in parsed.find_all() for name in tag.attrs if name.startswith("on")]


def test_links_are_safe(parsed):
    for link in parsed.select("a[href]"):
        assert re.match(r"(/|#|https?://|tel:\+?\d+$)", link["href"]), link
        if link["href"].startswith("http"):
            assert link["rel"] == ["noopener", "nofollow"]


def test_headers_forbid_what_a_page_does_not_need(page):
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"]
    assert "Set-Cookie" not in page.headers


def test_what_others_wrote_is_escaped(client):
    for url in (
        "/resorts/harmful-bowl",
        "/?text=harmful",
        "/regions/US-CO",
        "/?text=<script>alert(1)</script>",
    ):
        text = re.sub(OWN_SCRIPT, "", client.get(url).text)
        assert "<script" not in text
        assert "<img" not in text
        assert "&lt;script&gt;" in text


def test_every_resort_of_a_sample_has_a_page(client):
    listings = client.get("/api/v1/resorts?size=200").json["listings"]
    listings += client.get("/api/v1/resorts?size=200&page=4").json["listings"]
    for listing in listings[::6]:
        url = f"/resorts/{listing['resort']['slug']}"
        response = client.get(url)
        assert response.status_code == 200, url
        balance = Balance()
        balance.feed(response.text)
        assert not balance.wrong, url


def test_an_unchanged_page_is_not_sent_twice(client):
    first = client.get("/about")
    again = client.get("/about", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_static_files_are_kept_under_hashed_addresses(client, soup):
    for link in soup("/").select('link[href^="/static/"]'):
        response = client.get(link["href"])
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]
        response.close()
    plain = client.get("/static/css/base.css?v=other")
    assert "immutable" not in plain.headers.get("Cache-Control", "")
    plain.close()


def test_a_search_is_small_with_all_that_it_loads(client, soup):
    """In bytes over the wire."""
    page = soup("/")
    loaded = [link["href"] for link in page.select("link[rel=stylesheet]")]
    loaded += [script["src"] for script in page.select("script[src]")]
    total = 0
    for url in ("/", *loaded):
        with client.get(url, headers={"Accept-Encoding": "gzip"}) as response:
            total += len(response.data)
    assert total < 60_000


def test_the_about_page_counts(soup):
    assert "1,279 resorts" in soup("/about").text


def test_health_is_told(client):
    assert client.get("/healthz").json == {"status": "ok", "resorts": 1279}
