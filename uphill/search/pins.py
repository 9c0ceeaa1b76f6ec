"""What curators have set for a resort, and what its own pages say of it."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from uphill.db import Pin, PinReading, Snapshot
from uphill.recording.differences import canonical
from uphill.search.answers import PinNote, Proof


def pin_notes(session: Session, resort_id: int) -> dict[str, PinNote]:
    """The pins in force by the names of their facts, in the order in which they were set."""
    readings = selectinload(Pin.readings)
    rows = session.scalars(
        select(Pin)
        .where(Pin.resort_id == resort_id, Pin.ended_at.is_(None))
        .order_by(Pin.id)
        .options(
            readings.joinedload(PinReading.source),
            readings.joinedload(PinReading.snapshot).load_only(Snapshot.fetched_at, Snapshot.last_seen),
        )
    )
    return {pin.field: _note(pin) for pin in rows}


def _note(pin: Pin) -> PinNote:
    value = json.loads(pin.value)
    read = json.loads(pin.read_value) if pin.read_value is not None else None
    return PinNote(
        field=pin.field,
        value=value,
        source_url=pin.source_url,
        note=pin.note,
        pinned_at=pin.pinned_at,
        until=pin.until,
        read=read,
        read_at=pin.read_at,
        contradicted=read is not None and canonical(read) != canonical(value),
        readings=tuple(map(_proof, pin.readings)),
    )


def _proof(row: PinReading) -> Proof:
    return Proof(
        position=row.position,
        quote=row.quote,
        start=row.start,
        end=row.end,
        source_url=row.source.url,
        source_kind=row.source.kind,
        seen_at=row.snapshot.seen_at,
    )
