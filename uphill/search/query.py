"""What is searched for: parsed once, for the site, the API and the command line."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Self

import pycountry
from pydantic import BaseModel, ConfigDict, Field

from uphill.errors import BadFilter
from uphill.search.filters import FILTERS

MAX_TEXT = 200
MAX_SIZE = 200
_MAX_PAGE = 100_000


class Sort(StrEnum):
    """``POLICY``: resorts with a known policy first, then by name."""

    POLICY = "policy"
    NAME = "name"
    REGION = "region"
    FRESHNESS = "freshness"


class Query(BaseModel):
    """A search. ``facts`` maps the name of a filter to the values wanted; ``region`` holds country or
    ISO 3166-2 codes. Values of one filter widen the search, filters narrow it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = ""
    region: tuple[str, ...] = ()
    facts: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    sort: Sort = Sort.POLICY
    page: int = 1
    size: int = 25

    @classmethod
    def parse(cls, values: Mapping[str, Sequence[str]]) -> Self:
        """From parameters as a URL has them; a value may also be a list joined by commas.

        Raises BadFilter for an unknown parameter or value; the error names the values allowed.
        """
        given: dict[str, Any] = {"facts": {}}
        for name, raw in values.items():
            words = tuple(
                dict.fromkeys(part.strip() for text in raw for part in text.split(",") if part.strip())
            )
            if name == "text":
                given[name] = _text(raw)
            elif name in FILTERS:
                if words:
                    given["facts"][name] = _choices(name, words)
            elif name == "region":
                given[name] = tuple(dict.fromkeys(map(region_code, words)))
            elif name == "sort":
                given |= {name: _sort(words[-1])} if words else {}
            elif name in {"page", "size"}:
                most = MAX_SIZE if name == "size" else _MAX_PAGE
                given |= {name: whole_number(name, words[-1], most)} if words else {}
            else:
                raise BadFilter(
                    name, f"There is no filter {name!r}. Try one of: {', '.join(PARAMETERS)}.", PARAMETERS
                )
        return cls(**given)

    def parameters(self) -> list[tuple[str, str]]:
        """The query as URL parameters, in a fixed order, defaults left out; :meth:`parse` reads them back."""
        pairs = [("text", self.text)] if self.text else []
        pairs += [("region", code) for code in self.region]
        pairs += [(name, value) for name in FILTERS for value in self.facts.get(name, ())]
        pairs += [("sort", str(self.sort))] if self.sort is not Sort.POLICY else []
        pairs += [("page", str(self.page))] if self.page != 1 else []
        pairs += [("size", str(self.size))] if self.size != type(self).model_fields["size"].default else []
        return pairs

    def without(self, name: str, value: str | None = None) -> Self:
        """The query less one filter, or less one value of it; from its first page on."""
        if name in FILTERS:
            kept = tuple(each for each in self.facts.get(name, ()) if value is not None and each != value)
            facts = {key: values for key, values in self.facts.items() if key != name}
            return self.model_copy(update={"page": 1, "facts": facts | ({name: kept} if kept else {})})
        if name == "region":
            kept = tuple(each for each in self.region if value is not None and each != value)
            return self.model_copy(update={"page": 1, "region": kept})
        return self.model_copy(update={"page": 1, name: type(self).model_fields[name].default})

    def sentences(self) -> list[str]:
        """The filters in force as people would say them."""
        said = [f"Text: {self.text}"] if self.text else []
        said += [f"Region: {' or '.join(self.region)}"] if self.region else []
        return said + [FILTERS[name].sentence(values) for name, values in self.facts.items()]


PARAMETERS = ("text", "region", *FILTERS, "sort", "page", "size")


def _text(raw: Sequence[str]) -> str:
    text = " ".join(" ".join(raw).split())
    if len(text) > MAX_TEXT:
        raise BadFilter("text", f"The text is {len(text)} characters long; at most {MAX_TEXT} are searched.")
    return text


def _choices(name: str, words: tuple[str, ...]) -> tuple[str, ...]:
    allowed = FILTERS[name].values
    for word in words:
        if word not in allowed:
            raise BadFilter(name, f"{name} can't be {word!r}. Try one of: {', '.join(allowed)}.", allowed)
    return words


def region_code(word: str) -> str:
    """A country or ISO 3166-2 code, in capitals. Raises BadFilter."""
    code = word.upper()
    if pycountry.subdivisions.get(code=code) is None and pycountry.countries.get(alpha_2=code) is None:
        raise BadFilter(
            "region",
            f"Region {word} is not known. Try a code such as US-CO, CA-QC or AT-7, or a country: CH.",
        )
    return code


def _sort(word: str) -> Sort:
    if word not in tuple(Sort):
        raise BadFilter(
            "sort", f"Results can't be sorted by {word!r}. Try one of: {', '.join(Sort)}.", tuple(Sort)
        )
    return Sort(word)


def whole_number(name: str, word: str, most: int) -> int:
    """The value of the parameter ``name``, from 1 to ``most``. Raises BadFilter."""
    if not (word.isascii() and word.isdigit() and len(word) <= len(str(most)) and 1 <= int(word) <= most):
        raise BadFilter(name, f"{name} must be a whole number from 1 to {most}, not {word!r}.")
    return int(word)
