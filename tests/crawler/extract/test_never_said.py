"""Sentences that are easily read as their opposite: the dangerous value must not follow from them."""

import tomllib
from pathlib import Path

import pytest

from crawler.extract import read
from uphill.policy import Policy

_TABLE = tomllib.loads((Path(__file__).parent / "never_said.toml").read_text("utf-8"))
_FAMILIES = _TABLE.pop("family")
_TITLES = {
    "en": "Uphill Policy",
    "de": "Skitouren auf Pisten",
    "fr": "Ski de randonnée sur les pistes",
    "it": "Scialpinismo in pista",
}
_OTHER_TITLES = {
    "en": "Mountain safety",
    "de": "Sicherheit am Berg",
    "fr": "Sécurité sur le domaine",
    "it": "Sicurezza in pista",
}
_RULES = {
    "en": "<p>Dogs have to stay on a leash.</p><p>A waiver is required.</p>",
    "de": "<p>Hunde sind an der Leine zu führen.</p>",
    "fr": "<p>Les chiens doivent être tenus en laisse.</p>",
    "it": "<p>I cani vanno tenuti al guinzaglio.</p>",
}
_BESIDE = {
    "en": "<p>Please treat each other with respect.</p>",
    "de": "<p>Bitte nehmt Rücksicht aufeinander.</p>",
    "fr": "<p>Merci de respecter les autres usagers.</p>",
    "it": "<p>Vi preghiamo di rispettare gli altri utenti.</p>",
}
_ANY = "any"
TABLES = [
    pytest.param(lang, fact, values, id=f"{lang}-{fact}")
    for lang, facts in _TABLE.items()
    for fact, values in facts.items()
]


@pytest.mark.parametrize(("lang", "fact", "values"), TABLES)
def test_a_dangerous_value_does_not_follow(lang, fact, values):
    title = _TITLES[lang]
    beside = {"alone": ""} if fact == "dogs" else {"alone": "", "among rules": _RULES[lang]}
    told = {
        (sentence, kind): (value, getattr(read(page, source="-", lang=lang).policy, fact))
        for value, sentences in values.items()
        for sentence in sentences
        for kind, rules in beside.items()
        for page in [
            f"<html lang='{lang}'><title>{title}</title><h1>{title}</h1><p>{sentence}</p>{rules}</html>"
        ]
    }
    assert told
    assert {case: read_as for case, (value, read_as) in told.items() if read_as == value} == {}


@pytest.mark.parametrize("family", _FAMILIES, ids=[family["about"] for family in _FAMILIES])
def test_nothing_dangerous_follows_from_a_family_of_sayings(family):
    assert all(family[lang] for lang in _TITLES)
    told = {
        (sentence, kind): wrong
        for lang in _TITLES
        for sentence in family[lang]
        for kind, page in _pages(lang, sentence)
        if (wrong := _wrong(read(page, source="-", lang=lang).policy, family["never"]))
    }
    assert told == {}


def _pages(lang: str, sentence: str) -> list[tuple[str, str]]:
    title, other = _TITLES[lang], _OTHER_TITLES[lang]
    alone = f"<title>{title}</title><h1>{title}</h1><p>{sentence}</p>"
    listed = (
        f"<title>{title} | Elk Bowl</title><nav><a href='/'>Home</a></nav><main><h1>{title}</h1>"
        f"{_BESIDE[lang]}<ul><li>{sentence}</li></ul></main>"
    )
    section = (
        f"<title>{other} | Elk Bowl</title><main><h1>{other}</h1>{_BESIDE[lang]}"
        f"<h2>{title}</h2><p>{sentence}</p></main>"
    )
    found = [("alone", alone), ("in a list", listed), ("in a section", section)]
    return [(kind, f"<html lang='{lang}'>{markup}</html>") for kind, markup in found]


def _wrong(policy: Policy, never: dict[str, list[str]]) -> dict[str, list[str]]:
    """What is read of that which must not be."""
    read_as = {
        fact: [str(window) for window in policy.windows]
        if fact == "windows"
        else [str(getattr(policy, fact))]
        for fact in never
    }
    wrong = {
        fact: [v for v in read_as[fact] if v in values or _ANY in values] for fact, values in never.items()
    }
    return {fact: values for fact, values in wrong.items() if values}
