"""What a curator does with pins: sets one, ends one, lets those end whose time is over, and looks at them."""

import difflib
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, sessionmaker

from uphill.curating.pins import in_force, local_date, value_json
from uphill.db import Pin, Resort, writing
from uphill.db.store import current_policy, resort_to_change
from uphill.errors import BadInput, NotFound
from uphill.policy import FACTS, LIST_FACTS, Policy
from uphill.recording.differences import canonical
from uphill.recording.in_force import put_pins
from uphill.stated import without_announced
from uphill.vocabulary import Origin

_OF_PARTS = frozenset({"parking", "season"})
_NEAR = 3


class PinnedFact(BaseModel):
    """A pin in force; values as JSON values. ``contradicted``: the resort's pages state something else."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    resort: str
    resort_name: str
    field: str
    value: Any
    source_url: str
    note: str
    until: date | None
    pinned_at: datetime
    read_value: Any = None
    read_at: datetime | None = None
    contradicted: bool = False


class Wanted(BaseModel):
    """A pin to be set. ``value`` is a word of the vocabulary, or JSON; ``until`` is the last local day, included."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: str
    field: str
    value: str
    source_url: str
    note: str
    until: date | None = None


def set_pin(session: Session, wanted: Wanted, now: datetime) -> PinnedFact:
    """Put a fact over what the pages say, from now on. Raises NotFound for a resort, BadInput for all else."""
    resort = resort_to_change(session, wanted.slug)
    value = _value(wanted.field, wanted.value)
    _check(wanted, resort, now)
    earlier = _pin(session, resort, wanted.field)
    if earlier is not None:
        earlier.ended_at = now
        session.flush()
    pin = Pin(
        resort_id=resort.id,
        field=wanted.field,
        value=value,
        source_url=wanted.source_url,
        note=wanted.note.strip(),
        until=wanted.until,
        pinned_at=now,
        read_at=earlier.read_at if earlier is not None else _last_read(session, resort),
    )
    session.add(pin)
    session.flush()
    put_pins(session, resort, now)
    return _fact(pin, resort)


def end_pin(session: Session, slug: str, field: str, now: datetime) -> None:
    """End a pin: what the pages say takes its place. Raises NotFound where there is none."""
    resort = resort_to_change(session, slug)
    _field(field)
    pin = _pin(session, resort, field)
    if pin is None:
        raise NotFound(f"{field} of {slug} is not pinned; 'uphill pins' lists what is.")
    _end(session, resort, [pin], now)


def end_pins(sessions: sessionmaker[Session], now: datetime) -> int:
    """End the pins whose last day is over where the resort is; returns how many. A transaction for each resort."""
    with sessions() as session:
        mortal = select(Resort.slug).join(Pin, Pin.resort_id == Resort.id)
        mortal = mortal.where(Pin.ended_at.is_(None), Pin.until.is_not(None))
        slugs = session.scalars(mortal.distinct()).all()
    ended = 0
    for slug in slugs:
        with writing(sessions) as session:
            resort = resort_to_change(session, slug)
            today = local_date(now, resort.timezone)
            over = [pin for pin in in_force(session, resort.id) if pin.until and pin.until < today]
            if over:
                _end(session, resort, over, now)
            ended += len(over)
    return ended


def pinned_facts(session: Session) -> tuple[PinnedFact, ...]:
    """All pins in force, those that are contradicted first."""
    query = select(Pin).where(Pin.ended_at.is_(None)).options(joinedload(Pin.resort))
    facts = [_fact(pin, pin.resort) for pin in session.scalars(query)]
    return tuple(sorted(facts, key=lambda fact: (not fact.contradicted, fact.resort, fact.field)))


def _end(session: Session, resort: Resort, pins: Iterable[Pin], now: datetime) -> None:
    for pin in pins:
        pin.ended_at = now
    session.flush()
    put_pins(session, resort, now)


def _pin(session: Session, resort: Resort, field: str) -> Pin | None:
    return next((pin for pin in in_force(session, resort.id) if pin.field == field), None)


def _last_read(session: Session, resort: Resort) -> datetime | None:
    current = current_policy(session, resort.id)
    return current.last_confirmed if current is not None and current.origin is Origin.CRAWL else None


def _field(field: str) -> None:
    if field not in FACTS:
        near = difflib.get_close_matches(field, FACTS, n=_NEAR) or FACTS
        raise BadInput(f"There is no fact {field!r}. Choose one of {', '.join(near)}.")


def _value(field: str, text: str) -> str:
    """The value as it is stored. Raises BadInput with what the fact takes."""
    _field(field)
    try:
        policy = Policy.model_validate({field: _parsed(field, text)})
    except ValidationError as error:
        told = "; ".join(mistake["msg"].removeprefix("Value error, ") for mistake in error.errors())
        raise BadInput(f"{text!r} is no value of {field}: {told}.") from error
    if without_announced(policy).routes != policy.routes:
        raise BadInput("A route's status is for its status page to tell; pin the routes without it.")
    value = value_json(policy, field)
    if value is None:
        raise BadInput(f"{field} can't be pinned to {text!r}: a pin is a fact that is known.")
    return value


def _parsed(field: str, text: str) -> Any:
    if field not in LIST_FACTS | _OF_PARTS:
        return text
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        if field in _OF_PARTS or text.lstrip().startswith(("[", "{")):
            raise BadInput(f"{field} takes JSON, and {text!r} is none: {error.msg}.") from error
        value = text
    return [value] if field in LIST_FACTS and not isinstance(value, list) else value


def _check(wanted: Wanted, resort: Resort, now: datetime) -> None:
    parts = urlsplit(wanted.source_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadInput(f"--source is {wanted.source_url!r}: give the http(s) address that states the fact.")
    if not wanted.note.strip():
        raise BadInput("--note is empty: say in a few words why the fact is set.")
    if wanted.until is None and wanted.field == "status":
        raise BadInput("A status holds for a day or some: give its last one with --until.")
    if wanted.until is not None and wanted.until < local_date(now, resort.timezone):
        raise BadInput(f"--until is {wanted.until}, which is over at {wanted.slug}.")


def _fact(pin: Pin, resort: Resort) -> PinnedFact:
    value = json.loads(pin.value)
    read_value = None if pin.read_value is None else json.loads(pin.read_value)
    return PinnedFact(
        resort=resort.slug,
        resort_name=resort.name,
        field=pin.field,
        value=value,
        source_url=pin.source_url,
        note=pin.note,
        until=pin.until,
        pinned_at=pin.pinned_at,
        read_value=read_value,
        read_at=pin.read_at,
        contradicted=read_value is not None and canonical(read_value) != canonical(value),
    )
