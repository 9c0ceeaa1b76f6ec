"""A crawl from its first target to the closed run: Scrapy started in this process, once."""

import logging
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import FrameType
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from crawler.settings import scrapy_settings
from crawler.spider.recorder import Recorder
from crawler.spider.resorts import Job, Listener, ResortSpider
from crawler.spider.stopping import Stop
from uphill.crawl_runs import finish_run, start_run
from uphill.db.failures import in_short
from uphill.errors import UphillError
from uphill.outcomes import Change, Outcome
from uphill.recording.record import Recorded, record_visit
from uphill.recording.visit import FetchedPage, ResortVisit, Target
from uphill.runs import Ending, Trigger
from uphill.settings import Settings

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass
class Summary:
    """How a crawl went. ``outcomes`` and ``changes`` count visits; ``lost`` were not recorded.

    ``stopped``: it was asked to end before all was visited. ``failure`` is a sentence where it could not do its
    job.
    """

    planned: int
    pages: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    changes: Counter[Change] = field(default_factory=Counter)
    stopped: bool = False
    failure: str | None = None

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
        return not self.failure and not self.lost and not (self.visited and self.failed == self.visited)

    def as_json(self) -> dict[str, Any]:
        return {
            "planned": self.planned,
            "visited": self.visited,
            "pages": self.pages,
            "policies": self.policies,
            "failed": self.failed,
            "lost": self.lost,
            "stopped": self.stopped,
            "failure": self.failure,
            "outcomes": {outcome.value: count for outcome, count in sorted(self.outcomes.items())},
            "changes": {change.value: count for change, count in sorted(self.changes.items())},
        }


@dataclass(frozen=True, slots=True)
class Occasion:
    """What began a crawl, and in words what was to be crawled (200 letters at most)."""

    trigger: Trigger = Trigger.MANUAL
    scope: str | None = None


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
    occasion: Occasion = Occasion(),
    stop: Stop | None = None,
) -> Summary:
    """Visit all ``targets`` and record each visit; returns when all are done or ``stop`` ended it.

    SIGINT and SIGTERM ask to stop. Once in a process: Twisted's reactor does not start again. Raises
    SQLAlchemyError where the run can't even be opened.
    """
    stop = stop or Stop()
    summary = Summary(len(targets))
    counting = _Counting(summary, listener)

    def broken(reason: str) -> None:
        summary.failure = f"the database takes nothing ({reason}), so the crawl was ended"
        listener.notice(f"Visit after visit could not be recorded: {summary.failure}.")
        stop.ask()

    with _signals_stop(stop):
        run_id = start_run(sessions, len(targets), now(), trigger=occasion.trigger, scope=occasion.scope)
        recorder = Recorder(
            lambda visit: record_visit(sessions, run_id, visit), counting.visited, counting.lost, broken
        )
        job = Job(targets, settings, recorder, counting, now, stop)
        try:
            _run_scrapy(job, scrapy_settings(settings, proxies=proxies))
        except Exception as error:
            summary.failure = f"{type(error).__name__}: {error}"
            raise
        finally:
            recorder.close()
            summary.stopped = stop.is_asked and not summary.failure and summary.visited < summary.planned
            ending, detail = _ending(summary, stop)
            try:
                recorder.patiently(lambda: finish_run(sessions, run_id, now(), ending=ending, detail=detail))
            except SQLAlchemyError as error:
                summary.failure = summary.failure or f"its end could not be recorded ({in_short(error)})"
                listener.notice(f"The end of the crawl could not be recorded: {in_short(error)}")
    return summary


def _ending(summary: Summary, stop: Stop) -> tuple[Ending, str | None]:
    """How the run ended, and a sentence where it did not finish."""
    if summary.failure:
        return Ending.FAILED, summary.failure
    if summary.stopped:
        return Ending.STOPPED, stop.why or "stopped by a signal"
    if summary.lost:
        return Ending.FAILED, f"{summary.lost} of {summary.planned} visits could not be recorded"
    return Ending.FINISHED, None


def _run_scrapy(job: Job, settings: dict[str, Any]) -> None:
    process = AsyncCrawlerProcess(settings)
    process.crawl(process.create_crawler(ResortSpider), job=job)
    # Only now: Scrapy has set up its loggers.
    with _log_to(job.listener):
        process.start(install_signal_handlers=False)
    if process.bootstrap_failed:
        raise UphillError("The crawl could not be started; its own message stands above.")


@contextmanager
def _signals_stop(stop: Stop) -> Iterator[None]:
    """Ctrl-C and SIGTERM ask to stop, from before the run is opened until it is closed."""

    def ask(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.ask()

    before = {number: signal.signal(number, ask) for number in _SIGNALS}
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
