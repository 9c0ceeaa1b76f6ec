"""Snowshoes on the way up."""

from collections.abc import Iterator

from crawler.extract.claims import Claim
from crawler.extract.document import Document
from crawler.extract.gear import equipment

FIELD = "snowshoes"
NEEDS: tuple[str, ...] = ()


def claims(document: Document) -> Iterator[Claim]:
    return equipment.claims(document, FIELD, "snowshoe")


settle = equipment.settle
