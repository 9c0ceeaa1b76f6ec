"""A page dismissed at a glance is one that a reading would find nothing on."""

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from crawler.extract import document, parse_page, read, read_page
from crawler.extract.pages.dismissal import NEEDED, dismissed, is_silent
from crawler.extract.tagger import Lexicon

_TESTS = Path(__file__).parents[2]
_LABELLED = ("corpus/pages", "own/pages", "plain/pages", "varied/pages", "status")


def _files(*folders):
    found = [path for folder in folders for path in sorted((_TESTS / folder).iterdir())]
    return [path for path in found if path.suffix in {".html", ".txt"}]


def _pages(*folders):
    return [pytest.param(path, id=path.stem) for path in _files(*folders)]


def _in_full(body, content_type=None):
    return read_page(parse_page(body, content_type=content_type), source="-")


def _tells(reading):
    return reading.is_policy or bool(reading.policy.known())


def test_no_page_with_facts_is_dismissed():
    bodies = {path.name: path.read_bytes() for path in _files(*_LABELLED)}
    assert len(bodies) > 100
    silent = {name: body for name, body in bodies.items() if dismissed(body) is not None}
    assert [name for name, body in silent.items() if _tells(_in_full(body))] == []


def test_no_sentence_with_facts_is_dismissed():
    for file in sorted((Path(__file__).parents[1] / "examples").glob("*.toml")):
        for values in tomllib.loads(file.read_text("utf-8")).values():
            for text in (text for texts in values.values() for text in texts):
                markup = f"<p>{text}</p>"
                assert dismissed(markup) is None or not _in_full(markup).policy.known(), text


def test_without_the_needed_concept_nothing_is_found(monkeypatch):
    monkeypatch.setattr(document, "lexicon", _without_the_concept)
    assert [path.name for path in _files(*_LABELLED) if _tells(_in_full(path.read_bytes()))] == []


@cache
def _without_the_concept(lang):
    source = files("crawler.extract").joinpath("lexicon", f"{lang}.toml")
    data = tomllib.loads(source.read_text("utf-8"))
    data["concepts"][NEEDED] = []
    return Lexicon(data, elides=lang in ("fr", "it"))


@pytest.mark.parametrize("path", _pages("ordinary"))
def test_ordinary_pages_are_dismissed(path):
    assert dismissed(path.read_bytes()) is not None


@pytest.mark.parametrize("path", _pages("ordinary"))
def test_a_link_in_the_menu_does_not_keep_it(path):
    page = path.read_text("utf-8")
    linked = page.replace("</ul>", '<li><a href="/uphill">Uphill Access</a></li></ul>', 1)
    assert linked != page
    assert dismissed(linked) is not None
    assert dismissed(linked.replace("</h2>", " and skin<b>ning</b> <i>skin</i> <u>up</u></h2>", 1)) is None


def test_no_page_with_facts_is_silent():
    bodies = {path.name: path.read_bytes() for path in _files(*_LABELLED)}
    silent = {name: body for name, body in bodies.items() if is_silent(parse_page(body))}
    assert [name for name, body in silent.items() if _in_full(body).policy.known()] == []


def test_an_uphill_battle_is_silent():
    assert is_silent(parse_page(f"<html lang=en><p>It was an impianto di risalita.</p>{_FILL}"))
    assert not is_silent(parse_page(f"<html lang=en><p>Uphill traffic is welcome.</p>{_FILL}"))


@pytest.mark.parametrize("path", _pages("ordinary", "none"))
def test_pages_without_a_policy_read_the_same(path):
    body = path.read_bytes()
    in_full = _in_full(body)
    assert read(body, source="-") == in_full
    assert not in_full.policy.known()


_FILL = "<p>The restaurant is open from nine to four and the parking is free for all of our guests.</p>" * 5
_DATA = _FILL.replace("<p>", "").replace("</p>", " ")
_DRAWN = '<div id="root"></div><script type="application/json">{"title": "HERE", "body": "FILL"}</script>'
_WRITTEN = {
    "capitals": "<p>UPHILL</p>",
    "a soft hyphen": "<p>Ski\u00adtouren</p>",
    "a named soft hyphen": "<p>Ski&shy;touren</p>",
    "a place to break": "<p>Ski<wbr>touren</p>",
    "a zero width space": "<p>up\u200bhill</p>",
    "a numbered zero width space": "<p>up&#8203;hill</p>",
    "numbered letters": "<p>&#117;phill</p>",
    "hexadecimal letters": "<p>&#x55;phill</p>",
    "a named letter": "<p>Tourenl&auml;ufer</p>",
    "a space that does not break": "<p>ski&nbsp;touring</p>",
    "a hyphen": "<p>up-hill traffic</p>",
    "tags between words": "<p>skin <b><i>up</i></b></p>",
    "an article": "<p>Le départ de l’ascension</p>",
    "NUL bytes": "<p>up\x00hill</p>",
    "control characters": "<p>up\x01hill</p>",
    "a stray bracket": "<p>fewer than 5 < 6 uphill</p>",
    "a stray bracket before a digit": "<p>a <3 for uphill</p>",
    "no tag after it": "<br>uphill",
    "a script in a comment": "<!-- <script> --><p>uphill</p><script></script>",
    "an empty comment": "<!--><p>uphill</p><!-- -->",
    "a comment in a script": "<script>'<!--'</script><p>uphill</p><!-- -->",
    "a script in capitals": "<SCRIPT>1</SCRIPT><p>uphill</p><script></script>",
    "a script without an end": "<p>a</p><script><p>uphill</p>",
    "an attribute with a bracket": '<p title="a > b">uphill</p>',
    "its title alone": "<title>Uphill</title>",
}


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
@pytest.mark.parametrize("written", _WRITTEN.values(), ids=_WRITTEN)
def test_however_it_is_written(written, codec):
    assert dismissed(_FILL.encode(codec)) is not None
    assert dismissed((_FILL + written).encode(codec)) is None


def test_in_other_charsets():
    page = (
        '<meta charset="iso-8859-1">'
        + "<p>Le restaurant est ouvert de midi à la fermeture des pistes.</p>" * 10
    )
    assert dismissed(page.encode("latin-1")) is not None
    assert dismissed((page + "<p>Montée à ski.</p>").encode("latin-1")) is None


def test_text_without_markup():
    assert dismissed(_DATA) is not None
    assert dismissed("Uphill " + _DATA) is None
    assert dismissed("<p>" + _DATA, "text/plain") is not None
    assert dismissed("<uphill>" + _DATA, "text/plain") is None


@pytest.mark.parametrize(
    "title", ["Uphill", "\\u0055phill", "A line\\nuphill", "Up&shy;hill", "<b>uphill<\\/b>"]
)
def test_a_page_drawn_from_data(title):
    page = _DRAWN.replace("FILL", _DATA)
    assert dismissed(page.replace("HERE", "Parking")) is not None
    assert dismissed(page.replace("HERE", title)) is None


@pytest.mark.parametrize("hidden", ["", f"<noscript>{_FILL * 5}</noscript>", f"<template>{_FILL * 5}"])
def test_a_page_drawn_from_much_data(hidden):
    assert dismissed(hidden + _DRAWN.replace("FILL", _DATA * 20 + "uphill")) is None


def test_data_beside_menus_and_links():
    menu = f"<nav>Uphill</nav>{_FILL.replace('<p>', '<p><a href=/x>').replace('</p>', '</a></p>') * 30}"
    page = menu + _DRAWN.replace("FILL", _DATA * 20)
    assert dismissed(page.replace("HERE", "Parking")) is not None
    assert dismissed(page.replace("HERE", "Uphill")) is None


def test_what_the_page_hides_does_not_keep_it():
    told = "<!-- uphill --><style>.uphill {}</style><script>uphill()</script><p class=uphill></p>"
    assert dismissed(told + _FILL) is not None


def test_lifts_are_no_ascent():
    page = (
        "<p>Gli impianti di risalita sono aperti dalle nove alle sedici e il ristorante è in paese.</p>" * 10
    )
    assert dismissed(page) is not None
    assert dismissed(page + "<p>La risalita con le pelli è vietata.</p>") is None


@pytest.mark.parametrize("lang", ["no", "de"])
def test_a_language_in_doubt_is_left_to_the_reading(lang):
    assert dismissed(f"<html lang={lang}>{_FILL}") is None
    assert dismissed("<p>Kort.</p>") is None


def test_pdfs_are_always_read():
    assert dismissed(b"%PDF-1.7 nothing") is None
    assert dismissed(b"nothing", "application/pdf") is None


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<script>",
        "<svg>",
        "<",
        "<p",
        "&",
        "&#",
        "a ",
        "\\u",
        '<script type="json">',
        "uphill battle ",
        "\u00ad",
    ],
)
def test_a_glance_comes_to_an_end(piece, alarm):
    body = piece * (1_000_000 // len(piece))
    assert dismissed(body) is None or not read(body, source="-").is_policy
