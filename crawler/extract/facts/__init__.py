"""One module a fact, found by listing this folder.

Each has ``FIELD`` (its name in the policy), ``NEEDS`` (facts that must be settled before it),
``claims(document)`` (what the page says of it) and ``settle(claims, settled)`` (what that comes to).
"""

import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from typing import Protocol, cast

from crawler.extract.claims import Claim, Settled
from crawler.extract.document import Document


class Fact(Protocol):
    FIELD: str
    NEEDS: tuple[str, ...]

    def claims(self, document: Document) -> Iterable[Claim]: ...
    def settle(self, claims: Sequence[Claim], settled: Mapping[str, Settled]) -> Settled: ...


@cache
def facts() -> tuple[Fact, ...]:
    """All fact modules, each after those it needs."""
    found = [
        cast("Fact", import_module(f"{__name__}.{module.name}")) for module in pkgutil.iter_modules(__path__)
    ]
    by_name = {fact.FIELD: fact for fact in sorted(found, key=lambda fact: fact.FIELD)}
    order = TopologicalSorter({name: fact.NEEDS for name, fact in by_name.items()})
    return tuple(by_name[name] for name in order.static_order())
