"""The files of words: the same keys in each language, values that the vocabulary has, phrases that are understood."""

import csv
from collections import defaultdict
from importlib.resources import files

import pycountry
import pytest

from uphill.asking import understand
from uphill.asking.lexicon import LANGUAGES, lexicon, meanings, table
from uphill.asking.tokens import words
from uphill.policy import Policy
from uphill.search.filters import FILTERS
from uphill.search.first_try import FirstTry

ASKED_FOR = {*FILTERS, "outside_operations", "pass_accepts", "pass_cost", "bikes", "foot", "lights"}


def keys(tree):
    return {(section, key) for section, part in tree.items() for key in part}


def phrases():
    for lang in LANGUAGES:
        for key, group in table(lang)["phrases"].items():
            for phrase in group:
                yield lang, key, phrase


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_has_phrases_for_every_meaning_and_for_nothing_else(lang):
    assert keys(table(lang)) == keys(table("en"))
    assert set(table(lang)["phrases"]) == set(meanings())
    assert [key for section in table(lang).values() for key, group in section.items() if not group] == []


def test_every_value_is_in_the_vocabulary_and_none_asks_for_what_is_not_stated():
    for asks in meanings().values():
        for fact, values in asks.facts:
            assert fact in ASKED_FOR, asks.key
            if fact == "with_pass":
                assert set(values) < set(FILTERS[fact].values) - {"unknown"}
                continue
            if fact == "first_try":
                assert values == (FirstTry.SUITS,)
                continue
            Policy.model_validate({fact: [*values] if fact == "pass_accepts" else values[0]})
            for value in values:
                Policy.model_validate({fact: [value] if fact == "pass_accepts" else value})
                assert value != "unknown"


def test_the_networks_are_those_of_the_catalogue():
    with files("uphill").joinpath("data", "resorts.csv").open(encoding="utf-8", newline="") as file:
        known = {row["pass_network"] for row in csv.DictReader(file)} - {""}
    assert set(table("networks")) == known


def test_the_regions_are_iso_s():
    regions = table("regions")
    together = [code for group in regions["together"].values() for code in group["regions"]]
    codes = {
        *regions["also"],
        *regions["within"],
        *regions["codes"].values(),
        *together,
        *regions["countries"],
    }
    unknown = [
        code
        for code in codes
        if pycountry.subdivisions.get(code=code) is None and pycountry.countries.get(alpha_2=code) is None
    ]
    assert unknown == []
    divisions = {
        f"{country}-{own}" for country, coded in regions["geonames"].items() for own in coded.values()
    }
    assert [code for code in divisions if pycountry.subdivisions.get(code=code) is None] == []


def test_a_phrase_is_written_once_and_means_one_thing_in_all_languages():
    meant = defaultdict(set)
    written = defaultdict(list)
    for lang, key, phrase in phrases():
        meant[words(phrase)].add(key)
        written[lang].append(words(phrase))
    assert {phrase: keys for phrase, keys in meant.items() if len(keys) > 1} == {}
    assert {lang: [each for each in all_ if all_.count(each) > 1] for lang, all_ in written.items()} == {
        lang: [] for lang in LANGUAGES
    }


def test_every_phrase_is_understood_as_what_it_is_written_for(now):
    for lang, key, phrase in phrases():
        understood = understand(phrase, today=now, lang=lang)
        assert (understood.facts, understood.text) == (dict(meanings()[key].facts), ""), f"{lang} {phrase}"
        assert understood.open_at is None


def test_every_network_and_region_is_understood_by_all_its_names(now):
    for network, names in table("networks").items():
        for name in names:
            assert understand(name, today=now).networks == (network,), name
    regions = table("regions")
    groups = [((code,), names) for code, names in (regions["also"] | regions["within"]).items()]
    groups += [(tuple(group["regions"]), group["names"]) for group in regions["together"].values()]
    for codes, names in groups:
        for name in names:
            assert understand(name, today=now).region == codes, name
    for code in lexicon("en").code_countries:
        for division in pycountry.subdivisions.get(country_code=code):
            assert understand(division.code, today=now).region == (division.code,)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_time_is_a_time(lang, now):
    for key, group in table(lang)["time"].items():
        for phrase in group:
            asked = {"open": f"{phrase} 6:00", "at": f"{phrase} 6:00", "before": f"{phrase} 6:00"}
            asked |= {
                "between": f"{phrase} 6:00",
                "am": f"6 {phrase}",
                "pm": f"6 {phrase}",
                "oclock": f"6 {phrase}",
            }
            understood = understand(asked.get(key, phrase), today=now, lang=lang)
            assert understood.open_at is not None, f"{key}: {phrase}"
            assert understood.text == "", f"{key}: {phrase}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_place_asks_for_one(lang, now):
    near = table(lang)["near"]
    for phrase in near["before"]:
        understood = understand(f"{phrase} Denver", today=now, lang=lang)
        assert (understood.near.name, understood.text) == ("Denver (Colorado)", ""), phrase
    for phrase in near["within"]:
        for of in near["of"]:
            understood = understand(f"{phrase} 40 km {of} Denver", today=now, lang=lang)
            assert (understood.near.km, understood.text) == (40, ""), f"{phrase} {of}"
    for phrase in near["here"]:
        understood = understand(phrase, today=now, lang=lang)
        assert [part.parameter for part in understood.read] == [""], phrase
        assert (understood.near, understood.text) == (None, ""), phrase
    for unit, names in table(lang)["units"].items():
        for name in names:
            understood = understand(f"10 {name} {near['of'][0]} Denver", today=now, lang=lang)
            assert understood.near.km == {"km": 10, "miles": 16, "drive": 100}[unit], name
            assert (understood.read[-1].parameter == "") == (unit == "drive"), name


def test_small_words_vanish_and_a_no_before_a_filter_keeps_it_from_being_one(now):
    for lang in LANGUAGES:
        for word in table(lang)["small"]["vanish"]:
            assert understand(f"xyzzy {word} plugh", today=now).text == "xyzzy plugh", word
        for word in table(lang)["small"]["not"]:
            understood = understand(f"{word} Ikon", today=now)
            assert (understood.networks, understood.text) == ((), f"{word} Ikon")
