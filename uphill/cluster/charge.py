"""Who does what is scheduled: the workers together, or one scheduler; never both."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from uphill.lease import CRAWL, LEASE, SCHEDULER, Holder, holder, take_all

WORKERS = "workers:all"
"""The one owner as which all workers of a database hold these leases; shown without what follows the colon."""


def not_in_charge(sessions: sessionmaker[Session], now: datetime, for_: timedelta = LEASE) -> Holder | None:
    """None where the workers are in charge for another while; otherwise the scheduler, or the crawl, that is."""
    wanted = (SCHEDULER, CRAWL)
    lacking = set(wanted) - take_all(sessions, wanted, WORKERS, now, for_)
    with sessions() as session:
        holders = [other for name in wanted if name in lacking and (other := holder(session, name, now))]
    return holders[0] if holders else None
