"""What a search has to know of each resort, read in as few queries as there are tables."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session

from uphill.db import (
    PolicyCredential,
    PolicyPenalty,
    PolicyPrice,
    PolicyRoute,
    PolicyVersion,
    PolicyWindow,
    Region,
    Resort,
)
from uphill.db.store import PART_FACTS, SCALAR_FACTS
from uphill.folding import fold
from uphill.policy import Policy
from uphill.season import Location
from uphill.vocabulary import Origin

_WORDED = tuple(name for name in SCALAR_FACTS if getattr(Policy(), name) is not None)
HOURS_OF_ROUTES = ("of a route",)
"""What stands for the hours of a policy that has none but those of its routes."""

_SIMPLE_LISTS: dict[str, tuple[type[Any], InstrumentedAttribute[Any]]] = {
    "pass_accepts": (PolicyCredential, PolicyCredential.credential),
    "penalty": (PolicyPenalty, PolicyPenalty.penalty),
    "windows": (PolicyWindow, PolicyWindow.days),
    "routes": (PolicyRoute, PolicyRoute.name),
    "prices": (PolicyPrice, PolicyPrice.currency),
}


class KnownPrice(NamedTuple):
    amount: Decimal
    currency: str
    period: str


@dataclass(frozen=True, slots=True)
class KnownPolicy:
    """A current policy. ``facts`` holds those that are words of the vocabulary, ``lists`` the elements of others."""

    origin: str
    last_confirmed: datetime
    as_of: str | None
    status_until: datetime | None
    facts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prices: tuple[KnownPrice, ...] = ()

    @property
    def is_crawled(self) -> bool:
        return self.origin == Origin.CRAWL


@dataclass(frozen=True, slots=True)
class Known:
    """A resort; ``words`` are those that tell what and where it is, folded as ``folded_name`` is."""

    id: int
    slug: str
    name: str
    region: str
    region_name: str
    country: str
    latitude: float | None
    longitude: float | None
    timezone: str | None
    network: str | None
    folded_name: str
    words: str
    policy: KnownPolicy | None

    @property
    def where(self) -> Location:
        return Location(self.region, self.latitude, self.timezone)


def known_resorts(session: Session, only: Collection[int] | None = None) -> list[Known]:
    """All resorts of the directory, or those of ``only`` (by id) that are there, in no order."""
    lists, prices = _lists(session, only), _prices(session, only)
    return [_known(row, lists, prices) for row in session.execute(_resorts(only))]


def _resorts(only: Collection[int] | None) -> Select[*tuple[Any, ...]]:
    facts = [_text(getattr(PolicyVersion, name)).label(name) for name in _WORDED]
    parts = [
        _text(getattr(PolicyVersion, f"{name}_{part}")).label(f"{name}_{part}")
        for name, whole in PART_FACTS.items()
        for part in whole.model_fields
    ]
    query = (
        select(
            Resort.id,
            Resort.slug,
            Resort.name,
            Resort.region_code,
            Region.name.label("region_name"),
            Region.country,
            Resort.latitude,
            Resort.longitude,
            Resort.timezone,
            Resort.pass_network,
            Resort.search_text,
            PolicyVersion.id.label("policy_id"),
            _text(PolicyVersion.origin).label("origin"),
            PolicyVersion.last_confirmed,
            PolicyVersion.as_of,
            PolicyVersion.status_until,
            *facts,
            *parts,
        )
        .join(Region, Region.code == Resort.region_code)
        .outerjoin(
            PolicyVersion,
            (PolicyVersion.resort_id == Resort.id) & PolicyVersion.superseded_at.is_(None),
        )
    )
    return query if only is None else query.where(Resort.id.in_(only))


def _text(column: InstrumentedAttribute[Any]) -> ColumnElement[str]:
    """A word as it is stored: making members of enums of them would take longer than all the rest."""
    return type_coerce(column, String)


def _known(
    row: Any, lists: Mapping[int, dict[str, tuple[str, ...]]], prices: Mapping[int, tuple[KnownPrice, ...]]
) -> Known:
    policy = None
    if row.policy_id is not None:
        told = row._mapping  # noqa: SLF001 - SQLAlchemy's documented way to a row's values by name
        elements = lists.get(row.policy_id, {})
        for name, whole in PART_FACTS.items():
            stated = tuple(part for part in whole.model_fields if told[f"{name}_{part}"] is not None)
            elements = elements | {name: stated} if stated else elements
        policy = KnownPolicy(
            origin=row.origin,
            last_confirmed=row.last_confirmed,
            as_of=row.as_of,
            status_until=row.status_until,
            facts={name: told[name] for name in _WORDED},
            lists=elements,
            prices=prices.get(row.policy_id, ()),
        )
    return Known(
        id=row.id,
        slug=row.slug,
        name=row.name,
        region=row.region_code,
        region_name=row.region_name,
        country=row.country,
        latitude=row.latitude,
        longitude=row.longitude,
        timezone=row.timezone,
        network=row.pass_network,
        folded_name=fold(row.name),
        words=row.search_text,
        policy=policy,
    )


def _lists(session: Session, only: Collection[int] | None) -> dict[int, dict[str, tuple[str, ...]]]:
    """The elements of list facts, by policy. Hours of a route are hours too, as are those of the whole."""
    found: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for name, (table, column) in _SIMPLE_LISTS.items():
        query = _current(select(table.policy_id, _text(column)), table.policy_id, only)
        for policy_id, element in session.execute(query.distinct()):
            found[policy_id][name] = (*found[policy_id].get(name, ()), element)
    of_routes = select(PolicyRoute.policy_id).join(PolicyWindow, PolicyWindow.route_id == PolicyRoute.id)
    for policy_id in session.scalars(_current(of_routes, PolicyRoute.policy_id, only).distinct()):
        found[policy_id].setdefault("windows", HOURS_OF_ROUTES)
    return found


def _prices(session: Session, only: Collection[int] | None) -> dict[int, tuple[KnownPrice, ...]]:
    query = select(
        PolicyPrice.policy_id, PolicyPrice.amount, PolicyPrice.currency, _text(PolicyPrice.period)
    ).order_by(PolicyPrice.id)
    found: dict[int, tuple[KnownPrice, ...]] = {}
    rows = session.execute(_current(query, PolicyPrice.policy_id, only))
    for policy_id, amount, currency, period in rows:
        found[policy_id] = (*found.get(policy_id, ()), KnownPrice(amount, currency, period))
    return found


def _current(
    query: Select[*tuple[Any, ...]], policy_id: InstrumentedAttribute[Any], only: Collection[int] | None
) -> Select[*tuple[Any, ...]]:
    query = query.join(PolicyVersion, PolicyVersion.id == policy_id).where(
        PolicyVersion.superseded_at.is_(None)
    )
    return query if only is None else query.where(PolicyVersion.resort_id.in_(only))
