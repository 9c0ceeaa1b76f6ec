"""The times that the search page offers, and by whose clocks they are meant."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from uphill.asking import understand
from uphill.db import Region, Resort
from uphill.search.places import Near

_ZONES = {"en": "America/Denver", "de": "Europe/Zurich", "fr": "Europe/Paris", "it": "Europe/Rome"}
"""Where most of those probably are who ask in a language."""


class When(StrEnum):
    """What one may pick; ``AT`` is a date and time that one writes."""

    NOW = "now"
    TONIGHT = "tonight"
    TOMORROW = "tomorrow"
    SATURDAY = "saturday"
    AT = "at"


HOURS = {When.TONIGHT: "18:00", When.TOMORROW: "06:00", When.SATURDAY: "06:00"}
_SAID = {When.TONIGHT: "tonight", When.TOMORROW: "tomorrow 6am", When.SATURDAY: "saturday 6am"}


def offered(there: datetime) -> dict[When, datetime]:
    """The local times that are meant, where it is ``there`` now (aware)."""
    times = {when: understand(said, today=there).open_at for when, said in _SAID.items()}
    return {when: time.at for when, time in times.items() if time is not None}


def clock_of(session: Session, near: Near | None, region: tuple[str, ...], lang: str) -> ZoneInfo:
    """The clocks by which the times of a question about a place are probably meant."""
    fallback = _ZONES.get(lang, _ZONES["en"])
    query = select(Resort.timezone).where(Resort.timezone.is_not(None)).limit(1)
    if near is not None:
        off = func.abs(Resort.longitude - near.longitude)
        query = query.where(Resort.longitude.is_not(None)).order_by(off)
    elif region:
        countries = [code for code in region if len(code) == 2]
        inside = Resort.region.has(Region.country.in_(countries))
        query = query.where(or_(Resort.region_code.in_(region), inside))
    else:
        return ZoneInfo(fallback)
    return ZoneInfo(session.scalar(query) or fallback)
