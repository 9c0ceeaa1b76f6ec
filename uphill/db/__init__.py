"""The tables, and the way to them."""

from uphill.db.base import Base
from uphill.db.changes import LoggedChange
from uphill.db.curation import PendingChange, Pin, PinReading
from uphill.db.engine import make_engine, reading_engine, session_factory, writing
from uphill.db.notifications import Notification
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
from uphill.db.reports import Report, SiteKey, Verdict
from uphill.db.schedule import Lease, OpenInterval, SiteRest
from uphill.db.search import RESORT_WORDS, SearchMark, write_rules
from uphill.db.sources import Snapshot, Source
from uphill.db.visits import CrawlRun, Visit

__all__ = [
    "RESORT_WORDS",
    "Alias",
    "Base",
    "CrawlRun",
    "Lease",
    "LoggedChange",
    "Notification",
    "OpenInterval",
    "PendingChange",
    "Pin",
    "PinReading",
    "PolicyCredential",
    "PolicyEvidence",
    "PolicyPenalty",
    "PolicyPrice",
    "PolicyRoute",
    "PolicyVersion",
    "PolicyWindow",
    "Region",
    "Report",
    "Resort",
    "SearchMark",
    "SiteKey",
    "SiteRest",
    "Snapshot",
    "Source",
    "Verdict",
    "Visit",
    "make_engine",
    "reading_engine",
    "session_factory",
    "write_rules",
    "writing",
]
