"""A part of the map drawn as SVG, with the outlines of regions and places on it: for readers without a script."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from webapp.outlines import Outline, Place, Ring, outlines

WIDTH, HEIGHT = 480, 300
_MARGIN = 24
_BEYOND = 160
"""How far outlines go on outside of the picture, which is shown in frames of other shapes too."""
_LEAST_DEGREES = 0.8
_LEAST_STEP = 3


@dataclass(frozen=True, slots=True)
class Drawn:
    """An outline as the ``d`` of an SVG path; ``here`` that of the region which the picture is about."""

    path: str
    here: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """Maps places to the picture: Mercator's projection, ``scale`` units a degree of longitude."""

    west: float
    top: float
    scale: float

    def at(self, place: Place) -> tuple[float, float]:
        return (place[0] - self.west) * self.scale, (self.top - _northing(place[1])) * self.scale

    def shows(self, extent: tuple[float, float, float, float]) -> bool:
        """Whether any of what lies within (west, south, east, north) may be drawn."""
        west, south, east, north = extent
        (left, lower), (right, upper) = self.at((west, south)), self.at((east, north))
        return (
            left <= WIDTH + _BEYOND and right >= -_BEYOND and upper <= HEIGHT + _BEYOND and lower >= -_BEYOND
        )


def frame_of(places: Iterable[Place]) -> Frame:
    """Holds all ``places``, in the middle of the picture."""
    longitudes, northings = zip(*((place[0], _northing(place[1])) for place in places), strict=True)
    across, down = max(longitudes) - min(longitudes), max(northings) - min(northings)
    scale = min(
        (WIDTH - 2 * _MARGIN) / max(across, _LEAST_DEGREES),
        (HEIGHT - 2 * _MARGIN) / max(down, _LEAST_DEGREES),
    )
    west = (max(longitudes) + min(longitudes)) / 2 - WIDTH / 2 / scale
    return Frame(west, (max(northings) + min(northings)) / 2 + HEIGHT / 2 / scale, scale)


def frame_of_regions(codes: Iterable[str]) -> Frame | None:
    """Holds these regions or countries; None where no outline of them is known."""
    places = [
        place
        for code in codes
        for outline in _outlines_of(code)
        for place in ((outline.extent[0], outline.extent[1]), (outline.extent[2], outline.extent[3]))
    ]
    return frame_of(places) if places else None


def draw(frame: Frame, about: str) -> tuple[Drawn, ...]:
    """The outlines in the frame, that of the region or country ``about`` last, over its neighbours' borders."""
    return _draw(frame, about)


@lru_cache(maxsize=256)
def _draw(frame: Frame, about: str) -> tuple[Drawn, ...]:
    drawn = []
    for outline in outlines().values():
        if not frame.shows(outline.extent):
            continue
        here = outline.code == about or outline.code.startswith(f"{about}-")
        if path := "".join(_path(ring, frame) for ring in outline.rings):
            drawn.append(Drawn(path, here))
    return tuple(sorted(drawn, key=lambda each: each.here))


def _outlines_of(code: str) -> Iterator[Outline]:
    return (each for each in outlines().values() if each.code == code or each.code.startswith(f"{code}-"))


def _northing(latitude: float) -> float:
    """Degrees from the equator, as far apart as Mercator's projection draws them."""
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))


def _path(ring: Ring, frame: Frame) -> str:
    points = [frame.at(place) for place in ring]
    cut = _cut(points)
    steps: list[tuple[int, int]] = []
    for x, y in cut:
        if not steps or abs(x - steps[-1][0]) + abs(y - steps[-1][1]) >= _LEAST_STEP:
            steps.append((round(x), round(y)))
    if len(steps) < 3:
        return ""
    (x, y), path = steps[0], f"M{steps[0][0]} {steps[0][1]}l"
    moves = []
    for next_x, next_y in steps[1:]:
        moves.append(f"{next_x - x} {next_y - y}")
        x, y = next_x, next_y
    return path + " ".join(moves).replace(" -", "-") + "z"


def _cut(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """What of a polygon is in the picture: Sutherland and Hodgman's way, one side after the other."""
    for axis, limit, sign in (
        (0, -_BEYOND, 1),
        (0, WIDTH + _BEYOND, -1),
        (1, -_BEYOND, 1),
        (1, HEIGHT + _BEYOND, -1),
    ):
        inwards = [sign * (point[axis] - limit) for point in points]
        if not points or max(inwards) < 0:
            return []
        if min(inwards) >= 0:
            continue
        kept: list[tuple[float, float]] = []
        for before, point in zip([points[-1], *points], points, strict=False):
            inside, was_inside = (sign * (each[axis] - limit) >= 0 for each in (point, before))
            if inside != was_inside:
                kept.append(_crossing(before, point, axis, limit))
            if inside:
                kept.append(point)
        points = kept
    return points


def _crossing(
    before: tuple[float, float], point: tuple[float, float], axis: int, limit: float
) -> tuple[float, float]:
    share = (limit - before[axis]) / (point[axis] - before[axis])
    other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
    return (limit, other) if axis == 0 else (other, limit)
