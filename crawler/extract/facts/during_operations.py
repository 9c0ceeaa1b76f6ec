"""While the lifts run for the public: whether one may go up."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import Claim, Settled
from crawler.extract.document import Document
from crawler.extract.hours import phases

FIELD = "during_operations"
NEEDS = ("access", "windows")


def claims(document: Document) -> Iterator[Claim]:
    return phases.claims(document, FIELD, "during")


def settle(claims: Sequence[Claim], settled: Mapping[str, Settled]) -> Settled:
    return phases.settle(claims, settled, "during")
