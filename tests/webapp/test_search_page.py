from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup
from werkzeug.datastructures import MultiDict

from uphill.db import session_factory
from uphill.folding import fold
from uphill.policy import Window
from uphill.search import Query, search
from uphill.search.filters import FILTERS
from uphill.words.wording import window_words

NOW = datetime(2026, 1, 17, 13, 30, tzinfo=UTC)


def names(page):
    return [link.text for link in page.select(".card h3 a")]


def test_resorts_with_a_known_policy_come_first(soup):
    page = soup("/")
    assert len(page.select(".card")) == 25
    assert all("no policy known" not in card.text for card in page.select(".card"))


def test_text_finds_by_name(soup):
    assert names(soup("/?text=arapahoe")) == ["Arapahoe Basin"]


def test_every_filter_offers_every_value_with_its_count(soup, app, engine):
    page = soup("/?region=US-VT")
    with session_factory(engine)() as session:
        facets = search(session, Query(region=("US-VT",)), NOW).facets
    for name, each in FILTERS.items():
        boxes = page.select(f'input[name="{name}"]')
        assert tuple(box["value"] for box in boxes) == each.values
        shown = [int(box.parent.select_one(".count").text.replace(",", "")) for box in boxes]
        assert shown == [facet.count for facet in facets[name]]


@pytest.mark.parametrize("name", FILTERS)
def test_counts_keep_their_promise(client, name):
    url = "/api/v1/resorts?size=1&region=US-CO"
    facets = client.get(url).json["facets"][name]
    for facet in facets[::2]:
        assert client.get(f"{url}&{name}={facet['value']}").json["total"] == facet["count"]


def test_not_stated_is_a_value_to_filter_by(soup):
    page = soup("/")
    for name in set(FILTERS) - {"freshness"}:
        box = page.select_one(f'input[name="{name}"][value="unknown"]')
        assert "not stated" in box.parent.text


def test_chosen_values_are_ticked_and_removable(soup):
    page = soup("/?text=mountain&region=US-CO&dogs=unknown&dogs=leashed")
    ticked = {(box["name"], box["value"]) for box in page.select("input[type=checkbox][checked]")}
    assert ticked == {("region", "US-CO"), ("dogs", "unknown"), ("dogs", "leashed")}
    chips = {link.text.split("filter")[-1].strip(" ×\n"): link["href"] for link in page.select(".chips a")}
    assert "dogs=leashed" in chips["Dogs: not stated"]
    assert "dogs=unknown" not in chips["Dogs: not stated"]
    assert "text" not in chips["“mountain”"]
    assert "region" not in chips["Colorado"]


def test_a_region_that_nothing_is_left_of_stays_chosen(soup):
    page = soup("/?region=US-AL&dogs=leashed")
    assert page.select_one('input[type="hidden"][name="region"]')["value"] == "US-AL"


def test_a_state_of_the_form_is_an_address(soup):
    page = soup("/?sort=name&view=table")
    form = page.select_one("form#search")
    assert (form["method"], form["action"]) == ("get", "/ask")
    assert sent(page) == {"sort": "name", "view": "table", "km": "100", "currency": "USD"}


def sent(page):
    """What a browser sends of the form as it stands, but what is empty."""
    fields = {}
    for field in page.select('[form="search"][name], form#search [name]'):
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            fields[field["name"]] = chosen.get("value") or chosen.text
        elif field.get("type") not in {"checkbox", "radio"} or field.has_attr("checked"):
            fields[field["name"]] = field.get("value", "")
    return {name: value for name, value in fields.items() if value}


STATES = (
    "near=39.74,-104.98+Denver&km=80&price_max=30&currency=CAD&open=possibly&sort=price",
    "near=39.74,-104.98&at=2026-01-17T18:00",
    "region=US-VT&at=2026-01-18T06:00&open=open",
    "at=2026-01-20T05:30&season_max=99.5&currency=CHF&size=10",
    "open=open&open=possibly&text=copper",
    "with_pass=Ikon&dogs=leashed&view=table",
)


@pytest.mark.parametrize("state", STATES)
def test_a_form_that_is_sent_as_it_stands_asks_the_same(client, soup, state):
    page = soup(f"/?{state}")
    fields = MultiDict(sent(page))
    for box in page.select('[form="search"][type="checkbox"][checked]'):
        fields.setlist(box["name"], [*fields.getlist(box["name"]), box["value"]])
    answer = client.get("/ask", query_string=fields)
    assert sorted(set(parse_qsl(urlsplit(answer.location).query))) == sorted(parse_qsl(state))


@pytest.mark.parametrize(
    ("at", "picked"),
    [
        ("at=2026-01-17T18:00", "tonight"),
        ("at=2026-01-18T06:00", "tomorrow"),
        ("at=2026-01-24T06:00", "saturday"),
        ("at=2026-01-19T06:00", "at"),
        ("open=open", "now"),
        ("", ""),
    ],
)
def test_the_time_that_is_asked_for_is_picked(soup, at, picked):
    (radio,) = soup(f"/?{at}").select('input[name="when"][checked]')
    assert radio["value"] == picked


def test_each_view_is_one_tap_away_and_is_kept(soup):
    page = soup("/?region=US-CO&dogs=leashed&view=table")
    assert {link.text: link["href"] for link in page.select(".views a")} == {
        "List": "/?region=US-CO&dogs=leashed",
        "Table": "/?region=US-CO&dogs=leashed&view=table",
        "Map": "/?region=US-CO&dogs=leashed&view=map",
    }
    assert page.select_one(".views a[aria-current]").text == "Table"
    for link in page.select(".chips a, .sorts a, .sheet thead a"):
        assert "view=table" in link["href"]
    assert soup("/?view=map").select(".card")


def test_a_view_that_there_is_none_of_is_a_sentence(soup):
    assert "Try one of: list, table, map" in soup("/?view=globe", 400).text


def test_the_table_tells_of_each_resort_in_a_line(soup):
    page = soup("/?text=harmful&view=table")
    table = page.select_one("table")
    assert table.caption.text
    assert page.select_one(".sheet")["tabindex"] == "0"
    heads = [cell.get_text(" ", strip=True) for cell in table.select("thead th[scope=col]")]
    cells = [" ".join(cell.get_text(" ").split()) for cell in table.select("tbody tr > *")]
    told = dict(zip(heads, cells, strict=True))
    assert "Colorado" in told["Resort"]
    assert told["Access"] == "Allowed, with limits"
    assert (told["Price of a day"], told["Price of a season"]) == ("USD 15 a day", "USD 79.50 a season")
    assert told["Pass"] == "always, accepted: uphill pass, season pass"
    assert (told["Dogs"], told["Waiver"]) == ("on leash", "required")
    assert told["Now"] == "open today 3:30 (America/Denver)"
    assert told["Checked"].startswith("checked 3 hours ago")
    assert table.select_one("tbody th[scope=row] a")["href"] == "/resorts/harmful-bowl"


def test_a_table_is_sorted_by_its_heads(soup):
    page = soup("/?region=US-CO&view=table")
    assert not page.select("[aria-sort]")
    sorted_by = soup(page.select_one("thead th a")["href"])
    assert sorted_by.select_one("thead th[aria-sort=ascending] a").text.startswith("Resort")
    names_there = [link.text for link in sorted_by.select("tbody th a")]
    assert names_there == sorted(names_there, key=fold)


def test_what_a_table_does_not_know_is_not_stated(soup):
    row = soup("/?text=copper+mountain&region=US-CO&view=table").select_one("tbody tr")
    assert [cell.text.strip() for cell in row.select("td")[2:7]] == ["not stated"] * 5


def test_a_place_is_typed_by_its_name(client, soup):
    answer = client.get("/?near=denver&km=50")
    assert answer.status_code == 303
    assert parse_qsl(urlsplit(answer.location).query) == [
        ("near", "39.74,-104.98 Denver (Colorado)"),
        ("km", "50"),
    ]
    page = soup(answer.location)
    assert page.select_one("#near")["value"] == "Denver (Colorado)"
    assert page.select_one("#km option[selected]")["value"] == "50"
    assert " km" in page.select_one(".card-head .quiet").text
    assert "No place is known by the name “Nowhereville”" in soup("/?near=Nowhereville", 400).text


def test_how_sure_a_resort_is_open_is_said_on_its_card(soup):
    card = soup("/?text=harmful&at=2026-01-19T05:30").select_one(".card")
    assert "open by the stated hours" in card.text


def test_the_search_can_be_followed(client, soup):
    page = soup("/?region=US-CO&text=harmful&sort=name&view=table")
    links = {page.select_one('link[type="application/atom+xml"]')["href"]}
    links |= {page.select_one('a[type="application/atom+xml"]')["href"]}
    assert links == {"/search.atom?text=harmful&region=US-CO"}
    feed = client.get(links.pop())
    assert feed.mimetype == "application/atom+xml"
    found = BeautifulSoup(feed.data, "xml")
    assert "Region: US-CO" in found.feed.title.text
    assert found.select("entry")
    assert all("Harmful" in title.text for title in found.select("entry > title"))
    assert not BeautifulSoup(client.get("/search.atom?region=US-VT").data, "xml").select("entry")


def test_a_search_for_all_resorts_is_followed_by_all_changes(client, soup):
    assert soup("/?sort=name").select_one('a[type="application/atom+xml"]')["href"] == "/changes.atom"
    assert client.get("/search.atom?sort=name").location == "/changes.atom"


def test_a_search_for_too_many_resorts_is_not_followed(client, soup, monkeypatch):
    monkeypatch.setattr("webapp.views.following.MOST", 3)
    assert not soup("/?region=US").select('[type="application/atom+xml"]')
    answer = client.get("/search.atom?region=US")
    assert (answer.status_code, "A feed follows at most 3 resorts" in answer.text) == (400, True)


def test_every_condition_has_its_chip(soup):
    page = soup("/?near=39.74,-104.98+Denver&at=2026-01-18T06:00&season_max=99&currency=USD&network=Ikon")
    chips = {link.text.split("filter")[-1].strip(" ×\n"): link["href"] for link in page.select(".chips a")}
    assert set(chips) == {
        "Pass network: Ikon",
        "Within 100 km of Denver",
        "Open on Sun 18 Jan 2026 at 6:00, local time",
        "At most 99 USD a season",
        "Clear all",
    }
    assert "near" not in chips["Within 100 km of Denver"]
    assert soup(chips["At most 99 USD a season"]).select(".chips a")


@pytest.mark.parametrize(
    ("url", "offered", "current"),
    [
        ("/", ["Policy known", "Name", "Region", "Last checked", "Price"], "Policy known"),
        (
            "/?text=peak",
            ["Best match", "Policy known", "Name", "Region", "Last checked", "Price"],
            "Best match",
        ),
        (
            "/?near=39.7,-105",
            ["Nearest", "Policy known", "Name", "Region", "Last checked", "Price"],
            "Nearest",
        ),
    ],
)
def test_orders_that_make_a_difference_are_offered(soup, url, offered, current):
    links = soup(url).select(".sorts a")
    assert [link.text for link in links] == offered
    assert [link.text for link in links if link.get("aria-current")] == [current]


def test_what_was_searched_for_instead_is_said(soup):
    page = soup("/?text=arapahoo+basin")
    assert "Nothing for “arapahoo basin”; shown: Arapahoe Basin" in page.text
    assert names(page) == ["Arapahoe Basin"]


def test_empty_fields_of_a_form_are_no_filters(soup):
    assert soup("/?text=").select_one("#count").text == soup("/").select_one("#count").text


def test_pages_follow_each_other(soup):
    first = soup("/?region=US-CO")
    second = soup(first.select_one('a[rel="next"]')["href"])
    assert second.select_one('a[rel="prev"]')
    assert not set(names(first)) & set(names(second))
    assert "region=US-CO" in second.select_one('a[rel="prev"]')["href"]


def test_a_page_behind_the_last_leads_back(soup):
    page = soup("/?region=US-CO&page=99")
    assert "page=2" in page.select_one("p.empty a")["href"]


def test_an_empty_result_says_what_to_leave_out(soup):
    page = soup("/?text=harmful&dogs=leashed&region=US-VT")
    offers = {row.a.text: (row.a["href"], row.span.text) for row in page.select(".loosenings li")}
    assert set(offers) == {"Leave out “harmful”", "Leave out Vermont"}, (
        "without the dogs there is nothing either"
    )
    for url, count in offers.values():
        assert soup(url).select_one("#count").text == count


def test_where_no_resort_is_called_so_the_place_of_the_name_is_offered(soup):
    page = soup("/?text=denver+colorado&dogs=prohibited")
    assert page.select_one("#count").text == "0 resorts"
    first = page.select_one(".loosenings li")
    assert first.a.text == "Search within 100 km of Denver (Colorado)"
    assert "near=39.74,-104.98" in first.a["href"]
    assert "dogs=prohibited" in first.a["href"]
    assert soup(first.a["href"]).select_one("#count").text == first.span.text


def test_a_card_answers_at_a_glance(soup):
    card = soup("/?text=harmful").select_one(".card")
    words = " ".join(card.get_text(" ").split())
    assert "Allowed, with limits" in words
    hours = ", ".join(window_words(Window.parse(text)) for text in ("Mo-Fr 05:00-lift_open", "16:30-22:00"))
    assert f"When {hours} Pass" in words
    assert "Pass always, USD 15 a day, USD 79.50 a season, accepted: uphill pass, season pass" in words
    assert "Waiver required" in words
    assert "Dogs on leash" in words
    assert "Now open seen today 3:30 (America/Denver)" in words
    assert "checked 3 hours ago" in words
    assert card.select_one(".call")["href"] == "tel:+19705550142"
    assert "Hours today: 16:30–22:00" in card.svg.find_next(class_="strip-picture")["aria-label"]


def test_a_card_says_what_is_not_stated(soup):
    card = soup("/?text=copper+mountain&region=US-CO").select_one(".card")
    assert "Not stated: pass, waiver, dogs" in card.text
    assert "not yet checked" in card.text


def test_a_prohibited_resort_is_asked_nothing_more(soup):
    card = soup("/?access=prohibited").select_one(".card")
    assert "Prohibited" in card.text
    assert not card.select(".glances, .unanswered")


def downloads(soup, url):
    return {link.text: link["href"] for link in soup(url).select(".download a[download]")}


def test_results_are_to_be_had_as_json(client, soup):
    said = client.get(downloads(soup, "/?region=US-VT&page=2")["JSON"]).json
    assert said["total"] == len(said["listings"]) == client.get("/api/v1/resorts?region=US-VT").json["total"]
    assert said["downloaded"] == "2026-01-17T13:30:00+00:00"
    assert said["licence"]["url"].startswith("https://opendatacommons.org/")
    assert {each["resort"]["region"] for each in said["listings"]} == {"US-VT"}


def test_results_are_to_be_had_as_geojson(client, soup):
    response = client.get(downloads(soup, "/?text=harmful&view=map")["GeoJSON"])
    assert response.mimetype == "application/geo+json"
    (one,) = response.json["features"]
    assert one["geometry"] == {"type": "Point", "coordinates": [-106.1, 39.6]}
    told = one["properties"]
    assert (told["access"], told["hours"]) == ("allowed", ["Mo-Fr 05:00-lift_open", "16:30-22:00"])
    assert told["source_url"].startswith("https://harmful-bowl.example/")
    assert told["last_checked"].startswith("2026-01-17T10:30")
    assert "OpenStreetMap" in response.json["attribution"]
    lost = client.get("/resorts.geojson?network=unknown").json
    assert lost["type"] == "FeatureCollection"
    assert len(lost["features"]) == client.get("/api/v1/resorts?network=unknown").json["total"]


@pytest.mark.parametrize("suffix", ["csv", "json", "geojson"])
def test_a_file_of_a_wrong_search_is_a_sentence(client, suffix):
    answer = client.get(f"/resorts.{suffix}?dogs=maybe")
    assert (answer.status_code, "dogs can" in answer.text) == (400, True)


def test_results_are_to_be_had_as_csv(client, soup):
    url = downloads(soup, "/?region=US-VT&page=2")["CSV"]
    response = client.get(url)
    assert response.mimetype == "text/csv"
    assert "uphill-resorts-2026-01-17.csv" in response.headers["Content-Disposition"]
    lines = response.text.splitlines()
    assert len(lines) == 1 + int(soup("/?region=US-VT").select_one("#count").text.split()[0])
    assert all("OpenStreetMap" in line for line in lines[1:])
