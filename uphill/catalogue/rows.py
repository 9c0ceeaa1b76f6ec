"""Rows of the shipped catalogue: ``resorts.csv`` and ``aliases.csv``."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from uphill.errors import BadInput, BadRow
from uphill.regions import country_of, region_name


class CatalogueRow(BaseModel):
    """One resort: coordinates in degrees (WGS 84), elevations in metres, ``region`` an ISO 3166-2 code."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)
    name: str = Field(min_length=1, max_length=200)
    country: str
    region: str
    locality: str | None = None
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)
    timezone: str | None = Field(None, max_length=64)
    base_m: int | None = Field(None, ge=-500, le=9000)
    summit_m: int | None = Field(None, ge=-500, le=9000)
    website: str | None = Field(None, pattern=r"^https?://\S+$")
    policy_url: str | None = Field(None, pattern=r"^https?://\S+$")
    openskimap_id: str | None = Field(None, max_length=64)
    pass_network: str | None = Field(None, max_length=64)

    @field_validator("region")
    @classmethod
    def _is_iso_3166_2(cls, code: str) -> str:
        try:
            region_name(code)
        except BadInput as error:
            raise ValueError(str(error)) from error
        return code

    def model_post_init(self, context: Any) -> None:
        del context
        if country_of(self.region) != self.country:
            raise ValueError(f"region {self.region} is not in country {self.country}")


class AliasRow(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    region: str
    alias: str = Field(min_length=1, max_length=200)
    slug: str


def sentence_of(error: ValidationError) -> str:
    """What is wrong with a row, in one line: each column with its value and the rule it breaks."""
    return "; ".join(
        f"{'.'.join(map(str, mistake['loc'])) or 'row'} is {mistake['input']!r}: {mistake['msg']}"
        for mistake in error.errors()
    )


def _rows(file: TextIO) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(file, restkey="surplus cells")
    for row in reader:
        yield reader.line_num, {name: value or None for name, value in row.items()}


def read_resorts(path: Path) -> Iterator[CatalogueRow | BadRow]:
    """The resorts of a CSV file; a row that can't be used comes as a BadRow with its line."""
    with path.open(newline="", encoding="utf-8") as file:
        for line, row in _rows(file):
            try:
                yield CatalogueRow.model_validate(row)
            except ValidationError as error:
                yield BadRow(line, sentence_of(error))


def read_aliases(path: Path) -> Iterator[tuple[int, AliasRow] | BadRow]:
    """The other names of resorts with their lines; a row that can't be used comes as a BadRow."""
    with path.open(newline="", encoding="utf-8") as file:
        for line, row in _rows(file):
            try:
                yield line, AliasRow.model_validate(row)
            except ValidationError as error:
                yield BadRow(line, sentence_of(error))
