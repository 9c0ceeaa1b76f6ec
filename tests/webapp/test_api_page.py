import json
import re

import pytest

from uphill.search.filters import FILTERS
from webapp.reference import shortened


@pytest.fixture(scope="module")
def page(app):
    from bs4 import BeautifulSoup

    return BeautifulSoup(app.test_client().get("/api").text, "lxml")


def test_it_tells_of_every_endpoint(client, page):
    described = client.get("/api/v1/openapi.json").json["paths"]
    assert [way.code.text for way in page.select(".ways li")] == [
        each.select_one(".verb").text + " " + each.select_one(".way-path code").text
        for each in page.select(".way")
    ]
    told = {way.select_one(".way-path code").text: way for way in page.select(".way")}
    assert set(told) == set(described)
    for path, way in told.items():
        for operation in described[path].values():
            names = [each.text for each in way.select(".takes:not(.answers) dt code")]
            assert names == [each["name"] for each in operation["parameters"]]
            assert [each.text for each in way.select(".answers dt")] == sorted(operation["responses"])


def test_every_example_works_and_answers_as_shown(client, page):
    for way in page.select(".way"):
        shown = way.select_one(".answer pre")
        if (link := way.select_one("a.try")) is not None:
            assert f'"{link["href"]}"' in way.select_one(".command").text
            told = client.get(link["href"])
        else:
            address = re.search(r'"(http[^"]+)"$', way.select_one(".command").text.strip())[1]
            told = client.post(
                address, data=way.select_one(".sent pre").text, content_type="application/json"
            )
        assert (told.status_code, shown["data-status"]) == (200, "200"), way["id"]
        assert json.loads(shown.text) == shortened(told.json)


def test_every_value_of_every_filter_is_told(page):
    search = page.select_one("#searchResorts")
    values = {
        dt.code.text: [code.text for code in dt.find_next("dd").select(".values code")]
        for dt in search.select(".takes:not(.answers) dt")
    }
    assert {name: values[name] for name in FILTERS} == {
        name: list(each.values) for name, each in FILTERS.items()
    }


def test_its_links_lead_somewhere(client, page):
    for link in page.select("main a[href^='/']"):
        response = client.get(link["href"].partition("#")[0])
        assert response.status_code == 200, link["href"]
        response.close()
    for link in page.select("main a[href^='#']"):
        assert page.select_one(link["href"])


def test_the_error_that_it_shows_is_true(client, page):
    shown = json.loads(page.select_one(".meanings pre").text)
    told = client.get("/api/v1/resorts?dogs=maybe").json
    assert told["message"].startswith(shown.pop("message").rstrip("…"))
    assert {key: told[key] for key in shown} == shown


def test_what_is_left_out_is_told():
    assert shortened({"a": [1, 2, 3], "facets": {key: [1, 2] for key in "abcde"}}) == {
        "a": [1, "… 2 more"],
        "facets": {**{key: [1, "… 1 more"] for key in "abc"}, "…": "2 more"},
    }


def test_another_language_tells_the_same_endpoints(client, soup, page):
    french = soup("/fr/api")
    assert [way.code for way in french.select(".ways li")] == [way.code for way in page.select(".ways li")]
    assert french.select_one(".try")["href"] == page.select_one(".try")["href"]
