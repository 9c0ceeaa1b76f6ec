"""What an operator can set, as one table; the command line and the README's table are made from it."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from uphill.errors import BadInput
from uphill.map_tiles import attribution_of, tile_template
from uphill.setting_mistakes import sentences
from uphill.setting_sources import (
    DEFAULT,
    FILE_VARIABLE,
    OPTION,
    Origin,
    misspelt_variables,
    read_file,
    settings_file,
    unknown_keys,
    variable,
)
from uphill.subscription import Notify

IN_FILE_ALONE = ("notify",)
"""Settings that are tables, for which a variable is too small."""

_RATE = re.compile(r"[1-9][0-9]{0,8}/(?:second|minute|hour|day)")
_SHORTEST_SECRET = 32

FILE_DESCRIPTION = (
    "path of the settings file; empty: uphill.toml in the folder, else in the platform's folder of settings, "
    "else in /etc/uphill"
)


class Settings(BaseModel):
    """Every setting with its type, default and meaning.

    Each is read from ``UPHILL_<NAME>``, or as ``<name>`` from uphill.toml.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    database_url: str = Field(
        "", description="SQLAlchemy URL of the database; empty: uphill.db in the platform's data folder"
    )
    contact: str = Field(
        "",
        description="address or page by which a resort reaches you; sent in the User-Agent of every request",
    )
    host: str = Field("127.0.0.1", description="address the site is served on")
    port: int = Field(8000, ge=0, le=65535, description="port the site is served on; 0 takes any free one")
    public_url: str = Field(
        "",
        description="the site's own address, such as https://uphill.example, of which absolute links are made; "
        "empty: that of each request",
    )
    workers: int = Field(2, ge=1, le=64, description="processes that serve the site")
    metrics: bool = Field(
        default=False, description="whether the site tells its health at /metrics (Prometheus)"
    )
    trusted_proxies: int = Field(
        0, ge=0, le=10, description="proxies before the site whose X-Forwarded-For and -Proto are believed"
    )
    rate_limits: bool = Field(default=True, description="whether an address that asks too often has to wait")
    limit_pages: str = Field(
        "600/minute", description="pages that one address may ask for; empty: any number"
    )
    limit_queries: str = Field("300/minute", description="searches, feeds and API calls likewise")
    limit_downloads: str = Field("30/minute", description="downloads of all that a search finds likewise")
    limit_reports: str = Field("20/hour", description="reports of mistakes likewise")
    secret_key: SecretStr = Field(
        SecretStr(""),
        description="secret that forms are signed with; empty: one that is made once and kept in the database",
    )
    crawl_every: float = Field(
        5.0, gt=0, le=1440, description="minutes from one look for what is due to be crawled to the next"
    )
    delay: float = Field(2.0, ge=0, description="least seconds between two requests to one site")
    sites: int = Field(64, ge=1, le=256, description="sites crawled side by side")
    timeout: float = Field(20.0, gt=0, description="seconds until a request is given up")
    retries: int = Field(2, ge=0, le=10, description="further tries of a request that failed in passing")
    max_pages: int = Field(12, ge=1, le=200, description="pages fetched of one resort in one visit")
    max_page_bytes: int = Field(10_000_000, ge=1000, description="largest page or PDF that is read, in bytes")
    browser: str = Field(
        "",
        description="path of a Chromium that reads pages which need JavaScript (extra browser); empty: none",
    )
    allow_loopback: bool = Field(
        default=False, description="whether sites on this machine itself may be crawled: for demo and tests"
    )
    map_tiles: str = Field(
        "",
        description="address of the map's tiles, such as https://tiles.example/{z}/{x}/{y}.png; "
        "empty: outlines of the regions, and nothing from elsewhere",
    )
    map_attribution: str = Field(
        "",
        validate_default=True,
        description="whose tiles these are, shown on the map: [words](https://address); needed with map_tiles",
    )
    batch: int = Field(32, ge=1, le=256, description="resorts in one job of a worker (extra cluster)")
    notify: tuple[Notify, ...] = Field(
        (), description="tables of uphill.toml, no variable: who is told of what (see Notifications)"
    )

    @field_validator("*", mode="before")
    @classmethod
    def _true_is_no_number(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, bool) and cls.model_fields[info.field_name or ""].annotation is not bool:
            raise PydanticCustomError("true_or_false", "true and false are no numbers")
        return value

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        try:
            parts = urlsplit(url)
            named = parts.scheme in {"http", "https"} and parts.hostname and not parts.username
        except ValueError:
            named = False
        if url and (not named or parts.query or parts.fragment or url != url.strip()):
            raise ValueError("that is no address of a site; write it as https://uphill.example")
        return url.rstrip("/")

    @field_validator("limit_pages", "limit_queries", "limit_downloads", "limit_reports")
    @classmethod
    def _is_a_rate(cls, rate: str) -> str:
        if rate and not _RATE.fullmatch(rate):
            raise ValueError("that is no rate; write it as 600/minute, or per second, hour or day")
        return rate

    @field_validator("secret_key")
    @classmethod
    def _is_long_enough(cls, secret: SecretStr) -> SecretStr:
        if 0 < len(secret.get_secret_value()) < _SHORTEST_SECRET:
            raise ValueError(f"that is too short; write at least {_SHORTEST_SECRET} characters")
        return secret

    @field_validator("map_tiles")
    @classmethod
    def _names_tiles(cls, url: str) -> str:
        return tile_template(url)

    @field_validator("map_attribution")
    @classmethod
    def _credits_tiles(cls, words: str, info: ValidationInfo) -> str:
        return attribution_of(words, info.data.get("map_tiles", ""))

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


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings in force, where each was written (by name), and the file that was read, if there is one."""

    settings: Settings
    origins: Mapping[str, Origin]
    file: Path | None


def load_settings(environ: Mapping[str, str] = os.environ, **given: Any) -> Settings:
    """Settings in force: those ``given`` go before the environment, and that before uphill.toml.

    ``None`` counts as not given, an empty variable as not set. Raises BadInput with a sentence for each
    mistake there is.
    """
    return configured(environ, **given).settings


def configured(environ: Mapping[str, str] = os.environ, **given: Any) -> Configuration:
    """As ``load_settings``, with the origin of each value."""
    known = Settings.model_fields
    file = settings_file(environ)
    written, mistakes = _written(file)
    mistakes += misspelt_variables(environ, known)
    mistakes += [
        f"{variable(name)} can't be set by a variable; write [[{name}]] tables into uphill.toml."
        for name in IN_FILE_ALONE
        if environ.get(variable(name))
    ]
    values: dict[str, Any] = {}
    origins = dict.fromkeys(known, DEFAULT)
    for name in known:
        if name in written:
            values[name], origins[name] = written[name], Origin("file", str(file))
        if name not in IN_FILE_ALONE and (said := environ.get(variable(name))):
            values[name], origins[name] = said, Origin("environment", variable(name))
        if given.get(name) is not None:
            values[name], origins[name] = given[name], OPTION
    settings, wrong = _checked(values, origins)
    if settings is None or mistakes:
        raise BadInput("\n".join(mistakes + wrong))
    return Configuration(settings, origins, file)


def _written(file: Path | None) -> tuple[dict[str, Any], list[str]]:
    """What the file says, and what is wrong with it as a whole or with its keys."""
    if file is None:
        return {}, []
    try:
        written = read_file(file)
    except BadInput as error:
        return {}, [str(error)]
    return written, unknown_keys(written, Settings.model_fields, file)


def _checked(values: Mapping[str, Any], origins: Mapping[str, Origin]) -> tuple[Settings | None, list[str]]:
    """The settings, or a sentence for each that is wrong."""
    try:
        return Settings.model_validate(values), []
    except ValidationError as error:
        return None, sentences(error.errors(), Settings.model_fields, origins)


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One row of the table of settings, as text. ``name`` is the key in uphill.toml."""

    name: str
    variable: str
    default: str
    description: str


def _default_words(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if value not in ("", (), SecretStr("")) else "(empty)"


def settings_table() -> tuple[SettingRow, ...]:
    """A row for each setting, after one for the file that they can be written in."""
    file = SettingRow("", FILE_VARIABLE, "(empty)", FILE_DESCRIPTION)
    return (
        file,
        *(
            SettingRow(
                name,
                f"[[{name}]]" if name in IN_FILE_ALONE else variable(name),
                _default_words(field.default),
                field.description or "",
            )
            for name, field in Settings.model_fields.items()
        ),
    )
