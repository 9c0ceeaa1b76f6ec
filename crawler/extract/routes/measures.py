"""Lengths and heights in a text, in metres."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["length", "ascent", "plain"]
"""What the unit alone tells: kilometres are a length, "Höhenmeter" an ascent, metres may be either."""

_METRES = {"km": 1000.0, "mi": 1609.344, "m": 1.0, "ft": 0.3048, "hm": 1.0}
_UNITS: tuple[tuple[str, str, Kind], ...] = (
    (r"km|kilomet(?:er|re)s?|kilomètres?|chilometri|Kilometern?", "km", "length"),
    (r"miles?|mi\b\.?", "mi", "length"),
    (r"(?:vertical|vert\.?|vertical-)[ -]?(?:feet|foot|ft)", "ft", "ascent"),
    (r"(?:vertical|vert\.?)[ -]?(?:met(?:er|re)s?|m)", "m", "ascent"),
    (r"Höhenmetern?|Hm|HM|hm|m[eè]tres? positifs|m D\+|mD\+|m\+", "hm", "ascent"),
    (r"feet|foot|ft\.?|['′’](?=\s|$)", "ft", "plain"),
    (r"met(?:er|re)s?|mètres?|metri|Metern?|mt\.?|m", "m", "plain"),
)
_NUMBER = r"(?<![\w.,:/$€-])(?P<number>\d{1,3}(?:[,.'’ \u00a0]\d{3})+|\d{1,5}(?:[.,]\d{1,2})?)"
_MEASURE = re.compile(
    _NUMBER
    + r"[ \u00a0-]?(?:"
    + "|".join(f"(?P<u{i}>{u})" for i, (u, _, _) in enumerate(_UNITS))
    + r")(?![\w²³])"
)
_GROUPED = re.compile(r"\d{1,3}(?:[,.'’ \u00a0]\d{3})+")
_ABOVE_SEA = re.compile(
    r"\s?(?:ü\.? ?d?\.? ?M|s\.? ?l\.? ?m|a\.? ?s\.? ?l|d['’]altitude|above (?:the )?sea)", re.IGNORECASE
)
_LONGEST = 60_000


@dataclass(frozen=True, slots=True)
class Measure:
    metres: int
    kind: Kind
    start: int
    end: int


def measures(text: str, start: int, end: int) -> Iterator[Measure]:
    """The lengths in ``text[start:end]``; heights above the sea are none."""
    for match in _MEASURE.finditer(text, start, end):
        if _ABOVE_SEA.match(text, match.end()):
            continue
        number = next(i for i in range(len(_UNITS)) if match[f"u{i}"] is not None)
        _, unit, kind = _UNITS[number]
        metres = round(_amount(match["number"], decimals=kind == "length") * _METRES[unit])
        if 0 < metres < _LONGEST:
            yield Measure(metres, kind, match.start(), match.end())


def _amount(told: str, *, decimals: bool) -> float:
    if _GROUPED.fullmatch(told) and not (
        decimals and told.count(",") + told.count(".") == 1 and len(told) < 5
    ):
        return float(re.sub(r"\D", "", told))
    return float(told.replace(",", "."))
