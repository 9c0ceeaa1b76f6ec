"""Sentences that are easily read as their opposite: the dangerous value must not follow from them."""

import tomllib
from pathlib import Path

import pytest

from crawler.extract import read

_TABLE = tomllib.loads((Path(__file__).parent / "never_said.toml").read_text("utf-8"))
_TITLES = {
    "en": "Uphill Policy",
    "de": "Skitouren auf Pisten",
    "fr": "Ski de randonnée sur les pistes",
    "it": "Scialpinismo in pista",
}
_RULES = {
    "en": "<p>Dogs have to stay on a leash.</p><p>A waiver is required.</p>",
    "de": "<p>Hunde sind an der Leine zu führen.</p>",
    "fr": "<p>Les chiens doivent être tenus en laisse.</p>",
    "it": "<p>I cani vanno tenuti al guinzaglio.</p>",
}
CASES = [
    (lang, fact, value, sentence)
    for lang, facts in _TABLE.items()
    for fact, values in facts.items()
    for value, sentences in values.items()
    for sentence in sentences
]


@pytest.mark.parametrize("more", [False, True], ids=["alone", "among rules"])
@pytest.mark.parametrize(("lang", "fact", "value", "sentence"), CASES)
def test_a_dangerous_value_does_not_follow(lang, fact, value, sentence, more):
    title = _TITLES[lang]
    rules = _RULES[lang] if more and fact != "dogs" else ""
    page = f"<html lang='{lang}'><title>{title}</title><h1>{title}</h1><p>{sentence}</p>{rules}</html>"
    assert getattr(read(page, source="-", lang=lang).policy, fact) != value
