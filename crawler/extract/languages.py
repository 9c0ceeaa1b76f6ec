"""The languages that are read, one file each in ``lexicon/``: what sets them apart, beside their words."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict

_FOLDER = files("crawler.extract").joinpath("lexicon")


class Language(BaseModel):
    """The table ``[language]`` of a lexicon; all words in it are folded, but for those before a full stop."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    """ISO 639-1."""
    common: frozenset[str]
    """Its most frequent small words, by which a text in it is known."""
    elides: bool
    """Whether it writes an article and its noun as one word: "l'ascension"."""
    apostrophe_accents: bool = False
    """Whether "E'" is often typed for "È"."""
    tails: tuple[str, ...] = ()
    """Last parts of its compounds that stand for those before, too: "Tages- oder Saisonkarte"."""
    dotted_times: bool
    """Whether 17.30 is a time."""
    half_day_clock: bool
    """Whether a time without a.m. or p.m. may be either."""
    ordinal_dots: bool
    """Whether "10." is a number of an order, which ends no sentence."""
    negation_reach: int
    """How many words after its verb a negation may stand; German puts it at the end of the clause."""
    phone_region: str
    """ISO 3166 country by whose rules phone numbers are read where the page tells none."""
    dollar: str
    """ISO 4217 currency that "$" means where the page tells no country."""
    joiners: frozenset[str]
    """Words between two statements: "and", "but"."""
    clause_starts: frozenset[str]
    """Words after which a comma ends a statement, and not an item of a list."""
    subjectless: frozenset[str]
    """Verbs that go on with the subject before the comma: "a permit, available online, is required"."""
    articles: frozenset[str]
    also: frozenset[str]
    """Words after which an imperative may follow: "and", "please"."""
    merely: frozenset[str]
    """Words that make of a negation none: "not only"."""
    question_labels: str
    """Letters that stand before questions and their answers: "Q: …", "A: …"."""
    abbreviations: tuple[str, ...]
    """Words whose full stop ends no sentence."""
    counted: tuple[str, ...]
    """Words whose full stop ends no sentence before a number: "No. 5", "Dec. 1"."""
    furniture: frozenset[str]
    """Lines that are of the page and tell nothing: "Share", "Read more", "Advertisement"."""
    own_resort: str
    """The word for which the resort's own name stands."""
    credits: frozenset[str]
    """What stands before whom a picture is by, and a colon."""


def table(code: str) -> dict[str, Any]:
    """A language's file as it is."""
    return tomllib.loads(_FOLDER.joinpath(f"{code}.toml").read_text("utf-8"))


@cache
def language(code: str) -> Language:
    told = table(code)["language"]
    return Language.model_validate(told | {"code": code, "common": told["common"].split()})


def _codes() -> tuple[str, ...]:
    return tuple(
        sorted(file.name[:2] for file in _FOLDER.iterdir() if re.fullmatch(r"[a-z]{2}\.toml", file.name))
    )


LANGUAGES: tuple[str, ...] = _codes()


def of_all(name: str) -> frozenset[str]:
    """The union of one set of words over all languages, for what is read before its language is known.

    A word that is another one elsewhere ("so") has to stay out of it: it would hold there, too.
    """
    return frozenset().union(*(getattr(language(code), name) for code in LANGUAGES))
