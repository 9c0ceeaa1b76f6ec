import pytest

from uphill.db import session_factory
from uphill.search import regions


@pytest.fixture
def counts(engine):
    with session_factory(engine)() as session:
        return {region.code: region for region in regions(session)}


def test_every_region_is_linked_with_its_counts(soup, counts):
    links = {link["href"].rpartition("/")[2]: link for link in soup("/regions").select(".region-list a")}
    assert set(links) == set(counts)
    for code, link in links.items():
        assert f"{counts[code].with_policy} of {counts[code].resorts}" in link.text


def test_a_region_lists_its_resorts_those_with_a_policy_first(soup, counts):
    page = soup("/regions/US-VT")
    known, others = page.select(".resort-list li"), page.select(".name-list li")
    assert len(known) == counts["US-VT"].with_policy
    assert len(known) + len(others) == counts["US-VT"].resorts
    assert all(item.find_previous("h2").select_one(".mark") for item in known)
    assert f"of {len(others)} none is known" in page.select_one(".lead").text


def test_a_country_lists_all_its_resorts(soup, counts):
    page = soup("/regions/CA")
    inside = [region for region in counts.values() if region.country == "CA"]
    assert len(page.select(".region-list li")) == len(inside)
    assert len(page.select(".resort-list li, .name-list li")) == sum(region.resorts for region in inside)


def test_a_region_leads_to_the_search_in_it(soup):
    page = soup("/regions/US-VT")
    assert soup(page.select_one(".lead a")["href"]).select_one("input[checked]")["value"] == "US-VT"


def test_the_standings_of_a_region_make_up_all_its_resorts(soup, counts):
    page = soup("/regions/US-VT")
    told = {row.dt.text: int(row.dd.strong.text) for row in page.select(".standings > div")}
    assert list(told) == ["Read", "Listed", "Prohibited", "None published", "Not reached"]
    assert sum(told.values()) == counts["US-VT"].resorts


def test_resorts_are_told_by_access_each_once(soup, counts):
    page = soup("/regions/US-VT")
    titles = [head.select_one(".mark").text for head in page.select("h2:has(.mark)")]
    order = ["Allowed", "Allowed, with limits", "Prohibited", "Not stated"]
    assert titles == [title for title in order if title in titles]
    listed = [int(head.select_one(".count").text) for head in page.select("h2:has(.mark)")]
    assert sum(listed) == counts["US-VT"].with_policy


def test_a_region_has_its_races_its_feed_and_a_first_try(soup):
    page = soup("/regions/US-VT")
    assert "NE Rando Race Series" in page.select_one("section:has(#races)").text
    assert page.head.select_one("link[type='application/atom+xml']")["href"] == "/changes.atom?region=US-VT"
    assert (
        f"of {len(page.select('.resort-list li, .name-list li'))} resorts here"
        in page.select_one(".first-try").text
    )
    assert not soup("/regions/US-ND").select("section:has(#races) li:nth-child(2)")
