"""Races as pages show them: each with its kind and where it is held."""

from collections.abc import Iterable
from dataclasses import dataclass

from uphill.language import N_
from uphill.language import gettext as _
from uphill.races import Race, RaceKind
from uphill.regions import country_words, region_name

RACE_KINDS: dict[RaceKind, str] = {
    RaceKind.SERIES: N_("a series of races"),
    RaceKind.RACE: N_("a race"),
    RaceKind.FEDERATION: N_("a federation with its calendar"),
}


@dataclass(frozen=True, slots=True)
class RaceShown:
    """A race; ``places`` are the regions that it is held in, as far as the page does not say so already."""

    name: str
    kind: RaceKind
    url: str
    as_of: str
    fetched: bool
    places: str


def shown(races: Iterable[Race], within: str = "") -> tuple[RaceShown, ...]:
    """For the page of the place ``within`` (a region or country), or for all the world."""
    return tuple(
        RaceShown(race.name, race.kind, race.url, race.as_of, race.fetched, _places(race, within))
        for race in races
    )


def _places(race: Race, within: str) -> str:
    """Where it is held: all regions, or on the page of one of them the others."""
    names = ", ".join(_place_name(code) for code in race.regions if code != within)
    return _("also %(places)s", places=names) if names and within in race.regions else names


def _place_name(code: str) -> str:
    return region_name(code) if "-" in code else country_words(code)
