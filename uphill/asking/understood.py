"""What was understood of a question: filters that can be seen and removed, and the words that are left."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from uphill.errors import BadFilter

DEFAULT_KM = 100
MAX_KM = 500
_MAX_NAME = 80


@dataclass(frozen=True, slots=True)
class Near:
    """Within ``km`` kilometres of a place, in degrees (WGS 84). ``others`` are further places of that name."""

    name: str
    latitude: float
    longitude: float
    km: int = DEFAULT_KM
    others: tuple["Near", ...] = ()

    @property
    def parameter(self) -> str:
        """The place as a URL has it, without its radius: ``39.7392 -104.9847 Denver (Colorado)``."""
        return f"{self.latitude:.4f} {self.longitude:.4f} {self.name}"

    @classmethod
    def read(cls, parameter: str, km: int = DEFAULT_KM) -> Self:
        """The place that :attr:`parameter` wrote. Raises BadFilter for anything else."""
        latitude, _, rest = parameter.strip().partition(" ")
        longitude, _, name = rest.strip().partition(" ")
        try:
            where = float(latitude), float(longitude)
        except ValueError:
            where = math.nan, math.nan
        if not (abs(where[0]) <= 90 and abs(where[1]) <= 180):  # not a number is neither
            raise BadFilter(
                "near",
                f"near can't be {parameter[:_MAX_NAME]!r}. Write latitude, longitude, name: 39.74 -105 Denver.",
            )
        if not 1 <= km <= MAX_KM:
            raise BadFilter("km", f"km must be a whole number from 1 to {MAX_KM}, not {km}.")
        shown = "".join(letter for letter in name.strip() if letter.isprintable())[:_MAX_NAME]
        return cls(shown or f"{where[0]:.2f}, {where[1]:.2f}", *where, km)


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

    ``text`` are the words left, in order, to be searched as text: names of resorts, and what was not
    understood (``unknown`` alone).
    """

    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    region: tuple[str, ...] = ()
    near: Near | None = None
    networks: tuple[str, ...] = ()
    open_at: When | None = None
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
        pairs += [("near", understood.near.parameter), ("km", str(understood.near.km))]
    if understood.open_at is not None:
        pairs += [("at", understood.open_at.parameter)]
    return pairs
