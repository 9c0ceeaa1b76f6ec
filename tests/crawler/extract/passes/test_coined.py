"""Passes that bear the page's own name for going up."""

import pytest

from crawler.extract import read

_NAMED = {
    "short form": (
        "en",
        "ALPINE TOURING",
        "Alpine touring is allowed before 8 a.m.",
        "An AT ticket is required.",
    ),
    "in one word": ("de", "Nachtschwärmer", "Mit Fellen aufsteigen.", "Der Nachtschwärmerbon ist Pflicht."),
    "with a hyphen": (
        "de",
        "Nachtschwärmer",
        "Mit Fellen aufsteigen.",
        "Der Nachtschwärmer-Bon ist Pflicht.",
    ),
    "behind it": (
        "fr",
        "Rando Park",
        "La montée à ski est autorisée.",
        "Le pass Rando Park est obligatoire.",
    ),
    "before it": ("it", "Skialp Area", "La risalita è consentita.", "La Skialp Area card è obbligatoria."),
}


def _accepted(lang: str, title: str, *told: str) -> tuple[object, ...]:
    body = f"<title>Skitouren</title><h1>{title}</h1>" + "".join(f"<p>{line}</p>" for line in told)
    return read(body, source="-", lang=lang).policy.pass_accepts


@pytest.mark.parametrize(("lang", "title", "about", "rule"), _NAMED.values(), ids=_NAMED)
def test_it_is_an_uphill_pass(lang, title, about, rule):
    more = {"de": "Der Aufstieg mit Tourenski ist erlaubt."}.get(lang, about)
    assert _accepted(lang, title, about, more, rule) == ("uphill_pass",)


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("ALPINE TOURING", "Tickets are sold at ticket windows."),
        ("Alpine touring", "The valley card is sold at the inn."),
    ],
)
def test_another_card_is_none(title, rule):
    assert _accepted("en", title, "Alpine touring is allowed before 8 a.m.", rule) == ()
