"""The link to the map of the uphill routes, or to the trail map where the policy names only that."""

import re
from collections.abc import Iterator

from crawler.extract import pointers
from crawler.extract.claims import Claim, Strength
from crawler.extract.document import Document
from crawler.extract.pointers import Pointer

FIELD = "map_url"
NEEDS: tuple[str, ...] = ()

_FILE = re.compile(r"\.(?:pdf|jpe?g|png|webp|gif|svg)$")
_NAMED_SO = re.compile(r"(?<![a-z])maps?(?![a-z])|plan|karte|mappa|cartina|cart[ae](?![a-z])")
"""What the last part of a map's address says."""
_ANY_MAP = re.compile(
    r"google\.[a-z.]+/maps|maps\.google\.|goo\.gl/|maps\.apple\.|bing\.com/maps|waze\.|openstreetmap\.org"
)
"""Maps of the world, which show the way to a place."""
_DRAWN = re.compile(r"google\.[a-z.]+/maps/d/")
"""Maps that somebody drew on one of those."""


def claims(document: Document) -> Iterator[Claim]:
    here = _page_of(document.page.url or "")
    for claim in pointers.claims(document, FIELD, _strength):
        if _page_of(str(claim.value)) != here:
            yield claim


def _strength(pointer: Pointer) -> Strength | None:
    if _of_something_else(pointer):
        return None
    named = pointer.says("map_link", "trail_map", "uphill_map")
    if pointer.says("uphill_map") or (named and pointer.says("uphill")):
        return Strength.EXPLICIT
    if pointer.says("status_link", "waiver_form", "buy") or _under_another_topic(pointer):
        return None
    if pointer.button:
        told = named and _FILE.search(_path_of(pointer.link.url)) is not None
    elif pointer.whole.has("not_map", "park"):
        told = pointer.says("trail_map")
    else:
        told = named or _lies_there(pointer) or _leads_to_one(pointer)
    return Strength.PLAIN if told else None


def _page_of(url: str) -> str:
    """Without the part of the page; the page's own address may be anything, also what is none."""
    return url.partition("#")[0]


def _path_of(url: str) -> str:
    return _page_of(url).partition("?")[0].casefold()


def _of_something_else(pointer: Pointer) -> bool:
    url, whole = pointer.link.url.casefold(), pointer.whole
    world = _ANY_MAP.search(url) is not None and _DRAWN.search(url) is None
    return world or pointer.says("not_map") or whole.has("map_lacks", "rental")


def _under_another_topic(pointer: Pointer) -> bool:
    above = pointer.above
    others = ("other_topic", "other_service", "other_place", "not_map", "park")
    return above is not None and above.has(*others) and not above.has("uphill", "route_noun")


def _lies_there(pointer: Pointer) -> bool:
    """Whether it is the "here" of a sentence that says where the map is."""
    whole = pointer.whole
    return (
        pointer.says("link_here", "look_there")
        and whole.has("trail_map", "uphill_map")
        and not whole.has("uphill_pass", "waiver_form")
    )


def _leads_to_one(pointer: Pointer) -> bool:
    """Whether words that don't name a map lead to a drawing or a document that is called one.

    A card or "carte" may be a pass as well.
    """
    path, whole = _path_of(pointer.link.url), pointer.whole
    if not _FILE.search(path) or not _NAMED_SO.search(path.rpartition("/")[2]):
        return False
    if pointer.says("map_doubtful"):
        return whole.has("route_noun") and not (whole.has("buy") or "must" in whole.kinds)
    return pointer.says("route_noun", "uphill")


settle = pointers.settle
