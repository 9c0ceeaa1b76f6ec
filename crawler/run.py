"""A crawl from its first target to the closed run: Scrapy started in this process, once."""

import logging
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from sqlalchemy.orm import Session, sessionmaker

from crawler.settings import scrapy_settings
from crawler.spider.recorder import Recorder
from crawler.spider.resorts import Job, Listener, ResortSpider
from uphill.crawl_runs import finish_run, start_run
from uphill.errors import UphillError
from uphill.outcomes import Change, Outcome
from uphill.record import Recorded, record_visit
from uphill.settings import Settings
from uphill.visit import FetchedPage, ResortVisit, Target

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass
class Summary:
    """How a crawl went. ``outcomes`` and ``changes`` count visits; ``lost`` were not recorded."""

    planned: int
    pages: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    changes: Counter[Change] = field(default_factory=Counter)
    stopped: bool = False

    @property
    def lost(self) -> int:
        """Visits that are not recorded, though nobody stopped the crawl: the database or Scrapy failed."""
        return 0 if self.stopped else self.planned - self.visited

    @property
    def visited(self) -> int:
        return self.outcomes.total()

    @property
    def failed(self) -> int:
        return sum(count for outcome, count in self.outcomes.items() if outcome.failed)

    @property
    def policies(self) -> int:
        return self.outcomes[Outcome.POLICY] + self.outcomes[Outcome.UNCHANGED]

    @property
    def succeeded(self) -> bool:
        """Whether the crawl did its job: every visit is recorded, and not all of them failed."""
        return not self.lost and not (self.visited and self.failed == self.visited)

    def as_json(self) -> dict[str, Any]:
        return {
            "planned": self.planned,
            "visited": self.visited,
            "pages": self.pages,
            "policies": self.policies,
            "failed": self.failed,
            "lost": self.lost,
            "stopped": self.stopped,
            "outcomes": {outcome.value: count for outcome, count in sorted(self.outcomes.items())},
            "changes": {change.value: count for change, count in sorted(self.changes.items())},
        }


def utc_now() -> datetime:
    return datetime.now(UTC)


class _Counting:
    """Keeps the summary while it passes on what happens."""

    def __init__(self, summary: Summary, listener: Listener) -> None:
        self._summary = summary
        self._listener = listener

    def fetched(self, page: FetchedPage) -> None:
        self._summary.pages += 1
        self._listener.fetched(page)

    def visited(self, visit: ResortVisit, recorded: Recorded) -> None:
        self._summary.outcomes[visit.outcome] += 1
        self._summary.changes[recorded.change] += 1
        self._listener.visited(visit, recorded)

    def lost(self, visit: ResortVisit, reason: str) -> None:
        self._listener.notice(f"The visit of {visit.slug} could not be recorded: {reason}")

    def notice(self, sentence: str) -> None:
        self._listener.notice(sentence)


def crawl(
    settings: Settings,
    sessions: sessionmaker[Session],
    targets: Sequence[Target],
    listener: Listener,
    *,
    now: Callable[[], datetime] = utc_now,
    proxies: bool = True,
) -> Summary:
    """Visit all ``targets`` and record each visit; returns when all are done or a signal ended it.

    Once in a process: Twisted's reactor does not start again.
    """
    summary = Summary(len(targets))
    run_id = start_run(sessions, len(targets), now())
    counting = _Counting(summary, listener)
    recorder = Recorder(lambda visit: record_visit(sessions, run_id, visit), counting.visited, counting.lost)
    job = Job(targets, settings, recorder, counting, now)
    with _own_signals():
        try:
            _run_scrapy(job, scrapy_settings(settings, proxies=proxies), summary)
        finally:
            recorder.close()
            finish_run(sessions, run_id, now())
    return summary


def _run_scrapy(job: Job, settings: dict[str, Any], summary: Summary) -> None:
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(ResortSpider)
    process.crawl(crawler, job=job)
    # Only now: Scrapy has set up its loggers.
    with _log_to(job.listener):
        process.start()
    if process.bootstrap_failed:
        raise UphillError("The crawl could not be started; its own message stands above.")
    reason = crawler.stats.get_value("finish_reason") if crawler.stats else None
    # A second signal ends Scrapy before it gives a reason.
    summary.stopped = reason in {"shutdown", None}


@contextmanager
def _own_signals() -> Iterator[None]:
    """Scrapy takes Ctrl-C over and does not give it back; while the run is closed a second one does nothing."""
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Notices(logging.Handler):
    """Log records as one line each; the listener knows how to show it beside its progress bar."""

    def __init__(self, listener: Listener) -> None:
        super().__init__(logging.WARNING)
        self._listener = listener

    def emit(self, record: logging.LogRecord) -> None:
        self._listener.notice(f"{record.levelname.lower()}: {record.getMessage()}")


@contextmanager
def _log_to(listener: Listener) -> Iterator[None]:
    """Errors of Scrapy and warnings of ours go to the listener; failed downloads are in the visits anyway."""
    handler = _Notices(listener)
    levels = {
        "scrapy": logging.ERROR,
        "scrapy.downloadermiddlewares": logging.CRITICAL,
        "twisted": logging.CRITICAL,
    }
    root = logging.getLogger()
    root.addHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    try:
        yield
    finally:
        root.removeHandler(handler)
