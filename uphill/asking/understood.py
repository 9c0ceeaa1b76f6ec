"""What was understood of a question: filters that can be seen and removed, and the words that are left."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from uphill.errors import BadFilter
from uphill.search.places import Near


@dataclass(frozen=True, slots=True)
class When:
    """A time by the clocks of each resort, so without a zone. ``assumed``: no hour was said, only a day."""

    at: datetime
    assumed: bool = False

    @property
    def parameter(self) -> str:
        """``2026-11-23T06:00``."""
        return self.at.isoformat(timespec="minutes")

    @classmethod
    def read(cls, parameter: str) -> Self:
        """The time that :attr:`parameter` wrote. Raises BadFilter for anything else."""
        try:
            at = datetime.fromisoformat(parameter)
        except ValueError:
            at = None
        if at is None or at.tzinfo is not None:
            raise BadFilter(
                "at", f"at can't be {parameter[:40]!r}. Write a local date and time: 2026-11-23T06:00."
            )
        return cls(at)

    def __str__(self) -> str:
        return f"{self.at:%a} {self.at.day} {self.at:%b}, {self.at.hour}:{self.at:%M}"


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of the question, what they were taken for, and the URL parameter that says the same.

    A part without a ``parameter`` is a remark: something was understood that can't be searched for.
    """

    words: str
    meaning: str
    parameter: str
    value: str


@dataclass(frozen=True, slots=True)
class Understood:
    """``facts`` maps the name of a filter to its values, ``region`` holds country and ISO 3166-2 codes.

    ``near_others`` are further places of the name of ``near``; ``here``: the asker's own place was
    meant. ``text`` are the words left, in order, to be searched as text: names of resorts, and what was not
    understood (``unknown`` alone).
    """

    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    region: tuple[str, ...] = ()
    near: Near | None = None
    near_others: tuple[Near, ...] = ()
    networks: tuple[str, ...] = ()
    open_at: When | None = None
    here: bool = False
    text: str = ""
    read: tuple[Part, ...] = ()
    unknown: str = ""

    @property
    def filters(self) -> tuple[Part, ...]:
        """The parts that are filters, each to be shown with a button that removes it."""
        return tuple(part for part in self.read if part.parameter not in {"", "text"})

    def sentences(self) -> list[str]:
        """What was understood as people would say it, and what was not."""
        said = list(dict.fromkeys(part.meaning for part in self.read))
        return [*said, f"Searched as text: “{self.unknown}”"] if self.unknown else said


def to_query_pairs(understood: Understood) -> list[tuple[str, str]]:
    """URL parameters that ask the same, in a fixed order."""
    pairs = [("text", understood.text)] if understood.text else []
    pairs += [("region", code) for code in understood.region]
    pairs += [(name, value) for name, values in understood.facts.items() for value in values]
    pairs += [("network", name) for name in understood.networks]
    if understood.near is not None:
        pairs += [("near", understood.near.value), ("km", str(understood.near.km))]
    if understood.open_at is not None:
        pairs += [("at", understood.open_at.parameter)]
    return pairs
