"""Scores by field and by language, each with its support and a bootstrap interval over pages."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.evaluate.labelled import Labelled
from crawler.evaluate.score import SCORED, Score

RESAMPLES = 1000
SEED = 20260101
"""Fixed, so that the same pages give the same intervals."""
_TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95 % of what other draws of as many pages would have come to."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a report. ``support`` counts the facts in the labels."""

    name: str
    pages: int
    support: int
    precision: float
    recall: float
    precision_interval: Interval
    recall_interval: Interval


def rows(pages: Sequence[Labelled]) -> list[Row]:
    """Overall first, then each language, then each field over all languages."""
    scores = [page.score() for page in pages]
    by_lang: dict[str, list[Score]] = {}
    for page, score in zip(pages, scores, strict=True):
        by_lang.setdefault(page.lang, []).append(score)
    return [
        _row("overall", scores),
        *(_row(lang, by_lang[lang]) for lang in sorted(by_lang)),
        *(_row(name, scores, name) for name in SCORED),
    ]


def total(scores: Sequence[Score]) -> Score:
    added = Score()
    for score in scores:
        added.right.update(score.right)
        added.claimed.update(score.claimed)
        added.known.update(score.known)
    return added


def _row(title: str, scores: Sequence[Score], field: str | None = None) -> Row:
    added = total(scores)
    draws = _draws(scores, field)
    return Row(
        name=title,
        pages=len(scores),
        support=added.known.total() if field is None else added.known[field],
        precision=added.precision(field),
        recall=added.recall(field),
        precision_interval=_middle([precision for precision, _ in draws]),
        recall_interval=_middle([recall for _, recall in draws]),
    )


def _draws(scores: Sequence[Score], field: str | None) -> list[tuple[float, float]]:
    """Precision and recall of as many pages, drawn again and again with replacement."""
    counts = [_counts(score, field) for score in scores]
    chance = random.Random(SEED)  # noqa: S311 - statistics, not secrets
    drawn = []
    for _ in range(RESAMPLES):
        right, claimed, known = map(sum, zip(*chance.choices(counts, k=len(counts)), strict=True))
        drawn.append((right / claimed if claimed else 1.0, right / known if known else 1.0))
    return drawn


def _counts(score: Score, field: str | None) -> tuple[int, int, int]:
    if field is None:
        return score.right.total(), score.claimed.total(), score.known.total()
    return score.right[field], score.claimed[field], score.known[field]


def _middle(values: Sequence[float]) -> Interval:
    ordered = sorted(values)
    at = int(len(ordered) * _TAIL)
    return Interval(ordered[at], ordered[-1 - at])
