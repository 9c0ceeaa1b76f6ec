"""Sections that turn to uphill travel in their first sentence, under a heading that tells nothing of it."""

from collections.abc import Iterator, Sequence

from crawler.extract.levels import HEADER_ROW
from crawler.extract.page import Block, Region
from crawler.extract.sentences import Sentence
from crawler.extract.topics import Heading, speaks_of_another, topic_of

_MOST = 15
"""Lines that a section may hold; a longer one is a page under its title."""
_RULING = frozenset(["permit", "forbid", "must", "need_not"])


def begun(
    blocks: Sequence[Block], told: Sequence[tuple[int, Sequence[Sentence]]], heads: dict[int, Heading]
) -> Iterator[int]:
    """The lines, by index, from a section's first on, as far as none of them turns to something else.

    ``told`` are the lines with their sentences in the page's order, ``heads`` the headings by index.
    """
    under: dict[int, list[tuple[int, Sequence[Sentence]]]] = {}
    for index, found in told:
        block = blocks[index]
        if found and block.headings and not block.level and block.region is Region.MAIN:
            under.setdefault(block.headings[-1], []).append((index, found))
    for head, lines in under.items():
        known = heads.get(head)
        if known is None or not 1 < known.level < HEADER_ROW or topic_of([known]) is not None:
            continue
        opening = lines[0][1][0]
        if not opening.has("uphill") or opening.kinds.isdisjoint(_RULING) or opening.asks:
            continue
        for index, found in lines[:_MOST]:
            if speaks_of_another(found[0]):
                break
            yield index
