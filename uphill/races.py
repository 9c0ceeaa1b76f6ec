"""Races on skis with skins, by region: the lines of ``data/races.toml``."""

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from uphill.regions import country_of


class RaceKind(StrEnum):
    SERIES = "series"
    RACE = "race"
    FEDERATION = "federation"


class Race(BaseModel):
    """A race, a series of them, or whose calendar has them. ``regions`` empty: held in many countries.

    ``fetched`` tells whether its link was ever opened; dates and rules are the organiser's alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=80)
    kind: RaceKind
    regions: tuple[str, ...]
    url: Annotated[str, Field(pattern=r"^https://")]
    source: str
    as_of: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
    fetched: bool


@cache
def races() -> tuple[Race, ...]:
    """All races, in the order of the file."""
    written = files("uphill").joinpath("data", "races.toml").read_text(encoding="utf-8")
    return tuple(Race.model_validate(row) for row in tomllib.loads(written)["race"])


def races_in(code: str) -> tuple[Race, ...]:
    """Those of a country (``US``), or of a region (``US-CO``) with those of its whole country; local ones first."""
    inside = [race for race in races() if any(_is_in(region, code) for region in race.regions)]
    return tuple(sorted(inside, key=lambda race: country_of(code) in race.regions))


def _is_in(region: str, code: str) -> bool:
    return region == code or country_of(code) == region or country_of(region) == code
