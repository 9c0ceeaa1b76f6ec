"""From a question to a resort and to why it is believed: filters, views, map and comparison, by mouse and by finger."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.webapp.browser.conftest import PHONE
from tests.webapp.browser.looking import look

RESORT = "/resorts/harmful-bowl"
NEAR = {"latitude": 39.6001, "longitude": -106.1001}


def stays(page: Page) -> None:
    """From now on it can be told whether the page was loaded anew."""
    page.evaluate("window.stayed = true")


def has_stayed(page: Page) -> bool:
    return page.evaluate("window.stayed === true")


def test_a_question_leads_to_a_resort_and_to_its_evidence(come):
    page = come()
    page.goto("/")
    stays(page)
    page.get_by_role("searchbox").fill("colorado harmful dogs")
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_have_text("1 resort")
    assert has_stayed(page)
    assert "region=US-CO" in page.url
    expect(page.get_by_role("status").filter(has_text="1 resort")).to_have_count(1)
    expect(page.locator("#count")).to_be_focused()
    page.locator(".cards h3 a").click()
    expect(page).to_have_url(re.compile(f"{RESORT}$"))
    dogs = page.locator("#fact-dogs")
    expect(dogs.locator("dd > span")).to_have_text("on leash")
    quote = dogs.locator("blockquote")
    expect(quote).to_be_hidden()
    dogs.locator("summary").click()
    expect(quote.locator("mark")).to_contain_text("Dogs: leashed.")
    expect(dogs.get_by_text("last confirmed")).to_be_visible()
    expect(dogs.get_by_role("link", name="harmful-bowl.example")).to_have_attribute(
        "href", "https://harmful-bowl.example/uphill?a=1&b=<2>"
    )


def test_filters_work_in_place_and_the_back_button_undoes_them(come):
    page = come()
    page.goto("/")
    stays(page)
    count = page.locator("#count")
    everything = count.inner_text()
    leashed = page.get_by_role("checkbox", name=re.compile("^on leash"))
    leashed.check()
    expect(page.locator(".chips")).to_contain_text("Dogs: on leash")
    expect(leashed).to_be_focused()
    expect(page.get_by_role("link", name="metres")).to_have_attribute("href", re.compile("dogs=leashed"))
    expect(page.locator("#found")).to_have_text(count.inner_text())
    fewer = count.inner_text()
    assert fewer != everything
    assert "dogs=leashed" in page.url
    page.get_by_role("link", name="Price", exact=True).click()
    expect(page.locator(".sorts [aria-current]")).to_have_text("Price")
    expect(page.get_by_role("link", name="Price", exact=True)).to_be_focused()
    page.go_back()
    expect(page.locator(".sorts [aria-current]")).not_to_have_text("Price")
    expect(count).to_have_text(fewer)
    page.go_back()
    expect(count).to_have_text(everything)
    expect(page.locator(".chips")).to_have_count(0)
    expect(leashed).not_to_be_checked()
    page.go_forward()
    expect(count).to_have_text(fewer)
    page.get_by_role("link", name="Remove filter Dogs: on leash").click()
    expect(count).to_have_text(everything)
    assert has_stayed(page)


def test_without_javascript_a_question_a_filter_and_a_view_are_sent(come):
    page = come(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("searchbox").fill("colorado dogs")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.locator(".chips")).to_contain_text("Colorado")
    page.get_by_role("checkbox", name=re.compile("^on leash")).check()
    page.locator(".filters-foot button").click()
    assert "region=US-CO" in page.url
    expect(page.locator(".chips")).to_contain_text("on leash")
    expect(page.locator(".star:visible, #here:visible")).to_have_count(0)
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.locator(".map-none")).to_be_visible()
    page.locator(".cards h3 a").first.click()
    proof = page.locator("#fact-dogs")
    proof.locator("summary").click()
    expect(proof.locator("blockquote, .proof, p").first).to_be_visible()
    page.goto("/compare?resort=harmful-bowl")
    page.get_by_label("Add a resort").fill("howelsen")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    expect(page.get_by_role("button", name="Share")).to_be_hidden()


def test_list_table_and_map_are_one_tap_apart_and_the_map_answers(come):
    page = come()
    page.goto("/?region=US-CO")
    stays(page)
    count = page.locator("#count").inner_text()
    page.get_by_role("link", name="Table", exact=True).click()
    expect(page.locator(".sheet tbody tr").first).to_be_visible()
    page.get_by_role("link", name="Map", exact=True).click()
    marks = page.locator(".map-mark.point")
    expect(marks.first).to_be_visible()
    assert has_stayed(page)
    expect(page.locator("#count")).to_have_text(count)
    expect(page.locator("[data-map-state]")).to_contain_text("on the map")
    mark = marks.first
    name = mark.get_attribute("aria-label").rpartition(":")[0]
    lit = page.locator(".card.is-lit h3")
    mark.focus()
    expect(lit).to_have_text(name)
    page.keyboard.press("Enter")
    inside = page.locator(".leaflet-popup a[href*='/resorts/']")
    expect(inside).to_be_focused()
    expect(inside).to_have_text(name)
    assert look(page, "search-map-popup", ("#filters", ".cards")) == []
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    expect(mark).to_be_focused()
    page.locator(".cards h3 a", has_text=name).hover()
    expect(page.locator(".map-mark.is-lit")).to_have_count(1)
    cluster = page.locator(".map-mark.cluster").first
    told = cluster.get_attribute("aria-label")
    cluster.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label(told, exact=True)).to_have_count(0)
    expect(page.locator(".map-mark:focus")).to_have_count(1)
    page.get_by_role("link", name="List", exact=True).click()
    expect(page.locator(".map-pane")).to_have_count(0)
    assert has_stayed(page)


def test_resorts_are_compared(come):
    page = come()
    page.goto("/compare?resort=harmful-bowl")
    page.get_by_label("Add a resort").fill("howelsen")
    page.get_by_role("button", name="Add", exact=True).click()
    columns = page.get_by_role("columnheader")
    expect(columns).to_have_count(2)
    rows = page.get_by_role("rowheader")
    every = rows.count()
    page.get_by_role("link", name="Only differences").click()
    expect(page.get_by_role("link", name="Show all rows")).to_be_visible()
    assert 0 < rows.count() < every
    page.get_by_role("link", name=re.compile("Source ?: Dogs, Harmful")).click()
    expect(page.locator("#fact-dogs blockquote")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Remove Howelsen").click()
    expect(columns).to_have_count(1)


@pytest.mark.parametrize("permitted", [True, False])
def test_the_device_s_position_is_asked_for_on_a_tap_and_rounded(come, permitted):
    page = come(geolocation=NEAR, permissions=["geolocation"] if permitted else [], viewport=PHONE)
    page.goto("/#filters")
    page.get_by_role("button", name="Use my position").click()
    if permitted:
        expect(page).to_have_url(re.compile("near=39.60,-106.10$"))
        expect(page.locator(".cards h3").first).to_contain_text("Harmful")
    else:
        expect(page.locator("#near-said")).to_contain_text("Write a town instead.")
