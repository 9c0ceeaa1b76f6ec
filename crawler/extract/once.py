"""Keeps what is read from a clause, a sentence or a document with it, since many facts ask for the same."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Generic, TypeVar

_From = TypeVar("_From")
_Read = TypeVar("_Read")


class told_once(Generic[_Read]):  # noqa: N801 - a decorator, as ``property`` is
    """A property that is read once; without the lock of ``functools.cached_property``, which costs more than most."""

    def __init__(self, reads: Callable[[Any], _Read]) -> None:
        self._reads = reads
        self.__doc__ = reads.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, source: object, owner: type | None = None) -> _Read:
        found: _Read = self._reads(source)
        source.__dict__[self._name] = found
        return found


def once(reads: Callable[[_From], _Read]) -> Callable[[_From], _Read]:
    """Keeps with its argument what is read from that alone; none may change it."""
    name = f"{reads.__module__}.{reads.__qualname__}"

    @wraps(reads)
    def kept(source: _From) -> _Read:
        known: dict[str, Any] = source.__dict__
        found: _Read
        if name in known:
            found = known[name]
        else:
            found = known[name] = reads(source)
        return found

    return kept
