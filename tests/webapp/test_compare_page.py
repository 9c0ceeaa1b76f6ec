"""Resorts side by side: what is asked is there in its order, what differs is said, each fact leads to its proof."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from uphill.settings import Settings
from webapp import create_app

CRAWLED, LISTED, BARE = "harmful-bowl", "copper-mountain", "howelsen-hill"
QUESTIONS = [
    "May I?", "Now", "When", "During lift hours", "Pass", "One visit costs", "A season costs", "Waiver", "Dogs",
    "Lights", "Routes", "Map of the routes", "Avalanche gear", "Minors", "Parking", "Hotline", "Age",
]  # fmt: skip


def words(element):
    return " ".join(element.text.split())


def address(*slugs, only=""):
    asked = "&".join(f"resort={slug}" for slug in slugs)
    return f"/compare?{asked}{'&only=' + only if only else ''}"


def rows(page):
    """Each question's words, to its cells."""
    return {
        words(row.th).removesuffix(" differs"): row.select("td") for row in page.select(".compare tbody tr")
    }


def test_the_questions_are_rows_in_the_order_in_which_people_ask(soup):
    page = soup(address(CRAWLED, LISTED))
    assert list(rows(page)) == QUESTIONS
    assert [words(head.a) for head in page.select(".compare thead th")] == [
        "Harmful <script>alert(1)</script> Bowl", "Copper Mountain",
    ]  # fmt: skip


def test_each_stated_fact_leads_to_its_proof(soup):
    page, proofs = soup(address(CRAWLED, LISTED)), soup(f"/resorts/{CRAWLED}")
    for question, cells in rows(page).items():
        link = cells[0].select_one(".compare-source")
        if question == "Age":
            assert link is None
            continue
        path, _, anchor = link["href"].partition("#")
        assert path == f"/resorts/{CRAWLED}", question
        assert proofs.select_one(f"#{anchor}").blockquote, question


def test_the_map_is_a_link(soup):
    cell = rows(soup(address(CRAWLED, LISTED)))["Map of the routes"][0]
    link = cell.select_one(".go")
    assert link["href"] == "https://harmful-bowl.example/maps/uphill.pdf"
    assert words(link) == "See the resort’s map"


def test_prices_are_those_of_one_visit_and_of_a_season(soup):
    cells = rows(soup(address(CRAWLED, LISTED)))
    assert "USD 15" in words(cells["One visit costs"][0])
    assert "USD 79.50" in words(cells["A season costs"][0])


def test_what_is_not_stated_is_said_so_and_has_no_source(soup):
    cells = rows(soup(address(CRAWLED, LISTED)))
    assert "on leash" in words(cells["Dogs"][0])
    silent = cells["Hotline"][1]
    assert words(silent.select_one(".compare-answer")) == "not stated"
    assert silent.select_one(".quiet")
    assert not silent.select("a")


def test_what_differs_is_said_in_words(soup):
    page = soup(address(LISTED, BARE))
    marked = {
        words(row.th).removesuffix(" differs"): "differs" in words(row.th) for row in page.select("tbody tr")
    }
    for question, cells in rows(page).items():
        said = {words(cell.select_one(".compare-answer")) for cell in cells}
        assert marked[question] == (len(said) > 1), question
    assert len(set(marked.values())) == 2


def test_only_differences_leaves_out_what_is_the_same(soup):
    whole, part = (rows(soup(address(LISTED, BARE, only=only))) for only in ("", "differences"))
    assert 0 < len(part) < len(whole)
    page = soup(address(LISTED, BARE, only="differences"))
    assert f"{len(whole) - len(part)} rows are the same" in words(page.main)
    assert all("differs" in words(row.th) for row in page.select("tbody tr"))


def test_a_status_is_told_no_longer_than_it_holds(soup, engine):
    cell = rows(soup(address(CRAWLED, LISTED)))["Now"][0]
    assert "open seen today" in words(cell)
    later = cell.select_one("[data-expires]")
    assert later["data-later"].startswith("not known, last seen open on 17 Jan 2026")
    assert datetime.fromisoformat(later["data-expires"]) > datetime(2026, 1, 17, 13, 30, tzinfo=UTC)
    app = create_app(Settings(), engine=engine, clock=lambda: datetime(2026, 1, 18, 13, 30, tzinfo=UTC))
    page = BeautifulSoup(app.test_client().get(address(CRAWLED, LISTED)).text, "lxml")
    assert "not known, last seen open yesterday" in words(rows(page)["Now"][0])


def test_the_week_is_drawn_with_its_words(soup):
    (week,) = soup(address(CRAWLED, LISTED)).select(".compare-week .strip-picture")
    assert "Saturday 17 January" in week["aria-label"]


def test_one_is_added_by_name_and_removed_by_a_link(soup, client):
    found = client.get(f"{address(LISTED)}&add=Howelsen+Hill")
    assert (found.status_code, found.location) == (302, address(LISTED, BARE))
    away = [link["href"] for link in soup(address(LISTED, BARE)).select(".compare-remove")]
    assert away == [address(BARE), address(LISTED)]


def test_several_of_a_name_are_there_to_choose_from(soup):
    page = soup(f"{address(LISTED)}&add=mountain")
    links = [link["href"] for link in page.select(".compare-candidates a")]
    assert 1 < len(links) <= 8
    assert all(link.startswith(f"{address(LISTED)}&resort=") for link in links)


def test_no_resort_of_a_name(soup):
    assert "No resort is called “qqqqzzzz”" in words(soup("/compare?add=qqqqzzzz").main)


def test_a_fifth_waits_until_there_is_room(soup):
    page = soup(f"{address(CRAWLED, LISTED, BARE, 'eldora')}&add=steamboat")
    assert "Remove one, then add “steamboat”" in words(page.main)
    assert not page.select("#add")


@pytest.mark.parametrize(
    ("url", "status", "said"),
    [
        (address("a", "b", "c", "d", "e"), 400, "5 resorts can’t be compared at once"),
        (address(LISTED, "nowhere-at-all"), 404, "There is no resort"),
        (address("x" * 500), 404, "500 characters"),
        (address(LISTED, BARE, only="colours"), 400, "“only” takes differences"),
        (f"/compare?add={'x' * 300}", 400, "300 characters long"),
    ],
)
def test_what_cant_be_compared_is_said(soup, url, status, said):
    assert said in words(soup(url, status).main)


def test_another_name_and_a_second_time_lead_to_the_one_address(client):
    found = client.get("/compare?resort=Copper+Mountain&resort=copper-mountain&resort=")
    assert (found.status_code, found.location) == (302, address(LISTED))


def test_with_fewer_than_two_it_says_how_to_add(soup):
    assert "Add the first by its name" in words(soup("/compare").main)
    assert "Add one more to compare" in words(soup(address(LISTED)).main)
    assert "Add one more" not in words(soup(address(LISTED, BARE)).main)
