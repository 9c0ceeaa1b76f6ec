"""Bans that leave what they ban to the heading right above: "Uphill travel", "Not permitted."."""

from collections.abc import Iterator

from crawler.extract.document import Document
from crawler.extract.hours.times import spans
from crawler.extract.hours.weekdays import days_in
from crawler.extract.pages.page import Region
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.topics import FACT_WORDS

_FORBIDS = frozenset(["forbid"])
_HEADING, _BAN = 4, 10
"""Tokens of such a heading, and of such a ban."""
_OF_PARTS = (
    "designated",
    "designated_route",
    "route_heading",
    "any_pass_word",
    "when_heading",
    "equipment_heading",
)
_BOUNDS = (
    *(
        "except",
        "without",
        "only",
        "bounded",
        "if_strict",
        "now",
        "status_word",
        "closed",
        "other_route",
        "date",
    ),
    *("special_place", "slopes", "bike", "foot", "leash", "machines", "price_word", "you", "other_service"),
    *("prosecution", "removal", "violation", "revoke"),
)


def bans_below_headings(document: Document) -> Iterator[Scoped]:
    indices = {block: index for index, block in enumerate(document.page.blocks)}
    for scoped in document.telling(_FORBIDS):
        block, whole = scoped.sentence.block, scoped.whole
        above = block.headings[-1] if block.headings else -1
        first = above == indices[block] - 1 and scoped.sentence.start <= block.start + 1
        plain = block.region is Region.MAIN and not (block.level or block.row or block.alert or block.linked)
        if not (first and plain and scoped.scope is Scope.EXPLICIT and _names_travel_alone(scoped)):
            continue
        short = len(whole.tokens) <= _BAN and not whole.has(*FACT_WORDS, *_BOUNDS)
        timed = spans(whole) or days_in(whole)  # "After 22:00 access is prohibited"
        if (
            short
            and not timed
            and "forbid" in scoped.sentence.kinds
            and "permit" not in scoped.sentence.kinds
        ):
            yield scoped


def _names_travel_alone(scoped: Scoped) -> bool:
    """Whether the heading is "Uphill travel", and not "Uphill routes"."""
    heading = scoped.heading
    if heading is None or not heading.travels or heading.verdicts:
        return False
    return len(heading.tokens) <= _HEADING and not heading.has(
        *_OF_PARTS, "dog", "snowshoe", "bike", "lights"
    )
