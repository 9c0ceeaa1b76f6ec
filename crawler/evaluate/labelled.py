"""Labelled pages: a folder of JSON labels, a folder of the pages they are of, and what is read from each."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.evaluate.score import ALWAYS_LABELLED, SCORED, Score, elements, matched, told
from crawler.extract import read
from uphill.errors import BadInput
from uphill.reading import Reading

_SUFFIXES = (".html", ".htm", ".txt", ".pdf")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One page: its labels, flat as policies are in JSON, and its reading."""

    name: str
    labels: Mapping[str, Any]
    reading: Reading

    @property
    def lang(self) -> str:
        return str(self.labels.get("lang") or "unknown")

    @property
    def facts(self) -> dict[str, Any]:
        return self.reading.policy.model_dump(mode="json")

    def score(self) -> Score:
        score = Score()
        score.add(self.labels, self.facts)
        return score


@dataclass(frozen=True, slots=True)
class Miss:
    """A field that was not read as it is labelled; ``quotes`` are the sentences that what was read rests on."""

    page: str
    field: str
    wanted: Any
    got: Any
    quotes: tuple[str, ...]


def read_labelled(gold: Path, pages: Path) -> list[Labelled]:
    """Read every labelled page. Raises BadInput for labels that are not JSON or have no page."""
    found = sorted(gold.glob("*.json"))
    if not found:
        raise BadInput(f"{gold} holds no labels (*.json).")
    return [_labelled(file, pages) for file in found]


def _labelled(file: Path, pages: Path) -> Labelled:
    try:
        labels = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(f"{file} can't be read as labels: {error}") from error
    page = next((at for suffix in _SUFFIXES if (at := pages / f"{file.stem}{suffix}").exists()), None)
    if page is None:
        raise BadInput(f"{pages} has no page for the labels {file.name}.")
    return Labelled(file.stem, labels, read(page.read_bytes(), source=page.name))


def misses(page: Labelled) -> Iterator[Miss]:
    facts = page.facts
    for name in SCORED:
        if name not in page.labels and name not in ALWAYS_LABELLED:
            continue
        wanted, got = page.labels.get(name), told(facts, name)
        want, claimed = elements(name, wanted), elements(name, got)
        if not matched(name, want, claimed) == len(want) == len(claimed):
            quotes = dict.fromkeys(proof.quote for proof in page.reading.evidence.get(name, ()))
            yield Miss(page.name, name, wanted, got, tuple(quotes))
