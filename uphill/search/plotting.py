"""What a search shows on a map: every resort that matches, or where there are too many, how many there are where."""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice, repeat
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


class Spots:
    """Where resorts are, by their positions in an index: degrees, parts of the map's width from its north-western
    corner, and kinds. What did not change since ``before`` is taken from it.
    """

    def __init__(
        self, resorts: tuple[Known, ...], kind_of: Callable[[Known], str], before: "Spots | None" = None
    ) -> None:
        self.resorts = resorts
        if before is not None and len(before.resorts) != len(resorts):
            before = None
        size = len(resorts)
        self.latitudes: list[float] = list(before.latitudes) if before else [0.0] * size
        self.longitudes: list[float] = list(before.longitudes) if before else [0.0] * size
        self.across: list[float] = list(before.across) if before else [0.0] * size
        self.down: list[float] = list(before.down) if before else [0.0] * size
        self.kinds: list[str] = list(before.kinds) if before else [""] * size
        for at, (resort, old) in enumerate(
            zip(resorts, before.resorts if before else repeat(None), strict=False)
        ):
            if resort is not old:
                latitude, longitude = resort.latitude or 0.0, resort.longitude or 0.0
                self.latitudes[at], self.longitudes[at] = latitude, longitude
                self.across[at], self.down[at] = (longitude + 180) / 360, _down(latitude)
                self.kinds[at] = kind_of(resort)

    def extent(self, here: Sequence[int]) -> Area | None:
        if not here:
            return None
        latitudes, longitudes = self.latitudes, self.longitudes
        souths, wests = [latitudes[at] for at in here], [longitudes[at] for at in here]
        return Area(min(wests), min(souths), max(wests), max(souths))


def plot(matched: Matched, area: Area | None, zoom: int, spots: Callable[[], Spots]) -> Plot:
    """``zoom`` is the map's (0: the world in 256 pixels); ``spots`` gives those of the same index."""
    index, found = matched.index, matched.found
    placed = found & ~index.having("degree", ("",))
    unplaced = (found & ~placed).bit_count()
    if placed.bit_count() <= MOST_POINTS:
        here = (index.resorts[at] for at in ordered(matched, matched.query.sort) if placed >> at & 1)
        points = tuple(here)
        return Plot(matched.total, unplaced, _extent(points), whole=True, points=points)
    where = spots()
    everything = list(positions(placed))
    extent = where.extent(everything)
    seen = everything if area is None else _within(index, where, placed, area)
    if len(seen) <= MOST_POINTS:
        points = tuple(index.resorts[at] for at in seen)
        return Plot(matched.total, unplaced, extent, whole=False, points=points)
    return Plot(matched.total, unplaced, extent, whole=False, clusters=_clusters(where, seen, zoom))


def neighbours(index: Index, slug: str, distances: dict[int, float], most: int) -> list[tuple[Known, float]]:
    """Those of ``distances`` (kilometres by position) nearest first, without the resort itself."""
    near = sorted((far, at) for at, far in distances.items() if index.resorts[at].slug != slug)
    return [(index.resorts[at], far) for far, at in islice(near, most)]


def _within(index: Index, where: Spots, placed: int, area: Area) -> list[int]:
    degrees = range(math.floor(area.south), math.floor(area.north) + 1)
    west, south, east, north = area
    latitudes, longitudes = where.latitudes, where.longitudes
    return [
        at
        for at in positions(placed & index.having("degree", map(str, degrees)))
        if south <= latitudes[at] <= north and west <= longitudes[at] <= east
    ]


def _extent(resorts: Sequence[Known]) -> Area | None:
    if not resorts:
        return None
    latitudes = [resort.latitude or 0.0 for resort in resorts]
    longitudes = [resort.longitude or 0.0 for resort in resorts]
    return Area(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def _clusters(where: Spots, seen: list[int], zoom: int) -> tuple[Cluster, ...]:
    """By the cells of a grid, coarser ones if there would be too many."""
    across, down = where.across, where.down
    for coarser in range(zoom, -1, -1):
        cells: dict[tuple[int, int], list[int]] = {}
        size = _TILE * 2**coarser / _CELL
        for at in seen:
            cell = int(down[at] * size), int(across[at] * size)
            inside = cells.get(cell)
            if inside is not None:
                inside.append(at)
            elif len(cells) < MOST_CLUSTERS:
                cells[cell] = [at]
            else:
                break
        else:
            return tuple(_cluster(where, inside) for _, inside in sorted(cells.items()))
    return (_cluster(where, seen),)


def _cluster(where: Spots, inside: list[int]) -> Cluster:
    latitudes = [where.latitudes[at] for at in inside]
    longitudes = [where.longitudes[at] for at in inside]
    return Cluster(
        sum(latitudes) / len(inside),
        sum(longitudes) / len(inside),
        Counter([where.kinds[at] for at in inside]),
        Area(min(longitudes), min(latitudes), max(longitudes), max(latitudes)),
    )


def _down(latitude: float) -> float:
    """How far down Mercator's map a latitude is, as a part of its height."""
    radians = math.radians(max(-_EDGE, min(_EDGE, latitude)))
    return (1 - math.asinh(math.tan(radians)) / math.pi) / 2
