"""Tables of rates that name no product, in a section that demands or sells an uphill pass: "Adult | Day | Season"."""

from collections.abc import Sequence

from crawler.extract.columns import is_row
from crawler.extract.document import Document
from crawler.extract.once import once
from crawler.extract.passes.heads import PERIODS, is_bare_head
from crawler.extract.passes.money import Money
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

_MOST = 50
"""What a day's price is at most: lifts cost more."""
_OTHERS = ("lift_ticket", "season_pass", "rental", "other_product", "trailhead", "not_price")


def is_uphill_rate(scoped: Scoped, document: Document) -> bool:
    """Whether a row stands below columns of periods alone, in such a section, whatever its heading is taken for."""
    if not scoped.sentence.block.row or scoped.sentence.block.level or not scoped.headings:
        return False
    head, *titles = scoped.headings
    timed = is_row(head) and is_bare_head(head) and head.has(*PERIODS)
    if not timed or scoped.whole.has(*_OTHERS, "uphill"):
        return False
    above = tuple(h for h in scoped.sentence.block.headings if not document.page.blocks[h].row)
    if titles and titles[0].has("uphill_pass"):
        return not titles[0].has("rental", "lodging")  # "Tarife Tourenkarte"
    own = not titles or not titles[0].has(*_OTHERS) or titles[0].has("uphill")
    return own and above in _selling(document)


def are_of_no_lifts(sums: Sequence[Money]) -> bool:
    """Whether the least of a row's sums is what a day on the lifts does not cost."""
    return bool(sums) and min(sum_.amount for sum_ in sums) <= _MOST


@once
def _selling(document: Document) -> frozenset[tuple[int, ...]]:
    """The headings of sections that demand or sell an uphill pass."""
    told = (s for s in document.main if s.scope is Scope.EXPLICIT and not s.sentence.asks)
    lines = (s for s in told if not (s.sentence.block.row or s.sentence.block.level))
    return frozenset(s.sentence.block.headings for s in lines if _demands(s.whole))


def _demands(whole: Clause) -> bool:
    """As in "An uphill ticket is mandatory"."""
    token = whole.has("uphill", "ascend") and whole.has("uphill_token", "any_pass_word")
    named = token or whole.has("uphill_pass")
    return named and whole.rules("must") and not whole.has("lift_ticket", "season_pass")
