import tomllib
from importlib.resources import files

import pytest
from pydantic import ValidationError

from crawler.extract.languages import LANGUAGES, Language, language
from crawler.extract.tagger import lexicon, tokens_of


def _tables(lang):
    return tomllib.loads(files("crawler.extract").joinpath("lexicon", f"{lang}.toml").read_text("utf-8"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_the_same_concepts(lang):
    own, english = _tables(lang)["concepts"].keys(), _tables("en")["concepts"].keys()
    assert sorted(english - own) == [], f"of en.toml, and missing in {lang}.toml"
    assert sorted(own - english) == [], f"of {lang}.toml, and missing in en.toml"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_concept_has_words(lang):
    empty = [concept for concept, phrases in _tables(lang)["concepts"].items() if not phrases]
    assert empty == [], f"without a phrase in {lang}.toml"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_a_phrase_can_be_met(lang):
    """Not so those of two tokens between bars, as in "box office|ticket-counter"."""
    words = lexicon(lang)
    never = {
        (concept, word)
        for concept in words.concepts
        for phrase in words.phrases(concept)
        for element in phrase
        for word in element
        if word != "~" and not _is_one_token(word.strip("*"), lang)
    }
    assert not never


def _is_one_token(word, lang):
    return [token.fold for token in tokens_of(word, 0, len(word), lang)] == [word]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_stands_twice_between_bars(lang):
    """As in "under their|their own risk", which is "their own risk" and not "their risk"."""
    twice = [
        phrase
        for phrases in _tables(lang)["concepts"].values()
        for phrase in phrases
        if any(len(set(bars)) < len(bars) for part in phrase.split() for bars in [part.strip("?").split("|")])
    ]
    assert not twice


def _found(text, lang="en"):
    tokens = tokens_of(text, 0, len(text), lang)
    return {hit.concept: tokens[hit.first].fold for hit in lexicon(lang).tag(tokens)}


def test_a_gap_does_not_reach_across_a_mark():
    assert "no_pass" in _found("no uphill pass required")
    assert "no_pass" not in _found("no, the pass is required")


def test_stems_and_endings_match_compounds():
    assert "uphill" in _found("Tourengeherinnen", "de")
    assert "route_noun" in _found("Familienabfahrt", "de")


def test_elided_articles_are_words_of_their_own():
    text = "l’ascension d'un sommet"
    assert [token.fold for token in tokens_of(text, 0, len(text), "fr")] == [
        "l'",
        "ascension",
        "d'",
        "un",
        "sommet",
    ]
    assert all(
        text[t.start : t.end].replace("’", "'").casefold() == t.fold
        for t in tokens_of(text, 0, len(text), "fr")
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_tells_what_sets_it_apart(lang):
    assert language(lang).common
    assert language(lang).joiners
    assert language(lang).articles


def test_a_language_without_one_of_its_properties_is_refused():
    told = _tables("en")["language"] | {"code": "en"}
    del told["negation_reach"]
    with pytest.raises(ValidationError, match="negation_reach"):
        Language.model_validate(told)


@pytest.mark.parametrize(
    ("lang", "text", "concept"),
    [
        ("en", "Snowsports", "other_topic"),
        ("en", "a cross-country pass", "other_product"),
        ("en", "arm bands", "uphill_pass"),
        ("de", "Hier habt ihr nichts verloren", "forbid"),
        ("de", "im letzten Winter", "past"),
        ("de", "unsere vierbeinigen Freunde", "dog"),
        ("fr", "cela ne signifie pas", "mistaken"),
        ("fr", "la règle vaut", "applies"),
        ("fr", "conditions d'utilisation", "not_status"),
        ("it", "senza alcun costo", "free"),
        ("it", "negli orari di esercizio", "during_ops"),
        ("it", "animali d'affezione", "dog"),
    ],
)
def test_what_stands_beside_a_bar_is_met(lang, text, concept):
    assert concept in _found(text, lang)


@pytest.mark.parametrize(
    ("lang", "text", "concept"),
    [
        ("en", "over the mountain pass", "season_pass"),
        ("de", "mit Freunden und für Freunde", "dog"),
    ],
)
def test_half_of_a_phrase_says_nothing(lang, text, concept):
    assert concept not in _found(text, lang)
