"""The words that are understood, from the files in ``words/``: what a phrase, a region or a network asks for."""

import gettext
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

import pycountry
from rapidfuzz import process
from rapidfuzz.distance import OSA

from uphill.asking.tokens import words
from uphill.asking.tries import Trie
from uphill.regions import country_name, country_of, region_name

LANGUAGES = ("en", "de", "fr", "it")
_FOLDER = files("uphill.asking").joinpath("words")
_LONG = 5
"""Letters from which on a word may have a typo; shorter ones are too many an edit apart."""


@dataclass(frozen=True, slots=True)
class Asks:
    """A phrase asks for values of facts; without any it says nothing new, and its words vanish."""

    key: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Regions:
    """``within``: the name is of a part of the region, or of several together, as a sentence says it."""

    codes: tuple[str, ...]
    within: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    name: str


Sense = Asks | Regions | Network


def table(name: str) -> dict[str, Any]:
    """A file of ``words/`` as it is."""
    return tomllib.loads(_FOLDER.joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def meanings() -> Mapping[str, Asks]:
    """What a key of ``[phrases]`` asks for."""
    return {
        key: Asks(key, tuple((fact, tuple(values)) for fact, values in facts.items()))
        for key, facts in table("meanings").items()
    }


class Lexicon:
    """All languages together, for people mix them; where two disagree on a phrase, ``lang`` is asked first."""

    def __init__(self, lang: str) -> None:
        languages = [table(code) for code in sorted(LANGUAGES, key=lambda code: code != lang)]
        regions = table("regions")
        self.vanishing = _words_of(each["small"]["vanish"] for each in languages)
        self.either = _words_of(each["small"]["either"] for each in languages)
        self.negations = _words_of(each["small"]["not"] for each in languages)
        self.senses: Trie[Sense] = Trie(self.vanishing)
        self.denials: Trie[str] = Trie(self.vanishing)
        self.moments: Trie[str] = Trie()
        self.around: Trie[str] = Trie()
        self.codes = _short_codes(regions)
        self.everyday = frozenset(regions["everyday"])
        self.code_countries = frozenset(regions["divided"])
        for each in languages:
            self._add_language(each)
        for name, phrases in table("networks").items():
            self._add_sense(phrases, Network(name))
            for each in languages:
                self._add_sense(_as_held(phrases, each["held"]), Asks("my_pass", (("with_pass", (name,)),)))
        for sense, phrases in _region_names(regions):
            self._add_sense(phrases, sense)
        tries = (self.senses, self.denials, self.moments, self.around)
        self.words = frozenset(self.vanishing | self.negations).union(*(trie.words for trie in tries))
        # A typo in the first letter is rare, and "night" is not "light".
        mendable = sorted(
            word for word in self.senses.words | self.moments.words if len(word) >= _LONG and word.isalpha()
        )
        self._by_initial = {
            initial: list(group) for initial, group in groupby(mendable, lambda word: word[0])
        }

    def readings(self, word: str) -> tuple[str, ...]:
        """The word itself; one that nobody knows also as the known words one edit away."""
        if len(word) < _LONG or not word.isalpha():
            return (word,)
        near = process.extract(
            word, self._by_initial.get(word[0], ()), scorer=OSA.distance, score_cutoff=1, limit=5
        )
        return (word, *sorted(choice for choice, _, _ in near if choice != word))

    def _add_language(self, each: dict[str, Any]) -> None:
        for key, phrases in each["phrases"].items():
            self._add_sense(phrases, meanings()[key])
        for target, phrase in answered(each):
            self._add_sense([phrase], meanings()[target])
        for kind in ("no", "not_needed"):
            for phrase in each["answers"][kind]:
                self.denials.add(words(phrase), kind)
        for trie, parts in ((self.moments, each["time"]), (self.around, each["near"] | each["units"])):
            for part, phrases in parts.items():
                for phrase in phrases:
                    trie.add(words(phrase), part)

    def _add_sense(self, phrases: Iterable[str], sense: Sense) -> None:
        for phrase in phrases:
            whole = _written(phrase)
            inner = tuple(word for word in whole[1:-1] if word not in self.vanishing)
            for form in {
                whole,
                (*whole[:1], *inner, *whole[-1:]) if len(whole) > 2 else whole,
                _umlauts(phrase),
            }:
                known = self.senses.find(form)
                if not known:  # the first language that has it, phrases before regions
                    self.senses.add(form, sense)


def answered(language: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Phrases of a language with "allowed", "not required", ... behind or "no" before them, and what they mean."""
    for key, made in table("answers").items():
        for kind, target in made.items():
            for phrase in language["phrases"][key]:
                for answer in language["answers"][kind]:
                    yield target, f"{answer} {phrase}" if kind == "none" else f"{phrase} {answer}"
                    if kind == "none":  # "no dogs allowed"
                        for granted in (*language["answers"]["yes"], *language["answers"]["needed"]):
                            yield target, f"{answer} {phrase} {granted}"


@cache
def lexicon(lang: str) -> Lexicon:
    return Lexicon(lang if lang in LANGUAGES else LANGUAGES[0])


def _as_held(names: Iterable[str], said: Mapping[str, Iterable[str]]) -> Iterable[str]:
    """Names of a pass in the words of who holds it: "my Ikon pass"."""
    for name in names:
        yield from (f"{before} {name}" for before in said["before"])
        yield from (f"{name} {behind}" for behind in said["behind"])


def _words_of(lists: Iterable[list[str]]) -> frozenset[str]:
    return frozenset(word for each in lists for phrase in each for word in words(phrase))


@cache
def _written(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, which each language's lexicon asks for anew."""
    return words(phrase)


def _umlauts(phrase: str) -> tuple[str, ...]:
    """``Südtirol`` as it is typed without umlauts: ``suedtirol``."""
    if phrase.isascii():
        return _written(phrase)
    return _written(phrase.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))


def _short_codes(regions: dict[str, Any]) -> dict[str, str]:
    """Codes without their country: ``vt`` is US-VT. Earlier countries of the table win."""
    codes = {written.lower(): code for written, code in regions["codes"].items()}
    for country in regions["short_codes_of"]:
        for code in _divisions(regions, country):
            codes.setdefault(code.partition("-")[2].lower(), code)
    return codes | {code.lower(): codes.get(code.lower(), code) for code in regions["countries"]}


def _divisions(regions: dict[str, Any], country: str) -> list[str]:
    return sorted(
        each.code
        for each in pycountry.subdivisions.get(country_code=country)
        if each.parent_code is None and each.type not in regions["outlying"]
    )


def _region_names(regions: dict[str, Any]) -> Iterable[tuple[Regions, list[str]]]:
    """Names by region: what it is also called before ISO's, regions before countries."""
    for said, group in regions["together"].items():
        yield Regions(tuple(group["regions"]), said), group["names"]
    for code, phrases in regions["also"].items():
        yield Regions((code,)), phrases
    for code, phrases in regions["within"].items():
        for phrase in phrases:
            yield Regions((code,), phrase), [phrase]
    for country in regions["divided"]:
        for code in _divisions(regions, country):
            yield Regions((code,)), [region_name(code)]
    translations = [
        gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[lang])
        for lang in LANGUAGES
        if lang != "en"
    ]
    for code in regions["countries"]:
        name = country_name(code)
        yield Regions((code,)), [name, *(each.gettext(name) for each in translations)]


def place_name(code: str) -> str:
    """A region's or a country's name for people."""
    if code == country_of(code):
        return country_name(code)
    return region_name(code)
