"""One resort's rules for going up its slopes under one's own power, as frozen values."""

import re
from decimal import Decimal
from typing import Annotated, Any, Self

import pycountry
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    field_validator,
    model_serializer,
    model_validator,
)

from uphill.vocabulary import (
    Access,
    Cost,
    Credential,
    Day,
    Descent,
    Difficulty,
    Dogs,
    Event,
    Gear,
    Minors,
    PassRequired,
    Patrol,
    Penalty,
    Period,
    Permission,
    Requirement,
    SeasonMark,
    Serves,
    Status,
    YesNo,
)

_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_DATE = re.compile(r"(?:\d{4}-)?(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_WEEK = tuple(Day)

Place = Annotated[str, Field(min_length=1, max_length=120)]
"""A place as the page names it."""
Metres = Annotated[int, Field(gt=0, lt=100_000)]
Link = Annotated[str, Field(pattern=r"^https?://", max_length=2000)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _day(text: str) -> Day:
    if text not in _WEEK:
        raise ValueError(f"day {text!r} is none of {', '.join(_WEEK)}")
    return Day(text)


def _days_from(text: str) -> tuple[Day, ...]:
    days: list[Day] = []
    for part in text.split(","):
        begin, dash, end = part.partition("-")
        first = _WEEK.index(_day(begin))
        last = _WEEK.index(_day(end)) if dash else first
        days += [_WEEK[i % 7] for i in range(first, last + 1 if last >= first else last + 8)]
    return tuple(day for day in _WEEK if day in days)


def days_text(days: tuple[Day, ...]) -> str:
    """Shortest OSM spelling: runs of three or more days become ranges."""
    runs: list[list[Day]] = []
    for day in days:
        if runs and _WEEK.index(day) == _WEEK.index(runs[-1][-1]) + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts = [f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(run) for run in runs]
    return ",".join(parts)


class Window(_Frozen):
    """A span of time in which uphill travel is allowed, written ``[DAYS ]FROM-TO``.

    ``days`` empty means every day. ``start`` and ``end`` are ``HH:MM`` in the resort's time zone
    (``00:00`` to ``24:00``) or an :class:`~uphill.vocabulary.Event`; an end before the start is on
    the next day. Raises ``ValueError`` (as pydantic's ``ValidationError``) for anything else.
    """

    days: tuple[Day, ...] = ()
    start: str = "00:00"
    end: str = "24:00"

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        head, _, span = value.strip().rpartition(" ")
        start, dash, end = span.partition("-")
        if not dash:
            raise ValueError(f"window {value!r} is not of the form '[DAYS ]FROM-TO'")
        return {"days": _days_from(head) if head else (), "start": start, "end": end}

    @field_validator("days")
    @classmethod
    def _all_week_is_every_day(cls, days: tuple[Day, ...]) -> tuple[Day, ...]:
        ordered = tuple(day for day in _WEEK if day in days)
        return () if len(ordered) == len(_WEEK) else ordered

    @field_validator("start", "end")
    @classmethod
    def _is_a_time(cls, moment: str) -> str:
        if moment in tuple(Event):
            return str(moment)
        if not _CLOCK.fullmatch(moment):
            raise ValueError(f"time {moment!r} is neither HH:MM nor one of {', '.join(Event)}")
        return moment

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if self.start in {self.end, "24:00"} or self.end == "00:00":
            raise ValueError(f"window {self.start}-{self.end} does not last")
        return self

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls.model_validate(text)

    def __str__(self) -> str:
        days = f"{days_text(self.days)} " if self.days else ""
        return f"{days}{self.start}-{self.end}"

    @model_serializer
    def _as_text(self) -> str:
        return str(self)


class Price(_Frozen):
    """What an uphill product costs; never zero, never a lift ticket."""

    amount: Annotated[
        Decimal,
        Field(gt=0, max_digits=8, decimal_places=2),
        PlainSerializer(
            lambda d: int(d) if d == int(d) else float(d), return_type=int | float, when_used="json"
        ),
    ]
    currency: str
    period: Period = Period.UNKNOWN

    @field_validator("currency")
    @classmethod
    def _is_iso_4217(cls, code: str) -> str:
        currency = pycountry.currencies.get(alpha_3=code)  # found in any case
        if currency is None or currency.alpha_3 != code:
            raise ValueError(f"currency {code!r} is not an ISO 4217 code")
        return code


class Route(_Frozen):
    """A way up, named as the resort names it; ``start`` and ``end`` are its lower and upper end."""

    name: Place
    status: Status = Status.UNKNOWN
    windows: tuple[Window, ...] = ()
    start: Place | None = None
    end: Place | None = None
    length_m: Metres | None = None
    ascent_m: Metres | None = None
    difficulty: Difficulty = Difficulty.UNKNOWN
    serves: Serves = Serves.UNKNOWN

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value


class Parking(_Frozen):
    """Where those who go up park; ``until`` is when the car must be gone, ``HH:MM`` in the resort's zone."""

    place: Place | None = None
    cost: Cost = Cost.UNKNOWN
    until: str | None = None

    @field_validator("until")
    @classmethod
    def _is_a_clock_time(cls, moment: str | None) -> str | None:
        if moment is not None and not _CLOCK.fullmatch(moment):
            raise ValueError(f"time {moment!r} is not HH:MM")
        return moment

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self == type(self).model_construct():
            raise ValueError("parking of which nothing is known")
        return self


class Season(_Frozen):
    """When in the year uphill travel is allowed: ``MM-DD``, ``YYYY-MM-DD`` or a ``SeasonMark``."""

    start: str | None = None
    end: str | None = None

    @field_validator("start", "end")
    @classmethod
    def _is_a_date(cls, moment: str | None) -> str | None:
        if moment is None or moment in tuple(SeasonMark) or _DATE.fullmatch(moment):
            return moment
        raise ValueError(f"{moment!r} is neither MM-DD, YYYY-MM-DD nor one of {', '.join(SeasonMark)}")

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        if self.start is None and self.end is None:
            raise ValueError("a season without start and end")
        return self


class Policy(_Frozen):
    """Every fact that the directory knows of; what a source does not state is unknown or empty."""

    access: Access = Access.UNKNOWN
    status: Status = Status.UNKNOWN
    during_operations: Permission = Permission.UNKNOWN
    outside_operations: Permission = Permission.UNKNOWN
    windows: tuple[Window, ...] = ()
    pass_required: PassRequired = PassRequired.UNKNOWN
    pass_accepts: tuple[Credential, ...] = ()
    pass_cost: Cost = Cost.UNKNOWN
    prices: tuple[Price, ...] = ()
    waiver: Requirement = Requirement.UNKNOWN
    check_in: Requirement = Requirement.UNKNOWN
    designated_routes_only: YesNo = YesNo.UNKNOWN
    routes: tuple[Route, ...] = ()
    dogs: Dogs = Dogs.UNKNOWN
    lights: Gear = Gear.UNKNOWN
    snowshoes: Permission = Permission.UNKNOWN
    foot: Permission = Permission.UNKNOWN
    bikes: Permission = Permission.UNKNOWN
    hotline: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    descent: Descent = Descent.UNKNOWN
    reflective: Gear = Gear.UNKNOWN
    avalanche_gear: Gear = Gear.UNKNOWN
    minors: Minors = Minors.UNKNOWN
    patrol: Patrol = Patrol.UNKNOWN
    penalty: tuple[Penalty, ...] = ()
    parking: Parking | None = None
    season: Season | None = None
    status_url: Link | None = None
    waiver_url: Link | None = None
    pass_url: Link | None = None
    map_url: Link | None = None

    def known(self) -> dict[str, Any]:
        """The facts that are stated: field name to value, in the order of the fields."""
        return {
            name: value
            for name in type(self).model_fields
            if (value := getattr(self, name)) not in (None, (), "unknown")
        }


FACTS: tuple[str, ...] = tuple(Policy.model_fields)
"""Names of all facts, in the order in which they are shown."""

LIST_FACTS = frozenset({"windows", "pass_accepts", "prices", "routes", "penalty"})
"""Facts that are lists; their evidence stands per element."""
