"""The change log as messages: one for each change of a resort, and a digest a day for each region.

What is told as what: a resort's page that changed, and what a curator set, as that. Our own new reading of an
unchanged page is told too, as ours: who was once told a fact that was misread has to learn of it. A first look at a
resort's page is told where it differs from what the directory said before; what it adds is nobody's change.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from pydantic import ValidationError
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from uphill.causes import Cause
from uphill.db import LoggedChange, Region, Resort
from uphill.notify.message import CAUTION, LONGEST_SUBJECT, Message, clipped, fitted, plain
from uphill.policy import LIST_FACTS, Policy
from uphill.regions import country_name
from uphill.subscription import Topic
from uphill.words.fact_words import fact_elements
from uphill.words.wording import LABELS, NOT_STATED

DIGEST_AFTER = timedelta(hours=1)
"""How long after the end of a day (UTC) its digest is written: a visit may begin before midnight and end after."""
_LONGEST_VALUE = 300
_LONGEST_QUOTE = 400
_SHORT = 120

_LED_IN_BY: dict[Cause, str] = {
    Cause.PAGE: "{resort} changed what its page says about going uphill. We read it on {at}.",
    Cause.CURATOR: "A curator of the directory set what holds at {resort}, on {at}.",
    Cause.READING: "We read the page of {resort} anew on {at} and correct ourselves: our reading changed, "
    "the page did not.",
    Cause.FIRST: "We read the page of {resort} itself for the first time, on {at}. It differs from the older list that "
    "the directory had gone by.",
}
_SAID_BY: dict[Cause, str] = {
    Cause.PAGE: "",
    Cause.CURATOR: " (set by a curator)",
    Cause.READING: " (our reading changed, not the page)",
    Cause.FIRST: " (first reading of the resort's own page)",
}
_TOLD = or_(LoggedChange.cause != Cause.FIRST, LoggedChange.old.is_not(None))


def resort_messages(
    session: Session, slugs: Collection[str], since: datetime, told: Collection[str]
) -> Iterator[Message]:
    """A message for each change of a resort since; ``slugs`` empty means of any. Keys in ``told`` are left out."""
    limits = (Resort.slug.in_(slugs),) if slugs else ()
    visits: dict[tuple[datetime, int, Cause], list[LoggedChange]] = defaultdict(list)
    for change in _changes(session, LoggedChange.at >= since, *limits):
        visits[change.at, change.resort_id, change.cause].append(change)
    for (at, resort_id, cause), changes in visits.items():
        key = f"{resort_id}:{cause}:{at.astimezone(UTC):%Y%m%dT%H%M%S.%f}"
        if key not in told:
            yield _resort_message(key, cause, changes)


def region_messages(
    session: Session,
    codes: Collection[str],
    span: tuple[datetime, datetime],
    told: Collection[str],
    *,
    subscribed: datetime,
) -> Iterator[Message]:
    """The digests that fall due in the span: one for each day (UTC) and each region or country in ``codes``.

    ``codes`` empty means each region. A digest leaves out what happened before somebody ``subscribed``.
    """
    day, today = ((moment - DIGEST_AFTER).astimezone(UTC).date() for moment in span)
    while day < today:
        yield from _digests(session, codes, day, subscribed, told)
        day += timedelta(days=1)


def _digests(
    session: Session, codes: Collection[str], day: date, since: datetime, told: Collection[str]
) -> Iterator[Message]:
    begin = datetime.combine(day, time(), UTC)
    limits = (or_(Region.code.in_(codes), Region.country.in_(codes)),) if codes else ()
    by_place: dict[str, list[LoggedChange]] = defaultdict(list)
    for change in _changes(
        session, LoggedChange.at >= max(begin, since), LoggedChange.at < begin + timedelta(days=1), *limits
    ):
        region = change.resort.region
        for code in {region.code, region.country} & set(codes) if codes else {region.code}:
            by_place[code].append(change)
    for code, changes in sorted(by_place.items()):
        if (key := f"{code}:{day}") not in told and (message := _digest(key, code, day, changes)):
            yield message


def _changes(session: Session, *clauses: ColumnElement[bool]) -> Sequence[LoggedChange]:
    """In order of time, without what is not told."""
    return session.scalars(
        select(LoggedChange)
        .join(LoggedChange.resort)
        .join(Resort.region)
        .where(_TOLD, *clauses)
        .options(joinedload(LoggedChange.resort), joinedload(LoggedChange.source))
        .order_by(LoggedChange.at, LoggedChange.resort_id, LoggedChange.id)
    ).all()


def _resort_message(key: str, cause: Cause, changes: Sequence[LoggedChange]) -> Message:
    resort, at = changes[0].resort, changes[0].at
    first = change_words(changes[0].field, changes[0].old, changes[0].new)
    more = f", and {len(changes) - 1} more" if len(changes) > 1 else ""
    tail = f"{more}{' (our reading)' if cause is Cause.READING else ''}"
    head = _LED_IN_BY[cause].format(resort=_place(resort), at=f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC")
    return Message(
        Topic.RESORT_CHANGED,
        key,
        clipped(f"{plain(resort.name)}: {first}", LONGEST_SUBJECT - len(tail)) + tail,
        fitted(head, [_block(change) for change in changes], CAUTION, "{} more facts changed."),
    )


def _block(change: LoggedChange) -> str:
    """The fact, and below it the words that prove it with their link."""
    lines = [change_words(change.field, change.old, change.new)]
    if change.quote:
        lines.append(f"“{clipped(plain(change.quote), _LONGEST_QUOTE)}”")
    if change.source:
        lines.append(plain(change.source.url))
    return "\n".join(lines)


def _digest(key: str, code: str, day: date, changes: Sequence[LoggedChange]) -> Message | None:
    """The day's changes by resort, each fact from its first value to its last; ``None`` where all were taken back."""
    resorts: dict[int, list[LoggedChange]] = defaultdict(list)
    for change in changes:
        resorts[change.resort_id].append(change)
    blocks = [block for each in _by_name(resorts.values()) if (block := _resort_block(each))]
    if not blocks:
        return None
    region = changes[0].resort.region
    place = region.name if code == region.code else country_name(code)
    counted = "1 resort" if len(blocks) == 1 else f"{len(blocks)} resorts"
    return Message(
        Topic.REGION_CHANGED,
        key,
        clipped(f"{plain(place)}: {counted} changed on {day}", LONGEST_SUBJECT),
        fitted(
            f"What changed in {plain(place)} on {day} (UTC), by resort:",
            blocks,
            CAUTION,
            "{} more resorts changed; the directory has them.",
        ),
    )


def _by_name(groups: Iterable[list[LoggedChange]]) -> list[list[LoggedChange]]:
    return sorted(groups, key=lambda changes: changes[0].resort.name)


def _resort_block(changes: Sequence[LoggedChange]) -> str:
    facts: dict[tuple[str, Cause], list[LoggedChange]] = defaultdict(list)
    for change in changes:
        facts[change.field, change.cause].append(change)
    lines = [
        change_words(field, rows[0].old, rows[-1].new) + _SAID_BY[cause]
        for (field, cause), rows in facts.items()
        if rows[0].old != rows[-1].new
    ]
    if not lines:
        return ""
    links = dict.fromkeys(plain(change.source.url) for change in changes if change.source)
    return "\n".join([plain(changes[0].resort.name), *lines, *links])


def change_words(field: str, old: str | None, new: str | None) -> str:
    """``Pass required: no pass needed → always``. Of long lists only what went and what came; values are JSON."""
    before, after = _elements(field, old), _elements(field, new)
    whole = [_joined(before), _joined(after)]
    if field in LIST_FACTS and before and after and max(map(len, whole)) > _SHORT:
        gone = [words for words in before if words not in after]
        came = [words for words in after if words not in before]
        parts = [f"{said} {_joined(words)}" for said, words in (("no longer", gone), ("new:", came)) if words]
        return f"{label_of(field)}: {'; '.join(parts) or 'in another order'}"
    return f"{label_of(field)}: {whole[0]} → {whole[1]}"


def label_of(field: str) -> str:
    return LABELS.get(field, field.replace("_", " "))


def _joined(elements: Sequence[str]) -> str:
    return clipped(plain("; ".join(elements)), _LONGEST_VALUE) or NOT_STATED


def _elements(field: str, value: str | None) -> list[str]:
    if value is None:
        return []
    try:
        return fact_elements(Policy.model_validate({field: json.loads(value)}), field)
    except (
        ValueError,
        ValidationError,
    ):  # written by a version with other words; better as it is than not told
        return [value]


def _place(resort: Resort) -> str:
    country = country_name(resort.region.country)
    return f"{plain(resort.name)} ({plain(resort.region.name)}, {country})"
