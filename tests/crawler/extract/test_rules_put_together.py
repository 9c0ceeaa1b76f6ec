"""Whatever stands around what a page says of times, passes, duties and gear, it is not read as something else."""

import tomllib
from collections.abc import Iterator
from itertools import chain, cycle, permutations, product
from pathlib import Path
from typing import Any

import pytest

from crawler.extract import read
from uphill.policy import Policy

_TABLE = tomllib.loads(Path(__file__).with_name("rules_put_together.toml").read_text(encoding="utf-8"))
_LAYOUTS = (
    "<p>{one} {other}</p>",
    "<p>{other} {one}</p>",
    "<p>{one}</p><p>{other}</p>",
    "<ul><li>{other}</li><li>{one}</li></ul>",
)
_AROUND = ("{a}.", "{a}, {b}.", "{a} ({b}).", "{a}{behind}.")
_PHASES = {"during": "during_operations", "outside": "outside_operations"}
_GEAR = ("lights", "reflective", "avalanche_gear")
_MOST = 150
"""Of the sentences of a family so many are read, spread over all of them."""
_LEAST_KNOWN = 0.75
_Wanted = dict[str, str]


def _spread(told: list[tuple[str, _Wanted]]) -> dict[str, _Wanted]:
    return dict(told[:: max(1, len(told) // _MOST) | 1])  # odd, so as to meet every form


def _policy(lang: str, body: str, fact: str = "") -> Policy:
    """What a page with a rule on going up says, or one without any where times of operation are asked for."""
    page = _TABLE[lang]["page"]
    return read(
        (_heading(page) if fact.endswith("operations") else page) + body, source="-", lang=lang
    ).policy


def _heading(page: str) -> str:
    return page[: page.index("<p>")]


def _beside(table: dict[str, Any], sentence: str, layouts: Iterator[str]) -> Iterator[str]:
    """The sentence alone, and beside others; what is markup stands before them."""
    if sentence.startswith("<"):
        yield from (f"{sentence}<p>{other}</p>" for other in table["beside"][:2])
        return
    yield f"<p>{sentence}</p>"
    for other in table["beside"]:
        yield next(layouts).format(one=sentence, other=other)


@pytest.mark.parametrize("lang", _TABLE)
def test_a_rule_is_not_read_as_another(lang):
    table, layouts = _TABLE[lang], cycle(_LAYOUTS)
    told = [
        (body, {fact: value})
        for fact, values in table["said"].items()
        for value, sentences in values.items()
        for sentence in sentences
        for body in _beside(table, sentence, layouts)
        if not _tells_itself(fact, body, sentence, table)
    ]
    _check(lang, dict(told[::7]), _LEAST_KNOWN)


@pytest.mark.parametrize("lang", _TABLE)
def test_what_is_not_said_is_not_read(lang):
    table, layouts = _TABLE[lang], cycle(_LAYOUTS)
    read_as = {
        (body, fact): str(getattr(_policy(lang, body, fact), fact))
        for fact, values in table["never"].items()
        for value, sentences in values.items()
        for sentence in sentences
        for body in list(_beside(table, sentence, layouts))[::3]
        if not _tells_itself(fact, body, sentence, table)
        if str(getattr(_policy(lang, body, fact), fact)) == value
    }
    assert read_as == {}


def _tells_itself(fact: str, body: str, sentence: str, table: dict[str, Any]) -> bool:
    """Whether what stands beside the sentence rules the same: a lamp beside what is said of lamps."""
    gear = any(
        item.split()[-1].casefold() in body.replace(sentence, "").casefold()
        for item in table["gear"]["lights"]
    )
    return fact == "lights" and gear


@pytest.mark.parametrize("lang", _TABLE)
@pytest.mark.parametrize("phase", _PHASES)
def test_a_time_of_operation_is_not_turned_round(lang, phase):
    table, other = _TABLE[lang], next(p for p in _PHASES if p != phase)
    wanted = {
        "permits": {_PHASES[phase]: "allowed", _PHASES[other]: "unknown"},
        "bans": {_PHASES[phase]: "prohibited"},
        "confines": {_PHASES[phase]: "allowed", _PHASES[other]: "prohibited"},
    }
    page, told = _heading(table["page"]), []
    for kind, values in wanted.items():
        around = table["neutral" if kind == "bans" else "circumstances"]
        for rule, time, form, b in product(table[kind], table[phase], _AROUND, around):
            behind = table["behind"][len(told) % len(table["behind"])]
            told.append((form.format(a=rule.replace("{C}", time), b=b, behind=behind), values))
    read_as = {
        s: (v, read(f"{page}<p>{s}</p>", source="-", lang=lang).policy) for s, v in _spread(told).items()
    }
    wrong = {
        sentence: (fact, str(getattr(policy, fact)))
        for sentence, (values, policy) in read_as.items()
        for fact, value in values.items()
        if str(getattr(policy, fact)) not in ("unknown", value)
    }
    assert wrong == {}
    known = [str(getattr(policy, _PHASES[phase])) != "unknown" for _, policy in read_as.values()]
    assert sum(known) / len(known) > _LEAST_KNOWN


@pytest.mark.parametrize("lang", _TABLE)
def test_each_thing_has_its_own_adjective(lang):
    _check(lang, _spread(list(_of_gear(_TABLE[lang]))), _LEAST_KNOWN)


def _of_gear(table: dict[str, Any]) -> Iterator[tuple[str, _Wanted]]:
    """Lists of what is required, and of what is recommended, of one or two things each."""
    gear, number = table["gear"], 0
    lists = list(chain.from_iterable(permutations(gear, length) for length in (1, 2)))
    for form, required, advised in product(table["gear_forms"], lists, lists):
        if set(required) & set(advised):
            continue
        number += 1
        one, other = (
            f" {table['and']} ".join(
                gear[kind][(number + at) % len(gear[kind])] for at, kind in enumerate(kinds)
            )
            for kinds in (required, advised)
        )
        body = form.format(R=one, C=other, R2=one[:1].upper() + one[1:], C2=other[:1].upper() + other[1:])
        wanted = dict.fromkeys(required, "required") | dict.fromkeys(advised, "recommended")
        yield body if body[0] == "<" else f"<p>{body}</p>", {k: v for k, v in wanted.items() if k in _GEAR}


def _check(lang: str, told: dict[str, _Wanted], least: float) -> None:
    assert len(told) > _MOST // 2
    values = [
        (body, fact, value, str(getattr(policy, fact)))
        for body, wanted in told.items()
        for policy in [_policy(lang, body, next(iter(wanted), ""))]
        for fact, value in wanted.items()
    ]
    assert [(body, fact, read) for body, fact, value, read in values if read not in ("unknown", value)] == []
    assert sum(read != "unknown" for *_, read in values) / len(values) > least
