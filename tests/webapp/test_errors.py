import logging

import pytest

from uphill.db import make_engine
from uphill.settings import Settings
from webapp import create_app


def test_a_wrong_filter_names_the_parameter_and_its_values(soup):
    page = soup("/?dogs=maybe", 400)
    assert "dogs" in page.main.text
    assert [code.text for code in page.select(".values code")] == [
        "allowed", "leashed", "limited", "prohibited", "unknown",
    ]  # fmt: skip
    assert page.select_one(".values a")["href"] == "/?dogs=allowed"


@pytest.mark.parametrize(
    ("query", "parameter"), [("colour=red", "colour"), ("region=XX-1", "region"), ("page=0", "page")]
)
def test_page_and_api_refuse_alike(client, soup, query, parameter):
    told = client.get(f"/api/v1/resorts?{query}")
    assert told.status_code == 400
    assert told.json["parameter"] == parameter
    assert told.json["message"] in soup(f"/?{query}", 400).main.text


@pytest.mark.parametrize("query", ["near=Nirgendsdorf", "near=91,0", "region=US-XX", "dogs=maybe"])
def test_what_is_wrong_is_told_in_the_reader_s_language(client, query):
    told = {
        lang: client.get(f"/?{query}", headers={"Accept-Language": lang}).text.partition('id="problem"')[2][
            :120
        ]
        for lang in ("en", "de", "fr", "it")
    }
    assert len(set(told.values())) == 4, told


def test_too_many_resorts_are_no_search(soup):
    assert (
        soup("/compare?" + "&".join(f"resort={name}" for name in "abcde"), 400).h1.text
        == "This can’t be done"
    )


def test_an_unknown_resort_offers_those_alike(soup):
    page = soup("/resorts/copper-hill", 404)
    assert "copper-hill" in page.main.text
    assert page.select_one(".plain a")["href"].startswith("/resorts/copper")


def test_a_slash_too_many_at_the_end_leads_to_the_page(client):
    answer = client.get("/de/resorts/copper-mountain/?a=b")
    assert (answer.status_code, answer.location) == (301, "/de/resorts/copper-mountain?a=b")
    for path in ("/nowhere/", "/resorts//", "/de//elsewhere.example/"):
        assert client.get(path).status_code == 404, path


def test_an_unknown_region_says_what_to_try(soup):
    assert "US-CO" in soup("/regions/ZZ", 404).main.text


def test_regions_are_found_in_small_letters(client):
    assert client.get("/regions/us-co").location == "/regions/US-CO"


def test_an_unknown_page(soup, client):
    assert "/nowhere" in soup("/nowhere", 404).main.text
    assert client.get("/api/v1/nowhere").json["status"] == 404
    assert client.post("/about").status_code == 405


def test_a_failure_is_logged_and_plainly_said(tmp_path, caplog):
    engine = make_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    client = create_app(Settings(), engine=engine).test_client()
    with caplog.at_level(logging.ERROR):
        page = client.get("/")
        told = client.get("/api/v1/resorts")
    engine.dispose()
    assert page.status_code == told.status_code == 500
    assert "Traceback" not in page.text
    assert "the failure was logged" in page.text
    assert "the failure was logged" in told.json["message"]
    assert "no such table" in caplog.text
