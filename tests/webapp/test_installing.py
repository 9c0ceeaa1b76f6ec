"""The site as an application: its manifest, its icons, the service worker and the page without a connection."""

import json
import struct

import pytest

from webapp.installing import shell, version


def site_of(worker):
    return json.loads(worker.text.partition("const SITE = ")[2].partition(";\n")[0])


def test_pages_name_manifest_icon_and_worker(soup):
    page = soup("/")
    assert page.select_one("link[rel=manifest]")["href"] == "/manifest.webmanifest"
    assert page.select_one("link[rel=apple-touch-icon]")["href"].startswith("/static/icons/")
    assert {meta["content"] for meta in page.select("meta[name=theme-color]")} == {"#fbfbf9", "#10161c"}
    assert page.select_one("script[data-worker]")["data-worker"] == "/worker.js"


def test_the_manifest_names_icons_that_are_there(client):
    response = client.get("/manifest.webmanifest")
    assert response.mimetype == "application/manifest+json"
    manifest = response.json
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
    assert any(icon.get("purpose") == "maskable" for icon in manifest["icons"])
    sizes = set()
    for icon in manifest["icons"]:
        image = client.get(icon["src"])
        assert image.mimetype == icon["type"]
        if icon["type"] == "image/png":
            width, height = struct.unpack(">II", image.data[16:24])
            assert icon["sizes"] == f"{width}x{height}"
            sizes.add(icon["sizes"])
        image.close()
    assert sizes == {"192x192", "512x512"}


def test_one_application_in_every_language(client):
    english, german = (client.get(f"{prefix}/manifest.webmanifest").json for prefix in ("", "/de"))
    assert german["start_url"] == "/de/"
    assert (german["id"], german["scope"]) == (english["id"], english["scope"])
    assert client.get("/de/").text.count('data-worker="/worker.js"') == 1


def test_the_worker_serves_the_whole_site_and_is_asked_for_anew(client):
    worker = client.get("/worker.js")
    assert worker.mimetype == "text/javascript"
    assert worker.headers["Service-Worker-Allowed"] == "/"
    assert worker.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in worker.headers["Content-Security-Policy"]
    assert site_of(worker)["version"] == version()


def test_under_a_path_of_its_own_the_site_stays_within_it(client):
    worker = client.get("/worker.js", environ_overrides={"SCRIPT_NAME": "/uphill"})
    assert worker.headers["Service-Worker-Allowed"] == "/uphill/"
    site = site_of(worker)
    assert site["root"] == "/uphill/"
    assert all(address.startswith("/uphill/") for address in (*site["files"], *site["offline"].values()))


def test_what_the_worker_keeps_is_there(client):
    site = site_of(client.get("/worker.js"))
    assert len(site["files"]) == len(set(site["files"])) == len(shell())
    for url in (*site["files"], *site["offline"].values()):
        response = client.get(url)
        assert response.status_code == 200, url
        assert url in site["offline"].values() or "immutable" in response.headers["Cache-Control"], url
        response.close()
    assert not any("worker.js" in url for url in site["files"])


@pytest.mark.parametrize("prefix", ["", "/de", "/fr", "/it"])
def test_the_offline_page_has_a_place_for_what_is_kept(soup, prefix):
    page = soup(f"{prefix}/offline")
    assert page.select_one("ul[data-kept-list][hidden]")
    assert page.select_one("[data-none-kept]")


def test_every_page_has_the_banner_that_a_kept_one_shows(client):
    """The worker finds these two by their very text."""
    text = client.get("/resorts/harmful-bowl").text
    assert text.count('<div class="kept-note" hidden') == 1
    assert text.count('<time class="kept-time"></time>') == 1


def test_what_is_told_of_now_says_what_it_is_later(soup):
    page = soup("/resorts/harmful-bowl")
    told = page.select(".state [data-expires], #fact-status [data-expires], #fact-routes [data-expires]")
    assert len(told) == 3
    assert all(one["data-later"].startswith("not known, last seen open on 17 Jan 2026") for one in told)
    card = soup("/?text=harmful").select_one(".card-now")
    assert card["data-later"].startswith("Now not known, last seen open on")
    assert card["data-expires"]
