"""Keeps what is read from a clause or a document with it, since many facts ask for the same."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

_From = TypeVar("_From")
_Read = TypeVar("_Read")


def once(reads: Callable[[_From], _Read]) -> Callable[[_From], _Read]:
    """Keeps with its argument what is read from that alone; none may change it."""
    name = f"{reads.__module__}.{reads.__qualname__}"

    @wraps(reads)
    def kept(source: _From) -> _Read:
        known: dict[str, Any] = source.__dict__
        if name not in known:
            known[name] = reads(source)
        found: _Read = known[name]
        return found

    return kept
