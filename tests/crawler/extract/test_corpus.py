"""The labelled pages: what is reached is kept, by field and by language."""

from pathlib import Path

import pytest

from crawler.evaluate.floors import Floors, reached_on
from crawler.evaluate.labelled import read_labelled
from crawler.extract import parse_page

_CRAWLER = Path(__file__).parents[1]


@pytest.fixture(scope="module", params=["corpus", "own", "plain", "varied"])
def folder(request):
    return _CRAWLER / request.param


@pytest.fixture(scope="module")
def labelled(folder):
    return read_labelled(folder / "gold", folder / "pages")


@pytest.fixture(scope="module")
def floors(folder):
    return Floors.load(folder / "floors.json")


@pytest.fixture(scope="module")
def reached(folder, labelled):
    return reached_on(labelled, folder / "gold", folder / "pages")


def test_every_page_has_its_labels(folder, labelled):
    assert {page.name for page in labelled} == {page.stem for page in (folder / "pages").iterdir()}


def test_what_was_reached_is_kept(floors, reached):
    assert not [str(fall) for fall in floors.falls(reached)]


def test_floors_are_those_of_these_pages(floors, reached):
    assert floors.pinned_to == reached.pinned_to, "uphill evaluate --floors … --update pins them anew"


def test_every_page_is_read_in_its_language(labelled):
    assert not {page.name: page.reading.lang for page in labelled if page.reading.lang != page.lang}


def test_quotes_are_the_words_at_their_offsets(folder, labelled):
    for page in labelled:
        text = parse_page((folder / "pages" / page.reading.source).read_bytes()).text
        for quotes in page.reading.evidence.values():
            assert all(text[quote.start : quote.end] == quote.quote for quote in quotes)
