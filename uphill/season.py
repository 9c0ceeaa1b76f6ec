"""When it is winter at a resort, and what its clock says: both follow from where it lies."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from uphill.regions import country_of


class Season(NamedTuple):
    """First day (month, day) of a season, and the first day after it."""

    begins: tuple[int, int]
    ends: tuple[int, int]


NORTHERN = Season((11, 1), (6, 1))
SOUTHERN = Season((6, 1), (11, 1))
_SOUTHERN_COUNTRIES = frozenset({"AQ", "AR", "AU", "BO", "BR", "CL", "FK", "LS", "NZ", "PE", "UY", "ZA"})


@dataclass(frozen=True, slots=True)
class Location:
    """Where a resort is: ISO 3166-2 region, latitude in degrees, IANA time zone, as far as they are known.

    The latitude decides the hemisphere, without it the country. Without a time zone the clock is UTC.
    """

    region: str
    latitude: float | None = None
    timezone: str | None = None

    @property
    def season(self) -> Season:
        if self.latitude is not None:
            return NORTHERN if self.latitude >= 0 else SOUTHERN
        return SOUTHERN if country_of(self.region) in _SOUTHERN_COUNTRIES else NORTHERN

    @property
    def zone(self) -> tzinfo:
        return ZoneInfo(self.timezone) if self.timezone else UTC

    def in_season(self, now: datetime) -> bool:
        """Whether the resort's local date at ``now`` (aware) lies in its season."""
        begins, ends = self.season
        local = now.astimezone(self.zone)
        today = local.month, local.day
        return begins <= today < ends if begins < ends else not ends <= today < begins

    def next_season(self, now: datetime) -> date:
        """First day of the season that begins after the resort's local date at ``now`` (aware)."""
        today = now.astimezone(self.zone).date()
        first_day = date(today.year, *self.season.begins)
        return first_day if first_day > today else first_day.replace(year=today.year + 1)

    def next_midnight(self, now: datetime) -> datetime:
        """When the resort's local date at ``now`` (aware) ends, as UTC: no season begins or ends before."""
        return self.at(now.astimezone(self.zone).date() + timedelta(days=1), time())

    def at(self, day: date, clock: time) -> datetime:
        """A moment of the resort's clock, as UTC."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC)
