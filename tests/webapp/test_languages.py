"""Pages in the reader's language: by the address, by the browser; with the clock and the units of a territory."""

import pytest
from bs4 import BeautifulSoup

RESORT = "/resorts/harmful-bowl"


def page(client, path, accepts=""):
    answer = client.get(path, headers={"Accept-Language": accepts} if accepts else {})
    return answer, BeautifulSoup(answer.data, "lxml")


@pytest.mark.parametrize(
    ("path", "accepts", "language"),
    [
        ("/", "", "en"),
        ("/", "de-CH,de;q=0.9,en;q=0.5", "de"),
        ("/", "es,it;q=0.8", "it"),
        ("/", "es-ES", "en"),
        ("/", "xx-" * 500, "en"),
        ("/fr/", "de", "fr"),
        ("/en/", "de", "en"),
        (f"/it{RESORT}", "", "it"),
        ("/de/nowhere", "", "de"),
        ("/nowhere", "fr", "fr"),
    ],
)
def test_a_page_is_in_the_language_of_its_address_or_the_browser(client, path, accepts, language):
    answer, soup = page(client, path, accepts)
    assert soup.html["lang"] == answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]


def test_links_stay_in_the_language_and_files_are_shared(client):
    _, soup = page(client, "/de/regions/US-CO")
    links = {link["href"] for link in soup.main.select("a[href^='/']")}
    assert links
    assert all(link.startswith("/de/") for link in links)
    plain = page(client, "/regions/US-CO")[1]
    styles = [link["href"] for link in soup.select("link[rel=stylesheet]")]
    assert styles == [link["href"] for link in plain.select("link[rel=stylesheet]")]
    assert all(link.startswith("/static/") for link in styles)


def test_the_foot_leads_to_the_same_page_in_other_languages(client):
    _, soup = page(client, "/fr/changes?region=US-CO")
    links = {link["lang"]: link["href"] for link in soup.select(".languages a")}
    assert links == {code: f"/{code}/changes?region=US-CO" for code in ("en", "de", "fr", "it")}
    assert soup.select_one(".languages [aria-current]")["lang"] == "fr"


@pytest.mark.parametrize("prefix", ["", "/de", "/en-us"])
def test_search_engines_find_each_language(client, prefix):
    _, soup = page(client, f"{prefix}{RESORT}")
    found = {link["hreflang"]: link["href"] for link in soup.select("link[rel=alternate][hreflang]")}
    assert found == {
        "x-default": f"http://localhost{RESORT}",
        **{code: f"http://localhost/{code}{RESORT}" for code in ("en", "de", "fr", "it")},
    }


def test_a_language_alone_leads_to_its_first_page(client):
    answer = client.get("/de?text=a")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/de/?text=a")


@pytest.mark.parametrize("path", ["/de/api/v1/resorts", "/it/static/css/base.css", "/fr/healthz", "/xx/"])
def test_what_is_no_page_has_one_address(client, path):
    assert client.get(path).status_code == 404


def test_the_api_speaks_english(client):
    german = client.get(f"/api/v1{RESORT}", headers={"Accept-Language": "de"}).json
    assert german["verdict"].startswith("Uphill allowed Mon–Fri 5:00 until lifts open")


def test_redirects_stay_in_the_language(client):
    assert client.get("/de/regions/us-co").headers["Location"] == "/de/regions/US-CO"


@pytest.mark.parametrize(
    ("accepts", "said"),
    [
        ("en-US", ("1.5 mi", "1,380 ft", "4:30–10:00")),
        ("en-GB", ("2.4 km", "420 m", "16:30–22:00")),
        ("fr-CA", ("2,4 km", "420 m", "16:30–22:00")),
        ("", ("2.4 km", "420 m", "16:30–22:00")),
    ],
)
def test_lengths_and_clocks_are_those_of_the_reader(client, accepts, said):
    answer, _ = page(client, RESORT, accepts)
    text = answer.text.replace("\u202f", " ")
    for words in said:
        assert words in text, words


@pytest.mark.parametrize(
    ("prefix", "length"), [("/en-us", "1.5 mi"), ("/en-gb", "2.4 km"), ("/de-us", "1,5 mi")]
)
def test_the_units_can_be_chosen(client, prefix, length):
    answer, soup = page(client, f"{prefix}{RESORT}", "en-US")
    assert length in answer.text
    assert all(link["href"].startswith(f"{prefix}/") for link in soup.main.select("a[href^='/']"))
    chosen = soup.select_one(".units [aria-current]")
    assert chosen["href"] == f"{prefix}{RESORT}"


def test_each_language_has_its_own_entity_tag(client):
    tags = {client.get(RESORT, headers={"Accept-Language": code}).headers["ETag"] for code in ("en", "de")}
    assert len(tags) == 2
    told = client.get(RESORT, headers={"Accept-Language": "de"}).headers["ETag"]
    again = client.get(RESORT, headers={"Accept-Language": "de", "If-None-Match": told})
    assert again.status_code == 304
    assert "Accept-Language" in again.headers["Vary"]


@pytest.mark.parametrize("language", ["de", "fr", "it"])
def test_the_guide_is_told_in_each_language(client, language):
    _, soup = page(client, f"/{language}/guide")
    english = {link.text for link in page(client, "/en/guide")[1].select(".chapters a")}
    links = soup.select(".chapters a")
    assert len(links) == len(english) == 5
    assert english.isdisjoint(link.text for link in links)
    for link in links:
        chapter = page(client, link["href"])[1]
        assert not chapter.article.has_attr("lang")
        assert all(each["href"].startswith((f"/{language}/guide/", "http")) for each in chapter.article("a"))


def test_words_kept_in_memory_are_of_no_language(client):
    searched = "/?text=harmful"
    german = client.get(f"/de{searched}").text
    english = client.get(f"/en{searched}").text
    told = client.get("/api/v1/resorts?text=harmful").json
    assert "Aufstieg erlaubt: Mo–Fr" in german
    assert "Uphill allowed Mon–Fri" in english
    assert "Aufstieg" not in english
    assert "Uphill allowed Mon–Fri" in str(told)
    assert "Aufstieg" not in str(told)
