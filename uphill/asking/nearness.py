"""Places to be near: "near Denver", "50 km um Innsbruck", "Annecy 30 km"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from uphill.asking.gazetteer import Town, gazetteer
from uphill.asking.lexicon import Lexicon, Regions, place_name
from uphill.asking.names import Named, Names
from uphill.asking.tries import Readable
from uphill.regions import country_of
from uphill.search.places import DEFAULT_KM, MAX_KM, Near, kilometres

_LONGEST_NAME = 10
_OTHERS = 4
_SMALL_TOWN = 2000
"""People of a town that is known by its slopes alone."""
_KM_A_MILE = 1.609344
_NUMBER = re.compile(r"(\d{1,4})([a-z]*)")


@dataclass(frozen=True, slots=True)
class Nearness:
    """What is said up to ``end``: a place, or a region that was asked for like one, or (neither) no known place.

    ``others`` are further places of the name. ``by_time``: how far was said as the time that the way takes.
    """

    end: int
    near: Near | None = None
    others: tuple[Near, ...] = ()
    region: Regions | None = None
    read_as: tuple[str, ...] = ()
    by_time: bool = False


@dataclass(frozen=True, slots=True)
class _Radius:
    end: int
    km: int
    by_time: bool = False


@dataclass(frozen=True, slots=True)
class _Spot:
    said: str
    region: str
    latitude: float
    longitude: float
    weight: float


@dataclass(frozen=True, slots=True)
class _Place:
    end: int
    spots: tuple[_Spot, ...]
    read_as: tuple[str, ...] = ()


class Around:
    """Reads the places of one question. ``asked`` are its words; those of names are not mended."""

    def __init__(self, asked: Sequence[Readable], lexicon: Lexicon, names: Names) -> None:
        self._asked = asked
        self._lexicon = lexicon
        self._names = names
        self._pulls: dict[_Spot, float] = {}
        self._has_radius = any(self._radius(i) is not None for i in range(len(asked)))

    def says_here(self, start: int) -> int:
        """Where "near me" at ``start`` ends; 0 where it is not said."""
        return self._after(start, "here") or 0

    def at(self, start: int) -> Nearness | None:
        """What is said at ``start``; without near and region where a place is asked for that nobody knows."""
        before = self._after(start, "before")
        if before is not None:
            return self._after_near(before)
        if not self._has_radius:
            return None
        within = self._after(start, "within")
        if (radius := self._radius(start if within is None else within)) is not None:
            of = self._after(radius.end, "of")
            place = self._place(of) if of is not None else None
            return self._near(place, radius) if place is not None else None
        place = self._place(start, mend=False)
        behind = self._radius(self._region_after(place)[1]) if place is not None else None
        return self._near(place) if place is not None and behind is not None and not behind.by_time else None

    def whole(self, *, mend: bool = False) -> Near | None:
        """The place that all the words together are the name of, its region and a radius included."""
        start = self._after(0, "before") or 0
        place = self._place(start, mend=mend) if start < len(self._asked) else None
        found = self._near(place) if place is not None else None
        return found.near if found is not None and found.end == len(self._asked) else None

    def _after_near(self, start: int) -> Nearness:
        radius = self._radius(start)
        if radius is not None:
            start = self._after(radius.end, "of") or radius.end
        while start < len(self._asked) and not self._knows(start) and self._vanishes(start):
            start += 1
        place = self._place(start)
        region = self._lexicon.senses.longest(self._asked, start)
        if region is not None and isinstance(region.values[0], Regions):
            codes = region.values[0].codes
            if place is None or (
                place.end <= region.end and not any(_lies_in(spot.region, codes) for spot in place.spots)
            ):
                return Nearness(region.end, region=region.values[0], read_as=region.read_as)
        if place is None:
            return Nearness(start)
        return self._near(place, radius)

    def _near(self, place: _Place, radius: _Radius | None = None) -> Nearness:
        spots, end = self._region_after(place)
        if radius is None and (behind := self._radius(end)) is not None and not behind.by_time:
            radius, end = behind, behind.end
        ranked = spots
        if len(spots) > 1:
            ranked = tuple(sorted(spots, key=lambda spot: (-self._pull(spot), spot.said, spot.region)))
        radius_km = DEFAULT_KM if radius is None else radius.km
        best, *others = (Near.at(spot.latitude, spot.longitude, radius_km, spot.said) for spot in ranked)
        by_time = radius is not None and radius.by_time
        return Nearness(end, best, tuple(others[:_OTHERS]), read_as=place.read_as, by_time=by_time)

    def _region_after(self, place: _Place) -> tuple[tuple[_Spot, ...], int]:
        """The spots in the region that is named behind the place, and where that ends: "Burlington, VT"."""
        codes: tuple[str, ...] = ()
        end = place.end
        if end < len(self._asked):
            found = self._lexicon.senses.longest(self._asked, end)
            if found is not None and isinstance(found.values[0], Regions):
                codes, end = found.values[0].codes, found.end
            elif (code := self._lexicon.codes.get(self._asked[end].word)) is not None:
                codes, end = (code,), end + 1
        inside = tuple(spot for spot in place.spots if _lies_in(spot.region, codes))
        return (inside, end) if inside else (place.spots, place.end)

    def _place(self, start: int, *, mend: bool = True) -> _Place | None:
        for end in range(min(len(self._asked), start + _LONGEST_NAME), start, -1):
            name = " ".join(each.word for each in self._asked[start:end])
            if spots := self._spots(name):
                return _Place(end, spots)
        for end in range(min(len(self._asked), start + 3), start, -1) if mend else ():
            name = " ".join(each.word for each in self._asked[start:end])
            mended = gazetteer().mended(name) if name not in self._names.words else None
            if mended is not None:
                return _Place(end, self._spots(mended), (mended,))
        return None

    def _spots(self, name: str) -> tuple[_Spot, ...]:
        """Resorts of the name alone, where there are any; else towns and the places at resorts' feet."""
        resorts = tuple(
            spot for each in self._names.resorts.find(name.split()) if (spot := _of_resort(each, each.name))
        )
        if resorts:
            return resorts
        known = gazetteer().find(name)
        first = tuple(town for town in known if town.folded == name)
        towns = tuple(
            map(_of_town, first or known)
        )  # what some language calls so only where nothing is so named
        feet = [
            spot
            for each in self._names.localities.get(name, ())
            if (spot := _of_resort(each, each.locality)) and not any(_same(spot, town) for town in towns)
        ]
        return (*towns, *{(spot.said, spot.region): spot for spot in reversed(feet)}.values())

    def _pull(self, spot: _Spot) -> float:
        """Larger towns, and far more those nearer to a resort, are what skiers mean: Jackson is in Wyoming."""
        if spot not in self._pulls:
            here = (spot.latitude, spot.longitude)
            nearest = min((kilometres(*here, *point) for point in self._names.points), default=0.0)
            self._pulls[spot] = spot.weight / (nearest + 10) ** 3
        return self._pulls[spot]

    def _radius(self, start: int) -> _Radius | None:
        """How far, said at ``start``: at least 1 km, at most ``MAX_KM``."""
        match = _NUMBER.fullmatch(self._asked[start].word) if start < len(self._asked) else None
        if match is None:
            return None
        number, suffix = match.groups()
        end = start + 1
        if suffix:
            kinds: tuple[str, ...] = self._lexicon.around.find((suffix,))
        else:
            found = self._lexicon.around.longest(self._asked, end)
            kinds, end = (found.values, found.end) if found is not None else ((), end)
        if "km" in kinds or "miles" in kinds:
            length = int(number) * (1 if "km" in kinds else _KM_A_MILE)
            return _Radius(end, max(1, min(MAX_KM, round(length))))
        return _Radius(end, DEFAULT_KM, by_time=True) if "drive" in kinds else None

    def _after(self, start: int, kind: str) -> int | None:
        found = self._lexicon.around.longest(self._asked, start) if start < len(self._asked) else None
        return found.end if found is not None and kind in found.values else None

    def _vanishes(self, i: int) -> bool:
        return self._asked[i].word in self._lexicon.vanishing

    def _knows(self, i: int) -> bool:
        return self._place(i, mend=False) is not None


def _lies_in(region: str, codes: tuple[str, ...]) -> bool:
    return bool(region) and (region in codes or country_of(region) in codes)


def _of_resort(each: Named, name: str) -> _Spot | None:
    if each.latitude is None or each.longitude is None:
        return None
    said = f"{name} ({place_name(each.region)})" if each.region else name
    return _Spot(said, each.region, each.latitude, each.longitude, _SMALL_TOWN)


def _of_town(town: Town) -> _Spot:
    return _Spot(town.said, town.region, town.latitude, town.longitude, max(town.population, _SMALL_TOWN))


def _same(spot: _Spot, town: _Spot) -> bool:
    return spot.region == town.region
