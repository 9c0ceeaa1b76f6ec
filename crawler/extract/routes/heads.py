"""What the headings above a list or a table say of it: of ways up, or of what else a mountain has."""

from crawler.extract.columns import WAYS, cells, has_a_column_of_ways, is_row
from crawler.extract.document import Document
from crawler.extract.once import once
from crawler.extract.pages.page import Block
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause

COLUMNS = PAIR = 2
"""Least columns of a table with a header."""
NO_PAGE = ("bike", "summer", "other_place", "race_news")
"""In any heading above a list that is not of ways up in winter."""
_PASTIMES = ("snowshoe", "foot", "bike", "other_place", "pastime")
NO_LIST = ("downhill", "other_topic", "closed", "race_news", "rental", "lodging", "summer")


def is_of_others(heads: tuple[Clause, ...]) -> bool:
    """Whether the headings above are of runs down, of what is closed, or the report of the day."""
    if any(head.has(*NO_PAGE) for head in heads):
        return True
    own = heads[0].has("uphill", "ascend", "uphill_route") or _is_header_of_routes(heads)
    if _is_header_of_routes(heads):
        return False
    # "Day | Ascent | Time | Food": another column than that of the ways up may be of anything
    beside = ("other_topic",) if len(cells(heads[0])) > COLUMNS and heads[0].has("ascent_noun") else ()
    others = tuple(concept for concept in NO_LIST if concept not in beside)
    if any(head.has(*others) or head.rules("forbid") for head in heads[: 1 if own else 2]):
        return True
    if own:
        return False
    tabled = len(cells(heads[0])) > COLUMNS  # "Day | Run | Hours | Hut open"
    return (heads[0].has("open") and not tabled) or _is_of_the_terrain(heads)


def _is_header_of_routes(heads: tuple[Clause, ...]) -> bool:
    """As "Route | Climb | Opening hours | Status", on what is about going up."""
    parts = cells(heads[0])
    if has_a_column_of_ways(heads[0]):
        return any(h.has("uphill") for h in heads[1:])
    led = heads[0].first("route_heading") == 0 or heads[0].first("route_noun") == 0
    others = heads[0].has("downhill", "closed", "race_news", "rental", "lodging", "summer", "slopes")
    return led and len(parts) > COLUMNS and any(h.has("uphill") for h in heads[1:2]) and not others


def _is_of_the_terrain(heads: tuple[Clause, ...]) -> bool:
    """As "Alpine trails this morning", which tells of runs at large; "Trails" alone is the page's own."""
    words = heads[0].length
    own = heads[0].has("designated", "designated_route") or any(h.has("route_heading") for h in heads[1:2])
    tabled = is_row(heads[0])
    own = own or (tabled and any(head.has("uphill") for head in heads[1:2]))
    return heads[0].has("slopes") and words > PAIR and not own


_REPORTED = 8
"""Words of a line with the state of a lift."""


def is_of_the_report(scoped: Scoped, document: Document) -> bool:
    """Whether a line tells a run's state in the day's report on runs and lifts, under no heading on going up."""
    if not scoped.whole.has("open", "closed") or scoped.whole.has("uphill", "ascend", "uphill_route"):
        return False
    blocks, index = document.page.blocks, scoped.sentence.block.headings
    above = [s.whole for i in index if blocks[i].level != 1 for s in document.sentences_of(blocks[i])]
    if not (any(head.has("mountain_report") for head in above) or _reports_lifts(document)):
        return False
    told = any(head.has("uphill", "ascend", "uphill_route", "designated") for head in above)
    return not (told or any(token.fold in WAYS for head in above for token in head.tokens))


@once
def _reports_lifts(document: Document) -> bool:
    """As in the lines "Chair 2 | Open", "Sonnenlift: geöffnet"."""
    lines = (scoped.whole for scoped in document.sentences if not scoped.sentence.block.level)
    told = (
        line
        for line in lines
        if line.length <= _REPORTED and line.has("lift_word") and line.has("open") != line.has("closed")
    )
    parted = (line for line in told if any(token.fold in "|:" for token in line.tokens))
    return any(not line.has("uphill", "ascend", "uphill_route", "status_word") for line in parted)


def is_of_another_pastime(document: Document, block: Block) -> bool:
    """As the linked heading "Brook Trail" above "Snowshoes, 2 miles", a card for another page."""
    if not (block.level and block.linked):
        return False
    blocks = document.page.blocks
    below = blocks[blocks.index(block) + 1 :][:1]
    told = document.sentences_of(below[0])[:1] if below else ()
    return any(s.whole.first(pastime) == 0 and not s.has("uphill") for s in told for pastime in _PASTIMES)
