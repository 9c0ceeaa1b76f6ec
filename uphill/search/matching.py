"""Which resorts a query matches, and how many each value of a filter would show under the other filters."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_

from sqlalchemy.orm import Session

from uphill.language import gettext as _
from uphill.language import ngettext
from uphill.regions import country_of, country_order, country_words
from uphill.search.answers import FacetCount, Listing
from uphill.search.bits import first, mask_of
from uphill.search.filters import FILTERS
from uphill.search.index import Index
from uphill.search.openings import Openings, openings_at
from uphill.search.parameters import OPENING_WORDS, Opening
from uphill.search.passes import OF_SEVERAL_RESORTS, TAKEN_FOR_GRANTED
from uphill.search.prices import PERIODS, costing_at_most
from uphill.search.query import Query
from uphill.search.words import Texts, texts_of


@dataclass(frozen=True, slots=True)
class Matched:
    """The resorts that each parameter of a query leaves, by its name; ``found`` by all of them.

    ``distances`` are kilometres by position, ``openings`` who is open at the time that was asked for.
    """

    query: Query
    index: Index
    masks: Mapping[str, int]
    texts: Texts | None = None
    distances: Mapping[int, float] | None = None
    openings: Openings | None = None

    @property
    def found(self) -> int:
        return self.under_others("")

    @property
    def total(self) -> int:
        return self.found.bit_count()

    def under_others(self, name: str) -> int:
        """What all parameters but ``name`` leave."""
        others = (mask for key, mask in self.masks.items() if key != name)
        return reduce(and_, others, self.index.everything)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What has to be known to read the results right."""
        said = [self.texts.correction.sentence] if self.texts is not None and self.texts.correction else []
        if self.openings is not None and not self.openings.worked_out:
            said.append(_("Hours of that time have not been worked out yet"))
        elif self.openings is not None:
            silent = self.under_others("open") & self.index.having("windows", ("unknown",))
            count = (silent & ~self.index.having("access", ("prohibited",))).bit_count()
            said += (
                [ngettext("Of %(num)s more no hours are known", "Of %(num)s more no hours are known", count)]
                if count
                else []
            )
        if not OF_SEVERAL_RESORTS.isdisjoint(self.query.facts.get("with_pass", ())):
            said.append(_(TAKEN_FOR_GRANTED))
        return tuple(said)

    def told(self, at: int, listing: Listing) -> Listing:
        """The resort at this position, with what it tells because of what was asked."""
        told: dict[str, object] = {}
        if self.distances is not None:
            told["distance_km"] = round(self.distances[at], 1)
        if self.openings is not None:
            told["open_then"] = Opening.OPEN if self.openings.sure >> at & 1 else Opening.POSSIBLY
        return listing.model_copy(update=told) if told else listing

    def facets(self) -> dict[str, tuple[FacetCount, ...]]:
        """The values of each filter with their counts; of opening hours where a time was asked for."""
        found, facets = self.found, {"region": tuple(self._regions())}
        for name, each in FILTERS.items():
            here = self.under_others(name) if name in self.masks else found
            sets, chosen = self.index.sets[name], self.query.facts.get(name, ())
            facets[name] = tuple(
                FacetCount(
                    value=value,
                    label=each.value_label(value),
                    count=(here & sets.get(value, 0)).bit_count(),
                    selected=value in chosen,
                )
                for value in each.values
            )
        if self.openings is not None:
            facets["open"] = tuple(self._openings(self.openings))
        return facets

    def _regions(self) -> Iterator[FacetCount]:
        """Countries, each followed by its regions."""
        here, sets, resorts = self.under_others("region"), self.index.sets, self.index.resorts
        inside: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
        for code, of_region in sets["region"].items():
            if found := of_region & here:
                inside[country_of(code)].append((resorts[first(found)].region_name, code, found))
        for country in sorted(inside, key=country_order):
            yield self._region(country, country_words(country), here & sets["country"][country])
            for name, code, found in sorted(inside[country]):
                yield self._region(code, name, found)

    def _region(self, code: str, name: str, mask: int) -> FacetCount:
        return FacetCount(value=code, label=name, count=mask.bit_count(), selected=code in self.query.region)

    def _openings(self, openings: Openings) -> Iterator[FacetCount]:
        here = self.under_others("open")
        for value, mask in ((Opening.OPEN, openings.sure), (Opening.POSSIBLY, openings.possible)):
            yield FacetCount(
                value=value,
                label=_(OPENING_WORDS[value]),
                count=(here & mask).bit_count(),
                selected=value in self.query.opening,
            )


def match(session: Session, index: Index, query: Query, now: datetime) -> Matched:
    """Raises BadFilter for a time of which nothing is known."""
    masks = {name: index.having(name, values) for name, values in query.facts.items()}
    if query.region:
        masks["region"] = index.having("region", query.region) | index.having("country", query.region)
    texts = distances = openings = None
    if query.text:
        texts = texts_of(session, index, query.text)
        masks["text"] = texts.found
    if query.near is not None:
        distances = query.near.distances(index)
        masks["near"] = mask_of(distances, len(index.resorts))
    if query.at is not None or query.opening:
        openings = openings_at(session, index, query.at, now)
        wanted = {Opening.OPEN: openings.sure, Opening.POSSIBLY: openings.possible}
        masks["open"] = reduce(lambda all_, value: all_ | wanted[Opening(value)], query.opening or wanted, 0)
    for name, periods in PERIODS.items():
        if (most := getattr(query, name)) is not None:
            masks[name] = costing_at_most(index, most, periods, query.currency)
    return Matched(query, index, masks, texts, distances, openings)
