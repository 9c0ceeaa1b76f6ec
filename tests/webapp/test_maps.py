import json
import re
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from sqlalchemy.orm import Session

from uphill.search import Query, listings_of
from uphill.search.answers import ResortFacts
from uphill.search.known import known_resorts
from uphill.settings import Settings
from webapp import create_app
from webapp.maps import locator_of
from webapp.marks import Mark, mark_of, mark_of_known
from webapp.outlines import outlines

NOW = datetime(2026, 1, 17, 13, 30, tzinfo=UTC)

TILES = Settings(
    map_tiles="https://{s}.tiles.example/{z}/{x}/{y}.png",
    map_attribution="[© Hill Tiles](https://tiles.example/about) & <b>others</b>",
)


def holder(soup, url):
    (found,) = soup(url).select("[data-map]")
    return found


def test_points_are_those_of_the_search_whichever_page_is_shown(client):
    for search in ("region=US-CO", "text=mountain&dogs=unknown", "near=46.5,9.8&km=60", "region=NO"):
        shown = client.get(f"/map/points.json?{search}").json
        told = client.get(f"/api/v1/resorts?{search}&size=200").json
        assert shown["total"] == told["total"]
        assert shown["whole"]
        assert {point[0] for point in shown["points"]} >= {one["resort"]["slug"] for one in told["listings"]}
        paged = client.get(f"/map/points.json?{search}&page=2&size=10&view=map").json
        assert paged == shown


def test_points_stand_in_the_order_of_the_list(client):
    search = "region=US-VT&sort=name"
    slugs = [one["resort"]["slug"] for one in client.get(f"/api/v1/resorts?{search}").json["listings"]]
    assert [point[0] for point in client.get(f"/map/points.json?{search}").json["points"]][:25] == slugs


def test_a_point_is_name_place_and_mark(client):
    shown = client.get("/map/points.json?text=harmful").json
    assert shown["marks"] == [mark.key for mark in Mark]
    assert shown["points"] == [
        [
            "harmful-bowl",
            "Harmful <script>alert(1)</script> Bowl",
            39.6,
            -106.1,
            shown["marks"].index("limited"),
        ]
    ]
    assert shown["extent"] == [-106.1, 39.6, -106.1, 39.6]
    assert "OpenStreetMap" in shown["licence"]


def test_all_points_of_the_directory_are_few_bytes(client):
    answer = client.get("/map/points.json")
    assert (answer.json["total"], answer.json["whole"]) == (1279, True)
    assert len(answer.data) < 80_000
    assert len(client.get("/map/points.json", headers={"Accept-Encoding": "gzip"}).data) < 35_000


def test_points_that_did_not_change_are_not_sent_again(client):
    first = client.get("/map/points.json?region=US-CO")
    again = client.get("/map/points.json?region=US-CO", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get("/map/points.json?region=US-VT", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("wrong", ["bbox=1,2,3", "zoom=99", "zoom=x", "dogs=maybe"])
def test_a_wrong_question_is_refused(client, wrong):
    assert client.get(f"/map/points.json?{wrong}").status_code == 400


def test_a_mark_is_the_same_on_the_map_as_on_the_card(engine):
    with Session(engine) as session:
        known = {resort.slug: mark_of_known(resort) for resort in known_resorts(session)}
        _, listings = listings_of(session, Query(), NOW)
    assert {one.resort.slug: mark_of(one.policy) for one in listings} == known
    assert set(known.values()) == set(Mark)


def test_a_popup_tells_verdict_and_age_and_escapes(client):
    said = client.get("/map/resorts/harmful-bowl")
    assert "checked 3 hours ago" in said.text
    assert "<script" not in said.text
    assert 'href="/resorts/harmful-bowl"' in said.text
    assert client.get("/map/resorts/nowhere").status_code == 404
    assert 'href="/de/resorts/harmful-bowl"' in client.get("/de/map/resorts/harmful-bowl").text


def test_the_map_of_a_search_names_its_addresses(client, soup):
    found = holder(soup, "/?view=map&region=US-CO&dogs=unknown&sort=name&page=2")
    points = urlsplit(found["data-points"])
    assert (points.path, parse_qs(points.query)) == (
        "/map/points.json", {"region": ["US-CO"], "dogs": ["unknown"], "sort": ["name"]},
    )  # fmt: skip
    assert parse_qs(urlsplit(found["data-area"]).query) == {
        "dogs": ["unknown"],
        "sort": ["name"],
        "view": ["map"],
    }
    assert json.loads(found["data-words"])["marks"]["unknown"] == "Not stated"
    assert found["data-tiles"] == ""
    for name in ("script", "styles", "outlines", "towns", "ground", "marks"):
        with client.get(found[f"data-{name}"]) as answer:
            assert answer.status_code == 200, name
            assert "immutable" in answer.headers["Cache-Control"], name
    assert client.get(found["data-popup"].replace(found["data-slug"], "vail")).status_code == 200
    assert "Natural Earth" in found["data-attribution"]
    assert not holder(soup, "/?view=map&region=NO").has_attr("style")


def test_leaflet_is_served_as_its_wheel_has_it(client, soup):
    styles = holder(soup, "/?view=map")["data-styles"]
    with client.get(styles) as sheet:
        text = sheet.text
    images = re.findall(r"url\((images/[^)]+)\)", text)
    assert len(images) >= 2
    for image in images:
        with client.get(styles.rpartition("/")[0] + "/" + image) as answer:
            assert (answer.status_code, answer.mimetype) == (200, "image/png")
            assert "immutable" in answer.headers["Cache-Control"]
    with client.get("/leaflet/1.0.0-older/leaflet.css") as older:
        assert older.text == text
        assert "immutable" not in older.headers["Cache-Control"]
    for name in ("leaflet-src.js", "../__init__.py", "images/../leaflet.js.map"):
        assert client.get(f"/leaflet/1.0.0/{name}").status_code == 404


def test_tiles_open_the_policy_to_their_host_alone(engine):
    client = create_app(TILES, engine=engine, clock=lambda: NOW).test_client()
    page = client.get("/?view=map")
    assert "img-src 'self' data: https://*.tiles.example;" in page.headers["Content-Security-Policy"]
    assert "tiles.example" not in page.headers["Content-Security-Policy"].replace(
        "https://*.tiles.example;", ""
    )
    found = BeautifulSoup(page.text, "lxml").select_one("[data-map]")
    assert found["data-tiles"] == TILES.map_tiles
    assert found["data-attribution"] == (
        '<a href="https://tiles.example/about">© Hill Tiles</a> &amp; &lt;b&gt;others&lt;/b&gt;'
    )


def test_without_tiles_nothing_else_may_be_loaded(client):
    assert "img-src 'self' data:;" in client.get("/?view=map").headers["Content-Security-Policy"]


def test_a_resort_is_shown_on_its_region_without_a_script(soup):
    section = soup("/resorts/copper-mountain").select_one(".locator")
    picture = section.select_one("svg[role=img]")
    assert picture["aria-label"] == "Copper Mountain lies in the middle of Colorado, at 39.48° N, 106.16° W."
    assert len(picture.select(".map-picture-here")) == 1
    (dot,) = picture.select(".map-picture-dot")
    assert 0 < float(dot["cx"]) < 480
    assert 0 < float(dot["cy"]) < 300
    assert len(str(picture)) < 12_000
    near = [link["href"] for link in section.select(".locator-near a")]
    assert near[0] == "/resorts/breckenridge"
    assert "/resorts/copper-mountain" not in near
    assert section.select_one("[data-map]")["data-here"] == "copper-mountain"


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("zermatt", "in the south of Valais"),
        ("steamboat", "in the north-west of Colorado"),
        ("jay-peak", "in the north of Vermont"),
    ],
)
def test_the_picture_is_told_in_words(soup, slug, said):
    assert said in soup(f"/resorts/{slug}").select_one(".locator-words").text


def test_a_region_is_shown_with_its_resorts(soup, client):
    picture = soup("/regions/US-VT").select_one("svg.map-picture")
    total = client.get("/map/points.json?region=US-VT").json["total"]
    assert len(picture.select("use")) == total
    assert len(soup("/regions/AT").select("svg.map-picture .map-picture-here")) == len(
        [code for code in outlines() if code.startswith("AT-")]
    )


def test_a_resort_in_a_region_without_an_outline_has_its_place_in_words(app):
    place = {"slug": "far-hill", "name": "Far Hill", "country": "NO", "country_name": "Norway", "region": "NO-03",
             "region_name": "Oslo"}  # fmt: skip
    with app.test_request_context("/"):
        found = locator_of(ResortFacts(**place, latitude=-59.5, longitude=10.25))
        assert locator_of(ResortFacts(**place)) is None
    assert found.picture is None
    assert found.place == "59.50° S, 10.25° E"
    assert found.neighbours == ()
