"""How far it is: a place to search around, and the resorts within reach of it."""

import math
import re
from dataclasses import dataclass
from typing import Self

from uphill.errors import BadFilter
from uphill.language import gettext
from uphill.search.bits import positions
from uphill.search.index import Index

DEFAULT_KM = 100
MAX_KM = 500
_EARTH_KM = 6371.0
_KM_OF_A_DEGREE = _EARTH_KM * math.pi / 180
_LONGEST = 160
_LONGEST_NAME = 80
_PLACE = re.compile(
    r"\s*(?P<latitude>-?\d{1,2}(?:\.\d{1,12})?)\s*[, ]"
    r"\s*(?P<longitude>-?\d{1,3}(?:\.\d{1,12})?)(?:[, ]\s*(?P<name>.*))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Near:
    """Within ``km`` kilometres of a place, in degrees (WGS 84), rounded to 0.01: about a kilometre.

    Where somebody is stays as coarse as the search needs it. ``name`` is what the place was called.
    """

    latitude: float
    longitude: float
    km: int = DEFAULT_KM
    name: str = ""

    @classmethod
    def parse(cls, text: str, km: int = DEFAULT_KM) -> Self:
        """From ``39.74,-104.99``, which a name may follow. Raises BadFilter."""
        match = _PLACE.fullmatch(text) if len(text) <= _LONGEST else None
        latitude, longitude = (float(match["latitude"]), float(match["longitude"])) if match else (91, 181)
        name = " ".join((match["name"] or "").split()) if match else ""
        named = name.isprintable() and len(name) <= _LONGEST_NAME
        if match is None or abs(latitude) > 90 or abs(longitude) > 180 or not named:
            raise BadFilter(
                "near",
                gettext(
                    "near can't be %(word)s. Write latitude and longitude in degrees: 39.74,-104.99",
                    word=repr(text[:_LONGEST_NAME]),
                ),
            )
        return cls.at(latitude, longitude, km, name)

    @classmethod
    def at(cls, latitude: float, longitude: float, km: int = DEFAULT_KM, name: str = "") -> Self:
        """A place known to be one; its name is cut to what an address may hold."""
        shown = " ".join("".join(letter for letter in name if letter.isprintable()).split())
        rounded = round(latitude, 2) + 0.0, round(longitude, 2) + 0.0  # no -0.00
        return cls(*rounded, km, shown[:_LONGEST_NAME].rstrip())

    @property
    def value(self) -> str:
        """As :meth:`parse` reads it, without the distance."""
        where = f"{self.latitude:.2f},{self.longitude:.2f}"
        return f"{where} {self.name}" if self.name else where

    @property
    def place(self) -> str:
        """What it is called: its name, or where it is."""
        return self.name or f"{self.latitude:.2f}, {self.longitude:.2f}"

    def distances(self, index: Index) -> dict[int, float]:
        """Kilometres as the crow flies to each resort within reach, by its position."""
        reach = self.km / _KM_OF_A_DEGREE
        degrees = range(math.floor(self.latitude - reach), math.floor(self.latitude + reach) + 1)
        found = {}
        for at in positions(index.having("degree", map(str, degrees))):
            resort = index.resorts[at]
            if resort.latitude is None or resort.longitude is None:
                continue
            far = kilometres(self.latitude, self.longitude, resort.latitude, resort.longitude)
            if far <= self.km:
                found[at] = far
        return found


def kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Along the great circle between two places in degrees."""
    here, there = math.radians(latitude), math.radians(other_latitude)
    half_up = math.sin((there - here) / 2) ** 2
    half_along = math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    chord = half_up + math.cos(here) * math.cos(there) * half_along
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, chord)))
