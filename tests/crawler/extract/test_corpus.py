"""The labelled pages: what is reached is kept, field by field."""

import json
from pathlib import Path

import pytest

from crawler.evaluate.score import Score
from crawler.extract import read

_CORPUS = Path(__file__).parents[1] / "corpus"
_FLOORS = json.loads((_CORPUS / "floors.json").read_text("utf-8"))
_EPSILON = 0.0005
"""Floors are written to three digits."""


@pytest.fixture(scope="module")
def readings():
    return {
        page.stem: read(page.read_bytes(), source=page.name)
        for page in sorted((_CORPUS / "pages").glob("*.html"))
    }


@pytest.fixture(scope="module")
def labels():
    return {
        file.stem: json.loads(file.read_text("utf-8")) for file in sorted((_CORPUS / "gold").glob("*.json"))
    }


@pytest.fixture(scope="module")
def score(readings, labels):
    score = Score()
    for name, gold in labels.items():
        score.add(gold, readings[name].policy.model_dump(mode="json"))
    return score


def test_every_page_has_its_labels(readings, labels):
    assert readings.keys() == labels.keys()


@pytest.mark.parametrize("field", _FLOORS)
def test_what_was_reached_is_kept(score, field):
    floor = _FLOORS[field]
    name = None if field == "overall" else field
    assert score.precision(name) >= floor["precision"] - _EPSILON
    assert score.recall(name) >= floor["recall"] - _EPSILON


def test_every_label_page_is_a_policy_in_its_language(readings, labels):
    wrong = {name for name, gold in labels.items() if readings[name].lang != gold["lang"]}
    assert not wrong


def test_quotes_are_the_words_at_their_offsets(readings):
    from crawler.extract import parse_page

    for page in sorted((_CORPUS / "pages").glob("*.html")):
        text = parse_page(page.read_bytes()).text
        for quotes in readings[page.stem].evidence.values():
            assert all(text[quote.start : quote.end] == quote.quote for quote in quotes)
