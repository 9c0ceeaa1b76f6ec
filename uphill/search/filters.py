"""The filters of a search: one line each, and it is everywhere: site, API, command line, facets.

A filter on a fact is a line of :data:`FILTERS` and has the fact's name. Its values are those of the fact's enum,
"not stated" (``unknown``) among them; a resort without a policy states nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from babel.lists import format_list

from uphill.language import current_locale
from uphill.language import gettext as _
from uphill.search.answers import Freshness
from uphill.search.first_try import FirstTry, first_try
from uphill.search.freshness import stale_from
from uphill.search.known import Known
from uphill.search.passes import Network, WithPass, counting
from uphill.vocabulary import (
    Access,
    Cost,
    Credential,
    Descent,
    Dogs,
    Gear,
    Minors,
    PassRequired,
    Patrol,
    Penalty,
    Permission,
    Requirement,
    Status,
    YesNo,
)
from uphill.words.wording import label, value_words

UNKNOWN = "unknown"


def any_of(words: Iterable[str]) -> str:
    """``a, b, or c``, in the language in force."""
    return format_list(list(words), style="or", locale=current_locale())


class Stated(StrEnum):
    """Of a fact that has no words of its own to be searched by: whether anything is known of it."""

    STATED = "stated"
    UNKNOWN = UNKNOWN


@dataclass(frozen=True, slots=True)
class Filter:
    """A search by a fact that has one value."""

    name: str
    words: type[StrEnum]

    @property
    def label(self) -> str:
        return label(self.name)

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(self.words)

    def value_label(self, value: str) -> str:
        return value_words(self.name, value)

    def values_of(self, resort: Known, now: datetime) -> tuple[str, ...]:
        """The values by which ``resort`` is found, at least one."""
        del now  # a standing rule does not expire
        return (resort.policy.facts[self.name] if resort.policy is not None else UNKNOWN,)

    def sentence(self, values: tuple[str, ...]) -> str:
        """The filter as people would say it: "Dogs: allowed or on leash"."""
        return _("%(label)s: %(values)s", label=self.label, values=any_of(map(self.value_label, values)))


@dataclass(frozen=True, slots=True)
class ListFilter(Filter):
    """A search by a fact that is a list: a resort is found by each of its elements."""

    @property
    def values(self) -> tuple[str, ...]:
        return (*self.words, UNKNOWN)

    def values_of(self, resort: Known, now: datetime) -> tuple[str, ...]:
        del now
        return (resort.policy.lists.get(self.name) if resort.policy is not None else None) or (UNKNOWN,)


@dataclass(frozen=True, slots=True)
class StatedFilter(Filter):
    """A search by whether a fact is stated at all."""

    words: type[StrEnum] = Stated

    def values_of(self, resort: Known, now: datetime) -> tuple[str, ...]:
        del now
        told = resort.policy is not None and bool(resort.policy.lists.get(self.name))
        return (Stated.STATED if told else Stated.UNKNOWN,)


@dataclass(frozen=True, slots=True)
class NetworkFilter(Filter):
    """A search by the pass network that a resort belongs to."""

    def values_of(self, resort: Known, now: datetime) -> tuple[str, ...]:
        del now
        return (resort.network or UNKNOWN,)


@dataclass(frozen=True, slots=True)
class PassFilter(Filter):
    """A search by a pass that one holds: whether it is enough, or none is needed."""

    def values_of(self, resort: Known, now: datetime) -> tuple[str, ...]:
        del now
        return counting(resort)


@dataclass(frozen=True, slots=True)
class FirstTryFilter(Filter):
    """A search by whether a resort suits a first try, by rules."""

    def values_of(self, resort: Known, now: datetime) -> tuple[str, ...]:
        del now
        return (first_try(resort),)


@dataclass(frozen=True, slots=True)
class MovingFilter(Filter):
    """A search by what time alone changes, without anything being written."""

    def changes_at(self, resort: Known, now: datetime) -> datetime | None:
        """When after ``now`` the value of ``resort`` may be another; seasons, which end at midnight, apart."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class StatusFilter(MovingFilter):
    """A search by what is announced: one that has expired is unknown, and so is one of a list."""

    def values_of(self, resort: Known, now: datetime) -> tuple[str, ...]:
        until = self.changes_at(resort, now)
        return (resort.policy.facts[self.name] if resort.policy is not None and until else UNKNOWN,)

    def changes_at(self, resort: Known, now: datetime) -> datetime | None:
        until = resort.policy.status_until if resort.policy is not None else None
        return until if until is not None and until > now else None


@dataclass(frozen=True, slots=True)
class FreshnessFilter(MovingFilter):
    """A search by how far a policy can be relied on."""

    def values_of(self, resort: Known, now: datetime) -> tuple[str, ...]:
        policy = resort.policy
        if policy is None:
            return (Freshness.NONE,)
        if not policy.is_crawled:
            return (Freshness.LISTED,)
        return (
            Freshness.CHECKED
            if stale_from(policy.last_confirmed, resort.where, now) >= now
            else Freshness.STALE,
        )

    def changes_at(self, resort: Known, now: datetime) -> datetime | None:
        policy = resort.policy
        if policy is None or not policy.is_crawled:
            return None
        ages = stale_from(policy.last_confirmed, resort.where, now)
        return ages if ages >= now else None


FILTERS: dict[str, Filter] = {
    each.name: each
    for each in (
        Filter("access", Access),
        StatusFilter("status", Status),
        Filter("during_operations", Permission),
        Filter("outside_operations", Permission),
        StatedFilter("windows"),
        PassFilter("with_pass", WithPass),
        Filter("pass_required", PassRequired),
        ListFilter("pass_accepts", Credential),
        Filter("pass_cost", Cost),
        StatedFilter("prices"),
        NetworkFilter("network", Network),
        Filter("waiver", Requirement),
        Filter("check_in", Requirement),
        Filter("designated_routes_only", YesNo),
        StatedFilter("routes"),
        FirstTryFilter("first_try", FirstTry),
        Filter("dogs", Dogs),
        Filter("snowshoes", Permission),
        Filter("foot", Permission),
        Filter("bikes", Permission),
        Filter("lights", Gear),
        Filter("reflective", Gear),
        Filter("avalanche_gear", Gear),
        Filter("descent", Descent),
        Filter("minors", Minors),
        Filter("patrol", Patrol),
        ListFilter("penalty", Penalty),
        StatedFilter("parking"),
        FreshnessFilter("freshness", Freshness),
    )
}
