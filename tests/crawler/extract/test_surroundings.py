"""The same rules in the markup of many sites and amid what else stands there: only those rules are read."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from crawler.extract import read
from uphill.policy import LIST_FACTS, Policy, Price, Route

_FOLDER = Path(__file__).with_name("surroundings")
_WORDS = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in sorted(_FOLDER.glob("words/*.toml"))}
_TOLD = tomllib.loads((_FOLDER / "told.toml").read_text("utf-8"))
_RULES = ("ACCESS", "PASS", "DOGS", "LIGHTS", "ROUTE", "PHONE")
_FOREIGN = ("LIFTS", "TICKETS", "FOOD", "SUMMER", "TUBING", "REPORT", "SCHOOL", "EVENT", "RENTAL", "PARKING")
_SLOT = re.compile(r"\{\{(\w+)(?::(\d+))?\}\}")


@pytest.mark.parametrize("lang", sorted(_WORDS))
def test_only_the_rules_on_going_up_are_read(lang):
    wrong = {}
    files = [file for file in sorted(_FOLDER.glob("*.html")) if lang in _langs(file.stem)]
    assert len(files) > 20
    for file in files:
        reading = read(_filled(file.read_text("utf-8"), lang), source=file.name)
        told = {"lang": reading.lang, "problem": reading.problem, "policy": reading.is_policy}
        told |= _shown(reading.policy)
        wanted = {name: _words(value, lang) for name, value in _expected(file.stem).items() if value != ""}
        wanted |= {"lang": lang, "problem": None}
        if told != wanted:
            wrong[file.stem] = _differing(wanted, told)
    assert wrong == {}, "expected and read"


def _differing(wanted: dict[str, Any], told: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    pairs = {name: (wanted.get(name), told.get(name)) for name in (*wanted, *told)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _langs(name: str) -> list[str]:
    return _TOLD.get(name, {}).get("langs", sorted(_WORDS))


def _expected(name: str) -> dict[str, Any]:
    own = _TOLD.get(name, {})
    told = own if own.get("alone") else _TOLD["every"] | own
    return {field: value for field, value in told.items() if field not in ("alone", "langs")}


def _filled(page: str, lang: str) -> str:
    words = _WORDS[lang] | {
        "TEXT": "".join(f"<p>{_WORDS[lang][rule]}</p>" for rule in _RULES),
        "ITEMS": "".join(f"<li>{_WORDS[lang][rule]}</li>" for rule in _RULES),
        "BREAKS": "<br><br>".join(_WORDS[lang][rule] for rule in _RULES),
    }

    def slot(found: re.Match[str]) -> str:
        name, number = found[1], int(found[2] or 0)
        if name in _MADE:
            return _MADE[name](words, number)
        value = words[name]
        return value[number] if isinstance(value, list) else str(value)

    return f'<!DOCTYPE html><html lang="{lang}">{_SLOT.sub(slot, page)}</html>'


def _menu(words: dict[str, Any], number: int) -> str:
    """A menu of so many links."""
    items = words["MENU"]
    entries = (f'<li><a href="/{i}">{items[i % len(items)]} {i}</a></li>' for i in range(number))
    return f"<ul>{''.join(entries)}</ul>"


def _script(_words: dict[str, Any], number: int) -> str:
    """So many kilobytes of script."""
    events = '{"event":"view","id":12345},' * (number * 37)
    return f"<script>window.dataLayer=[{events}]</script>"


def _cards(words: dict[str, Any], number: int) -> str:
    """So many cards about all else that a resort offers."""
    names = [_FOREIGN[i % len(_FOREIGN)] for i in range(number)]
    cards = (
        f'<div class="card card--{i}" data-id="{i}" style="--delay:{i}ms"><img src="/i/{i}.jpg" alt="">'
        f'<h3 class="card__name">{words[f"{name}_H"]}</h3><p class="card__text">{words[name]}</p></div>'
        for i, name in enumerate(names)
    )
    return f'<div class="cards">{"".join(cards)}</div>'


def _lifts(words: dict[str, Any], number: int) -> str:
    """A table of so many lifts, with their hours."""
    rows = (f"<tr><td>Express {i}</td><td>9:00</td><td>16:00</td></tr>" for i in range(number))
    return f"<h2>{words['LIFTS_H']}</h2><table>{''.join(rows)}</table>"


_MADE = {"MENULIST": _menu, "SCRIPT": _script, "CARDS": _cards, "LIFTTABLE": _lifts}


def _shown(policy: Policy) -> dict[str, Any]:
    """The facts that are told; of a price its amount and period."""
    told = {}
    for name in Policy.model_fields:
        value = getattr(policy, name)
        if name in LIST_FACTS:
            if value:
                told[name] = [_element(element) for element in value]
        elif value is not None and str(value) != "unknown":
            told[name] = str(value)
    return told


def _element(element: object) -> str:
    match element:
        case Price():
            return f"{element.amount}/{element.period}"
        case Route():
            return element.name
        case _:
            return str(element)


def _words(value: Any, lang: str) -> Any:
    """An expected value, with the language's own words in the place of their names."""
    if isinstance(value, list):
        return [_words(element, lang) for element in value]
    if isinstance(value, str):
        return _SLOT.sub(lambda found: str(_WORDS[lang][found[1]]), value)
    return value
