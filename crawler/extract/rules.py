"""Rules in their order: the first that applies decides what is said."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, ParamSpec, TypeVar

from crawler.extract.claims import Strength
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause

Given = ParamSpec("Given")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Rule(Generic[Given, Value]):
    """``why`` names the rule; a ``value`` of ``None`` means that nothing is said where it applies."""

    why: str
    applies: Callable[Given, bool]
    value: Value | None = None
    strength: Strength = Strength.PLAIN


ClauseRule = Rule[[Clause, Scoped], Value]
"""A rule on a clause of a sentence."""


def decided(
    rules: Iterable[Rule[Given, Value]], *given: Given.args, **named: Given.kwargs
) -> Rule[Given, Value] | None:
    """The first rule that applies, where it has a value."""
    for rule in rules:
        if rule.applies(*given, **named):
            return rule if rule.value is not None else None
    return None
