"""Transceiver, shovel and probe."""

from collections.abc import Iterator

from crawler.extract.claims import Claim
from crawler.extract.document import Document
from crawler.extract.gear import worn
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause

FIELD = "avalanche_gear"
NEEDS: tuple[str, ...] = ()
_SEVERAL = 2
"""Parts that make an avalanche kit: a shovel alone may be for anything."""


def claims(document: Document) -> Iterator[Claim]:
    def names(clause: Clause, scoped: Scoped) -> bool:
        return _names(clause, scoped) and all(scoped is not other for other in _outside(document))

    yield from worn.claims(document, FIELD, names, "avalanche_kit", "avalanche_part")


def _names(clause: Clause, scoped: Scoped) -> bool:
    if scoped.whole.has("for_hire", "elsewhere"):
        return False
    parts = {clause.tokens[hit.first].fold for hit in clause.hits.get("avalanche_part", ())}
    return clause.has("avalanche_kit") or len(parts) >= _SEVERAL


def _outside(document: Document) -> Iterator[Scoped]:
    """Sentences on the terrain outside the resort, and those that follow them in the same paragraph."""
    before: Scoped | None = None
    told = False
    for scoped in document.main:
        together = before is not None and before.sentence.block is scoped.sentence.block
        told = (told and together) or scoped.whole.has("backcountry") or scoped.headed("backcountry")
        if told:
            yield scoped
        before = scoped


settle = worn.settle
