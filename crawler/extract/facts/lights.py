"""Headlamps and other lights in the dark."""

from collections.abc import Iterator

from crawler.extract.claims import Claim
from crawler.extract.document import Document
from crawler.extract.gear import worn
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause

FIELD = "lights"
NEEDS: tuple[str, ...] = ()


def claims(document: Document) -> Iterator[Claim]:
    yield from worn.claims(document, FIELD, _names, "lights")


def _names(clause: Clause, _scoped: Scoped) -> bool:
    return clause.has("lights")


settle = worn.settle
