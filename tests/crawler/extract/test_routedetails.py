"""What pages tell of each route: each case is the body of a page about uphill travel."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.extract import explain_page, parse_page
from crawler.extract.explain import shown
from crawler.extract.measures import measures
from uphill.policy import Parking, Route, Season

_FOLDER = Path(__file__).with_name("route_details")
_TITLES = {
    "en": "Uphill Policy",
    "de": "Skitouren auf der Piste",
    "fr": "Randonnée alpine",
    "it": "Scialpinismo in pista",
}


def _cases() -> Iterator[object]:
    for file in sorted(_FOLDER.glob("*.toml")):
        for case in tomllib.loads(file.read_text("utf-8"))["page"]:
            missed = case.get("known_miss", False)
            marks = [pytest.mark.xfail(strict=True, reason="known miss")] if missed else []
            yield pytest.param(
                file.stem, case["body"], case["routes"], id=f"{file.stem}-{case['name']}", marks=marks
            )


@pytest.mark.parametrize(("lang", "body", "expected"), list(_cases()))
def test_what_is_told_of_routes_is_read(lang, body, expected):
    title = _TITLES[lang]
    page = parse_page(f"<title>{title}</title><h1>{title}</h1>{body}")
    routes = explain_page(page, source="-", lang=lang).settled["routes"].value or ()
    assert [_told(route) for route in routes] == expected


def _told(route: Route) -> str:
    """As in "Birch Run | easy | from A | to B | 2100 m long | 240 m up", with what is known only."""
    told = [str(fact) for fact in (route.difficulty, route.serves) if fact != "unknown"]
    told += [f"from {route.start}"] if route.start else []
    told += [f"to {route.end}"] if route.end else []
    told += [f"{route.length_m} m long"] if route.length_m else []
    told += [f"{route.ascent_m} m up"] if route.ascent_m else []
    return " | ".join([route.name, *told])


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
