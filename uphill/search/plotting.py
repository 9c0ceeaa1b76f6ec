"""What a search shows on a map: every resort that matches, or where there are too many, how many there are where."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple, Self

from uphill.errors import BadFilter
from uphill.search.bits import positions
from uphill.search.index import Index
from uphill.search.known import Known
from uphill.search.matching import Matched
from uphill.search.ordering import ordered

MOST_POINTS = 2000
"""Resorts that are named one by one in one answer; 110 kB of JSON."""

MOST_CLUSTERS = 600
MAX_ZOOM = 18
_CELL = 64
"""Side of a cell whose resorts are shown as one, in pixels."""

_TILE = 256
_EDGE = math.degrees(math.atan(math.sinh(math.pi)))
"""Latitude at which the map ends."""

_NUMBER = r"(-?\d{1,3}(?:\.\d{1,9})?)"
_AREA = re.compile(rf"{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER}", re.ASCII)


class Area(NamedTuple):
    """A part of the map, in degrees (WGS 84); it does not cross the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def parse(cls, text: str) -> Self:
        """From ``-109.1,37,-102,41``: west, south, east, north. Raises BadFilter."""
        match = _AREA.fullmatch(text)
        west, south, east, north = map(float, match.groups()) if match else (0.0, 1.0, 0.0, -1.0)
        if west > east or south > north:
            raise BadFilter(
                "bbox",
                f"bbox can't be {text[:60]!r}. Write west, south, east and north in degrees: -109.1,37,-102,41.",
            )
        return cls(west, south, east, north)

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


class Cluster(NamedTuple):
    """Resorts close to each other: their middle, how many of each kind, and where they lie."""

    latitude: float
    longitude: float
    kinds: Counter[str]
    extent: Area


@dataclass(frozen=True, slots=True)
class Plot:
    """``total`` resorts match, of ``unplaced`` of which nobody knows where they are; the others lie in ``extent``.

    A ``whole`` plot has all of them as ``points``, in the order of the search. Else it shows the area asked for alone,
    by points or, where they are too many, by clusters.
    """

    total: int
    unplaced: int
    extent: Area | None
    whole: bool
    points: tuple[Known, ...] = ()
    clusters: tuple[Cluster, ...] = ()


def plot(matched: Matched, area: Area | None, zoom: int, kind_of: Callable[[Known], str]) -> Plot:
    """``zoom`` is the map's (0: the world in 256 pixels); ``kind_of`` tells resorts apart in clusters."""
    index, found = matched.index, matched.found
    placed = found & ~index.having("degree", ("",))
    unplaced = (found & ~placed).bit_count()
    if placed.bit_count() <= MOST_POINTS:
        here = (index.resorts[at] for at in ordered(matched, matched.query.sort) if placed >> at & 1)
        points = tuple(here)
        return Plot(matched.total, unplaced, _extent(points), whole=True, points=points)
    everything = [index.resorts[at] for at in positions(placed)]
    extent = _extent(everything)
    seen = list(_within(index, placed, area)) if area is not None else everything
    if len(seen) <= MOST_POINTS:
        return Plot(matched.total, unplaced, extent, whole=False, points=tuple(seen))
    return Plot(matched.total, unplaced, extent, whole=False, clusters=_clusters(seen, zoom, kind_of))


def neighbours(index: Index, slug: str, distances: dict[int, float], most: int) -> list[tuple[Known, float]]:
    """Those of ``distances`` (kilometres by position) nearest first, without the resort itself."""
    near = sorted((far, at) for at, far in distances.items() if index.resorts[at].slug != slug)
    return [(index.resorts[at], far) for far, at in islice(near, most)]


def _within(index: Index, placed: int, area: Area) -> Iterator[Known]:
    degrees = range(math.floor(area.south), math.floor(area.north) + 1)
    for at in positions(placed & index.having("degree", map(str, degrees))):
        resort = index.resorts[at]
        if area.holds(*_place(resort)):
            yield resort


def _place(resort: Known) -> tuple[float, float]:
    """Of a resort that has one: latitude and longitude."""
    return resort.latitude or 0.0, resort.longitude or 0.0


def _extent(resorts: "list[Known] | tuple[Known, ...]") -> Area | None:
    if not resorts:
        return None
    latitudes, longitudes = zip(*map(_place, resorts), strict=True)
    return Area(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def _clusters(resorts: list[Known], zoom: int, kind_of: Callable[[Known], str]) -> tuple[Cluster, ...]:
    """By the cells of a grid, coarser ones if there would be too many."""
    for coarser in range(zoom, -1, -1):
        cells: dict[tuple[int, int], list[Known]] = {}
        across = _TILE * 2**coarser / _CELL
        for resort in resorts:
            cells.setdefault(_cell(*_place(resort), across), []).append(resort)
            if len(cells) > MOST_CLUSTERS:
                break
        else:
            return tuple(_cluster(inside, kind_of) for _, inside in sorted(cells.items()))
    return (_cluster(resorts, kind_of),)


def _cell(latitude: float, longitude: float, across: float) -> tuple[int, int]:
    """Row and column of a place, on a map (Mercator's) that is ``across`` cells wide."""
    radians = math.radians(max(-_EDGE, min(_EDGE, latitude)))
    down = (1 - math.asinh(math.tan(radians)) / math.pi) / 2
    return int(down * across), int((longitude + 180) / 360 * across)


def _cluster(resorts: list[Known], kind_of: Callable[[Known], str]) -> Cluster:
    places = [_place(resort) for resort in resorts]
    extent = _extent(resorts) or Area(0, 0, 0, 0)
    return Cluster(
        sum(latitude for latitude, _ in places) / len(places),
        sum(longitude for _, longitude in places) / len(places),
        Counter(map(kind_of, resorts)),
        extent,
    )
