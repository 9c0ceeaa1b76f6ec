"""What readers say is wrong: taken in, listed, and decided by an operator.

An accepted report becomes a pin with an end, so that what the resort itself says has the last word.
"""

import hashlib
import json
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from uphill.curating.pinning import PinnedFact, Wanted, set_pin
from uphill.curating.pins import local_date
from uphill.db import Pin, Report, Resort, Verdict
from uphill.errors import BadInput, NotFound, UphillError
from uphill.language import gettext
from uphill.policy import FACTS

LONGEST_NOTE = 1000
LONGEST_URL = 500
LONGEST_CONTACT = 200
MOST_OPEN = 5000
MOST_OPEN_OF_A_RESORT = 100
HOLDS_DAYS = 60
"""For how long an accepted report is believed where the operator names no last day; a status for its day alone."""

_PIN_NOTE = "reported by a reader"


class TooManyReports(UphillError):
    """More reports wait than anyone can read; nothing is stored."""


class Given(BaseModel):
    """What a reader gave. ``said`` is what the directory said of the fact, ``value`` what is right, both JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: str
    field: str | None = None
    said: str | None = None
    value: str | None = None
    source_url: str | None = None
    note: str = ""
    contact: str | None = None

    @property
    def digest(self) -> str:
        parts = [self.field, self.said, self.value, self.source_url, self.note, self.contact]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


class ReportedFact(BaseModel):
    """A report as it is listed; values as JSON values, ``None`` where not stated, or where readers can't say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: int
    resort: str
    resort_name: str
    field: str | None
    said: Any
    value: Any
    source_url: str | None
    note: str
    contact: str | None
    times: int
    first_at: datetime
    last_at: datetime
    verdict: Verdict | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    decided_note: str | None = None


class Acceptance(BaseModel):
    """What an operator adds to a report, or puts in the place of what it says; ``until`` is a last local day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: str
    field: str | None = None
    value: str | None = None
    source_url: str | None = None
    note: str | None = None
    until: date | None = None


def take_in(session: Session, given: Given, now: datetime) -> Report:
    """Store a report; one that says the same as an open one is counted there.

    Raises BadInput for what is no report, NotFound for a resort, TooManyReports where too many wait.
    """
    _check(given)
    resort = session.scalar(
        select(Resort).filter_by(slug=given.slug).with_for_update(of=Resort, key_share=True)
    )
    if resort is None:
        raise NotFound(gettext("There is no resort %(name)s in the directory.", name=given.slug[:80]))
    same = session.scalar(
        select(Report).filter_by(resort_id=resort.id, digest=given.digest).where(Report.decided_at.is_(None))
    )
    if same is not None:
        same.times += 1
        same.last_at = now
        return same
    _check_room(session, resort)
    report = Report(
        resort_id=resort.id,
        **given.model_dump(exclude={"slug"}),
        digest=given.digest,
        times=1,
        first_at=now,
        last_at=now,
    )
    session.add(report)
    session.flush()
    return report


def _check(given: Given) -> None:
    if given.field is not None and given.field not in FACTS:
        raise BadInput(gettext("There is no fact of that name."))
    if given.field is None and not given.note:
        raise BadInput(gettext("Say in the note what is wrong."))
    if given.source_url is not None:
        check_address(given.source_url)
    for text, longest in ((given.note, LONGEST_NOTE), (given.contact or "", LONGEST_CONTACT)):
        if len(text) > longest:
            raise BadInput(gettext("That is too long: at most %(most)s characters.", most=longest))


def check_address(url: str) -> None:
    """Raises BadInput where ``url`` is no address of a page that others can open."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:  # brackets of no IPv6 address
        host = None
    if not host or parts.scheme not in {"http", "https"} or len(url.split()) != 1:
        raise BadInput(gettext("Give the whole address of the page, beginning with https://"))
    if len(url) > LONGEST_URL:
        raise BadInput(gettext("That is too long: at most %(most)s characters.", most=LONGEST_URL))


def _check_room(session: Session, resort: Resort) -> None:
    waiting = select(func.count()).select_from(Report).where(Report.decided_at.is_(None))
    of_resort = session.scalar(waiting.where(Report.resort_id == resort.id)) or 0
    if of_resort >= MOST_OPEN_OF_A_RESORT or (session.scalar(waiting) or 0) >= MOST_OPEN:
        raise TooManyReports(
            gettext(
                "More reports wait than we can read, so this one was not stored. Please try again in some days."
            )
        )


def reports(session: Session, *, decided: bool = False) -> tuple[ReportedFact, ...]:
    """What waits for a decision, the oldest first; with ``decided`` what does not, too."""
    query = select(Report).options(joinedload(Report.resort)).order_by(Report.first_at, Report.id)
    if not decided:
        query = query.where(Report.decided_at.is_(None))
    return tuple(map(_reported, session.scalars(query)))


def accept(session: Session, number: int, told: Acceptance, now: datetime) -> PinnedFact:
    """Pin what a report says. Raises NotFound for the report, BadInput for what can't be pinned."""
    report = _open(session, number)
    field = told.field or report.field
    if field is None:
        raise BadInput(f"Report {number} names no fact: give it with --fact, and what holds with --value.")
    value = told.value if told.value is not None else _pinnable(report, field)
    source = told.source_url or report.source_url
    if source is None:
        raise BadInput(f"Report {number} names no page: give the one that states the fact with --source.")
    until = told.until or _last_day(report, field, now)
    wanted = Wanted(
        slug=report.resort.slug,
        field=field,
        value=value,
        source_url=source,
        note=told.note or _PIN_NOTE,
        until=until,
    )
    pinned = set_pin(session, wanted, now)
    _decide(report, Verdict.ACCEPTED, told.by, told.note, now)
    report.pin_id = session.scalar(
        select(Pin.id).where(Pin.resort_id == report.resort_id, Pin.field == field, Pin.ended_at.is_(None))
    )
    session.flush()
    return pinned


def decline(session: Session, number: int, by: str, note: str, now: datetime) -> ReportedFact:
    """Leave the fact as it is. Raises NotFound for the report, BadInput for a note that is empty."""
    report = _open(session, number)
    if not note.strip():
        raise BadInput("--note is empty: say in a few words why the fact stays as it is.")
    _decide(report, Verdict.DECLINED, by, note.strip(), now)
    session.flush()
    return _reported(report)


def _pinnable(report: Report, field: str) -> str:
    """The value that readers gave, as ``uphill pin`` takes it."""
    if report.value is None or field != report.field:
        raise BadInput(f"Report {report.id} does not say what is right: give it with --value, or decline it.")
    value = json.loads(report.value)
    if value == "unknown":
        raise BadInput(
            f"Report {report.id} says that {field} is not stated, which can't be pinned: "
            "give what holds with --value, or decline it."
        )
    return value if isinstance(value, str) else report.value


def _last_day(report: Report, field: str, now: datetime) -> date:
    today = local_date(now, report.resort.timezone)
    return today if field == "status" else today + timedelta(days=HOLDS_DAYS)


def _open(session: Session, number: int) -> Report:
    report = session.scalar(select(Report).where(Report.id == number).with_for_update(of=Report))
    if report is None:
        raise NotFound(f"There is no report {number}; 'uphill reports' lists what is open.")
    if report.decided_at is not None:
        raise BadInput(f"Report {number} was {report.verdict} on {report.decided_at:%Y-%m-%d}.")
    return report


def _decide(report: Report, verdict: Verdict, by: str, note: str | None, now: datetime) -> None:
    report.verdict, report.decided_by, report.decided_note, report.decided_at = verdict, by, note, now
    report.contact = None


def _reported(report: Report) -> ReportedFact:
    return ReportedFact(
        id=report.id,
        resort=report.resort.slug,
        resort_name=report.resort.name,
        field=report.field,
        said=None if report.said is None else json.loads(report.said),
        value=None if report.value is None else json.loads(report.value),
        source_url=report.source_url,
        note=report.note,
        contact=report.contact,
        times=report.times,
        first_at=report.first_at,
        last_at=report.last_at,
        verdict=report.verdict,
        decided_at=report.decided_at,
        decided_by=report.decided_by,
        decided_note=report.decided_note,
    )
