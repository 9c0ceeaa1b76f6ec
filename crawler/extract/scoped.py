"""A sentence with how surely it is about uphill travel, and with what stands above it."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from crawler.extract.claims import Claim, Strength
from crawler.extract.hours.operations import Phase
from crawler.extract.once import told_once
from crawler.extract.sentences import Clause, Sentence


class Scope(IntEnum):
    """How surely a sentence is about uphill travel."""

    OUT = 0
    NEUTRAL = 1
    """On a page about uphill travel, under no heading of another topic."""
    EXPLICIT = 2
    """It, or the heading above it, names uphill travel."""


@dataclass(eq=False, init=False)
class Scoped:
    """A sentence with its scope."""

    sentence: Sentence
    scope: Scope
    heading: Clause | None
    """The nearest heading that says something, as one clause."""
    headings: tuple[Clause, ...]
    heading_phase: Phase | None
    named: bool
    """Whether the sentence itself names uphill travel."""
    intro: Clause | None = None
    """The sentence before the list that it is an entry of: "You may climb on two routes only:"."""

    def __init__(  # by hand: there is one for each sentence of a page
        self,
        sentence: Sentence,
        scope: Scope,
        heading: Clause | None,
        headings: tuple[Clause, ...],
        heading_phase: Phase | None,
        named: bool,  # noqa: FBT001 - given by place, as the fields stand
        intro: Clause | None = None,
    ) -> None:
        self.sentence = sentence
        self.scope = scope
        self.heading = heading
        self.headings = headings
        self.heading_phase = heading_phase
        self.named = named
        self.intro = intro
        self.whole = sentence.whole

    @told_once
    def clauses(self) -> tuple[Clause, ...]:
        return self.sentence.clauses

    @told_once
    def concepts(self) -> AbstractSet[str]:
        """All that any of its clauses, or what leads them, may hold."""
        return self.sentence.concepts

    def speaks_of(self, concepts: AbstractSet[str]) -> bool:
        """Whether any of its clauses, or what leads them, may hold one of the concepts.

        By this the facts pass over what says nothing of them; those that are asked for are all that they read.
        """
        return not self.concepts.isdisjoint(concepts)

    def headed(self, *concepts: str) -> bool:
        return self.heading is not None and not self.heading.lacks(concepts)

    def claim(self, field: str, value: Any, why: str, strength: Strength = Strength.PLAIN) -> Claim:
        """A claim that the whole sentence states."""
        return Claim(field, value, self.sentence.start, self.sentence.end, strength, why)
