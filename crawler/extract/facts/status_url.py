"""The link to where the status of uphill travel is to be looked up."""

from collections.abc import Iterator

from crawler.extract import pointers
from crawler.extract.claims import Claim, Strength
from crawler.extract.document import Document
from crawler.extract.pointers import Pointer

FIELD = "status_url"
NEEDS: tuple[str, ...] = ()


def claims(document: Document) -> Iterator[Claim]:
    yield from pointers.claims(document, FIELD, _strength)


def _strength(pointer: Pointer) -> Strength | None:
    whole = pointer.whole
    if pointer.says("not_status", "uphill_pass", "waiver_form"):
        return None
    uphill = pointer.says("uphill") or (whole.has("uphill", "ascend") and not pointer.button)
    if pointer.says("status_link"):
        if uphill:
            return Strength.EXPLICIT
        return Strength.PLAIN if whole.has("look_there") and not pointer.button else None
    if pointer.button or whole.has("not_status"):
        return None
    here = pointer.says("link_here", "look_there")
    return Strength.IMPLIED if here and whole.has("status_link") and whole.has("look_there") else None


settle = pointers.settle
