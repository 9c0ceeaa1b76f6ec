"""A section about something else, wherever it stands and however it is marked up, changes no fact."""

import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from crawler.extract import read
from uphill.reading import Reading

_FOLDER = Path(__file__).with_name("neighbours")
_HERE = "<!--here-->"
_LEAST_FACTS = 4
_SHELLS = {
    "heading": "<h2>{0}</h2>{1}",
    "lower heading": "<h4>{0}</h4>{1}",
    "section": "<section class='teaser-block'><h3>{0}</h3><div>{1}</div></section>",
    "accordion": '<div class="item"><button class="accordion-button" aria-expanded="false">{0}</button>'
    '<div class="accordion-body" style="display:none">{1}</div></div>',
    "details": "<details><summary>{0}</summary>{1}</details>",
    "bold line": "<div><p><strong>{0}</strong></p>{1}</div>",
    "sidebar": '<aside class="widget"><h4>{0}</h4>{1}</aside>',
    "tab": '<div role="tabpanel" class="tab-pane"><h3 class="tab-title">{0}</h3>{1}</div>',
    "page builder": '<div class="widget-heading"><h2>{0}</h2></div><div class="widget-text">{1}</div>',
    "titled div": '<div class="section-title">{0}</div><div>{1}</div>',
    "card": '<div class="card"><div class="card-header">{0}</div><div class="card-body">{1}</div></div>',
}
_KNOWN_MISSES: frozenset[tuple[str, str, str]] = frozenset()
"""Language, page and neighbour."""


@cache
def _data() -> dict[str, dict[str, Any]]:
    return {file.stem: tomllib.loads(file.read_text("utf-8")) for file in sorted(_FOLDER.glob("*.toml"))}


@cache
def _alone(page: str) -> Reading:
    return read(page, source="-")


def _with(page: str, neighbour: str) -> Iterator[str]:
    parts = page.split(_HERE)
    for at in range(1, len(parts)):
        yield "".join(parts[:at]) + neighbour + "".join(parts[at:])


def _neighbours(data: dict[str, Any]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for number, (name, (heading, body)) in enumerate(data["sections"].items()):
        forms = [(shell, form.format(heading, body)) for shell, form in _SHELLS.items()]
        turn = number % len(forms)
        yield name, forms[turn:] + forms[:turn]
    for name, markup in data["furniture"].items():
        yield name, [("as it is", markup)]


def _pages() -> Iterator[Any]:
    for lang, data in _data().items():
        for name in data["pages"]:
            yield pytest.param(lang, name, id=f"{lang}-{name}")


@pytest.mark.parametrize("page", [page for data in _data().values() for page in data["pages"].values()])
def test_the_pages_state_facts(page):
    reading = _alone(page)
    assert reading.is_policy
    assert len(reading.policy.known()) >= _LEAST_FACTS


def _but(name: str, reading: Reading) -> dict[str, Any]:
    """The facts, but for the one that such a section may well state."""
    return {field: value for field, value in reading.policy.known().items() if field != name}


@pytest.mark.parametrize(("lang", "page_name"), list(_pages()))
def test_a_neighbour_changes_no_fact(lang, page_name):
    data = _data()[lang]
    page = data["pages"][page_name]
    changed = {name: told for name, forms in _neighbours(data) if (told := _changed(page, name, forms))}
    known = {missed for *where, missed in _KNOWN_MISSES if where == [lang, page_name]}
    assert {name: told for name, told in changed.items() if name not in known} == {}, "expected and read"
    assert known <= changed.keys(), "no longer missed: take them off _KNOWN_MISSES"


def _changed(page: str, name: str, forms: list[tuple[str, str]]) -> dict[str, Any]:
    """By shell and place, the facts without the neighbour and those beside it, where they differ."""
    expected, wrong = _but(name, _alone(page)), {}
    for (shell, neighbour), crowded in zip(cycle(forms), _with(page, "{}"), strict=False):
        told = read(crowded.replace("{}", neighbour), source="-")
        if not told.is_policy or _but(name, told) != expected:
            wrong[f"{shell} at {crowded.index('{}')}"] = (expected, told.is_policy, _but(name, told))
    return wrong
