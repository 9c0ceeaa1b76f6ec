"""Small pages as whole: what each states, beside all else that stands on it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from crawler.extract import explain_page, parse_page, read_page
from uphill.policy import LIST_FACTS, Price, Route

_FOLDER = Path(__file__).with_name("whole_pages")


_FILES = [pytest.param(file, id=file.stem) for file in sorted(_FOLDER.glob("*.toml"))]
_Pages = list[dict[str, Any]]


def _pages(file: Path) -> tuple[str, _Pages]:
    """The language of a file's pages, and these, each with a name of its own."""
    pages = tomllib.loads(file.read_text("utf-8"))["page"]
    assert len({page["name"] for page in pages}) == len(pages)
    return file.stem.split("-")[-1], pages


@pytest.mark.parametrize("file", _FILES)
def test_pages_are_read(file):
    lang, pages = _pages(file)
    wrong = {page["name"]: pair for page in pages if (pair := _expected_and_told(lang, page))}
    missed = {page["name"] for page in pages if page.get("known_miss")}
    assert {name: pair for name, pair in wrong.items() if name not in missed} == {}, "expected and read"
    assert missed <= wrong.keys(), "no longer missed: take off their known_miss"


def _expected_and_told(lang: str, page: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Where they differ."""
    settled = explain_page(parse_page(page["html"]), source="-", lang=lang).settled
    told = {field: _shown(field, settled[field].value) for field in page if field in settled}
    unread = dict.fromkeys(page.get("unread", ()), "unknown")
    expected = {field: page[field] for field in told} | {
        field: [] if field in LIST_FACTS else value for field, value in unread.items()
    }
    return None if told == expected else (expected, told)


@pytest.mark.parametrize("file", _FILES)
def test_pages_are_taken_for_what_they_are(file):
    lang, pages = _pages(file)
    readings = {p["name"]: read_page(parse_page(p["html"]), source="-") for p in pages if "policy" in p}
    told = {name: (each.lang, each.is_policy, each.problem) for name, each in readings.items()}
    assert told == {page["name"]: (lang, page["policy"], None) for page in pages if "policy" in page}


def _shown(field: str, value: object) -> str | list[str]:
    if field in LIST_FACTS:
        return [_element(element) for element in value] if isinstance(value, tuple) else []
    return "unknown" if value is None else str(value)


def _element(element: object) -> str:
    match element:
        case Price():
            return f"{element.amount} {element.currency}/{element.period}"
        case Route():
            return element.name
        case _:
            return str(element)
