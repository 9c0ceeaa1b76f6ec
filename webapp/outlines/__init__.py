"""Outlines of the regions, from ``static/map/outlines.json``, which :mod:`webapp.outlines.make` makes.

The file is a TopoJSON topology: borders are arcs that neighbours share, each a list of steps on a grid. Browsers draw
it as the ground of the map, with the towns of ``static/map/towns.json``; here it is read for pictures that need no
script.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

ASSET = "map/outlines.json"
TOWNS = "map/towns.json"
SOURCE = "Natural Earth"
SOURCE_URL = "https://www.naturalearthdata.com/"
TOWNS_SOURCE = "GeoNames"
TOWNS_SOURCE_URL = "https://www.geonames.org/"
_FILE = Path(__file__).parent.parent / "static" / ASSET

Place = tuple[float, float]
"""Longitude and latitude in degrees (WGS 84)."""
Ring = tuple[Place, ...]


@dataclass(frozen=True)
class Outline:
    """A region by its ISO 3166-2 code, ``at`` a place inside of it. The last place of a ring is its first."""

    code: str
    name: str
    at: Place
    rings: tuple[Ring, ...]

    @cached_property
    def extent(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        longitudes = [longitude for ring in self.rings for longitude, _ in ring]
        latitudes = [latitude for ring in self.rings for _, latitude in ring]
        return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


@cache
def outlines() -> Mapping[str, Outline]:
    """By code."""
    topology = json.loads(_FILE.read_text(encoding="utf-8"))
    arcs = tuple(_arc(steps, topology["transform"]) for steps in topology["arcs"])
    regions = topology["objects"]["regions"]["geometries"]
    return {
        region["id"]: Outline(
            region["id"],
            region["properties"]["name"],
            tuple(region["properties"]["at"]),
            tuple(_ring(indices, arcs) for indices in _indices(region)),
        )
        for region in regions
    }


def _arc(steps: list[list[int]], transform: Mapping[str, Any]) -> Ring:
    (across, up), (west, south) = transform["scale"], transform["translate"]
    columns = accumulate(step[0] for step in steps)
    rows = accumulate(step[1] for step in steps)
    return tuple(
        (west + column * across, south + row * up) for column, row in zip(columns, rows, strict=True)
    )


def _indices(region: Mapping[str, Any]) -> list[list[int]]:
    polygons = region["arcs"] if region["type"] == "MultiPolygon" else [region["arcs"]]
    return [ring for polygon in polygons for ring in polygon]


def _ring(indices: list[int], arcs: tuple[Ring, ...]) -> Ring:
    """Arcs end to end; a negative index means one that is walked backwards."""
    places: list[Place] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        places += arc[1:] if places else arc
    return tuple(places)
