"""A crawl as the command line asks for it: what to visit, who else crawls, and what is told of it."""

import json
import os
import stat
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime

import click
import scrapy.core.downloader.contextfactory  # noqa: F401 - it looks through all that is imported before it
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from crawler.progress import CrawlProgress
from crawler.run import Occasion, Summary, utc_now
from crawler.run import crawl as run_crawl
from crawler.spider.stopping import Stop
from uphill.cli.database import database
from uphill.db.failures import in_short
from uphill.due import targets
from uphill.errors import UphillError
from uphill.lease import CRAWL, LEASE, holder, kept_alive, owner_name, take
from uphill.outcomes import OUTCOME_SENTENCES, Change, Outcome
from uphill.runs import Trigger
from uphill.settings import load_settings

SCOPE_LETTERS = 200
STOPPED = 130


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be crawled; without regions and slugs all of it, or all that is due."""

    regions: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    due: bool = False
    force: bool = False
    max_pages: int | None = None
    trigger: Trigger = Trigger.MANUAL

    @property
    def alone(self) -> bool:
        """Whether no other such crawl may run beside it."""
        return not (self.regions or self.slugs or self.force)


def carry_out(asked: Asked, *, as_json: bool, quiet: bool) -> int:
    """Crawl, print how it went, and return the exit code."""
    settings = load_settings(max_pages=asked.max_pages)
    summary = Summary(0)
    stop = Stop()
    if asked.trigger is Trigger.SCHEDULE and stat.S_ISFIFO(os.fstat(0).st_mode):
        threading.Thread(target=_end_with_parent, args=(stop,), name="parent", daemon=True).start()
    with (
        _failures_told(),
        database(settings) as sessions,
        _the_only_one(sessions, utc_now, stop) if asked.alone else nullcontext(),
    ):
        with sessions() as session:
            to_visit = targets(
                session, utc_now(), regions=asked.regions, slugs=asked.slugs, due_only=asked.due
            )
        console = Console(stderr=True)
        if not settings.contact and not quiet:
            console.print("UPHILL_CONTACT is not set: resorts can't tell whom to ask about these requests.")
        if to_visit:
            with CrawlProgress(len(to_visit), console, quiet=quiet) as progress:
                summary = run_crawl(
                    settings,
                    sessions,
                    to_visit,
                    progress,
                    occasion=Occasion(asked.trigger, _scope(asked.regions, asked.slugs, due=asked.due)),
                    stop=stop,
                )
    if as_json:
        click.echo(json.dumps(summary.as_json(), ensure_ascii=False))
    elif not quiet:
        click.echo(_summary_text(summary))
    return STOPPED if summary.stopped else 0 if summary.succeeded else 1


def _end_with_parent(stop: Stop) -> None:
    """The scheduler holds the other end of standard input, and lets it go however it ends."""
    # Not by sys.stdin, which a thread that waits in it would keep locked at the end.
    while os.read(0, 1):
        pass
    stop.ask("the scheduler that began it is gone")


@contextmanager
def _the_only_one(sessions: sessionmaker[Session], now: Callable[[], datetime], stop: Stop) -> Iterator[None]:
    """Holds the lease on crawls while the block runs; should another get it meanwhile, the crawl is to end."""
    owner = owner_name(now())
    if not take(sessions, CRAWL, owner, now()):
        with sessions() as session:
            other = holder(session, CRAWL, now())
        raise UphillError(
            f"Another crawl is running ({other or 'it ended just now'}). Wait for it, name a --region or --resort, "
            f"or crawl all the same with --force. One that was killed counts as running for {LEASE.seconds} s."
        )
    with kept_alive(sessions, (CRAWL,), owner, now, lost=lambda _: stop.ask("another crawl took over")):
        yield


@contextmanager
def _failures_told() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise UphillError(
            f"The database can't be used: {in_short(error)}. What was recorded is kept."
        ) from error


def _scope(regions: Sequence[str], slugs: Sequence[str], *, due: bool) -> str:
    """What was to be crawled, in words, short enough for the run's row."""
    which = ", ".join((*regions, *slugs)) or ("" if due else "everything")
    words = f"what is due in {which}" if due and which else "what is due" if due else which
    return words if len(words) <= SCOPE_LETTERS else f"{words[: SCOPE_LETTERS - 1]}…"


def _summary_text(summary: Summary) -> str:
    """The closing summary: one line of figures, and why visits failed."""
    if not summary.planned:
        return "Nothing to visit."
    changes = {
        "new": summary.changes[Change.NEW],
        "changed": summary.changes[Change.CHANGED],
        "confirmed": summary.changes[Change.CONFIRMED],
    }
    told = ", ".join(f"{count} {word}" for word, count in changes.items() if count)
    lines = [
        f"{summary.visited} of {summary.planned} resorts visited, {summary.pages} pages, "
        f"{summary.policies} policies" + (f" ({told})" if told else "") + f", {summary.failed} failed."
    ]
    for outcome, count in summary.outcomes.most_common():
        if outcome.failed or outcome is Outcome.NO_POLICY:
            lines.append(f"  {count:5} {OUTCOME_SENTENCES[outcome]}")
    if summary.lost:
        lines.append(f"  {summary.lost:5} could not be recorded")
    if summary.stopped:
        lines.append("Stopped early: the resorts left over come again.")
    return "\n".join(lines)
