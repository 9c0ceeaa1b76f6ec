"""The list of starred resorts: the server makes the cards of those that it is asked for, and keeps nothing."""

import pytest

LIST = "/starred?resort=harmful-bowl&resort=copper-mountain"


def words(element):
    return " ".join(element.text.split())


def test_without_stars_the_page_says_what_to_do(soup):
    page = soup("/starred")
    place = page.select_one("#starred[data-own-list]")
    assert place["data-address"] == "/starred"
    assert "Tap the star on a resort" in words(place)
    assert "scripts are off" in words(page.noscript)


def test_the_cards_of_the_resorts_asked_for_in_their_order(soup):
    page = soup(LIST)
    assert [link["href"] for link in page.select("#starred h3 a")] == [
        "/resorts/harmful-bowl", "/resorts/copper-mountain",
    ]  # fmt: skip
    assert not page.select("[data-own-list]")
    assert page.select_one("[data-share]")["data-share"] == LIST


def test_up_to_four_are_chosen_to_compare(soup, client):
    page = soup(LIST)
    form = page.select_one("form.starred-compare")
    assert form["action"] == "/compare"
    boxes = page.select(f"input[type=checkbox][form={form['id']}][name=resort]")
    assert [box["value"] for box in boxes if box.has_attr("checked")] == ["harmful-bowl", "copper-mountain"]
    found = client.get("/api/v1/resorts?size=5").json["listings"]
    many = "&".join(f"resort={one['resort']['slug']}" for one in found)
    page = soup(f"/starred?{many}")
    assert len(page.select("input[type=checkbox]")) == 5
    assert not page.select("input[checked]")
    assert "Up to four" in words(page.main)


def test_one_that_is_gone_hides_no_other(soup):
    page = soup("/starred?resort=gone-for-good&resort=eldora")
    assert len(page.select(".card")) == 1
    assert "1 resort of the list is not in the directory: gone-for-good." in words(page.main)
    assert "None of these" in words(soup("/starred?resort=gone-for-good").main)


@pytest.mark.parametrize(("count", "status"), [(50, 200), (51, 400)])
def test_a_list_has_a_bound(soup, count, status):
    page = soup("/starred?" + "&".join(f"resort=r{number}" for number in range(count)), status)
    assert ("50 resorts at most, not 51" in words(page.main)) == (status == 400)


def test_nothing_is_kept_by_the_server(client):
    assert "Set-Cookie" not in client.get(LIST).headers


@pytest.mark.parametrize("url", ["/?text=eldora", "/resorts/eldora", LIST])
def test_cards_and_pages_have_a_star_and_lead_to_compare(soup, url):
    page = soup(url)
    stars = page.select("button.star[data-star]")
    assert stars
    assert all(star["aria-label"].startswith("Star ") and star["type"] == "button" for star in stars)
    for star in stars:
        slug = star["data-star"]
        assert page.select_one(f'a[data-compare="{slug}"]')["href"] == f"/compare?resort={slug}"


def test_machines_need_not_read_what_readers_put_together(client):
    lines = client.get("/robots.txt").text.splitlines()
    assert {"Disallow: /compare?", "Disallow: /de/starred?"} <= set(lines)
