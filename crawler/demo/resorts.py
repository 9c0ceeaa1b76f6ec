"""The invented resorts: ``sites.toml`` and ``pages/`` to sites to serve and facts to expect of them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from crawler.demo.sites import Site, read_pages
from uphill.outcomes import Outcome
from uphill.policy import LIST_FACTS, Policy

_HERE = Path(__file__).parent


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Serving(_Table):
    """How a site behaves: the options of :class:`~crawler.demo.sites.Site` and of its pages.

    ``html_charset`` empty: the Content-Type of HTML pages names none.
    """

    html_charset: str = "utf-8"
    html_suffix: bool = False
    redirects: dict[str, str] = Field(default_factory=dict)
    compressed: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    otherwise: int = 404
    gzip: bool = False
    validators: bool = False
    last_modified: datetime | None = None

    def site(self, slug: str) -> Site:
        pages = read_pages(
            _HERE / "pages" / slug, html_charset=self.html_charset or None, html_suffix=self.html_suffix
        )
        return Site(slug, pages, **self.model_dump(exclude={"html_charset", "html_suffix"}))


class Resort(_Table):
    """One row of ``sites.toml``: what the catalogue knows of a resort, and what a crawl should find.

    ``known_path`` is the policy address that the catalogue is told, which may have moved since;
    ``policy_path`` is where the policy is, on the host ``policy_host`` where that is not the resort's own.
    ``shows`` says in a few words what the site is there for.
    """

    name: str
    country: str
    region: str
    locality: str
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    timezone: str
    language: str = "en"
    shows: str
    outcome: Outcome
    known_path: str | None = None
    policy_path: str | None = None
    policy_host: str | None = None
    status_path: str | None = None
    expect: Policy = Policy()
    serving: Serving = Serving()

    @model_validator(mode="after")
    def _has_a_policy_or_not(self) -> Self:
        if (self.outcome is Outcome.POLICY) != (self.policy_path is not None):
            raise ValueError("policy_path belongs to the outcome 'policy', and to no other")
        return self


class DemoWebFile(_Table):
    """``sites.toml``: ``hosts`` are origins that are no resort's own website."""

    resorts: dict[str, Resort]
    hosts: dict[str, Serving] = Field(default_factory=dict)

    @classmethod
    def read(cls) -> Self:
        return cls.model_validate(tomllib.loads((_HERE / "sites.toml").read_text(encoding="utf-8")))

    def sites(self) -> tuple[Site, ...]:
        """All origins to serve, the resorts' own first, in the file's order."""
        servings = {slug: resort.serving for slug, resort in self.resorts.items()} | self.hosts
        return tuple(serving.site(slug) for slug, serving in servings.items())

    def demo_sites(self, origins: Mapping[str, str]) -> tuple["DemoSite", ...]:
        """The resorts as they are served at ``origins`` (slug to origin without a closing slash)."""
        return tuple(DemoSite.of(slug, resort, origins) for slug, resort in self.resorts.items())


@dataclass(frozen=True, slots=True)
class DemoSite:
    """A resort of the running demo web.

    ``website`` and ``policy_url`` are what the catalogue is told (``policy_url`` None: to be discovered);
    the ``expected_…`` are what a crawl should end with, ``expect`` the facts that it must find. A fact that
    ``expect`` leaves unknown may be stated all the same.
    """

    slug: str
    name: str
    country: str
    region: str
    locality: str
    latitude: float
    longitude: float
    timezone: str
    language: str
    shows: str
    website: str
    policy_url: str | None
    expected_outcome: Outcome
    expected_policy_url: str | None
    expected_status_url: str | None
    expect: Policy

    @classmethod
    def of(cls, slug: str, resort: Resort, origins: Mapping[str, str]) -> Self:
        own = origins[slug]

        def located(path: str | None, origin: str = own) -> str | None:
            return None if path is None else origin + path

        return cls(
            slug=slug,
            website=own + "/",
            policy_url=located(resort.known_path),
            expected_outcome=resort.outcome,
            expected_policy_url=located(resort.policy_path, origins[resort.policy_host or slug]),
            expected_status_url=located(resort.status_path),
            expect=resort.expect,
            **resort.model_dump(
                include={
                    "name",
                    "country",
                    "region",
                    "locality",
                    "latitude",
                    "longitude",
                    "timezone",
                    "language",
                    "shows",
                }
            ),
        )

    def missed(self, found: Policy) -> dict[str, tuple[Any, Any]]:
        """The expected facts that ``found`` lacks or has otherwise: name to (expected, found).

        Of a list every expected element must be there; others may be. Routes count by name and status.
        """
        misses = {}
        for name, expected in self.expect.known().items():
            got = getattr(found, name)
            if name in LIST_FACTS:
                found_ones = [_identity(item) for item in got]
                met = all(_identity(item) in found_ones for item in expected)
            else:
                met = expected == got
            if not met:
                misses[name] = (expected, got)
        return misses


def _identity(item: Any) -> Any:
    """An element of a list fact, without what the demo does not insist on (a route's own windows)."""
    return item.model_copy(update={"windows": ()}) if hasattr(item, "windows") else item
