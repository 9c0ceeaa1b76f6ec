"""Routes and what is told of each: every case is the body of a page about uphill travel."""

import tomllib
from collections.abc import Callable, Iterator
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


def _files() -> Iterator[object]:
    for folder, words in _FOLDERS.items():
        for file in sorted(Path(__file__).with_name(folder).glob("*.toml")):
            yield pytest.param(file, words, id=f"{folder}-{file.stem}")


@pytest.mark.parametrize(("file", "words"), list(_files()))
def test_routes_of_pages_are_read(file, words):
    pages = tomllib.loads(file.read_text("utf-8"))["page"]
    pages = {(number, page["name"]): page for number, page in enumerate(pages)}  # some have the same name
    told = {name: (p["routes"], _routes(file.stem, p["body"], words)) for name, p in pages.items()}
    wrong = {name: pair for name, pair in told.items() if pair[0] != pair[1]}
    missed = {name for name, page in pages.items() if page.get("known_miss")}
    assert {name: pair for name, pair in wrong.items() if name not in missed} == {}, "expected and read"
    assert missed <= wrong.keys(), "no longer missed: take off their known_miss"


def _routes(lang: str, body: str, words: Callable[[Route], str]) -> list[str]:
    title = _TITLES[lang]
    page = parse_page(f"<title>{title}</title><h1>{title}</h1>{body}")
    routes = explain_page(page, source="-", lang=lang).settled["routes"].value or ()
    return [words(route) for route in routes]
