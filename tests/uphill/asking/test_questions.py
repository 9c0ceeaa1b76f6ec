"""Questions as people ask them, in four languages, and what each has to become."""

import tomllib
from pathlib import Path

import pytest

from uphill.asking import to_query_pairs, understand

TABLE = tomllib.loads((Path(__file__).parent / "questions.toml").read_text("utf-8"))
CASES = [
    pytest.param(lang, asked, expected, id=f"{lang}: {asked}")
    for lang, cases in TABLE.items()
    for asked, expected in cases.items()
]


def asks(understood):
    """The URL parameters, a place by its name alone and without the radius that nobody asked for."""
    for name, value in to_query_pairs(understood):
        told = understood.near.name if name == "near" else value
        if (name, value) != ("km", "100"):
            yield f"{name}={told}"


def test_there_are_questions_enough_in_each_language():
    assert sum(map(len, TABLE.values())) >= 120
    assert {lang for lang, cases in TABLE.items() if len(cases) >= 25} == {"en", "de", "fr", "it"}


@pytest.mark.parametrize(("lang", "asked", "expected"), CASES)
def test_a_question_becomes_its_filters(lang, asked, expected, names, now):
    understood = understand(asked, today=now, names=names, lang=lang)
    assert list(asks(understood)) == expected["asks"]
    assert understood.unknown == expected.get("unknown", "")
    assert [part.meaning for part in understood.read if not part.parameter] == expected.get("remarks", [])
    mended = [part.meaning for part in understood.read if " was read as " in part.meaning]
    assert [said.partition(" was read as ")[2].rstrip(")") for said in mended] == expected.get("read_as", [])


def test_the_page_s_language_changes_nothing_where_only_one_language_has_the_phrase(names, now):
    wrong = {
        asked: read
        for lang, cases in TABLE.items()
        for asked, expected in cases.items()
        if (read := [*asks(understand(asked, today=now, names=names, lang="de" if lang != "de" else "fr"))])
        != expected["asks"]
    }
    assert wrong == {}


def test_every_filter_is_said_and_has_the_words_that_it_was_read_from(names, now):
    understood = understand("Vermont free dogs near Denver before work Ikon", today=now, names=names)
    assert [(part.words, part.parameter) for part in understood.filters] == [
        ("Vermont", "region"),
        ("free", "pass_cost"),
        ("dogs", "dogs"),
        ("near Denver", "near"),
        ("before work", "at"),
        ("Ikon", "network"),
    ]
    assert understood.sentences() == [
        "Region: Vermont",
        "Free: the pass costs nothing, or none is needed",
        "Dogs: allowed or on leash or at some hours or places only",
        "Within 100 km of Denver (Colorado)",
        "Open on Mon 23 Nov, 6:00, by the resort’s clock",
        "Pass network: Ikon",
    ]


def test_what_was_not_understood_is_said_and_searched_as_text(names, now):
    understood = understand("Sunday Brook moonlight laps free", today=now, names=names)
    assert understood.text == "Sunday Brook moonlight laps"
    assert understood.sentences() == [
        "Free: the pass costs nothing, or none is needed",
        "Resort: Sunday Brook",
        "Searched as text: “moonlight laps”",
    ]


def test_a_part_of_a_region_is_said_to_lie_in_it(now):
    assert understand("Südtirol", today=now).sentences() == [
        "Region: Trentino-Alto Adige, in which Südtirol lies"
    ]
    assert understand("pnw", today=now).sentences() == [
        "Region: the Pacific Northwest, that is Washington or Oregon"
    ]


def test_other_places_of_the_name_are_told(names, now):
    others = understand("near Burlington", today=now, names=names).near_others
    assert "Burlington (Vermont)" in [other.name for other in others]
    assert "not Burlington (Vermont)" in understand("near Burlington", today=now, names=names).sentences()[0]


def test_a_long_question_is_read_up_to_a_word_and_that_is_said(names, now):
    understood = understand("vermont " + "powder " * 40 + "dogs", today=now, names=names)
    assert understood.region == ("US-VT",)
    assert not understood.facts
    assert len(understood.text) <= 200
    assert "Only the first 200 characters were read" in understood.sentences()
