"""What the jobs of a worker work with."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeAlias

from sqlalchemy.orm import Session, sessionmaker

from uphill.cluster import child
from uphill.cluster.leasing import SiteLeases
from uphill.cluster.pace import Pace
from uphill.settings import Settings

Crawl: TypeAlias = Callable[[Sequence[str], SiteLeases, Pace], Awaitable[int]]
"""Visits resorts by their slugs while the leases hold; returns an exit code."""


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Means:
    settings: Settings
    sessions: sessionmaker[Session]
    pace: Pace = field(default_factory=Pace)
    clock: Callable[[], datetime] = utc_now
    crawl: Crawl = child.crawl
