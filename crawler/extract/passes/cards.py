"""Price lists in cards: a sum alone as the heading, and what it pays for on the line below."""

from crawler.extract.document import Document
from crawler.extract.once import once
from crawler.extract.passes.heads import PERIODS
from crawler.extract.passes.money import Money, money
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause

_LONGEST = 10
"""Tokens of a line that names a product and says hardly more."""
_PRODUCTS = ("uphill_pass", "lift_ticket", "season_pass", "other_product", "rental", "any_pass_word")
_OTHERS = ("not_price", "rental", "other_product", "lift_ticket", "season_pass")
_LIGHT = (*PERIODS, "price_talk", "additional")


@once
def sums_below(document: Document) -> dict[int, Scoped]:
    """The headings that are a sum alone, with the line below that tells what it pays for, by where they begin."""
    heads: dict[int, Scoped] = {}
    found: dict[int, Scoped] = {}
    for scoped in document.sentences:
        if scoped.sentence.block.level:
            if _is_sum_alone(scoped):
                heads[id(scoped.whole)] = scoped
            continue
        head = heads.pop(id(scoped.heading), None) if scoped.heading is not None else None
        if head is not None and _names_a_product(scoped.whole):
            found[head.sentence.start] = scoped
    return found


def sells_uphill(whole: Clause) -> bool:
    """Whether the product is an uphill one, and beside it no other."""
    passes = whole.hits.get("uphill_pass", ())
    # the "giornaliero" of "pass scialpinismo giornaliero" is no lift ticket
    periods = whole.hits_of(*PERIODS)
    return bool(passes) and all(
        hit.overlaps_any(passes) or (hit.first == hit.last and hit.overlaps_any(periods))
        for hit in whole.hits_of(*_OTHERS)
    )


def sum_of(head: Scoped, dollars: str) -> Money | None:
    """The one sum of such a heading."""
    found = list(money(head.whole.text, head.sentence.start, head.sentence.end, dollars))
    return found[0] if len(found) == 1 else None


def _is_sum_alone(scoped: Scoped) -> bool:
    whole = scoped.whole
    found = list(money(whole.text, scoped.sentence.start, scoped.sentence.end, "USD"))
    if len(found) != 1:
        return False
    light = whole.tokens_of(*_LIGHT)
    return all(
        token.is_mark or index in light or found[0].start <= token.start < found[0].end
        for index, token in enumerate(whole.tokens)
    )


def _names_a_product(whole: Clause) -> bool:
    return whole.has(*_PRODUCTS) and len(whole.tokens) <= _LONGEST and not whole.verdicts
