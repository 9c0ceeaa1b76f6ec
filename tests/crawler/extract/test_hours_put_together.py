"""Whatever stands beside the hours of going up, they are read as they are, or not at all."""

import tomllib
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from crawler.extract import read

_TABLE = tomllib.loads(Path(__file__).with_name("hours_put_together.toml").read_text(encoding="utf-8"))
_MOST = 90
"""Of the pages of a family so many are read, spread over all of them."""
_LEAST_KNOWN = 0.7

_Pages = Iterator[tuple[str, str]]
"""Each with the windows that it tells."""
_AROUND = ("{a}, {b}.", "{B}: {a}.", "{a} ({b}).", "{a} – {b}.")
_BEHIND = ("{a}, {b}.", "{a} ({b}).", "{a} – {b}.", "{a}; {b}.")
_TOGETHER = (
    "<p>{a}. {b}</p>",
    "<p>{b} {a}.</p>",
    "<p>{a}.</p><p>{b}</p>",
    "<p>{b}</p><p>{a}.</p>",
    "<ul><li>{a}.</li><li>{b}</li></ul>",
    "<ul><li>{b}</li><li>{a}.</li></ul>",
)
_FOLLOWED = _TOGETHER[::2]
_ROWS = (
    "<table><tr><td>{a}</td><td>{hours}</td></tr><tr><td>{b}</td><td>{other}</td></tr></table>",
    "<table><tr><td>{b}</td><td>{other}</td></tr><tr><td>{a}</td><td>{hours}</td></tr></table>",
    "<dl><dt>{a}</dt><dd>{hours}</dd><dt>{b}</dt><dd>{other}</dd></dl>",
    "<ul><li>{b}: {other}</li><li>{a}: {hours}</li></ul>",
    "<p><b>{a}:</b> {hours}<br><b>{b}:</b> {other}</p>",
    "<h3>{a}</h3><p>{hours}</p><h3>{b}</h3><p>{other}</p>",
)


def _large(text: str) -> str:
    return text[:1].upper() + text[1:]


def _stated(table: dict[str, Any]) -> list[tuple[str, str]]:
    told = product(table["stated"], table["hours"].items())
    return [(stated.replace("{T}", hours), window) for stated, (hours, window) in told]


def _among(table: dict[str, Any], beside: list[str], forms: tuple[str, ...]) -> _Pages:
    for (a, window), b, form in product(_stated(table), beside, forms):
        yield form.format(a=a, b=b, B=_large(b)), window


def _on_days(table: dict[str, Any], told: str, forms: tuple[str, ...]) -> _Pages:
    for (a, window), (b, days), form in product(_stated(table), table[told].items(), forms):
        yield form.format(a=a, b=b, B=_large(b)), f"{days} {window}".strip()


def _several(table: dict[str, Any]) -> _Pages:
    for stated, (hours, windows) in product(table["stated"], table["several"].items()):
        for circumstance in ("", *(f", {one}" for one in table["circumstances"])):
            yield f"{stated.replace('{T}', hours)}{circumstance}.", windows


def _ended(table: dict[str, Any]) -> _Pages:
    for (a, window), (b, end), form in product(_stated(table), table["ends"].items(), _TOGETHER):
        if end.startswith(window):
            yield form.format(a=a, b=b), f"{window.split('-')[0]}-{end.split()[1]}"


def _in_rows(table: dict[str, Any]) -> _Pages:
    labels, others = product(table["labels"], table["hours"].items()), table["other_labels"]
    for (a, (hours, window)), b, other, form in product(labels, others, table["other_hours"], _ROWS):
        yield form.format(a=a, hours=hours, b=b, other=other), window


_FAMILIES: dict[str, Callable[[dict[str, Any]], _Pages]] = {
    "circumstances": lambda table: _among(table, table["circumstances"], _AROUND),
    "hours of others in the sentence": lambda table: _among(table, table["behind"], ("{a}{b}.",)),
    "hours of others before them": lambda table: _among(table, table["before"], ("{b}{a}.",)),
    "hours of others beside them": lambda table: _among(table, table["beside"], _TOGETHER),
    "days": lambda table: _on_days(table, "days", _AROUND[:3]),
    "days left out": lambda table: _on_days(table, "spared", _BEHIND),
    "days closed": lambda table: _on_days(table, "closed", _FOLLOWED),
    "several": _several,
    "ends": _ended,
    "rows": _in_rows,
}


def _read(lang: str, body: str) -> str:
    page = f"<h1>{_TABLE[lang]['heading']}</h1>{body if body[0] == '<' else f'<p>{body}</p>'}"
    return _written(map(str, read(page, source="-", lang=lang).policy.windows))


def _written(windows: Iterator[str] | list[str]) -> str:
    return ", ".join(sorted(windows))


@pytest.mark.parametrize("lang", _TABLE)
@pytest.mark.parametrize("family", _FAMILIES)
def test_hours_are_read_as_they_are(family, lang):
    pages = list(_FAMILIES[family](_TABLE[lang]))
    pages = pages[:: max(1, len(pages) // _MOST) | 1]  # odd, so as to meet every form
    told = {body: (_written(windows.split(", ")), _read(lang, body)) for body, windows in pages}
    assert len(told) > _MOST // 2
    assert {body: pair for body, pair in told.items() if pair[1] not in ("", pair[0])} == {}
    assert sum(bool(windows) for _, windows in told.values()) / len(told) > _LEAST_KNOWN


@pytest.mark.parametrize("lang", _TABLE)
def test_hours_of_others_are_none_of_going_up(lang):
    table = _TABLE[lang]
    pages = [
        form.format(a=a[:-1], b=b) for a, b, form in product(table["untimed"], table["beside"], _TOGETHER)
    ]
    told = {body: _read(lang, body) for body in pages[::5]}
    assert len(told) > _MOST
    assert {body: windows for body, windows in told.items() if windows} == {}
