"""Routes in tables, lists and sections: each case is the body of a page about uphill travel."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.extract import explain_page, parse_page
from uphill.policy import Route

_FOLDER = Path(__file__).with_name("route_pages")
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
def test_a_pages_routes_are_read(lang, body, expected):
    title = _TITLES[lang]
    page = parse_page(f"<title>{title}</title><h1>{title}</h1>{body}")
    routes = explain_page(page, source="-", lang=lang).settled["routes"].value or ()
    assert [_shown(route) for route in routes] == expected


def _shown(route: Route) -> str:
    """As in "Birch Run | open | 05:00-08:30", with what is known only."""
    status = [] if route.status == "unknown" else [str(route.status)]
    return " | ".join([route.name, *status, *map(str, route.windows)])
