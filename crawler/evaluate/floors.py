"""The least that the extraction must reach on labelled pages: per field, per language, and per field in a language.

Floors are pinned to the pages and labels that they were measured on. They go up by themselves, never down.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from crawler.evaluate.labelled import Labelled
from crawler.evaluate.report import total
from crawler.evaluate.score import SCORED, Score
from uphill.errors import BadInput

_DIGITS = 4
_EPSILON = 10**-_DIGITS
"""Floors are written to four digits."""


@dataclass(frozen=True, slots=True)
class Floor:
    """``support`` counts the facts in the labels."""

    precision: float
    recall: float
    support: int


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure below its floor."""

    name: str
    measure: str
    floor: float
    reached: float

    def __str__(self) -> str:
        return f"{self.name}: {self.measure} fell from {self.floor:.4f} to {self.reached:.4f}"


@dataclass(frozen=True, slots=True)
class Floors:
    """Floors by name ("overall", "de", "dogs", "de/dogs") and the hash of what they were measured on."""

    pinned_to: str
    by_name: Mapping[str, Floor]

    @classmethod
    def load(cls, file: Path) -> Self:
        """Raises BadInput for a file that holds no floors."""
        try:
            held = json.loads(file.read_text("utf-8"))
            return cls(held["pinned_to"], {name: Floor(**floor) for name, floor in held["floors"].items()})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BadInput(f"{file} can't be read as floors: {error!r}") from error

    def save(self, file: Path) -> None:
        held: dict[str, Any] = {
            "pinned_to": self.pinned_to,
            "floors": {
                name: {"precision": floor.precision, "recall": floor.recall, "support": floor.support}
                for name, floor in self.by_name.items()
            },
        }
        file.write_text(json.dumps(held, indent=2) + "\n", "utf-8")

    def falls(self, reached: "Floors") -> list[Fall]:
        """Where ``reached`` lies below these floors; a name it no longer has counts as fallen to zero."""
        return [
            Fall(name, measure, least, got)
            for name, floor in self.by_name.items()
            for measure, least, got in _pairs(floor, reached.by_name.get(name, Floor(0, 0, 0)))
            if got < least - _EPSILON
        ]

    def raised_to(self, reached: "Floors") -> "Floors":
        """These floors, each raised to what was reached and none lowered, pinned to what it was reached on."""
        raised = {
            name: replace(
                got,
                precision=max(got.precision, self.by_name[name].precision),
                recall=max(got.recall, self.by_name[name].recall),
            )
            if name in self.by_name
            else got
            for name, got in reached.by_name.items()
        }
        kept = {name: floor for name, floor in self.by_name.items() if name not in raised}
        return Floors(reached.pinned_to, raised | kept)


def _pairs(floor: Floor, reached: Floor) -> Iterator[tuple[str, float, float]]:
    yield "precision", floor.precision, reached.precision
    yield "recall", floor.recall, reached.recall


def reached_on(labelled: Sequence[Labelled], gold: Path, pages: Path) -> Floors:
    """What the readings reach: a floor for each field and language that has facts, labelled or claimed."""
    by_name: dict[str, Floor] = {}
    langs = sorted({page.lang for page in labelled})
    groups = {"": [page.score() for page in labelled]} | {
        f"{lang}/": [page.score() for page in labelled if page.lang == lang] for lang in langs
    }
    for prefix, scores in groups.items():
        added = total(scores)
        by_name[prefix.rstrip("/") or "overall"] = _floor(added, None)
        for field in SCORED:
            if added.known[field] or added.claimed[field]:
                by_name[f"{prefix}{field}"] = _floor(added, field)
    return Floors(fingerprint(labelled, gold, pages), by_name)


def _floor(score: Score, field: str | None) -> Floor:
    return Floor(
        round(score.precision(field), _DIGITS),
        round(score.recall(field), _DIGITS),
        score.known.total() if field is None else score.known[field],
    )


def fingerprint(labelled: Sequence[Labelled], gold: Path, pages: Path) -> str:
    """SHA-256 over the bytes of all pages and labels, in the order of their names."""
    digest = hashlib.sha256()
    for page in sorted(labelled, key=lambda page: page.name):
        for file in (gold / f"{page.name}.json", pages / page.reading.source):
            digest.update(f"{file.name} {file.stat().st_size}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
