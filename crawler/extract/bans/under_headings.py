"""Bans that leave what they ban to the heading right above: "Uphill travel", "Not permitted."."""

from collections.abc import Iterator

from crawler.extract.document import Document
from crawler.extract.hours.times import spans
from crawler.extract.hours.weekdays import days_in
from crawler.extract.pages.page import Region
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause
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


_CONDITIONS = (
    *(
        "bounded",
        "if",
        "if_strict",
        "during_ops",
        "outside_ops",
        "before",
        "after",
        "between",
        "from",
        "until",
    ),
    *("without", "special_place", "other_route", "route_lead_weak", "oclock", "date", "except"),
)
_KINDS = ("dog", "snowshoe", "foot", "bike", "minor_person")


def led_bounds(document: Document) -> frozenset[int]:
    """Where sentences begin whose lists tell when, where or for whom: "Skinning is not allowed:", "On foot"."""
    return frozenset(s.intro.start for s in document.main if s.intro is not None and _bounds(s.whole))


def is_led_bound(scoped: Scoped, bounded: frozenset[int]) -> bool:
    """Whether it bans, and its list tells when, where or for whom."""
    return scoped.whole.start in bounded and scoped.sentence.kinds == {"forbid"}


def _bounds(entry: Clause) -> bool:
    kinds = any(entry.first(kind) == 1 for kind in _KINDS) and not entry.has("uphill")
    return kinds or any(entry.first(condition) == 0 for condition in _CONDITIONS)


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
