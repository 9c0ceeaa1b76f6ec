"""A directory of invented resorts, as large as wished: seeded, so that each run measures the same."""

import random
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from itertools import islice
from typing import Any

import pycountry
from sqlalchemy import Connection, Engine, Table, func, insert, literal, select, text

from uphill.db import Base
from uphill.db.policies import PolicyVersion
from uphill.db.store import SCALAR_FACTS
from uphill.folding import fold
from uphill.outcomes import Outcome
from uphill.policy import Policy
from uphill.vocabulary import Credential, Origin, SourceKind
from webapp.outlines import outlines

_SEED = 20260117
_BATCH = 5000
_TREES = "Alder Aspen Birch Cedar Cypress Elder Fir Hazel Juniper Larch Linden Maple Oak Pine Rowan Spruce Willow Yew"
_PLACES = "Basin Bowl Butte Crest Dome Fork Gap Glen Hollow Mesa Mountain Notch Pass Peak Ridge Saddle Summit Valley"
_SIZES = "Big Black Broken East Far Great High Little Lone Long Lost New North Old Red Silver South Upper West White"
_ZONES = {
    "US": "America/Denver",
    "CA": "America/Edmonton",
    "AT": "Europe/Vienna",
    "CH": "Europe/Zurich",
    "FR": "Europe/Paris",
}
_WORDED: dict[str, type[StrEnum]] = {
    name: type(getattr(Policy(), name)) for name in SCALAR_FACTS if isinstance(getattr(Policy(), name), StrEnum)
}  # fmt: skip
_SENTENCE = "Skinning up is welcome from {start} on the signed way, with a pass from the desk at the {place}."


def fill(engine: Engine, resorts: int, versions: int, now: datetime) -> None:
    """``resorts`` with a policy in force for four of five, and ``versions`` of policies, most of them superseded.

    The database has to be migrated and empty.
    """
    tables = Base.metadata.tables
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":  # what triggers would do is done once, at the end
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for name, rows in _rows(resorts, now).items():
            _insert(connection, tables[name], rows)
        if engine.dialect.name == "postgresql":
            connection.execute(
                text("INSERT INTO resort_words (rowid, about, rules) SELECT id, search_text, '' FROM resorts")
            )
            _keep_counting(connection, tables)
        _multiply(connection, versions, now)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    found = iter(rows)
    while batch := list(islice(found, _BATCH)):
        connection.execute(insert(table), batch)


def _rows(resorts: int, now: datetime) -> dict[str, list[dict[str, Any]]]:
    """By table, in an order in which none refers to a later one."""
    dice = random.Random(_SEED)  # noqa: S311 - a bench, no secret
    regions = [
        each for each in pycountry.subdivisions if each.country_code in _ZONES and each.parent_code is None
    ]
    found: dict[str, list[dict[str, Any]]] = {
        "regions": [{"code": each.code, "name": each.name, "country": each.country_code} for each in regions]
    }
    for name in (
        "resorts",
        "sources",
        "snapshots",
        "policies",
        "windows",
        "prices",
        "credentials",
        "routes",
        "evidence",
    ):
        found[name] = []
    for number, (name, slug) in enumerate(islice(_names(dice), resorts), 1):
        region = dice.choice(regions)
        found["resorts"].append(_resort(dice, number, name, slug, region))
        if dice.random() < 0.8:
            for table, rows in _policy(dice, number, slug, now).items():
                found[table] += rows
    return found


def _names(dice: random.Random) -> Iterator[tuple[str, str]]:
    seen: dict[str, int] = {}
    while True:
        name = " ".join(dice.choice(words.split()) for words in (_SIZES, _TREES, _PLACES))
        seen[name] = seen.get(name, 0) + 1
        slug = name.lower().replace(" ", "-")
        yield name, slug if seen[name] == 1 else f"{slug}-{seen[name]}"


def _resort(dice: random.Random, number: int, name: str, slug: str, region: Any) -> dict[str, Any]:
    country = region.country_code
    west, south, east, north = _extent(region.code)
    locality = dice.choice(_TREES.split()) + "ton"
    return {
        "id": number, "slug": slug, "name": name, "region_code": region.code, "locality": locality,
        "latitude": dice.uniform(south, north), "longitude": dice.uniform(west, east),
        "timezone": _ZONES[country], "base_m": 1500, "summit_m": 2400, "website": f"https://{slug}.example",
        "openskimap_id": None, "pass_network": dice.choice((None, None, "Ikon", "Epic", "Indy")),
        "search_text": fold(f"{name} {locality} {region.name}"),
    }  # fmt: skip


def _extent(code: str) -> tuple[float, float, float, float]:
    """West, south, east and north of a region; of one without an outline, a part of the Alps."""
    outline = outlines().get(code)
    return outline.extent if outline is not None else (6.0, 45.0, 12.0, 47.0)


def _policy(dice: random.Random, number: int, slug: str, now: datetime) -> dict[str, list[dict[str, Any]]]:
    seen = now - timedelta(hours=dice.randrange(1, 72))
    start = f"{dice.randrange(4, 8):02}:00"
    said = _SENTENCE.format(start=start, place=dice.choice(_PLACES.split()))
    facts = {name: dice.choice(list(words)) for name, words in _WORDED.items()}
    owner = {"policy_id": number, "position": 0}
    return {
        "sources": [
            {"id": number, "resort_id": number, "url": f"https://{slug}.example/uphill", "kind": SourceKind.POLICY,
             "last_checked": seen, "last_outcome": Outcome.POLICY, "failures": 0, "site": f"{slug}.example"}
        ],
        "snapshots": [
            {"id": number, "source_id": number, "fetched_at": seen, "last_seen": None, "content_type": "text/html",
             "text_hash": sha256(said.encode()).hexdigest(), "body_zlib": zlib.compress(said.encode()),
             "text_zlib": zlib.compress(said.encode())}
        ],
        "policies": [
            {"id": number, "resort_id": number, "source_id": number, "origin": Origin.CRAWL, "lang": "en",
             "first_seen": seen - timedelta(days=2), "last_confirmed": seen, "superseded_at": None, **facts}
        ],
        "windows": [{**owner, "days": "", "start": start, "end": "lift_open"}],
        "prices": [{**owner, "amount": dice.randrange(5, 40), "currency": "USD", "period": "day"}],
        "credentials": [{**owner, "credential": dice.choice(list(Credential))}],
        "routes": [{**owner, "name": "Skin Track", "status": "unknown", "difficulty": "unknown", "serves": "unknown"}],
        "evidence": [
            {**owner, "field": name, "source_id": number, "snapshot_id": number,
             "quote": said, "start": 0, "end": len(said)}
            for name, value in facts.items() if value != "unknown"
        ],
    }  # fmt: skip


def _multiply(connection: Connection, versions: int, now: datetime) -> None:
    """Superseded versions, as copies of those in force with an earlier time each."""
    policies = PolicyVersion.__table__
    in_force = connection.scalar(select(text("count(*)")).select_from(policies)) or 1
    copied = [column.name for column in policies.columns if column.name != "id"]
    for back in range(1, -(-versions // in_force)):
        earlier = now - timedelta(days=10 * back)
        moments = {"first_seen": earlier, "last_confirmed": earlier, "superseded_at": earlier}
        columns = [
            literal(moments[name], policies.c[name].type) if name in moments else policies.c[name]
            for name in copied
        ]
        connection.execute(
            insert(policies).from_select(copied, select(*columns).where(policies.c.superseded_at.is_(None)))
        )


def _keep_counting(connection: Connection, tables: Any) -> None:
    """Ids were given; the next ones have to come after them."""
    for name in ("resorts", "sources", "snapshots", "policies"):
        last = select(func.max(tables[name].c.id)).scalar_subquery()
        connection.execute(select(func.setval(func.pg_get_serial_sequence(name, "id"), last)))
