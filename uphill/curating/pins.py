"""Facts that a curator has set: put over what the pages say, which is kept beside them and comes back after them."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from uphill.db import Pin, PinReading, PolicyVersion, Resort, Source
from uphill.db.proofs import quotes_in
from uphill.db.store import policy_of
from uphill.evidence import ROUTE_STATUS
from uphill.policy import Policy
from uphill.recording.differences import stated_values
from uphill.sites import site_of
from uphill.stated import Quoted, Stated, without_announced
from uphill.vocabulary import SourceKind


def in_force(session: Session, resort_id: int) -> list[Pin]:
    query = select(Pin).where(Pin.resort_id == resort_id, Pin.ended_at.is_(None))
    return list(session.scalars(query.order_by(Pin.id)))


def as_read(version: PolicyVersion, pins: Sequence[Pin]) -> Stated:
    """What the pages say: a version's facts, with what was read in the place of those that are pinned."""
    stated = Stated(policy_of(version), quotes_in(version.evidence))
    pinned = {quoted.pin_id for quoted in stated.quotes} - {None}
    for pin in pins:
        if pin.id in pinned:
            stated = _replaced(stated, pin.field, pin.read_value, _readings(pin, version))
    return stated


def with_pins(session: Session, stated: Stated, pins: Sequence[Pin], read_at: datetime | None) -> Stated:
    """``stated`` with the pinned facts in force; what the pages say of these is kept beside each pin.

    ``read_at`` is when the pages were read, None where nothing was read anew.
    """
    for pin in pins:
        _keep_reading(session, pin, stated, read_at)
        source = _source(session, pin)
        value = json.loads(pin.value)
        quotes = [
            Quoted(pin.field, at, source.id, pin_id=pin.id)
            for at in range(len(value) if isinstance(value, list) else 1)
        ]
        stated = _replaced(stated, pin.field, pin.value, quotes)
    return stated


def ends_at(pin: Pin, timezone: str | None) -> datetime | None:
    """The end of the resort's local day that is the pin's last."""
    if pin.until is None:
        return None
    return datetime.combine(pin.until + timedelta(days=1), time(), ZoneInfo(timezone or "UTC"))


def value_json(policy: Policy, field: str) -> str | None:
    """A fact as JSON; None where it is not stated."""
    value = stated_values(policy).get(field)
    return None if value is None else json.dumps(value, ensure_ascii=False)


def page_of(session: Session, resort: Resort, url: str) -> Source:
    """The row of the page that a pin names; one of its own kind where the resort has it not yet."""
    source = session.scalar(select(Source).filter_by(resort_id=resort.id, url=url))
    if source is None:
        source = Source(resort_id=resort.id, url=url, kind=SourceKind.NEWS, failures=0, site=site_of(url))
        session.add(source)
        session.flush()
    return source


def local_date(now: datetime, timezone: str | None) -> date:
    return now.astimezone(ZoneInfo(timezone or "UTC")).date()


def _source(session: Session, pin: Pin) -> Source:
    return page_of(session, session.get_one(Resort, pin.resort_id), pin.source_url)


def _keep_reading(session: Session, pin: Pin, stated: Stated, read_at: datetime | None) -> None:
    policy = without_announced(stated.policy) if pin.field == "routes" else stated.policy
    pin.read_value = value_json(policy, pin.field)
    if read_at is not None:
        pin.read_at = read_at
    quotes = [quoted for quoted in stated.quotes if quoted.field == pin.field and quoted.quote is not None]
    if [_key(row) for row in pin.readings] == [_key(quoted) for quoted in quotes]:
        return
    pin.readings = [
        PinReading(
            position=quoted.position,
            source_id=quoted.source_id,
            snapshot_id=quoted.snapshot_id,
            quote=quoted.quote,
            start=quoted.start,
            end=quoted.end,
        )
        for quoted in quotes
    ]
    session.flush()


def _key(each: Quoted | PinReading) -> tuple[Any, ...]:
    return each.position, each.source_id, each.snapshot_id, each.start, each.end


def _readings(pin: Pin, version: PolicyVersion) -> list[Quoted]:
    if pin.read_value is None:
        return []
    if pin.readings:
        return [
            Quoted(pin.field, row.position, row.source_id, row.snapshot_id, row.quote, row.start, row.end)
            for row in sorted(pin.readings, key=lambda row: (row.position, row.id))
        ]
    value = json.loads(pin.read_value)
    listed = range(len(value) if isinstance(value, list) else 1)
    return [Quoted(pin.field, at, version.source_id) for at in listed]


def _replaced(stated: Stated, field: str, value: str | None, quotes: Sequence[Quoted]) -> Stated:
    fields = {field, ROUTE_STATUS} if field == "routes" else {field}
    kept = tuple(quoted for quoted in stated.quotes if quoted.field not in fields)
    facts = stated_values(stated.policy)
    facts.pop(field, None)
    if value is not None:
        facts[field] = json.loads(value)
    return Stated(Policy.model_validate(facts), (*kept, *quotes))
