"""Reflective clothing, such as a high-visibility vest."""

from collections.abc import Iterator

from crawler.extract.claims import Claim
from crawler.extract.document import Document
from crawler.extract.gear import worn
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause

FIELD = "reflective"
NEEDS: tuple[str, ...] = ()


def claims(document: Document) -> Iterator[Claim]:
    yield from worn.claims(document, FIELD, _names, "reflective_gear")


def _names(clause: Clause, _scoped: Scoped) -> bool:
    """Whether it names such clothing; an armband that reflects is a pass, a pole marks the way, a collar is a dog's."""
    if clause.has("dog"):
        return False
    passes = clause.hits_of("uphill_pass", "privilege")
    marks = clause.hits.get("reflective_marks", ())
    return any(
        not any(hit.first <= p.last and p.first <= hit.last + 1 for p in passes)
        and not hit.overlaps_any(marks)
        for hit in clause.hits.get("reflective_gear", ())
    )


settle = worn.settle
