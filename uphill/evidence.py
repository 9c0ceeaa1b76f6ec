"""Why a fact is believed: the source's own words, or the list it was taken from."""

from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

ROUTE_STATUS = "route_status"
"""The name, beside those of the facts, under which a status page's words on a route's status stand."""


class Evidence(BaseModel):
    """A quote of a page's text: ``text[start:end] == quote``, offsets in characters."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quote: str
    start: int
    end: int

    @model_validator(mode="after")
    def _spans_its_quote(self) -> Self:
        if not self.quote or self.end - self.start != len(self.quote) or self.start < 0:
            raise ValueError(f"evidence {self.start}-{self.end} does not span its quote {self.quote!r}")
        return self

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """The evidence that ``text[start:end]`` is."""
        return cls(quote=text[start:end], start=start, end=end)
