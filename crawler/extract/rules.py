"""Rules in their order: the first that applies to a clause decides what it says."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from crawler.extract.claims import Strength
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Rule(Generic[Value]):
    """``why`` names the rule; a ``value`` of ``None`` means that such a clause says nothing."""

    why: str
    applies: Callable[[Clause, Scoped], bool]
    value: Value | None = None
    strength: Strength = Strength.PLAIN


def decided(rules: Iterable[Rule[Value]], clause: Clause, scoped: Scoped) -> Rule[Value] | None:
    """The first rule that applies, where it has a value."""
    for rule in rules:
        if rule.applies(clause, scoped):
            return rule if rule.value is not None else None
    return None
