"""All resorts as sets by what they can be searched by: a search and all its counts are a few operations on them.

Resorts stand in the order of their names, so that a set's positions are in that order too.
"""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from uphill.search.bits import mask_of
from uphill.search.filters import FILTERS, Filter, MovingFilter
from uphill.search.known import Known

_Sets = dict[str, dict[str, int]]
_PLACES: dict[str, Callable[[Known], tuple[str, ...]]] = {
    "region": lambda resort: (resort.region,),
    "country": lambda resort: (resort.country,),
    "zone": lambda resort: (resort.timezone or "",),
    "degree": lambda resort: ("" if resort.latitude is None else str(math.floor(resort.latitude)),),
}
_STANDING = tuple(name for name, each in FILTERS.items() if not isinstance(each, MovingFilter))
_MOVING = {name: each for name, each in FILTERS.items() if isinstance(each, MovingFilter)}


@dataclass(frozen=True, slots=True)
class Index:
    """``sets`` maps a filter, ``region``, ``country``, ``zone`` (of time) or ``degree`` (of latitude, whole) to the
    resorts that have each value.

    They hold from ``since`` until ``until``, when time alone may change some of them: those of ``moments``, each with
    a resort's position, and at ``midnight`` any, since seasons begin and end then.
    """

    resorts: tuple[Known, ...]
    position: Mapping[int, int]
    sets: _Sets
    since: datetime
    moments: tuple[tuple[datetime, int], ...]
    midnight: datetime

    @classmethod
    def of(cls, resorts: Iterable[Known], now: datetime) -> "Index":
        ordered = tuple(sorted(resorts, key=_by_name))
        position = {resort.id: at for at, resort in enumerate(ordered)}
        here = list(enumerate(ordered))
        sets = _standing(here, now, len(ordered)) | _moving(here, now, len(ordered))
        return cls(ordered, position, sets, now, tuple(sorted(_moments(here, now))), _midnight(ordered, now))

    @property
    def until(self) -> datetime:
        return min(self.midnight, self.moments[0][0]) if self.moments else self.midnight

    def holds_at(self, now: datetime) -> bool:
        return self.since <= now < self.until

    @property
    def everything(self) -> int:
        return (1 << len(self.resorts)) - 1

    @property
    def with_policy(self) -> int:
        return self.everything & ~self.having("freshness", ("none",))

    def having(self, name: str, values: Iterable[str]) -> int:
        """The resorts that have any of these values."""
        sets, found = self.sets[name], 0
        for value in values:
            found |= sets.get(value, 0)
        return found

    def of_ids(self, ids: Iterable[int]) -> int:
        """The resorts with these ids; one that came after the index was made is not known to it yet."""
        known = self.position
        return mask_of((known[key] for key in ids if key in known), len(self.resorts))

    def at(self, now: datetime) -> "Index":
        """The same resorts as they are at ``now``."""
        if self.holds_at(now):
            return self
        if self.since <= now < self.midnight:
            due = bisect_right(self.moments, now, key=_moment)
            here = [(at, self.resorts[at]) for at in {at for _, at in self.moments[:due]}]
            moved = _moving(here, now, len(self.resorts))
            return replace(self._with(here, moved, self.moments[due:], now), since=now)
        here = list(enumerate(self.resorts))
        return replace(
            self,
            sets=self.sets | _moving(here, now, len(self.resorts)),
            since=now,
            moments=tuple(sorted(_moments(here, now))),
            midnight=_midnight(self.resorts, now),
        )

    def with_changed(self, changed: Iterable[Known], now: datetime) -> "Index | None":
        """The index with resorts as they are now; None where their order changed, so that it has to be made anew."""
        resorts, here = list(self.resorts), []
        for resort in changed:
            at = self.position.get(resort.id)
            if at is None or _by_name(resort) != _by_name(resorts[at]):
                return None
            resorts[at] = resort
            here.append((at, resort))
        size = len(resorts)
        fresh = _standing(here, now, size) | _moving(here, now, size)
        midnight = min(self.midnight, _midnight((resort for _, resort in here), now))
        changed_index = self._with(here, fresh, self.moments, now)
        return replace(changed_index, resorts=tuple(resorts), midnight=midnight)

    def _with(
        self,
        here: list[tuple[int, Known]],
        fresh: _Sets,
        moments: tuple[tuple[datetime, int], ...],
        now: datetime,
    ) -> "Index":
        """The index with these resorts in the ``fresh`` sets instead of where they are; it may look after them once
        more than it has to.
        """
        stay = ~mask_of((at for at, _ in here), len(self.resorts))
        sets = {
            name: {
                value: self.sets[name].get(value, 0) & stay | values.get(value, 0)
                for value in {**self.sets[name], **values}
            }
            for name, values in fresh.items()
        }
        return replace(self, sets=self.sets | sets, moments=tuple(sorted((*moments, *_moments(here, now)))))


def _by_name(resort: Known) -> tuple[str, str]:
    return resort.folded_name, resort.slug


def _standing(here: list[tuple[int, Known]], now: datetime, size: int) -> _Sets:
    places = {name: _sets(here, size, of) for name, of in _PLACES.items()}
    return {name: _by_filter(here, now, size, FILTERS[name]) for name in _STANDING} | places


def _moving(here: list[tuple[int, Known]], now: datetime, size: int) -> _Sets:
    return {name: _by_filter(here, now, size, each) for name, each in _MOVING.items()}


def _by_filter(here: list[tuple[int, Known]], now: datetime, size: int, each: Filter) -> dict[str, int]:
    return _sets(here, size, lambda resort: each.values_of(resort, now))


def _sets(
    here: list[tuple[int, Known]], size: int, values_of: Callable[[Known], tuple[str, ...]]
) -> dict[str, int]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, resort in here:
        for value in values_of(resort):
            found[value].append(at)
    return {str(value): mask_of(places, size) for value, places in found.items()}


def _moments(here: Iterable[tuple[int, Known]], now: datetime) -> Iterator[tuple[datetime, int]]:
    """When values move, and whose."""
    for at, resort in here:
        for each in _MOVING.values():
            if (moment := each.changes_at(resort, now)) is not None:
                yield moment, at


def _moment(of_resort: tuple[datetime, int]) -> datetime:
    return of_resort[0]


def _midnight(resorts: Iterable[Known], now: datetime) -> datetime:
    """The next at any of them; in a day where there is none."""
    clocks = {resort.timezone: resort.where for resort in resorts}
    return min((where.next_midnight(now) for where in clocks.values()), default=now + timedelta(days=1))
