"""Which map of a whole page is that of its uphill routes."""

import pytest

from crawler.extract import parse_page
from crawler.extract.reader import read_page

_URL = "https://ski.example/uphill"
_RULE = "<p>Uphill travel is allowed before 8:30 am on the designated uphill route only.</p>"


def _map(body: str, title: str = "Uphill access") -> str | None:
    page = parse_page(f"<title>{title} | Fellhorn</title><main><h1>{title}</h1>{body}</main>", url=_URL)
    return read_page(page, source="-").policy.map_url


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Nordic skiing</h2><p>We groom 20 km.</p><p><a href='/m.pdf'>Trail map (PDF)</a></p>",
        "<h2>Tubing</h2><p><a href='/m.pdf'>Map (PDF)</a></p>",
        "<h2>Getting here</h2><p>Take exit 5. <a href='/m.pdf'>Map (PDF)</a></p>",
        "<p>Avalanche closures are shown on the <a href='/c'>closure map</a>.</p>",
        "<p>Find us with <a href='https://maps.app.goo.gl/x'>this map</a>.</p>",
        "<p>See the <a href='/uphill#map'>uphill map</a> below.</p>",
        f"<p>See the <a href='{_URL}?#map'>uphill map</a> below.</p>",
        "<p><a href='/r'>Report</a> | <a href='/m.pdf'>Trail map</a> | <a href='/j'>Jobs</a></p>",
        "<aside><a href='/m.pdf'>Trail map (PDF)</a></aside>",
    ],
)
def test_a_map_of_something_else_is_none(body: str) -> None:
    assert _map(_RULE + body) is None


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Downloads</h2><ul><li><a href='/m.pdf'>Trail map (PDF)</a></li><li><a href='/p'>Policy</a></li></ul>",
        "<h2>Maps</h2><p><a href='/m.pdf'>Winter map (PDF, 1.2 MB)</a></p>",
        "<p>Routes are marked on the <a href='/m.pdf'>map</a>.</p>",
        "<p><a href='/m.pdf'><img src='m.png'><span>Uphill route map</span></a></p>",
    ],
)
def test_the_map_that_the_policy_leads_to_is_told_with_its_words(body: str) -> None:
    page = parse_page(
        f"<title>Uphill access</title><main><h1>Uphill access</h1>{_RULE}{body}</main>", url=_URL
    )
    reading = read_page(page, source="-")
    assert reading.policy.map_url == "https://ski.example/m.pdf"
    assert "map" in reading.evidence["map_url"][0].quote.casefold()


def test_on_a_page_of_all_policies_it_is_that_of_the_section_on_uphill_travel() -> None:
    section = f"<h2>Uphill travel</h2>{_RULE}<p><a href='/up.pdf'>Route map (PDF)</a></p>"
    drones = "<h2>Drones</h2><p>No drones.</p><p><a href='/d.pdf'>Map (PDF)</a></p>"
    assert _map(section + drones, "Mountain policies") == "https://ski.example/up.pdf"
    assert _map(f"<h2>Uphill travel</h2>{_RULE}{drones}", "Mountain policies") is None


def test_of_a_ban_no_map_is_told() -> None:
    assert (
        _map("<p>Uphill travel is prohibited at all times. See the <a href='/m.pdf'>trail map</a>.</p>")
        is None
    )
