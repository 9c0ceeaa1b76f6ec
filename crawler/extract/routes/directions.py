"""What a sentence does with a run that it names beside a way up: it crosses it, or leads down it."""

from crawler.extract.languages import of_all
from crawler.extract.routes.names import Name
from crawler.extract.sentences import Clause

_ANDS = of_all("joiners") | {"and", "or", "e", "ed", "o", "et", "ou"}
_THEN = frozenset(["then", "dann", "puis", "poi"])
_CROSSED = 8
"""Tokens from "crosses" to the run that is crossed."""
_BEHIND = 3
"""Tokens from the way up to the way down in "climb and ski down"."""


def is_crossed(clause: Clause, name: Name) -> bool:
    """As in "The track crosses Birch Run twice", "Il percorso interseca la pista Larice"."""
    crosses = [hit.last for hit in clause.hits.get("crosses", ()) if 0 < name.first - hit.last <= _CROSSED]
    between = _folds(clause, max(crosses, default=0) + 1, name.first)
    return bool(crosses) and between.isdisjoint(_ANDS | _THEN | {",", ";"})


def tells_down(clause: Clause, name: Name) -> bool:
    climbs = [hit.last for hit in clause.hits_of("ascend", "uphill")]
    return any(
        (h.first > name.last or h.last < name.first)
        and not any(0 < h.first - up <= _BEHIND and _ANDS & _folds(clause, up + 1, h.first) for up in climbs)
        for h in clause.hits.get("downhill", ())
    )  # "to climb by the Waldabfahrt and ski down again"


def _folds(clause: Clause, begin: int, end: int) -> set[str]:
    return {token.fold for token in clause.tokens[begin:end]}
