"""Every word of the site is there in each language, and no English is left on its pages."""

import re
from collections import Counter
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup

from uphill.language import LANGUAGES, messages

HARM = "<script>"
ROOT = Path(__file__).parents[2]
OTHERS = [code for code in LANGUAGES if code != "en"]
_PLACEHOLDER = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
_KEYWORDS = {
    "_": None, "gettext": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "NP_": ((1, "c"), 2),
}  # fmt: skip
PAGES = [
    "/",
    "/?dogs=unknown&near=39.7,-105&price_max=20&currency=USD",
    "/?text=nowheresuch",
    "/resorts/harmful-bowl",
    "/resorts/copper-mountain",
    "/regions",
    "/regions/US-CO",
    "/tonight",
    "/tonight/US-CO",
    "/changes",
    "/guide",
    "/coverage",
    "/health",
    "/about",
    "/nowhere",
]


@cache
def used() -> dict[tuple[str | None, str], str | tuple[str, ...]]:
    """All messages of code and templates, by context and the singular."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = {}
    for folder in ("uphill", "webapp"):
        for _, _, message, _, context in extract_from_dir(
            ROOT / folder,
            [
                (pattern.removeprefix(f"{folder}/"), way)
                for pattern, way in methods
                if pattern.startswith(folder)
            ],
            {pattern.removeprefix(f"{folder}/"): told for pattern, told in options.items()},
            keywords=_KEYWORDS,
        ):
            found[context, message if isinstance(message, str) else message[0]] = message
    return found


@cache
def catalogue(language: str) -> Catalog:
    written = (ROOT / "uphill" / "translations" / f"{language}.po").read_bytes()
    return read_po(BytesIO(written), locale=language)


def forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated(language):
    told = {
        (message.context, message.id if isinstance(message.id, str) else message.id[0]): message
        for message in catalogue(language)
        if message.id
    }
    assert len(used()) > 500, "the messages were not found"
    missing = [key for key in used() if key not in told or not all(forms(told[key])) or told[key].fuzzy]
    assert not missing, f"{len(missing)} without words: make translations, then fill in {language}.po"
    assert not [key for key in told if key not in used()], "no longer used"


@pytest.mark.parametrize("language", OTHERS)
def test_translations_say_the_same_values(language):
    for message in catalogue(language):
        if not message.id or not all(forms(message)):
            continue
        for one in forms(message):
            meant = message.id if isinstance(message.id, str) else message.id[1]
            assert Counter(_PLACEHOLDER.findall(one)) == Counter(_PLACEHOLDER.findall(meant)), one
            assert re.findall(r"<[^>]+>", one) == re.findall(r"<[^>]+>", meant) or sorted(
                re.findall(r"<[^>]+>", one)
            ) == sorted(re.findall(r"<[^>]+>", meant)), one
            if "%(" in one:
                assert "%" not in _PLACEHOLDER.sub("", one), one


def english_left(html: bytes, language: str) -> set[str]:
    """Texts of a page, and of its attributes for people, that are messages in English."""
    soup = BeautifulSoup(html, "lxml")
    for quoted in soup(["script", "style", "blockquote", "code", "pre"]):
        quoted.decompose()
    for elsewhere in soup.select("[lang]:not(html)"):
        elsewhere.decompose()
    said = messages(language)
    english = {
        message
        for _, message in used()
        if " " in message and "%(" not in message and said.gettext(message) != message
    }
    texts = [" ".join(text.split()) for text in soup.find_all(string=True)]
    for name in ("aria-label", "title", "placeholder", "alt", "content"):
        texts += [" ".join(tag[name].split()) for tag in soup.select(f"[{name}]")]
    whole = "\n".join(texts)
    near = {message for message in english if message in whole}
    return {message for message in near if _stands_alone(re.escape(message), whole)}


def _stands_alone(pattern: str, text: str) -> bool:
    """The pattern first, and what may not go before it after it: so it is looked for by its first letters."""
    return re.search(rf"{pattern}(?<!\w{pattern})(?!\w)", text) is not None


@pytest.mark.parametrize(
    ("language", "path"),
    [*(("de", path) for path in PAGES), *((code, path) for code in ("fr", "it") for path in PAGES[:4:3])],
)
def test_no_english_is_left(client, language, path):
    assert not english_left(client.get(f"/{language}{path}").data, language)


def sentences(html: bytes) -> set[str]:
    """Texts that are no names: two of their words at least begin small."""
    soup = BeautifulSoup(html, "lxml")
    for quoted in soup(["script", "style", "blockquote", "code", "pre"]):
        quoted.decompose()
    texts = {" ".join(text.split()) for text in soup.body.find_all(string=True)}
    return {text for text in texts if len(re.findall(r"(?<![^ (])[a-z]{2,}", text)) >= 2}


@pytest.mark.parametrize("path", PAGES)
def test_no_sentence_is_the_same_in_english(client, path):
    english = sentences(client.get(f"/en{path}").data)
    assert english
    same = english & sentences(client.get(f"/de{path}").data)
    assert not {text for text in same if HARM not in text and "-" not in text}


def test_english_would_be_found(client):
    assert "What ski resorts rule about going up under your own power: where, when, with what pass." in (
        english_left(client.get("/en/").data, "de")
    )
