"""Ways up that are called after the places they join: "Percorso Malga Bassa – Cima Larice"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from crawler.extract.routes.patterns import PLACE
from crawler.extract.routes.words import (
    COLOURS,
    DATES,
    GENERIC,
    JOINING_NOUNS,
    LEADING_NOUNS,
    NEVER,
    PLACES_FIRST,
    PLAIN,
    REMARKS,
    SENTENCES,
)
from crawler.extract.sentences import Clause

_SEVERAL = frozenset(
    ["abfahrten", "aufstiegsrouten", "aufstiegsspuren", "tourenrouten", "skitourenrouten", "routen", "strecken",
     "skipisten", "pisten"]
)  # fmt: skip
"""Behind these the dash may stand between names."""
_ENGLISH = frozenset(["route"])
"""Other nouns stand before a title there: "Trail Report – Birch Valley"."""
_NOUNS = "|".join(sorted((LEADING_NOUNS | JOINING_NOUNS) - _SEVERAL, key=len, reverse=True))
_DASHES = frozenset("–—-")
_DASH = " [–—-] "
_CHAIN = re.compile(
    rf"(?<!\w)(?P<noun>(?i:{_NOUNS})) (?P<quote>[«“„\"] ?)?(?P<places>{PLACE}(?:{_DASH}{PLACE}){{1,4}})"
)
_PARTS = re.compile(_DASH)
_NO_PLACES = GENERIC | PLAIN
_LABELS = SENTENCES | DATES | COLOURS | REMARKS
_TOLD = (
    "open",
    "closed",
    "now",
    "today",
    "duration",
    "ascent_label",
    "length_label",
    "weekdays",
    "every_day",
)
"""What may stand behind a route's name and a dash."""
_LEAST = 2


class Span(Protocol):
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Chain:
    """A name from ``begin`` to ``end`` of the text; the word for a route is part of it where it has a capital."""

    begin: int
    end: int
    quoted: bool


def chains(clause: Clause) -> Iterator[Chain]:
    """Each from the first place, behind a singular word for a route, to the last."""
    if not any(f" {dash} " in clause.text[clause.start : clause.end] for dash in "–—-"):
        return
    for match in _CHAIN.finditer(clause.text, clause.start, clause.end):
        if clause.lang == "en" and match["noun"].casefold() not in _ENGLISH:
            continue
        past, count = match.start("places"), 0
        for piece in _PARTS.split(match["places"]):
            begin = clause.text.index(piece, past)
            if not _is_place(clause, piece, begin):
                break
            past, count = begin + len(piece), count + 1
        if count >= _LEAST:
            own = match["noun"][0].isupper() and match["noun"].casefold() not in GENERIC
            quoted = match["quote"] is not None
            yield Chain(match.start("noun" if own and not quoted else "places"), past, quoted)


def _is_place(clause: Clause, piece: str, begin: int) -> bool:
    """Not the number of a route, nor its state, its length or the name of another."""
    words = [word.casefold() for word in piece.split(" ")]
    if words[0] in _LABELS or words[0] in LEADING_NOUNS or len(piece) <= _LEAST or piece[0].isdigit():
        return False
    inside = clause.tokens_between(begin, begin + len(piece))
    if any(hit.first in inside for hit in clause.hits_of(*_TOLD)):
        return False
    if any(hit.first in inside for hit in clause.hits_of("route_start", "route_finish")):
        return False  # "Route Larkspur – Starts at the lodge"
    if any(hit.first in inside for hit in clause.hits.get("place_noun", ())) or words[0] in PLACES_FIRST:
        return True
    # "Baita Nera", and neither "Map" nor "Winter"
    return not all(word in _NO_PLACES for word in words) and (len(words) > 1 or words[0] not in NEVER)


def is_end_of_a_leg(clause: Clause, name: Span) -> bool:
    """As "Kar" is in "Nordweg, Kar – Bergstation, 440 m"."""
    tokens = clause.tokens
    before, after = tokens[max(0, name.first - 1) : name.first], tokens[name.last + 1 : name.last + 2]
    return any(token.fold in _DASHES for token in (*before, *after))
