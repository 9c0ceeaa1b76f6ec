"""Sentences per fact: each is read as the only one of a page about uphill travel."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.extract import explain_page, parse_page
from crawler.extract.explain import shown
from uphill.policy import LIST_FACTS

_FOLDER = Path(__file__).with_name("examples")
_TITLES = {
    "en": "Uphill Policy",
    "de": "Skitouren auf der Piste",
    "fr": "Randonnée alpine",
    "it": "Scialpinismo in pista",
}


def _cases() -> Iterator[object]:
    for file in sorted(_FOLDER.glob("*.toml")):
        tables = tomllib.loads(file.read_text("utf-8"))
        missed = {text for texts in tables.pop("known_misses", {}).values() for text in texts}
        for lang, values in tables.items():
            for expected, texts in values.items():
                for text in texts:
                    marks = [pytest.mark.xfail(strict=True, reason="known miss")] if text in missed else []
                    yield pytest.param(
                        file.stem, lang, text, expected, id=f"{file.stem}-{lang}-{text[:50]}", marks=marks
                    )


@pytest.mark.parametrize(("field", "lang", "text", "expected"), list(_cases()))
def test_a_sentence_is_read(field, lang, text, expected):
    title = _TITLES[lang]
    page = parse_page(f"<title>{title}</title><h1>{title}</h1><p>{text}</p>")
    assert _shown(field, explain_page(page, source="-", lang=lang).settled[field].value) == expected


def _shown(field: str, value: object) -> str:
    if field not in LIST_FACTS:
        return "unknown" if value is None else shown(value)
    elements = value if isinstance(value, tuple) else ()
    if field == "prices":
        return ", ".join(f"{p.amount.normalize():f} {p.currency} {p.period}" for p in elements)
    return ", ".join(r.name if field == "routes" else str(r) for r in elements)
