"""The guide: chapters in order, links that lead somewhere, a table that can be read narrow, and a search by rules."""

import re

import pytest
from bs4 import BeautifulSoup

from uphill.races import races
from webapp.guide import Chapter, chapters, rendered

NAMES = ["what-it-is", "on-the-piste", "gear", "training", "first-time"]


def test_chapters_are_told_in_their_order_with_their_beginning(soup):
    page = soup("/guide")
    assert [link["href"] for link in page.select(".chapters a")] == [f"/guide/{name}" for name in NAMES]
    assert page.select_one(".chapters a").text == "Going up on skis: what is what"
    assert page.select_one(".chapters p").text.startswith(
        "Every slope that a lift serves can also be climbed."
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_chapter_leads_to_the_one_before_and_the_one_after(soup, name):
    page = soup(f"/guide/{name}")
    steps = {link["rel"][0]: link["href"] for link in page.select(".chapter-steps a")}
    at = NAMES.index(name)
    wanted = {"prev": at - 1, "next": at + 1}
    assert steps == {rel: f"/guide/{NAMES[to]}" for rel, to in wanted.items() if 0 <= to < len(NAMES)}
    assert not re.search(r"\*\*|\]\(|^#", page.article.text, re.MULTILINE)


def test_links_within_the_guide_are_addresses(soup):
    assert soup("/guide/what-it-is").select_one('article a[href="/guide/on-the-piste"]')


def test_each_cell_of_the_table_knows_its_column_and_row(soup):
    table = soup("/guide/what-it-is").table
    assert [head.text for head in table.thead.select("th[scope=col]")][1:] == [
        cell["data-column"] for cell in table.tbody.tr.select("td")
    ]
    assert all(row.th["scope"] == "row" for row in table.tbody.select("tr"))
    assert "Skimo" in table.tbody.select("tr")[2].th.text


def test_html_in_a_chapter_is_text_and_a_link_to_nowhere_an_error():
    harm = Chapter("a", "A", "", "# A\n\n<script>alert(1)</script> [x](javascript:alert(1))")
    text = rendered(harm, str)
    assert "<script" not in text
    assert not BeautifulSoup(text, "lxml").select("a")
    with pytest.raises(KeyError, match="no chapter"):
        rendered(Chapter("a", "A", "", "[x](nowhere)"), str)


def test_the_search_for_a_first_try_is_one_and_says_its_rules(soup, client):
    aside = soup("/guide/first-time").select_one(".first-try")
    assert "0 of 1,279 resorts suit a first try." in aside.text
    assert "going up is allowed while lifts run" in aside.text
    checked, listed = aside.select("a")
    assert "freshness=checked" in checked["href"]
    found = client.get(listed["href"])
    assert found.status_code == 200
    assert "No resort matches" not in found.text


def test_the_guide_has_all_races_with_their_links_and_says_they_were_never_opened(soup):
    section = soup("/guide").select_one(".guide-races")
    assert [link["href"] for link in section.select("li a")] == [race.url for race in races()]
    assert "none of these links was ever opened" in section.text


def test_a_chapter_that_is_not_there_names_those_that_are(client):
    response = client.get("/guide/nowhere")
    assert response.status_code == 404
    assert "first-time" in response.text


def test_every_file_is_a_chapter():
    assert [chapter.name for chapter in chapters()] == NAMES
