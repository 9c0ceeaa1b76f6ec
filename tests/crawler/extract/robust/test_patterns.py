"""No pattern runs away: each is fed very much of what it likes least.

A pattern that backtracks without bound would not come to an end; the alarm turns that into a failure.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from functools import cache
from itertools import islice

import pytest

import crawler.discovery
import crawler.extract

LONG = 1_000_000
"""Letters over which what goes over each of them again from each takes minutes."""
SHORT = 4_000
_SAMPLES = ("a", "1 ")
_LITERALS = re.compile(r"[^\W_]+")


@cache
def patterns() -> dict[str, re.Pattern[str] | re.Pattern[bytes]]:
    """Every compiled pattern of the modules that read pages, each once, by where it is."""
    found: dict[str, re.Pattern[str] | re.Pattern[bytes]] = {}
    for package in (crawler.extract, crawler.discovery):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(info.name)).items():
                found |= {f"{info.name}.{place}": pattern for place, pattern in _held(name, value)}
    return {name: pattern for pattern, name in {pattern: name for name, pattern in found.items()}.items()}


def _held(name: str, value: object) -> Iterator[tuple[str, re.Pattern]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _held(f"{name}[{key}]", item)
    elif isinstance(value, (list, tuple, frozenset, set)):
        for at, item in enumerate(value):
            yield from _held(f"{name}[{at}]", item)


def texts_against(pattern: re.Pattern, length: int) -> Iterator[str | bytes]:
    """Its own words again and again, each with what may stand between them, and an end that fits nothing."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    own = list(dict.fromkeys(_LITERALS.findall(re.sub(r"\\.", " ", source))))[:2]
    for piece in (*_SAMPLES, *own[:1], f"{' '.join(own)} "):
        if piece:
            text = (piece * (length // len(piece) + 1))[:length] + "\x00"
            yield text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")


def worst_against(pattern: re.Pattern) -> str | bytes:
    """The one of them that a short piece of takes longest, as long as all is to be."""
    _, worst = max((_seconds(pattern, text), at) for at, text in enumerate(texts_against(pattern, SHORT)))
    return next(islice(texts_against(pattern, LONG), worst, None))


def _seconds(pattern: re.Pattern, text: str | bytes) -> float:
    began = time.thread_time()
    _find_all(pattern, text)
    return time.thread_time() - began


def _find_all(pattern: re.Pattern, text: str | bytes) -> None:
    for _ in pattern.finditer(text):
        pass


@pytest.mark.slow
def test_its_worst_case_is_read_to_the_end(alarm):
    endless = []
    for name, pattern in patterns().items():
        alarm()
        try:
            _find_all(pattern, worst_against(pattern))
        except TimeoutError:
            endless.append(name)
    assert endless == []
