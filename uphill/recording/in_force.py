"""How a policy takes effect, is confirmed, or ends: the one way to the current version, for all that change it.

A version differs from the one before in its facts. Each of its changes is logged; the facts that a curator pinned
are put over it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from uphill.announced import status_expires
from uphill.causes import Cause
from uphill.curating.pins import as_read, ends_at, in_force, page_of, with_pins
from uphill.db import Pin, PolicyVersion, Resort, Source
from uphill.db.proofs import evidence_rows, quotes_in, same_proofs
from uphill.db.snapshots import last_seen
from uphill.db.store import current_policy, policy_of, remember_words, store_policy, supersede
from uphill.evidence import ROUTE_STATUS
from uphill.outcomes import Change
from uphill.policy import Policy
from uphill.recording.change_log import log_changes
from uphill.recording.differences import Changed, same_facts
from uphill.stated import Quoted, Stated
from uphill.vocabulary import Origin, Status


@dataclass(frozen=True, slots=True)
class Whence:
    """Where a policy as a whole is from."""

    source_id: int
    origin: Origin = Origin.CRAWL
    lang: str | None = None
    as_of: str | None = None

    @classmethod
    def of(cls, version: PolicyVersion) -> "Whence":
        return cls(version.source_id, version.origin, version.lang, version.as_of)


@dataclass(frozen=True, slots=True)
class Why:
    """``at`` is when it takes effect. ``read_at`` is when the resort's page was seen to say so, None where it was not.

    ``causes`` are those of single sources, by id, in the place of ``cause``.
    """

    cause: Cause
    at: datetime
    read_at: datetime | None = None
    causes: Mapping[int, Cause] = field(default_factory=dict)

    def of(self, source_id: int) -> Cause:
        return self.causes.get(source_id, self.cause)


def take_effect(session: Session, resort: Resort, stated: Stated, whence: Whence, why: Why) -> Change:
    """Make what was ``stated``, without pins, the resort's current policy; what is the same is confirmed.

    Every quote has its stored text. Nothing is confirmed by what was not read.
    """
    current = current_policy(session, resort.id)
    pins = in_force(session, resort.id)
    if current is not None:
        stated = stated.aligned(as_read(current, pins).policy)
    stated = with_pins(session, stated, pins, why.read_at)
    same = current is not None and current.origin is whence.origin
    if current is not None and same and same_facts(policy_of(current), stated.policy):
        _confirm(session, resort, current, stated, whence, why)
        return Change.CONFIRMED
    old = policy_of(current) if current is not None else Policy()
    is_first = whence.origin is Origin.CRAWL and not same
    if is_first and why.cause is Cause.PAGE:
        why = replace(why, cause=Cause.FIRST, causes={})
    confirmed_at = why.read_at or (why.at if current is None else current.last_confirmed)
    if current is not None:
        supersede(session, current, why.at)
    version = PolicyVersion(
        resort_id=resort.id,
        source_id=whence.source_id,
        origin=whence.origin,
        lang=whence.lang,
        as_of=whence.as_of,
        first_seen=why.at,
        last_confirmed=confirmed_at,
        status_until=_status_until(session, resort, stated),
    )
    store_policy(session, version, stated.policy, evidence_rows(stated.quotes))
    changes = log_changes(
        session,
        resort.id,
        at=why.at,
        old=old,
        stated=stated,
        cause_of=why.of,
        version=version,
        source_id=whence.source_id,
    )
    _note_changed_pages(session, changes, why)
    return Change.NEW if is_first or current is None else Change.CHANGED


def withdraw(session: Session, resort: Resort, why: Why) -> None:
    """End the resort's policy: nothing is known of it any more but what a curator pinned. Its history stays."""
    current = current_policy(session, resort.id)
    if current is None:
        return
    if pins := in_force(session, resort.id):
        take_effect(session, resort, Stated(), _pinned_alone(session, resort, pins[0]), why)
        return
    supersede(session, current, why.at)
    changes = log_changes(
        session,
        resort.id,
        at=why.at,
        old=policy_of(current),
        stated=Stated(),
        cause_of=why.of,
        version=None,
        source_id=current.source_id,
    )
    _note_changed_pages(session, changes, why)


def put_pins(session: Session, resort: Resort, at: datetime) -> None:
    """Bring the current policy in line with the pins that are in force now."""
    current = current_policy(session, resort.id)
    pins = in_force(session, resort.id)
    why = Why(Cause.CURATOR, at)
    if current is None:
        if pins:
            take_effect(session, resort, Stated(), _pinned_alone(session, resort, pins[0]), why)
        return
    stated = as_read(current, _ever_pinned(session, current))
    if not pins and current.origin is Origin.BASELINE and not stated.policy.known():
        withdraw(session, resort, why)
    else:
        take_effect(session, resort, stated, Whence.of(current), why)


def _ever_pinned(session: Session, version: PolicyVersion) -> list[Pin]:
    """The pins that a version was made with, whether still in force or not."""
    ids = {row.pin_id for row in version.evidence} - {None}
    return [session.get_one(Pin, key) for key in sorted(key for key in ids if key is not None)]


def _pinned_alone(session: Session, resort: Resort, pin: Pin) -> Whence:
    """A policy of pinned facts alone is a list of ours, to be replaced whole by the first crawl."""
    source = page_of(session, resort, pin.source_url)
    return Whence(source.id, Origin.BASELINE, as_of=pin.pinned_at.date().isoformat())


def _confirm(
    session: Session, resort: Resort, current: PolicyVersion, stated: Stated, whence: Whence, why: Why
) -> None:
    """The same facts again: as new as the page, where it was read; their quotes are those of the page as it is."""
    if why.read_at is not None:
        current.last_confirmed = max(why.read_at, current.last_confirmed)
        current.source = session.get_one(Source, whence.source_id)
    current.lang = whence.lang
    if not same_proofs(quotes_in(current.evidence), stated.quotes):
        current.evidence = []
        session.flush()
        current.evidence = evidence_rows(stated.quotes)
        remember_words(session, current)
    current.status_until = _status_until(session, resort, stated)
    session.flush()


def _status_until(session: Session, resort: Resort, stated: Stated) -> datetime | None:
    """When what is announced expires: the resort's status, else the newest of its routes'."""
    announced = _announcing(stated)
    pinned = [session.get_one(Pin, quoted.pin_id) for quoted in announced if quoted.pin_id is not None]
    if pinned:
        return ends_at(pinned[0], resort.timezone)
    seen_at = last_seen(session, (quoted.snapshot_id for quoted in announced)) if announced else None
    if seen_at is None:
        return None
    own_ends = [
        session.get_one(Source, key).announced_until for key in {each.source_id for each in announced}
    ]
    return min((status_expires(seen_at, resort.timezone), *(end for end in own_ends if end is not None)))


def _announcing(stated: Stated) -> list[Quoted]:
    if status := [quoted for quoted in stated.quotes if quoted.field == "status"]:
        return status
    told = {at for at, route in enumerate(stated.policy.routes) if route.status is not Status.UNKNOWN}
    of_routes = [quoted for quoted in stated.of("routes") if quoted.position in told]
    return [quoted for quoted in of_routes if quoted.field == ROUTE_STATUS] or of_routes


def _note_changed_pages(session: Session, changes: tuple[tuple[Changed, int], ...], why: Why) -> None:
    """A page that changes is looked at more often; a first look, our rules and curators say nothing of that."""
    for _, source_id in changes:
        if why.of(source_id) is Cause.PAGE:
            session.get_one(Source, source_id).changed_at = why.at
