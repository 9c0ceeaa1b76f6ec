"""Transceiver, shovel and probe."""

from collections.abc import Iterator

from crawler.extract import gear
from crawler.extract.claims import Claim
from crawler.extract.document import Document, Scoped
from crawler.extract.sentences import Clause

FIELD = "avalanche_gear"
NEEDS: tuple[str, ...] = ()
_SEVERAL = 2
"""Parts that make an avalanche kit: a shovel alone may be for anything."""


def claims(document: Document) -> Iterator[Claim]:
    outside = {scoped.sentence.start for scoped in _outside(document)}

    def names(clause: Clause, scoped: Scoped) -> bool:
        return _names(clause, scoped) and scoped.sentence.start not in outside

    yield from gear.claims(document, FIELD, names, "avalanche_kit")


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


settle = gear.settle
