"""Routes or trails that are open for the ascent, as the resort names them."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled
from crawler.extract.document import Document

FIELD = "routes"
NEEDS: tuple[str, ...] = ()


def claims(document: Document) -> Iterator[Claim]:
    yield from ()


def settle(claims: Sequence[Claim], settled: Mapping[str, Settled]) -> Settled:
    return UNSTATED
