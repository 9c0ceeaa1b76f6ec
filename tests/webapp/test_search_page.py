from datetime import UTC, datetime

import pytest

from uphill.db import session_factory
from uphill.policy import Window
from uphill.search import Query, search
from uphill.search.filters import FILTERS
from uphill.wording import window_words

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
    ticked = {(box["name"], box["value"]) for box in page.select("input[checked]")}
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
    form = soup("/?sort=name").select_one("form#search")
    assert (form["method"], form["action"]) == ("get", "/ask")
    assert form.select_one('input[name="sort"]')["value"] == "name"


def test_what_the_form_does_not_show_is_carried_on(soup):
    url = "/?near=39.74,-104.98+Denver&km=80&price_max=30&currency=USD&open=possibly"
    form = soup(url).select_one("form#search")
    hidden = {each["name"]: each["value"] for each in form.select('input[type="hidden"]')}
    assert hidden == {
        "near": "39.74,-104.98 Denver",
        "km": "80",
        "price_max": "30",
        "currency": "USD",
        "open": "possibly",
    }


def test_every_condition_has_its_chip(soup):
    page = soup("/?near=39.74,-104.98+Denver&at=2026-01-18T06:00&season_max=99&currency=USD&network=Ikon")
    chips = {link.text.split("filter")[-1].strip(" ×\n"): link["href"] for link in page.select(".chips a")}
    assert set(chips) == {
        "Pass network: Ikon",
        "Within 100 km of Denver",
        "Open at 2026-01-18 06:00, local time",
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
    page = soup("/?text=copper&dogs=leashed&region=US-VT")
    offers = {row.a.text: (row.a["href"], row.span.text) for row in page.select(".loosenings li")}
    assert set(offers) == {"Leave out “copper”", "Leave out Vermont", "Leave out Dogs: on leash"}
    for url, count in offers.values():
        assert soup(url).select_one("#count").text == count


def test_a_card_answers_at_a_glance(soup):
    card = soup("/?text=harmful").select_one(".card")
    words = " ".join(card.get_text(" ").split())
    assert "Allowed, with limits" in words
    hours = ", ".join(window_words(Window.parse(text)) for text in ("Mo-Fr 05:00-lift_open", "16:30-22:00"))
    assert f"When {hours} Pass" in words
    assert "Pass always, USD 15 a day, USD 79.50 a season" in words
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


def test_results_are_to_be_had_as_csv(client, soup):
    url = soup("/?region=US-VT&page=2").select_one(".download a")["href"]
    response = client.get(url)
    assert response.mimetype == "text/csv"
    lines = response.text.splitlines()
    assert len(lines) == 1 + int(soup("/?region=US-VT").select_one("#count").text.split()[0])
    assert all("OpenStreetMap" in line for line in lines[1:])
