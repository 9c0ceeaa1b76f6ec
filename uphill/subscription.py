"""Who is told of what: one ``[[notify]]`` table of uphill.toml."""

import hashlib
import re
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from uphill.errors import BadInput
from uphill.regions import country_name, region_name

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Topic(StrEnum):
    """What a subscription can be told of; the members' order is that of the documentation."""

    RUN_FAILED = "run_failed"
    RESORT_CHANGED = "resort_changed"
    REGION_CHANGED = "region_changed"
    UNHEALTHY = "unhealthy"
    REPORT = "report"


def _apprise_url(url: str) -> str:
    # Apprise takes a quarter of a second to import: only those wait for it who use it.
    from uphill.notify.sending import is_usable  # noqa: PLC0415

    if not is_usable(url):
        raise ValueError("is no URL that Apprise knows, such as mailto://user:password@example.org")
    return url


def _slug(slug: str) -> str:
    if not _SLUG.fullmatch(slug):
        raise ValueError("is no resort's slug, such as howelsen-hill")
    return slug


def _region(code: str) -> str:
    try:
        region_name(code) if "-" in code else country_name(code)
    except BadInput as error:
        raise ValueError("is no ISO 3166 region or country, such as US-CO or AT") from error
    return code


def address(url: str) -> str:
    """The URL's name in the database and in the log: its kind and a digest, since the rest may be a password."""
    return f"{kind_of(url)[:40]}:{hashlib.sha256(url.encode()).hexdigest()[:16]}"


def kind_of(url: str) -> str:
    return url.partition(":")[0].lower()


class Notify(BaseModel):
    """``urls``: where to, as Apprise writes it. ``on``: what of. A limit that is empty leaves nothing out.

    ``regions`` are ISO 3166-2 regions and ISO 3166-1 countries. Neither limit touches what operators are told.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    urls: tuple[Annotated[str, AfterValidator(_apprise_url)], ...] = Field(min_length=1)
    on: tuple[Topic, ...] = Field(min_length=1)
    resorts: tuple[Annotated[str, AfterValidator(_slug)], ...] = ()
    regions: tuple[Annotated[str, AfterValidator(_region)], ...] = ()

    @model_validator(mode="after")
    def _limits_have_their_topic(self) -> Self:
        for limit, topic in (("resorts", Topic.RESORT_CHANGED), ("regions", Topic.REGION_CHANGED)):
            if getattr(self, limit) and topic not in self.on:
                raise ValueError(f'names {limit}, but its "on" lacks "{topic}"; add that, or leave them out')
        return self
