"""Boots without skis or snowshoes on the way up."""

from collections.abc import Iterator

from crawler.extract.claims import Claim
from crawler.extract.document import Document
from crawler.extract.gear import equipment

FIELD = "foot"
NEEDS: tuple[str, ...] = ()


def claims(document: Document) -> Iterator[Claim]:
    return equipment.claims(document, FIELD, "foot")


settle = equipment.settle
