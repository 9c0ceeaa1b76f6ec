"""Regions as a reader picks them: a country, then its states."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from uphill.errors import NotFound
from uphill.language import gettext
from uphill.search.answers import FacetCount, RegionCount
from webapp.cards import Card
from webapp.marks import Mark


@dataclass(frozen=True, slots=True)
class CountryFacet:
    """A country as a value of the region filter, with its states beneath; ``open`` where one is chosen."""

    country: FacetCount
    states: tuple[FacetCount, ...]

    @property
    def open(self) -> bool:
        return any(state.selected for state in self.states)


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its regions."""

    code: str
    name: str
    regions: tuple[RegionCount, ...]

    @property
    def resorts(self) -> int:
        return sum(region.resorts for region in self.regions)

    @property
    def with_policy(self) -> int:
        return sum(region.with_policy for region in self.regions)


def countries_of(facets: Iterable[FacetCount]) -> tuple[CountryFacet, ...]:
    """The values of the region filter, states under their countries; most resorts first."""
    values = tuple(facets)
    countries = [facet for facet in values if "-" not in facet.value]
    return tuple(
        CountryFacet(country, tuple(facet for facet in values if facet.value.startswith(f"{country.value}-")))
        for country in countries
    )


def by_country(regions: Sequence[RegionCount]) -> tuple[Country, ...]:
    """Countries with most resorts first, their regions by name."""
    codes = dict.fromkeys((region.country, region.country_name) for region in regions)
    countries = [
        Country(
            code,
            name,
            tuple(sorted((one for one in regions if one.country == code), key=lambda region: region.name)),
        )
        for code, name in codes
    ]
    return tuple(sorted(countries, key=lambda country: -country.resorts))


def by_access(cards: Iterable[Card]) -> dict[Mark, tuple[Card, ...]]:
    """Resorts by their mark, those that allow most first; each list in the order given, none of them empty."""
    known = tuple(cards)
    found = {mark: tuple(card for card in known if card.mark is mark) for mark in Mark}
    return {mark: inside for mark, inside in found.items() if inside}


def unknown_region(code: str, countries: Iterable[Country]) -> NotFound:
    known = ", ".join(country.code for country in countries)
    return NotFound(
        gettext(
            "Region %(code)s is not known. Try one of the countries %(known)s, or a state such as US-CO.",
            code=code,
            known=known,
        )
    )
