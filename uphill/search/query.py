"""What is searched for: parsed once, for the site, the API and the command line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from uphill.errors import BadFilter
from uphill.language import N_
from uphill.language import gettext as _
from uphill.regions import country_words, region_name
from uphill.search import parameters
from uphill.search.filters import FILTERS, any_of
from uphill.search.parameters import MAX_PAGE, MAX_SIZE, OPENING_WORDS, Sort, whole_number
from uphill.search.places import DEFAULT_KM, MAX_KM, Near
from uphill.words.dates import clock, day, weekday
from uphill.words.units import distance_words

PRICES = {
    "price_max": N_("At most %(amount)s %(currency)s a day or visit"),
    "season_max": N_("At most %(amount)s %(currency)s a season"),
}
"""Limits of prices, in words. Amounts are compared in one currency alone."""

PARAMETERS = (
    "text", "region", *FILTERS, "near", "km", "at", "open", *PRICES, "currency", "sort", "page", "size",
)  # fmt: skip


class Query(BaseModel):
    """A search. ``facts`` maps the name of a filter to the values wanted; ``region`` holds country or
    ISO 3166-2 codes. Values of one filter widen the search, filters narrow it.

    ``at`` is a time of each resort's own clocks, without a zone: who may be gone up then, by the stated hours.
    ``opening`` (the parameter ``open``) narrows that to what is sure, or to what hinges on the lifts; without
    ``at`` it asks for now. Prices are amounts of ``currency``; without one they are not compared.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = ""
    region: tuple[str, ...] = ()
    facts: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    near: Near | None = None
    at: datetime | None = None
    opening: tuple[str, ...] = ()
    price_max: Decimal | None = None
    season_max: Decimal | None = None
    currency: str | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = 25

    @classmethod
    def parse(cls, values: Mapping[str, Sequence[str]]) -> Self:
        """From parameters as a URL has them; a value may also be a list joined by commas.

        Of a parameter that takes one value the last counts. Raises BadFilter for an unknown parameter or value; the
        error names the values allowed.
        """
        given: dict[str, Any] = {}
        facts: dict[str, tuple[str, ...]] = {}
        for name, raw in values.items():
            if name not in PARAMETERS:
                raise BadFilter(
                    name,
                    _(
                        "There is no filter %(name)s. Try one of: %(allowed)s.",
                        name=repr(name),
                        allowed=", ".join(PARAMETERS),
                    ),
                    PARAMETERS,
                )
            if name in FILTERS:
                facts |= {name: words} if (words := parameters.choices(name, raw)) else {}
            elif name in _LISTS:
                attribute, read_all = _LISTS[name]
                given[attribute] = read_all(raw)
            elif last := next((word.strip() for word in reversed(raw) if word.strip()), ""):
                given[name] = _READERS[name](last)
        km = given.pop("km", DEFAULT_KM)
        if (near := given.get("near")) is not None:
            given["near"] = replace(near, km=km)
        query = cls(facts=facts, **given)
        if query.currency is None and (query.price_max is not None or query.season_max is not None):
            raise BadFilter(
                "currency",
                _("A price is compared with those in one currency alone: say which, such as currency=USD."),
            )
        return query

    def parameters(self) -> list[tuple[str, str]]:
        """The query as URL parameters, in a fixed order, defaults left out; :meth:`parse` reads them back."""
        pairs = [(part_name, value) for part_name, value in self.narrowing()]
        if self.near is not None and self.near.km != DEFAULT_KM:
            pairs.append(("km", str(self.near.km)))
        pairs += [("currency", self.currency)] if self.currency else []
        pairs += [("sort", str(self.sort))] if self.sort is not Sort.RELEVANCE else []
        pairs += [("page", str(self.page))] if self.page != 1 else []
        pairs += [("size", str(self.size))] if self.size != type(self).model_fields["size"].default else []
        return pairs

    def narrowing(self) -> list[tuple[str, str]]:
        """The values that leave resorts out, each with the name of its parameter; the text first."""
        pairs = [("text", self.text)] if self.text else []
        pairs += [("region", code) for code in self.region]
        pairs += [(name, value) for name in FILTERS for value in self.facts.get(name, ())]
        pairs += [("near", self.near.value)] if self.near is not None else []
        pairs += [("at", self.at.isoformat(timespec="minutes"))] if self.at is not None else []
        pairs += [("open", value) for value in self.opening]
        return pairs + [(name, f"{most:f}") for name in PRICES if (most := getattr(self, name)) is not None]

    def without(self, name: str, value: str | None = None) -> Self:
        """The query less one filter, or less one value of it; from its first page on."""
        if name in FILTERS:
            kept = tuple(each for each in self.facts.get(name, ()) if value is not None and each != value)
            facts = {key: values for key, values in self.facts.items() if key != name}
            return self.model_copy(update={"page": 1, "facts": facts | ({name: kept} if kept else {})})
        attribute = {"open": "opening", "km": "near"}.get(name, name)
        if attribute in {"region", "opening"}:
            kept = tuple(each for each in getattr(self, attribute) if value is not None and each != value)
            return self.model_copy(update={"page": 1, attribute: kept})
        gone = {attribute: type(self).model_fields[attribute].default}
        if name == "currency":
            gone |= dict.fromkeys(PRICES)
        return self.model_copy(update={"page": 1, **gone})

    def sentences(self) -> list[str]:
        """The filters in force as people would say them."""
        said = [_("Text: %(text)s", text=self.text)] if self.text else []
        said += [_("Region: %(codes)s", codes=any_of(self.region))] if self.region else []
        said += [FILTERS[name].sentence(values) for name, values in self.facts.items()]
        return said + [
            self.sentence_of(name, value)
            for name, value in self.narrowing()
            if name not in {"text", "region", *FILTERS}
        ]

    def sentence_of(self, name: str, value: str) -> str:
        """One value of :meth:`narrowing` as people would say it: ``Dogs: on leash``."""
        if name in FILTERS:
            return FILTERS[name].sentence((value,))
        if name in PRICES:
            return _(PRICES[name], amount=value, currency=self.currency)
        if name == "region":
            return region_name(value) if "-" in value else country_words(value)
        said: str = {
            "text": f"“{value}”",
            "near": self._around(),
            "at": self._time(),
            "open": self._opening(value),
        }[name]
        return said[:1].upper() + said[1:]

    def _around(self) -> str:
        if self.near is None:
            return ""
        return _(
            "within %(distance)s of %(place)s", distance=distance_words(self.near.km), place=self.near.place
        )

    def _time(self) -> str:
        if self.at is None:
            return ""
        time = clock(60 * self.at.hour + self.at.minute)
        return _(
            "open on %(day)s at %(time)s, local time", day=f"{weekday(self.at)} {day(self.at)}", time=time
        )

    def _opening(self, value: str) -> str:
        words = _(OPENING_WORDS[value]) if value in OPENING_WORDS else ""
        return words if self.at is not None else _("%(open)s, now", open=words)


def _last(words: str) -> str:
    """The last one of a list joined by commas."""
    return words.rpartition(",")[2].strip()


_LISTS: dict[str, tuple[str, Callable[[Sequence[str]], Any]]] = {
    "text": ("text", parameters.text_of),
    "region": ("region", parameters.region_codes),
    "open": ("opening", parameters.openings),
}
_READERS: dict[str, Callable[[str], Any]] = {
    "near": Near.parse,
    "km": lambda word: whole_number("km", _last(word), MAX_KM),
    "at": parameters.local_time,
    "price_max": lambda word: parameters.amount("price_max", word),
    "season_max": lambda word: parameters.amount("season_max", word),
    "currency": lambda word: parameters.currency(_last(word)),
    "sort": lambda word: parameters.sort(_last(word)),
    "page": lambda word: whole_number("page", _last(word), MAX_PAGE),
    "size": lambda word: whole_number("size", _last(word), MAX_SIZE),
}
