"""The filters of a search: one entry each, and it is everywhere: site, API, command line, facets.

A filter on a fact is a line of :data:`FILTERS`. Its name is the fact's name; its values are those of the
fact's enum, "not stated" (``unknown``) among them.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, case, func, literal
from sqlalchemy.orm import InstrumentedAttribute

from uphill.db import PolicyVersion
from uphill.vocabulary import Access, Dogs, Gear, Minors, PassRequired, Permission, Requirement, Status
from uphill.wording import label, value_words

_UNKNOWN = literal("unknown")


@dataclass(frozen=True, slots=True)
class Filter:
    """A search by one fact; a resort without a policy counts as unknown."""

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

    def column(self, now: datetime) -> ColumnElement[str]:
        """The fact of the current policy as it is at ``now``, over a query that joins it from the outside."""
        del now  # a standing rule does not expire
        fact: InstrumentedAttribute[StrEnum] = getattr(PolicyVersion, self.name)
        return func.coalesce(fact, _UNKNOWN)

    def clause(self, values: tuple[str, ...], now: datetime) -> ColumnElement[bool]:
        return self.column(now).in_(values)

    def sentence(self, values: tuple[str, ...]) -> str:
        """The filter as people would say it: "Dogs: allowed or on leash"."""
        return f"{self.label}: {' or '.join(map(self.value_label, values))}"


@dataclass(frozen=True, slots=True)
class StatusFilter(Filter):
    """A search by what is announced: one that has expired is unknown, and so is one of a list."""

    def column(self, now: datetime) -> ColumnElement[str]:
        return case((PolicyVersion.status_until > now, PolicyVersion.status), else_=_UNKNOWN)


FILTERS: dict[str, Filter] = {
    each.name: each
    for each in (
        Filter("access", Access),
        Filter("pass_required", PassRequired),
        Filter("waiver", Requirement),
        Filter("during_operations", Permission),
        Filter("dogs", Dogs),
        Filter("snowshoes", Permission),
        Filter("minors", Minors),
        Filter("avalanche_gear", Gear),
        StatusFilter("status", Status),
    )
}
