"""What pages tell of each route: each case is the body of a page about uphill travel."""

import pytest

from crawler.extract import explain_page, parse_page
from crawler.extract.explain import shown
from crawler.extract.routes.measures import measures
from uphill.policy import Parking, Route, Season


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2,1 km", [(2100, "length")]),
        ("2.1 miles", [(3380, "length")]),
        ("1,450 vertical feet", [(442, "ascent")]),
        ("1.090 Höhenmeter", [(1090, "ascent")]),
        ("480 Hm", [(480, "ascent")]),
        ("1 200 m", [(1200, "plain")]),
        ("1.450 m ü. M.", []),
        ("2400 m s.l.m.", []),
        ("8:30 m", []),
        ("$20 miles", []),
        ("5 min", []),
        ("40 m²", []),
        ("12 mph", []),
    ],
)
def test_measures_in_metres(text, expected):
    assert [(found.metres, found.kind) for found in measures(text, 0, len(text))] == expected


def test_details_of_very_many_routes_take_linear_time(alarm):
    items = "".join(f"<li>Kestrel Trail {n}, {n % 900 + 100} vertical feet</li>" for n in range(1500))
    page = parse_page(
        f"<title>Uphill Policy</title><h1>Uphill Policy</h1><p>Designated uphill routes:</p><ul>{items}</ul>"
    )
    assert len(explain_page(page, source="-", lang="en").settled["routes"].value) == 25


def test_values_are_shown_in_few_words():
    route = Route(name="Birch Run", start="Base", end="Hut", length_m=2100, ascent_m=300)
    assert shown(route) == "Birch Run, from Base, to Hut, 2100 m long, 300 m up"
    assert (
        shown(Route.model_validate({"name": "A1", "status": "open", "difficulty": "easy", "serves": "both"}))
        == "A1, open, easy, for up and down"
    )
    assert (
        shown(Parking.model_validate({"place": "Lot B", "cost": "free", "until": "08:30"}))
        == "Lot B, free, until 08:30"
    )
    assert shown(Parking.model_validate({"cost": "paid"})) == "paid"
    assert shown(Season(start="12-01", end="closing_day")) == "from 12-01 until closing day"
