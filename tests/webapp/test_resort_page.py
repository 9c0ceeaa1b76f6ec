from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from uphill.policy import FACTS
from uphill.settings import Settings
from uphill.words.wording import label
from webapp import create_app

CRAWLED = "/resorts/harmful-bowl"
LISTED = "/resorts/copper-mountain"
CRAWLED_URL = "https://harmful-bowl.example/uphill?a=1&b=<2>"


@pytest.fixture
def bare(client):
    """The address of a resort of which nothing is known."""
    found = client.get("/api/v1/resorts?access=unknown&sort=name&region=US-MI").json["listings"]
    return f"/resorts/{found[0]['resort']['slug']}"


def words(element):
    return " ".join(element.text.split())


@pytest.mark.parametrize("url", [CRAWLED, LISTED])
def test_every_fact_is_there(soup, url):
    page = soup(url)
    for name in FACTS:
        row = page.select_one(f"#fact-{name}")
        assert row is not None, name
        assert row.dt.text == label(name)


def test_a_stated_fact_has_its_proof(soup):
    page = soup(CRAWLED)
    for name in FACTS:
        row = page.select_one(f"#fact-{name}")
        assert "not stated" not in words(row.dd) or name == "routes", name
        assert "& go up." in row.blockquote.text
        assert row.select_one("details a")["href"] == CRAWLED_URL
        assert row.select_one("details time")["datetime"].startswith("2026-01-1")


def test_the_order_is_verdict_now_age_facts(soup):
    text = words(soup(CRAWLED).main)
    order = [
        "Uphill allowed",
        "Now open",
        "970-555-0142",
        "Today 16:30–22:00",
        "checked 3 hours ago",
        "The coming week",
        "Before the lifts open",
        "These hours as a calendar",
        "When",
        "Pass and price",
        "One visit: USD 15 a day",
        "Before you start",
        "Who may come along",
        "On the hill",
        "School Marm",
        "Whom to ask",
        "What changed",
        "Sources",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_now_says_when_and_where_it_was_seen(soup):
    state = soup(CRAWLED).select_one(".state")
    assert "open seen today 3:30 (America/Denver) on harmful-bowl.example holds until 15:30 today" in words(
        state
    )
    assert state.select_one(".call")["href"] == "tel:+19705550142"


def test_an_old_status_is_not_said_to_hold(engine):
    later = datetime(2026, 1, 18, 13, 30, tzinfo=UTC)
    app = create_app(Settings(), engine=engine, clock=lambda: later)
    page = BeautifulSoup(app.test_client().get(CRAWLED).text, "lxml")
    assert "not known, last seen open yesterday 3:30 (America/Denver) on" in words(page.select_one(".state"))
    assert (
        words(page.select_one("#fact-status dd > span"))
        == "not known, last seen open on 17 Jan 2026, 3:30 (America/Denver)"
    )


def test_a_listed_fact_names_its_list_and_no_quote(soup):
    page = soup(LISTED)
    assert "from a report of 2024-02, not yet checked" in words(page.select_one(".state"))
    proof = page.select_one("#fact-access details")
    assert "as listed by summitdaily.com, 2024-02" in words(proof)
    assert proof.a["href"].startswith("https://www.summitdaily.com/")
    assert not page.select("blockquote")
    assert "not yet checked there" in words(page.select_one(".note"))


def test_unknown_is_not_stated_and_never_no(soup, bare):
    page = soup(bare)
    assert "Not stated" in words(page.select_one(".verdict"))
    for name in FACTS:
        row = page.select_one(f"#fact-{name}")
        assert words(row.select_one("dd > :first-child")) == "not stated"
        assert not row.select("details")
    assert "does not mean" in words(page.select_one(".note"))


def test_changes_are_listed_newest_first(soup):
    history = soup(CRAWLED).select(".history > li")
    assert len(history) == 2
    assert "17 Jan 2026: the resort changed its page (harmful-bowl.example)" in words(history[0])
    assert "Dogs: allowed → on leash Dogs: leashed. Say <script>" in words(history[0])
    assert "first reading of the resort’s own page" in words(history[1])
    assert f"{len(FACTS)} facts stated for the first time" in words(history[1])


def test_pages_we_know_say_how_the_last_visit_ended(soup):
    page = soup(CRAWLED)
    assert "17 Jan 2026: policy found" in words(page.select_one(".sources"))
    assert "Last visit 17 Jan 2026, 3:30 (America/Denver)" in words(page.main)
    assert "not visited yet" in words(soup(LISTED).select_one(".sources"))


def route_cells(page):
    titles = [title.text for title in page.select("#fact-routes thead th")]
    return [
        dict(zip(titles, (words(cell) for cell in line.select("th, td")), strict=True))
        for line in page.select("#fact-routes tbody tr")
    ]


def test_routes_are_a_table_of_what_is_stated_of_each(soup):
    lane, marm = route_cells(soup(CRAWLED))
    assert lane == {
        "Route": "Lane <script>alert(1)</script>",
        "Now": "open",
        "Hours": "5:00–8:00",
        "Direction": "going up",
        "Course": "from Lodge <script>alert(1)</script>",
        "Length": "2.4 km",
        "Ascent": "420 m",
        "Difficulty": "easy",
    }
    assert marm.pop("Route") == "School Marm"
    assert set(marm.values()) == {"not stated"}


def test_a_route_is_not_said_to_be_open_today_by_an_old_page(engine):
    later = datetime(2026, 1, 18, 13, 30, tzinfo=UTC)
    app = create_app(Settings(), engine=engine, clock=lambda: later)
    page = BeautifulSoup(app.test_client().get(CRAWLED).text, "lxml")
    assert route_cells(page)[0]["Now"] == "not known, last seen open"
    assert "Last seen yesterday 3:30 (America/Denver) on harmful-bowl.example" in words(
        page.select_one("#fact-routes")
    )


def test_what_is_to_be_done_before_is_one_tap_away(soup, client):
    page, policy = soup(CRAWLED), client.get(f"/api/v1{CRAWLED}").json["policy"]
    told = {words(link): link["href"] for link in page.select("a.errand")}
    assert told == {
        "Check today’s status harmful-bowl.example": policy["status_url"],
        "Sign the waiver waivers.example": policy["waiver_url"],
        "Buy the pass shop.example": policy["pass_url"],
        "See the resort’s map harmful-bowl.example": policy["map_url"],
    }
    for name in ("status_url", "waiver_url", "pass_url", "map_url"):
        row = page.select_one(f"#fact-{name}")
        assert row.select_one("a.go")["href"] == policy[name]
        assert row.blockquote


def test_nothing_is_to_be_done_where_nothing_is_stated(soup):
    assert not soup(LISTED).select("a.errand, a.go")


def test_the_week_reads_the_same_as_it_looks(soup):
    week = soup(CRAWLED).select_one(".week")
    told = week.select_one(".strip-picture")["aria-label"]
    assert told.startswith(
        "Saturday 17 January: 16:30–22:00; Sunday 18 January: 16:30–22:00; Monday 19 January"
    )
    assert "Monday 19 January: 5:00 until lifts open, 16:30–22:00" in told
    assert len(week.select(".strip-ground")) == 7
    assert len(week.select(".strip-fade-out")) == 5 + 1  # five weekdays, and the key
    assert len(week.select(".strip-sun")) == 14 + 1
    assert "sunrise 7:2" in words(week.figcaption)
    assert "America/Denver" in words(week.figcaption)


def test_no_week_without_hours(soup):
    assert not soup(LISTED).select(".week")


def test_another_name_leads_to_the_resorts_own_address(client):
    response = client.get("/resorts/Copper%20Mountain")
    assert (response.status_code, response.location) == (301, LISTED)


def test_a_quote_stands_marked_in_its_context_with_how_we_read_it(soup):
    proof = soup(CRAWLED).select_one("#fact-dogs details")
    assert words(proof.blockquote.mark) == "Dogs: leashed. Say <script>alert(1)</script> & go up."
    assert [day["datetime"][:10] for day in proof.select("time")] == ["2026-01-17", "2026-01-17"]
    assert "We read this as “Dogs: on leash”." in words(proof)


def test_the_part_of_the_day_is_told_plainly(soup):
    told = [words(item) for item in soup(CRAWLED).select(".lift-windows li")]
    assert told == [
        "Before the lifts open allowed Mon–Fri 5:00 until lifts open",
        "While the lifts run prohibited",
        "After the lifts close allowed 16:30–22:00",
    ]


def test_the_week_in_words_has_the_sun_of_each_day(soup):
    days = [words(item) for item in soup(CRAWLED).select(".week-words li")]
    assert len(days) == 7
    assert days[0].startswith("Sat 17 16:30–22:00 sunrise 7:2")
    assert all("sunset 17:0" in day or "sunset 17:1" in day for day in days)


def test_the_cost_is_one_sentence(soup):
    assert words(soup(CRAWLED).select_one(".cost")).startswith(
        "One visit: USD 15 a day; all season: USD 79.50 a season, which pays off from 6 visits on."
    )
    assert words(soup(LISTED).select_one(".cost"))


def test_a_link_shows_itself_by_a_picture(soup):
    told = {meta["property"]: meta["content"] for meta in soup(CRAWLED).select("meta[property]")}
    assert told["og:image"] == "http://localhost/resorts/harmful-bowl/card.png"
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:alt"].endswith("Dogs on leash.")
