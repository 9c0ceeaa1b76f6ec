"""What is done when: the table of jobs. One more is one more line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from uphill.db import CrawlRun
from uphill.due import targets
from uphill.lease import CRAWL, holder
from uphill.notify import notify_due
from uphill.opening import refresh_day
from uphill.recording.prune import prune, pruned_words
from uphill.runs import Trigger
from uphill.schedule.crawl import CrawlProcess, rest
from uphill.settings import Settings


@dataclass(frozen=True, slots=True)
class Work:
    """What a job works with. ``crawled`` is to be called after a crawl."""

    sessions: sessionmaker[Session]
    settings: Settings
    now: datetime
    crawl: CrawlProcess
    crawled: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Job:
    """``run`` returns a sentence where there is something to tell. ``every`` counts from start to start.

    A job that still runs when its time comes is not begun again.
    """

    name: str
    every: Callable[[Settings], timedelta]
    run: Callable[[Work], str | None]
    after_crawl: bool = False


def crawl_due(work: Work) -> str | None:
    with work.sessions() as session:
        last = session.scalar(
            select(func.max(CrawlRun.started_at)).where(CrawlRun.trigger == Trigger.SCHEDULE)
        )
        if last is not None and work.now < last + rest(work.crawl.failures):
            return None
        other = holder(session, CRAWL, work.now)
        if other is not None:
            return f"Another crawl is running ({other}); what is due waits for it."
        if not targets(session, work.now, due_only=True):
            return None
    told = work.crawl.run()
    if told is not None:
        work.crawled()
    return told


def refresh_what_the_day_brings(work: Work) -> None:
    refresh_day(work.sessions, work.now)


def send_messages(work: Work) -> str | None:
    done = notify_due(work.sessions, work.settings, work.now)
    return f"{done.sent} messages sent." if done.sent else None


def prune_old(work: Work) -> str | None:
    gone = prune(work.sessions, work.now)
    return f"Old and gone: {pruned_words(gone)}." if gone else None


def _each(**span: float) -> Callable[[Settings], timedelta]:
    return lambda _: timedelta(**span)


JOBS: tuple[Job, ...] = (
    Job("crawl what is due", lambda settings: timedelta(minutes=settings.crawl_every), crawl_due),
    Job(
        "end pins, refresh the coming days' open hours",
        _each(hours=1),
        refresh_what_the_day_brings,
        after_crawl=True,
    ),
    Job("send messages", _each(minutes=1), send_messages, after_crawl=True),
    Job("prune what is old", _each(days=1), prune_old),
)
