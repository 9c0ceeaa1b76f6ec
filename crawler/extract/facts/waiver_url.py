"""The link to the waiver to sign."""

from collections.abc import Iterator

from crawler.extract import pointers
from crawler.extract.claims import Claim, Strength
from crawler.extract.document import Document
from crawler.extract.pointers import Pointer

FIELD = "waiver_url"
NEEDS: tuple[str, ...] = ()


def claims(document: Document) -> Iterator[Claim]:
    yield from pointers.claims(document, FIELD, _strength)


def _strength(pointer: Pointer) -> Strength | None:
    whole = pointer.whole
    if not whole.has("waiver_form") or whole.has("not_waiver", "rental"):
        return None
    if pointer.says("uphill_pass", "status_link") and not pointer.says("waiver_form"):
        return None
    if pointer.says("waiver_form"):
        return Strength.EXPLICIT if pointer.says("uphill", "sign") or not pointer.button else Strength.PLAIN
    return Strength.PLAIN if pointer.says("link_here", "sign") and whole.has("sign") else None


settle = pointers.settle
