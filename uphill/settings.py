"""What an operator can set, as one table; the command line and the README's table are made from it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from uphill.errors import BadInput

PREFIX = "UPHILL_"


class Settings(BaseModel):
    """Every setting with its type, default and meaning; each is read from ``UPHILL_<NAME>``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    database_url: str = Field(
        "", description="SQLAlchemy URL of the database; empty: uphill.db in the platform's data folder"
    )
    contact: str = Field(
        "",
        description="address or page by which a resort reaches you; sent in the User-Agent of every request",
    )
    host: str = Field("127.0.0.1", description="address the site is served on")
    port: int = Field(8000, ge=0, le=65535, description="port the site is served on; 0 takes any free one")
    workers: int = Field(2, ge=1, le=64, description="processes that serve the site")
    delay: float = Field(2.0, ge=0, description="least seconds between two requests to one site")
    sites: int = Field(16, ge=1, le=256, description="sites crawled side by side")
    timeout: float = Field(20.0, gt=0, description="seconds until a request is given up")
    retries: int = Field(2, ge=0, le=10, description="further tries of a request that failed in passing")
    max_pages: int = Field(12, ge=1, le=200, description="pages fetched of one resort in one visit")
    max_page_bytes: int = Field(10_000_000, ge=1000, description="largest page or PDF that is read, in bytes")

    @property
    def sqlalchemy_url(self) -> str:
        """The database's URL, with psycopg 3 as the driver for PostgreSQL."""
        url = self.database_url or f"sqlite:///{default_database()}"
        for scheme in ("postgresql://", "postgres://"):
            if url.startswith(scheme):
                return "postgresql+psycopg://" + url.removeprefix(scheme)
        return url


def default_database() -> Path:
    """Path of the embedded database in the platform's data folder, which is made if need be."""
    return platformdirs.user_data_path("uphill", ensure_exists=True) / "uphill.db"


def load_settings(environ: Mapping[str, str] = os.environ, **given: Any) -> Settings:
    """Settings from the environment, overridden by what was ``given`` (``None`` counts as not given).

    Raises BadInput with a sentence for each value that can't be used.
    """
    known = Settings.model_fields
    values: dict[str, Any] = {
        name: environ[PREFIX + name.upper()] for name in known if environ.get(PREFIX + name.upper())
    }
    values |= {name: value for name, value in given.items() if value is not None}
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        mistakes = (
            f"{PREFIX}{str(mistake['loc'][0]).upper()} is {mistake['input']!r}: {mistake['msg']}"
            for mistake in error.errors()
        )
        raise BadInput("; ".join(mistakes)) from error


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One row of the table of settings, as text."""

    variable: str
    default: str
    description: str


def settings_table() -> tuple[SettingRow, ...]:
    return tuple(
        SettingRow(PREFIX + name.upper(), str(field.default) or "(empty)", field.description or "")
        for name, field in Settings.model_fields.items()
    )
