"""Evidence into its rows: which page and which stored text each quote of a reading stands in."""

from collections.abc import Collection

from uphill.db import PolicyEvidence
from uphill.evidence import Evidence
from uphill.policy import LIST_FACTS
from uphill.reading import Reading
from uphill.visited_pages import Place


def evidence_rows(
    reading: Reading, place: Place, only: Collection[str] | None = None
) -> list[PolicyEvidence]:
    """A row for each quote of the facts that are known, or of ``only`` some of them."""
    known = reading.policy.known()
    return [
        evidence_row(name, position if name in LIST_FACTS else 0, quote, place)
        for name, quotes in reading.evidence.items()
        if name in known and (only is None or name in only)
        for position, quote in enumerate(quotes)
    ]


def evidence_row(name: str, position: int, quote: Evidence, place: Place) -> PolicyEvidence:
    return PolicyEvidence(
        field=name,
        position=position,
        source_id=place.source.id,
        snapshot_id=place.snapshot.id,
        quote=quote.quote,
        start=quote.start,
        end=quote.end,
    )


def copy_of(row: PolicyEvidence, position: int | None = None) -> PolicyEvidence:
    """The same proof for another version, of another element of the list if ``position`` is given."""
    return PolicyEvidence(
        field=row.field,
        position=row.position if position is None else position,
        source_id=row.source_id,
        snapshot_id=row.snapshot_id,
        quote=row.quote,
        start=row.start,
        end=row.end,
    )


def same_proofs(one: Collection[PolicyEvidence], other: Collection[PolicyEvidence]) -> bool:
    """Whether both hold the same quotes of the same texts, in whatever order."""
    return sorted(map(_content, one)) == sorted(map(_content, other))


def _content(row: PolicyEvidence) -> tuple[str, int, int, int, int, int]:
    # A snapshot's text never changes, so that a quote's place in it is the quote.
    start, end = (-1, -1) if row.start is None or row.end is None else (row.start, row.end)
    return (row.field, row.position, row.source_id, row.snapshot_id or 0, start, end)
