"""Entries of lists: what the heading, the lead or the mark before them lays down."""

import pytest

from crawler.extract import read

TITLES = {"en": "Uphill Policy", "de": "Skitouren auf Pisten", "fr": "Ski de randonnée", "it": "Scialpinismo"}
OPENING = {
    "en": "Uphill travel is allowed before 9 am.",
    "de": "Der Aufstieg mit Tourenski ist bis 9 Uhr erlaubt.",
    "fr": "La montée à ski de randonnée est autorisée avant 9 h.",
    "it": "La risalita con gli sci è consentita prima delle 9.",
}


def _policy(lang, body):
    title = TITLES[lang]
    page = f"<title>{title}</title><h1>{title}</h1><p>{OPENING[lang]}</p>{body}"
    return read(page, source="-", lang=lang).policy


def _listed(heading, *entries):
    return f"<h3>{heading}</h3><ul>{''.join(f'<li>{entry}</li>' for entry in entries)}</ul>"


@pytest.mark.parametrize(
    ("lang", "heading", "entries"),
    [
        ("en", "Not permitted", ("Dogs", "Fat bikes", "Snowshoes")),
        ("en", "Prohibited", ("Dogs", "Bikes", "Snowshoeing")),
        ("de", "Verboten", ("Hunde", "Fahrräder", "Schneeschuhe")),
        ("de", "Nicht erlaubt", ("Hunde", "Mountainbikes", "Schneeschuhe")),
        ("fr", "Interdit", ("Chiens", "Vélos", "Raquettes")),
        ("it", "Vietato", ("Cani", "Biciclette", "Ciaspole")),
    ],
)
def test_a_heading_that_bans_bans_its_entries(lang, heading, entries):
    policy = _policy(lang, _listed(heading, *entries))
    assert (policy.access, policy.dogs, policy.bikes, policy.snowshoes) == (
        "allowed",
        "prohibited",
        "prohibited",
        "prohibited",
    )


def test_a_heading_that_requires_requires_its_entries():
    policy = _policy("en", _listed("Required", "Uphill pass", "Signed waiver", "Headlamp (before sunrise)"))
    assert (policy.pass_required, policy.waiver, policy.lights) == ("always", "required", "required")


def test_an_entry_with_a_verdict_of_its_own_keeps_it():
    policy = _policy("en", _listed("Not permitted", "Sleds", "Dogs are welcome on a leash"))
    assert policy.dogs == "leashed"


def test_a_heading_with_a_subject_says_nothing_of_other_things():
    policy = _policy("en", _listed("No dogs", "Snowshoes: at the desk"))
    assert policy.snowshoes == "unknown"


def test_crosses_deny_and_ticks_grant_where_there_are_both():
    body = "<ul><li>✔ Skis and splitboards</li><li>✔ Snowshoes</li><li>✘ Dogs</li><li>❌ Bikes</li></ul>"
    policy = _policy("en", body)
    assert (policy.snowshoes, policy.dogs, policy.bikes) == ("allowed", "prohibited", "prohibited")


def test_a_tick_alone_is_a_bullet():
    policy = _policy("en", "<ul><li>✔ Dogs</li><li>✔ Bikes</li></ul>")
    assert (policy.dogs, policy.bikes) == ("unknown", "unknown")
