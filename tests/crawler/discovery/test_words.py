import tomllib

import pytest

from crawler.discovery.words import CONCEPTS, FOLDER, Phrases, fold, url_words
from crawler.extract.languages import LANGUAGES

FILES = sorted(FOLDER.glob("??.toml"))


def test_every_language_that_is_read_has_its_words_for_links():
    assert set(LANGUAGES) ^ {file.stem for file in FILES} == set(), "in lexicon/ or discovery/words/ alone"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_language_has_every_concept_and_nothing_else(file):
    words = tomllib.loads(file.read_text(encoding="utf-8"))
    assert set(words) == set(CONCEPTS)
    for concept, phrases in words.items():
        assert phrases, concept
        for phrase in phrases:
            assert " ".join(fold(phrase)) == phrase.removesuffix("*"), "written as it is compared"
            assert "*" not in phrase or len(fold(phrase)) == 1, "only a single word may be a stem"


def test_words_are_compared_without_case_accents_and_punctuation():
    assert fold("Ski de Randonnée – l’été!") == ("ski", "de", "randonnee", "l", "ete")
    assert fold("Straße") == ("strasse",)


def test_words_of_a_url():
    assert url_words("https://uphill.example/a/UphillPolicy%20new.pdf?p=skin-up#dogs") == (
        "a", "uphill", "policy", "new", "pdf", "p", "skin", "up", "dogs",
    )  # fmt: skip


def test_phrases_match_whole_words_in_order():
    phrases = Phrases(["skin up", "skitour*"])
    assert phrases.within(fold("please skin up here"))
    assert phrases.within(fold("Skitourengeher"))
    assert not phrases.within(fold("up skin"))
    assert not phrases.within(fold("skins up"))
    assert phrases.is_all_of(fold("Skin up!"))
    assert not phrases.is_all_of(fold("skin up now"))
    assert not phrases.is_all_of(())
