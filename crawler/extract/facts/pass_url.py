"""The link to buy or get the uphill pass."""

from collections.abc import Iterator

from crawler.extract import pointers
from crawler.extract.claims import Claim, Strength
from crawler.extract.document import Document
from crawler.extract.pointers import Pointer

FIELD = "pass_url"
NEEDS: tuple[str, ...] = ()


def claims(document: Document) -> Iterator[Claim]:
    yield from pointers.claims(document, FIELD, _strength)


def _strength(pointer: Pointer) -> Strength | None:
    whole = pointer.whole
    if not whole.has("uphill_pass") or whole.has("rental"):
        return None
    gets = whole.has("obtain", "buy")
    if pointer.says("uphill_pass"):
        if pointer.says("not_pass_page") and not pointer.says("obtain", "buy"):
            return None
        if pointer.says("obtain", "buy"):
            return Strength.EXPLICIT
        return (
            Strength.PLAIN
            if gets or (not pointer.button and "must" in pointer.scoped.sentence.kinds)
            else None
        )
    if pointer.button or pointer.says("not_pass_page", "status_link", "waiver_form"):
        return None
    return Strength.PLAIN if gets and pointer.says("link_here", "obtain", "buy") else None


settle = pointers.settle
