"""What readers say is wrong as messages to operators: one for each report, not for each time it is made."""

import json
from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from uphill.db import Report
from uphill.notify.changes import label_of
from uphill.notify.message import LONGEST_SUBJECT, Message, clipped, plain
from uphill.subscription import Topic
from uphill.words.fact_words import value_elements
from uphill.words.wording import NOT_STATED

_LONGEST = 600
_DECIDE = "'uphill reports accept {0}' or 'uphill reports decline {0}' decides, on the machine that has the directory."


def report_messages(session: Session, since: datetime, told: Collection[str]) -> Iterator[Message]:
    """A message for each report that came in since and waits; keys in ``told`` are left out."""
    query = select(Report).where(Report.decided_at.is_(None), Report.first_at >= since)
    for report in session.scalars(query.options(joinedload(Report.resort)).order_by(Report.id)):
        if str(report.id) not in told:
            yield _message(report)


def _message(report: Report) -> Message:
    about = label_of(report.field) if report.field else "something else"
    lines = [f"A reader says that {about} of {plain(report.resort.name)} is wrong.", ""]
    if report.field:
        lines.append(f"We say: {_words(report.field, report.said) or NOT_STATED}")
        lines.append(f"They say: {_words(report.field, report.value) or 'can’t say, but this is wrong'}")
    lines += [f"Source: {plain(report.source_url)}"] if report.source_url else []
    lines += [f"Note: {clipped(plain(report.note), _LONGEST)}"] if report.note else []
    subject = clipped(f"{plain(report.resort.name)}: {about} is wrong, a reader says", LONGEST_SUBJECT)
    body = "\n".join([*lines, "", _DECIDE.format(report.id)])
    return Message(Topic.REPORT, str(report.id), subject, body)


def _words(field: str, value: str | None) -> str:
    said = [] if value is None else value_elements(field, json.loads(value))
    return clipped(plain("; ".join(said)), _LONGEST)
