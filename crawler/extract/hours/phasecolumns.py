"""Tables with a column for the time while the lifts run and one for the time outside it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.extract.hours.operations import Phase, phase_of
from crawler.extract.pages.page import Block
from crawler.extract.sentences import Clause

_BAR = " | "


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell below such a column, as a block of its own, and the label at the head of its row."""

    block: Block
    phase: Phase | None
    label: Block | None
    head: Clause | None = None
    """What stands at the head of its column, where the columns are of several services."""


def cells_by_phase(
    text: str, block: Block, header: Clause | None, clause_of: Callable[[str], Clause | None]
) -> tuple[Cell, ...]:
    """The row's cells, each with its column's time; none where the header row does not tell both times apart."""
    if not block.row or header is None or _BAR not in header.text[header.start : header.end]:
        return ()
    heads = [clause_of(words) for words in header.text[header.start : header.end].split(_BAR)]
    if any(map(_is_of_others, heads)) and sum(head is not None and head.has("uphill") for head in heads) == 1:
        return tuple(_of_uphill(text, block, heads))
    phases = [phase_of(head) if head is not None else None for head in heads]
    if sorted(phase for phase in phases if phase) != ["during", "outside"]:
        return ()
    parts = tuple(_parts(text, block))
    # counted from the right, since an empty corner cell leaves no trace
    told = list(zip(reversed(parts), reversed(phases), strict=False))[::-1]
    first = parts[0]
    labelled = len(parts) > len(told) or (bool(told) and told[0][1] is None)
    return tuple(Cell(part, phase, first if labelled else None) for part, phase in told if phase is not None)


def _is_of_others(head: Clause | None) -> bool:
    return head is not None and head.has("lift_hours", "other_service") and not head.has("uphill", "ascend")


def _heads_labels(head: Clause | None) -> bool:
    """Whether the column is that of what its rows are about: "Day | Uphill use | Lifts run"."""
    return head is None or head.has("period", "day_part", "route_heading", "route_noun", "when_heading")


def _of_uphill(text: str, block: Block, heads: Sequence[Clause | None]) -> Iterator[Cell]:
    """The cell below the column of going up, beside columns of other services."""
    parts = tuple(_parts(text, block))
    first = heads[0]
    labels = len(parts) > len(heads) or (len(parts) == len(heads) and _heads_labels(first))
    label = parts[0] if labels else None
    for part, head in zip(reversed(parts), reversed(heads), strict=False):
        if head is not None and head.has("uphill"):
            yield Cell(part, None, label, head)


def _parts(text: str, block: Block) -> Iterator[Block]:
    begin = block.start
    for words in text[block.start : block.end].split(_BAR):
        yield replace(block, start=begin, end=begin + len(words))
        begin += len(words) + len(_BAR)
