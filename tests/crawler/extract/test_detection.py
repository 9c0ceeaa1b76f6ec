"""Which language a page is in, pages in two languages, and pages in one that is not read."""
# ruff: noqa: E501 - texts, written as pages are

import json

import pytest
from click.testing import CliRunner

from crawler.cli.extract import extract
from crawler.extract import parse_page, read
from crawler.extract.languages import LANGUAGES

_OTHERS = {
    "nb": "Toppturer i alpinanlegget. Det er ikke lov å gå på ski i bakken når heisene er i drift. Hunder er ikke tillatt, og hodelykt er påbudt.",
    "sv": "Topptur i backen. Det är inte tillåtet att gå upp i backarna när liftarna är i gång. Hundar är förbjudna och pannlampa krävs.",
    "es": "Esquí de travesía en la estación. Está prohibido subir por las pistas con esquís durante el horario de apertura. Los perros no están permitidos.",
    "cs": "Skialpinismus ve skiareálu. Výstup na lyžích je povolen pouze po vyznačené trase od 17 do 21 hodin. Psi nejsou povoleni.",
    "sk": "Skialpinizmus v stredisku. Výstup na lyžiach je povolený len po vyznačenej trase a po zatvorení vlekov. Psy nie sú povolené.",
    "pl": "Skitury w ośrodku. Podchodzenie na nartach jest dozwolone tylko po wyznaczonej trasie oraz po zamknięciu wyciągów. Psy nie są dozwolone.",
    "sl": "Turno smučanje na smučišču. Vzpon po progah je prepovedan, ko obratujejo žičnice. Psi niso dovoljeni, svetilka je obvezna.",
    "ja": "スキー場での登行ルール。営業時間中のハイクアップは禁止されています。必ずビーコンを携帯し、パトロールに届け出てください。犬は入れません。登行ルートは一つだけです。",
    "fi": "Hiihtovaellus rinteessä. Nouseminen on kielletty, kun hissit ovat käynnissä. Koirat eivät ole sallittuja, ja otsalamppu on pakollinen.",
    "pt": "Esqui de travessia na estação. É proibido subir pelas pistas com esquis durante o horário de abertura. Não são permitidos cães.",
}


_UNREAD = {lang: text for lang, text in _OTHERS.items() if lang not in LANGUAGES}


@pytest.mark.parametrize(("lang", "text"), _UNREAD.items(), ids=_UNREAD)
@pytest.mark.parametrize("declared", [True, False], ids=["declared", "undeclared"])
def test_a_language_that_is_not_read_gives_no_facts_and_says_so(lang, text, declared):
    tag = f' lang="{lang}"' if declared else ""
    reading = read(f"<html{tag}><title>Ski touring</title><h1>Uphill</h1><p>{text}</p></html>", source="-")
    assert reading.lang is None
    assert not reading.policy.known()
    assert not reading.is_policy
    assert reading.problem
    assert not declared or reading.problem == f"language '{lang}' is not read"


def test_the_command_names_the_language(tmp_path):
    page = tmp_path / "topptur.html"
    page.write_text(f'<html lang="nb"><title>Topptur</title><p>{_OTHERS["nb"]}</p></html>', "utf-8")
    told = CliRunner().invoke(extract, [str(page)])
    assert told.exit_code == 0
    assert told.output == f"{page}: language 'nb' is not read\n"
    line = json.loads(CliRunner().invoke(extract, ["--json", str(page)]).output)
    assert (line["lang"], line["problem"]) == (None, "language 'nb' is not read")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Der Aufstieg ist nur auf der markierten Route erlaubt. Hunde sind an der Leine zu führen.", "de"),
        ("La montée est autorisée sur les itinéraires balisés. Les chiens sont interdits.", "fr"),
        (
            "La risalita è consentita solo lungo il percorso segnalato. I cani non sono ammessi sulle piste.",
            "it",
        ),
        (
            "Uphill travel is allowed on the marked route only. Dogs are not allowed at any time of the day.",
            "en",
        ),
    ],
)
@pytest.mark.parametrize("declared", ["en-US", "de", "fr", "it", "es", ""])
def test_words_go_before_what_the_markup_says(text, lang, declared):
    assert read(f'<html lang="{declared}"><h1>Policy</h1><p>{text}</p></html>', source="-").lang == lang


def test_a_page_is_not_read_as_the_sister_of_the_language_that_it_says_it_is_in():
    text = "<h1>Esquí</h1><p>Con una del centro al refugio, con una linterna al cuello.</p>"
    assert read(f'<html lang="es">{text}</html>', source="-").lang is None
    assert read(f'<html lang="it">{text}</html>', source="-").lang == "it"


_GERMAN = (
    "<h2>Skitouren auf der Piste</h2><p>Der Aufstieg mit Tourenski ist nur auf der markierten Route erlaubt, und "
    "zwar von 17:00 bis 21:00 Uhr.</p><p>Eine Stirnlampe ist für alle Tourengeher Pflicht.</p>"
)
_ITALIAN = (
    "<h2>Scialpinismo in pista</h2><p>La risalita con gli sci è consentita solo lungo il percorso segnalato, dalle 17:00 "
    "alle 21:00.</p><p>I cani non sono ammessi sul percorso di risalita.</p>"
)


@pytest.mark.parametrize("body", [_GERMAN + _ITALIAN, _ITALIAN + _GERMAN], ids=["de-it", "it-de"])
def test_each_part_of_a_page_is_read_in_its_own_language(body):
    markup = f"<title>Skitouren / Scialpinismo</title><h1>Skitouren / Scialpinismo</h1>{body}"
    reading = read(markup, source="-")
    known = reading.policy.known()
    assert (known["access"], known["dogs"], known["lights"]) == ("allowed", "prohibited", "required")
    assert [str(window) for window in known["windows"]] == ["17:00-21:00"]
    text = parse_page(markup).text
    for quotes in reading.evidence.values():
        assert all(text[quote.start : quote.end] == quote.quote for quote in quotes)


def test_a_page_in_two_columns_is_read_in_both_languages():
    rows = (
        "<tr><td>Der Aufstieg ist auf den Pisten nur bis 9 Uhr und nur mit der Tourenkarte erlaubt.</td>"
        "<td>La risalita delle piste è consentita solo fino alle 9 e con la tessera della stazione.</td></tr>"
        "<tr><td>Hunde sind auf der Piste und beim Aufstieg nicht erlaubt.</td>"
        "<td>I cani non sono ammessi sulle piste e durante la risalita con gli sci.</td></tr>"
    )
    reading = read(
        f"<title>Skitouren</title><h1>Skitouren auf der Piste</h1><table>{rows}</table>", source="-"
    )
    assert reading.policy.access == "allowed"
    assert reading.policy.dogs == "prohibited"


def test_an_english_name_in_a_german_page_changes_nothing():
    body = "<h1>Skitouren</h1><p>Der Aufstieg ist nur auf der Piste „Way of the Moon“ erlaubt.</p><p>Hunde sind nicht erlaubt.</p>"
    reading = read(f"<title>Skitouren</title>{body}", source="-")
    assert reading.lang == "de"
    assert reading.policy.dogs == "prohibited"
