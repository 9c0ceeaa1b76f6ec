"""The tables, and the way to them."""

from uphill.db.base import Base
from uphill.db.engine import make_engine, session_factory, writing
from uphill.db.places import Alias, Region, Resort
from uphill.db.policies import (
    PolicyCredential,
    PolicyEvidence,
    PolicyPenalty,
    PolicyPrice,
    PolicyRoute,
    PolicyVersion,
    PolicyWindow,
)
from uphill.db.sources import Snapshot, Source
from uphill.db.visits import CrawlRun, Visit

__all__ = [
    "Alias",
    "Base",
    "CrawlRun",
    "PolicyCredential",
    "PolicyEvidence",
    "PolicyPenalty",
    "PolicyPrice",
    "PolicyRoute",
    "PolicyVersion",
    "PolicyWindow",
    "Region",
    "Resort",
    "Snapshot",
    "Source",
    "Visit",
    "make_engine",
    "session_factory",
    "writing",
]
