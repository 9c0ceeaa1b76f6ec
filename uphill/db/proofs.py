"""Evidence in and out of its rows: which page and which stored text each quote stands in."""

from collections.abc import Collection, Iterable

from uphill.db import PolicyEvidence
from uphill.evidence import Evidence
from uphill.policy import LIST_FACTS
from uphill.reading import Reading
from uphill.stated import Quoted


def quotes_of(reading: Reading, source_id: int, only: Collection[str] | None = None) -> tuple[Quoted, ...]:
    """The quotes of a page's facts that are known, or of ``only`` some of them; their text is not stored yet."""
    known = reading.policy.known()
    return tuple(
        quoted(name, position if name in LIST_FACTS else 0, quote, source_id)
        for name, quotes in reading.evidence.items()
        if name in known and (only is None or name in only)
        for position, quote in enumerate(quotes)
    )


def quoted(name: str, position: int, quote: Evidence, source_id: int) -> Quoted:
    return Quoted(name, position, source_id, quote=quote.quote, start=quote.start, end=quote.end)


def quotes_in(rows: Iterable[PolicyEvidence]) -> tuple[Quoted, ...]:
    """What rows of a version hold."""
    return tuple(
        Quoted(
            row.field,
            row.position,
            row.source_id,
            row.snapshot_id,
            row.quote,
            row.start,
            row.end,
            row.pin_id,
        )
        for row in rows
    )


def evidence_rows(quotes: Iterable[Quoted]) -> list[PolicyEvidence]:
    return [
        PolicyEvidence(
            field=each.field,
            position=each.position,
            source_id=each.source_id,
            snapshot_id=each.snapshot_id,
            quote=each.quote,
            start=each.start,
            end=each.end,
            pin_id=each.pin_id,
        )
        for each in quotes
    ]


def same_proofs(one: Iterable[Quoted], other: Iterable[Quoted]) -> bool:
    """Whether both hold the same quotes of the same texts, in whatever order."""
    return sorted(map(_place, one)) == sorted(map(_place, other))


def _place(each: Quoted) -> tuple[str, int, int, int, int, int, int]:
    # A snapshot's text never changes, so that a quote's place in it is the quote.
    start, end = (-1, -1) if each.start is None or each.end is None else (each.start, each.end)
    return (each.field, each.position, each.source_id, each.snapshot_id or 0, start, end, each.pin_id or 0)
