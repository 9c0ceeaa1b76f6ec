"""The filters of a search: one entry each, and it is everywhere: site, API, command line, facets.

A filter on a fact is a line of :data:`FILTERS`. Its name is the fact's name; its values are those of the
fact's enum, "not stated" (``unknown``) among them.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, func, literal_column
from sqlalchemy.orm import InstrumentedAttribute

from uphill.db import PolicyVersion
from uphill.vocabulary import Access, Dogs, Gear, Minors, PassRequired, Permission, Requirement, Status
from uphill.wording import label, value_words

# not a bound value: PostgreSQL would take the column selected and the column grouped by for two
_UNKNOWN: ColumnElement[str] = literal_column("'unknown'")


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

    @property
    def column(self) -> ColumnElement[str]:
        """The fact of the current policy, over a query that joins it from the outside."""
        fact: InstrumentedAttribute[StrEnum] = getattr(PolicyVersion, self.name)
        return func.coalesce(fact, _UNKNOWN)

    def clause(self, values: tuple[str, ...]) -> ColumnElement[bool]:
        return self.column.in_(values)

    def sentence(self, values: tuple[str, ...]) -> str:
        """The filter as people would say it: "Dogs: allowed or on leash"."""
        return f"{self.label}: {' or '.join(map(self.value_label, values))}"


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
        Filter("status", Status),
    )
}
