"""Small pages as whole: what each states, beside all else that stands on it."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from crawler.extract import explain_page, parse_page, read_page
from uphill.policy import LIST_FACTS, Price, Route

_FOLDER = Path(__file__).with_name("whole_pages")


def _cases() -> Iterator[ParameterSet]:
    for file in sorted(_FOLDER.glob("*.toml")):
        for page in tomllib.loads(file.read_text("utf-8"))["page"]:
            lang = file.stem.split("-")[-1]
            marks = [pytest.mark.xfail(strict=True, reason="known miss")] if page.get("known_miss") else []
            yield pytest.param(lang, page, id=f"{file.stem}-{page['name']}", marks=marks)


@pytest.mark.parametrize(("lang", "page"), list(_cases()))
def test_a_page_is_read(lang, page):
    settled = explain_page(parse_page(page["html"]), source="-", lang=lang).settled
    told = {field: _shown(field, settled[field].value) for field in page if field in settled}
    unread = dict.fromkeys(page.get("unread", ()), "unknown")
    assert told == {field: page[field] for field in told} | {
        field: [] if field in LIST_FACTS else value for field, value in unread.items()
    }


@pytest.mark.parametrize(("lang", "page"), [case for case in _cases() if "policy" in case.values[1]])
def test_a_page_is_taken_for_what_it_is(lang, page):
    reading = read_page(parse_page(page["html"]), source="-")
    assert (reading.lang, reading.is_policy, reading.problem) == (lang, page["policy"], None)


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
