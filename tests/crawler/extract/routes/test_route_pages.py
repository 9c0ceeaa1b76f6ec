"""Routes and what is told of each: every case is the body of a page about uphill travel."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.extract import explain_page, parse_page
from uphill.policy import Route

_TITLES = {
    "en": "Uphill Policy",
    "de": "Skitouren auf der Piste",
    "fr": "Randonnée alpine",
    "it": "Scialpinismo in pista",
}


def _shown(route: Route) -> str:
    """As in "Birch Run | open | 05:00-08:30", with what is known only."""
    status = [] if route.status == "unknown" else [str(route.status)]
    return " | ".join([route.name, *status, *map(str, route.windows)])


def _told(route: Route) -> str:
    """As in "Birch Run | easy | from A | to B | 2100 m long | 240 m up", with what is known only."""
    told = [str(fact) for fact in (route.difficulty, route.serves) if fact != "unknown"]
    told += [f"from {route.start}"] if route.start else []
    told += [f"to {route.end}"] if route.end else []
    told += [f"{route.length_m} m long"] if route.length_m else []
    told += [f"{route.ascent_m} m up"] if route.ascent_m else []
    return " | ".join([route.name, *told])


_FOLDERS = {"route_pages": _shown, "route_details": _told}


def _cases() -> Iterator[object]:
    for folder, words in _FOLDERS.items():
        for file in sorted(Path(__file__).with_name(folder).glob("*.toml")):
            for case in tomllib.loads(file.read_text("utf-8"))["page"]:
                missed = case.get("known_miss", False)
                marks = [pytest.mark.xfail(strict=True, reason="known miss")] if missed else []
                name = f"{folder}-{file.stem}-{case['name']}"
                yield pytest.param(file.stem, case["body"], words, case["routes"], id=name, marks=marks)


@pytest.mark.parametrize(("lang", "body", "words", "expected"), list(_cases()))
def test_a_pages_routes_are_read(lang, body, words, expected):
    title = _TITLES[lang]
    page = parse_page(f"<title>{title}</title><h1>{title}</h1>{body}")
    routes = explain_page(page, source="-", lang=lang).settled["routes"].value or ()
    assert [words(route) for route in routes] == expected
