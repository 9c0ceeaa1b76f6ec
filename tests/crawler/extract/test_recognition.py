"""Pages nobody has tuned for: which of them lay down rules for going up, and which only look so."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.extract import read

_FOLDER = Path(__file__).with_name("recognition")
_KNOWN_MISSES: frozenset[str] = frozenset()


def _pages(*wanted: str) -> Iterator[Any]:
    for file in sorted(_FOLDER.glob("*.toml")):
        for kind, pages in tomllib.loads(file.read_text("utf-8")).items():
            for name, markup in pages.items() if kind in wanted else ():
                case = f"{file.stem}-{kind}-{name}"
                marks = [pytest.mark.xfail(strict=True)] if case in _KNOWN_MISSES else []
                page = f'<html lang="{file.stem}">{markup}</html>'
                yield pytest.param(kind, page, id=case, marks=marks)


@pytest.mark.parametrize(("access", "page"), list(_pages("allowed", "prohibited")))
def test_a_policy_is_recognised(access, page):
    reading = read(page, source="-")
    assert reading.is_policy
    assert reading.policy.access == access


@pytest.mark.parametrize(("_kind", "page"), list(_pages("nothing")))
def test_a_false_friend_says_nothing(_kind, page):
    reading = read(page, source="-")
    assert not reading.is_policy
    assert not reading.policy.known()
