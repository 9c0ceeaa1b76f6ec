"""Facts pass over sentences that hold none of the concepts they ask for: that changes no claim."""

import tomllib
from itertools import islice
from pathlib import Path

import pytest

from crawler.extract.detection import detected
from crawler.extract.document import Document
from crawler.extract.facts import facts
from crawler.extract.pages.page import parse_page
from crawler.extract.scoped import Scoped

pytestmark = pytest.mark.slow

_HERE = Path(__file__).parent
_FOLDERS = ("corpus/pages", "own/pages", "plain/pages", "varied/pages", "status", "none")
_TITLES = {
    "en": "Uphill Policy",
    "de": "Skitouren auf der Piste",
    "fr": "Randonnée alpine",
    "it": "Scialpinismo in pista",
}
_ONE_OF = 5
"""Of so many sentences one is taken: neighbours in the tables are alike."""
_ONE_PAGE_OF = 3
_A_PAGE = 25
"""Sentences on one page, each a paragraph."""


def _sentences(lang):
    for file in sorted((_HERE / "examples").glob("*.toml")):
        for texts in tomllib.loads(file.read_text("utf-8")).get(lang, {}).values():
            yield from texts


def _pages(lang):
    found = islice(_sentences(lang), 0, None, _ONE_OF)
    while sentences := list(islice(found, _A_PAGE)):
        told = "".join(f"<p>{sentence}</p>" for sentence in sentences)
        yield f"<title>{_TITLES[lang]}</title><h1>{_TITLES[lang]}</h1>{told}"


def _claims(page, lang):
    document = Document(page, lang)
    return {fact.FIELD: tuple(fact.claims(document)) for fact in facts()}


def _compare(markup, lang, monkeypatch):
    page = parse_page(markup)
    lang = lang or detected(page).lang
    if lang is None:
        return
    told = _claims(page, lang)
    with monkeypatch.context() as patch:
        patch.setattr(Scoped, "speaks_of", lambda _scoped, _concepts: True)
        assert _claims(page, lang) == told


@pytest.mark.parametrize("lang", _TITLES)
def test_of_example_sentences(lang, monkeypatch):
    pages = list(_pages(lang))
    assert pages
    for markup in pages:
        _compare(markup, lang, monkeypatch)


@pytest.mark.parametrize("folder", _FOLDERS)
def test_of_pages(folder, monkeypatch):
    files = sorted((_HERE.parent / folder).glob("*.html"))[::_ONE_PAGE_OF]
    assert files
    for file in files:
        _compare(file.read_bytes(), None, monkeypatch)
