"""Days of the year in a clause: dates, and the days on which a resort opens and closes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from crawler.extract.sentences import Clause
from uphill.vocabulary import SeasonMark

_MONTHS = {f"month_{number}": number for number in range(1, 13)}
NAMED_DAYS = frozenset([*_MONTHS, *(mark.value for mark in SeasonMark)])
_NUMERIC = re.compile(
    r"(?<![\d.,/])(?P<day>[0-3]?\d)\s?\.\s?(?P<month>[01]?\d)\.(?:\s?(?P<year>20\d\d|\d\d)(?![\d.]))?(?!\d)"
    r"|(?<![\d.,/])(?P<day2>[0-3]?\d)/(?P<month2>[01]?\d)/(?P<year2>20\d\d)(?![\d/])"
)
_DAY = re.compile(r"([0-3]?\d)(?:st|nd|rd|th|er|re|ten|º)?")
_YEAR = re.compile(r"20\d\d")
_BESIDE_MONTH = frozenset({".", ",", "of", "the", "°", "de", "di", "er", "th", "st", "nd", "rd"})
_LEAP = 2024
_GAP = 5
"""Tokens between the two days of a span."""
_DASHES = frozenset("–—-")


@dataclass(frozen=True, slots=True)
class Day:
    """A day named by tokens ``first`` to ``last``, written as :class:`~uphill.policy.Season` does."""

    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class Days:
    """From ``start`` to ``end``, one of which may be left open; ``until`` and ``since`` as words before say."""

    start: Day | None
    end: Day | None

    @property
    def first(self) -> int:
        return min(day.first for day in (self.start, self.end) if day is not None)


def may_name_days(clause: Clause) -> bool:
    """Whether it holds a month, a day of the season, or a date in figures."""
    return not clause.lacks(NAMED_DAYS) or next(_numeric(clause), None) is not None


def days_of_year(clause: Clause) -> list[Day]:
    """The days that a clause names, in its order."""
    found = sorted([*_written(clause), *_numeric(clause), *_marks(clause)], key=lambda d: (d.first, -d.last))
    apart: list[Day] = []
    for day in found:
        if not apart or day.first > apart[-1].last:
            apart.append(day)
    return _same_year(apart)


def spans_of_year(clause: Clause) -> Iterator[Days]:
    """Spans from one day to another, and days that only begin or end one ("until April 15")."""
    found = days_of_year(clause)
    joined: set[int] = set()
    for index, (one, other) in enumerate(pairwise(found)):
        if index - 1 not in joined and _joins(clause, one, other):
            joined.add(index)
            yield Days(one, other)
    for index, day in enumerate(found):
        if index in joined or index - 1 in joined:
            continue
        if _led(clause, "until_date", day) and not _led(clause, "since_date", day):
            yield Days(None, day)
        elif _led(clause, "since_date", day) and not _led(clause, "until_date", day):
            yield Days(day, None)


def _joins(clause: Clause, one: Day, other: Day) -> bool:
    gap = clause.tokens[one.last + 1 : other.first]
    if not 0 < len(gap) <= _GAP or any(token.fold in ".;|" for token in gap):
        return False
    told = any(one.last < hit.first and hit.last < other.first for hit in clause.hits.get("until_date", ()))
    return told or any(token.fold in _DASHES for token in gap)


def _led(clause: Clause, concept: str, day: Day) -> bool:
    return any(0 <= day.first - hit.last - 1 <= 1 for hit in clause.hits.get(concept, ()))


def _written(clause: Clause) -> Iterator[Day]:
    """As in "December 15, 2025", "15. Dezember 2025", "le 1er décembre"."""
    for name, month in _MONTHS.items():
        for hit in clause.hits.get(name, ()):
            word = clause.text[clause.tokens[hit.first].start]
            if clause.lang in {"en", "de"} and not word.isupper():
                continue  # "you may", and not "in May"
            before = _number(clause, range(hit.first - 1, max(hit.first - 4, -1), -1))
            after = _number(clause, range(hit.last + 1, min(hit.last + 3, len(clause.tokens))))
            at = after if clause.lang == "en" and after is not None else before
            at = at if at is not None else after if clause.lang == "en" else None
            if at is None:
                continue
            number = _DAY.fullmatch(clause.tokens[at].fold)
            year_at, year = _year(clause, max(at, hit.last))
            text = _dated(int(number[1]) if number else 0, month, year)
            if text is not None:
                yield Day(min(at, hit.first), max(at, hit.last, year_at), text)


def _number(clause: Clause, places: range) -> int | None:
    for at in places:
        fold = clause.tokens[at].fold
        if _DAY.fullmatch(fold):
            following = clause.tokens[at + 1].fold if at + 1 < len(clause.tokens) else ""
            return None if following in {":", "am", "pm", "h", "uhr", "€", "%"} else at
        if fold not in _BESIDE_MONTH:
            return None
    return None


def _year(clause: Clause, last: int) -> tuple[int, int | None]:
    for at in range(last + 1, min(last + 3, len(clause.tokens))):
        if _YEAR.fullmatch(clause.tokens[at].fold):
            return at, int(clause.tokens[at].fold)
        if clause.tokens[at].fold not in {",", "."}:
            break
    return last, None


def _numeric(clause: Clause) -> Iterator[Day]:
    """As in "15.12.2025", "1.12.", "15/12/2025"; in English nobody can tell the day from the month."""
    if clause.lang == "en" or not clause.numbered:
        return
    for match in _NUMERIC.finditer(clause.text, clause.start, min(clause.end + 1, len(clause.text))):
        year = match["year"] or match["year2"]
        told = _dated(
            int(match["day"] or match["day2"]),
            int(match["month"] or match["month2"]),
            (int(year) + (2000 if len(year) == 2 else 0)) if year else None,
        )
        inside = clause.tokens_between(match.start(), match.end())
        if told is not None and inside:
            yield Day(inside[0], inside[-1], told)


def _marks(clause: Clause) -> Iterator[Day]:
    for mark in SeasonMark:
        for hit in clause.hits.get(mark.value, ()):
            yield Day(hit.first, hit.last, mark.value)


def _dated(day: int, month: int, year: int | None) -> str | None:
    try:
        date(year or _LEAP, month, day)
    except ValueError:
        return None
    return f"{year}-{month:02d}-{day:02d}" if year else f"{month:02d}-{day:02d}"


def _same_year(found: list[Day]) -> list[Day]:
    """A day without a year before one with a year: "December 15 to April 5, 2026" begins the year before."""
    out = list(found)
    for index, (one, other) in enumerate(pairwise(found)):
        if _is_bare(one) and other.text.startswith("20"):
            year, rest = int(other.text[:4]), other.text[5:]
            out[index] = Day(one.first, one.last, f"{year - (one.text > rest)}-{one.text}")
    return out


def _is_bare(day: Day) -> bool:
    return day.text[:1].isdigit() and not day.text.startswith("20")
