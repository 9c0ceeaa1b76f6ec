"""Sentences per fact: each is read as the only one of a page about uphill travel.

A table is one test a language: thousands of tests would cost more than what they test. Known misses are strict: one
that is read right has to leave its list.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from crawler.extract import explain_page, parse_page
from crawler.extract.combine import Settled
from crawler.extract.explain import shown
from crawler.extract.facts import facts
from crawler.extract.languages import LANGUAGES
from uphill.policy import FACTS, LIST_FACTS

_FOLDER = Path(__file__).with_name("examples")
_KNOWN_MISSES = "known_misses"
_TITLES = {
    "en": "Uphill Policy",
    "de": "Skitouren auf der Piste",
    "fr": "Randonnée alpine",
    "it": "Scialpinismo in pista",
}


def _tables() -> Iterator[object]:
    for file in sorted(_FOLDER.glob("*.toml")):
        tables = tomllib.loads(file.read_text("utf-8"))
        missed = {text for texts in tables.pop(_KNOWN_MISSES, {}).values() for text in texts}
        for lang, values in tables.items():
            yield pytest.param(file.stem, lang, values, missed, id=f"{file.stem}-{lang}")


def test_every_fact_is_read_and_has_its_sentences():
    assert set(FACTS) - {fact.FIELD for fact in facts()} == set(), (
        "no module of crawler/extract/facts reads it"
    )
    assert set(FACTS) - {file.stem for file in _FOLDER.glob("*.toml")} == set(), "no sentences in examples/"


def test_every_language_has_its_title_and_sentences():
    assert set(LANGUAGES) - set(_TITLES) == set(), "no title of a page in _TITLES"
    told = {lang for file in _FOLDER.glob("*.toml") for lang in tomllib.loads(file.read_text("utf-8"))}
    assert set(LANGUAGES) - told == set(), "no sentences in examples/"


@pytest.mark.parametrize(("field", "lang", "values", "missed"), list(_tables()))
def test_sentences_are_read(field, lang, values, missed):
    told = {
        text: (expected, _shown(field, _settled(lang, text)[field].value))
        for expected, texts in values.items()
        for text in texts
    }
    assert told
    wrong = {text: pair for text, pair in told.items() if text not in missed and pair[0] != pair[1]}
    assert wrong == {}, "expected and read"
    found = [text for text, (expected, read) in told.items() if text in missed and expected == read]
    assert found == [], f"no longer missed: take them off {_KNOWN_MISSES}"


def test_known_misses_are_in_the_tables():
    for file in sorted(_FOLDER.glob("*.toml")):
        tables = tomllib.loads(file.read_text("utf-8"))
        missed = {text for texts in tables.pop(_KNOWN_MISSES, {}).values() for text in texts}
        assert missed <= {text for lang in tables.values() for texts in lang.values() for text in texts}, file


@cache
def _settled(lang: str, text: str) -> Mapping[str, Settled]:
    title = _TITLES[lang]
    page = parse_page(f"<title>{title}</title><h1>{title}</h1><p>{text}</p>")
    return explain_page(page, source="-", lang=lang).settled


def _shown(field: str, value: object) -> str:
    if field not in LIST_FACTS:
        return "unknown" if value is None else shown(value)
    elements = value if isinstance(value, tuple) else ()
    if field == "prices":
        return ", ".join(f"{p.amount.normalize():f} {p.currency} {p.period}" for p in elements)
    return ", ".join(r.name if field == "routes" else str(r) for r in elements)
