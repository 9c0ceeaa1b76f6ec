"""Sections that turn to uphill travel in their first sentence, under a heading that tells nothing of it."""

from collections.abc import Iterable, Iterator, Sequence

from crawler.extract.pages.levels import HEADER_ROW
from crawler.extract.pages.page import Block, Region
from crawler.extract.sentences import Sentence
from crawler.extract.topics import Heading, speaks_of_another, topic_of

_MOST = 15
"""Lines that a section may hold; a longer one is a page under its title."""
_RULING = frozenset(["permit", "forbid", "must", "need_not"])
_Lines = list[tuple[int, Sequence[Sentence]]]


def begun(
    blocks: Sequence[Block], told: Iterable[tuple[int, Sequence[Sentence]]], heads: dict[int, Heading]
) -> Iterator[int]:
    """The lines, by index, from a section's first on, as far as none of them turns to something else.

    ``told`` are the lines with their sentences in the page's order, ``heads`` the headings by index.
    """
    under: dict[tuple[int, int], _Lines] = {}
    for index, found in told:
        block = blocks[index]
        if found and block.headings and not block.level and block.region is Region.MAIN:
            under.setdefault((block.headings[-1], block.part), []).append((index, found))
    for (head, part), lines in under.items():
        yield from _closing_all(lines, heads.get(head))
        opening = lines[0][1][0]
        if not opening.has("uphill") or opening.kinds.isdisjoint(_RULING) or opening.asks:
            continue
        if not _tells_nothing(heads.get(head), apart=part != blocks[head].part and len(lines) <= _MOST):
            continue
        for index, found in lines[:_MOST]:
            if speaks_of_another(found[0]):
                break
            yield index


def _closing_all(lines: _Lines, head: Heading | None) -> Iterator[int]:
    """Lines that close the slopes to all, in a list of rules in which another rules going up."""
    ruled = any(s.has("uphill") and _rules(s) for _, found in lines[:_MOST] for s in found)
    if not ruled or head is None or topic_of([head]) is not None:
        return
    for index, found in lines[:_MOST]:
        told = found[0]
        if told.has("slopes") and told.has("outside_ops") and told.kinds == {"forbid"} and len(found) == 1:
            yield index


def _rules(sentence: Sentence) -> bool:
    return bool(sentence.kinds & _RULING) or sentence.has("only")


def _tells_nothing(head: Heading | None, *, apart: bool) -> bool:
    """Whether the heading leaves it to the section to tell its topic; ``apart``, the page's title does."""
    if head is None or head.level >= HEADER_ROW:
        return False
    return apart if head.level == 1 else topic_of([head]) is None
