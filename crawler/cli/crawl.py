"""``uphill crawl``: visit resorts and record what their pages say."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING

import click
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from uphill.cli.database import database
from uphill.db.failures import in_short
from uphill.due import targets
from uphill.errors import UphillError
from uphill.lease import CRAWL, LEASE, holder, kept_alive, owner_name, take
from uphill.outcomes import OUTCOME_SENTENCES, Change, Outcome
from uphill.runs import Trigger
from uphill.settings import load_settings

if TYPE_CHECKING:
    from crawler.run import Summary
    from crawler.spider.stopping import Stop

SCOPE_LETTERS = 200

EXAMPLES = """
\b
Examples:
  uphill crawl --due                      what is due, as cron would run it
  uphill crawl --region US-CO             all of Colorado
  uphill crawl --resort aspen-highlands --json

Ctrl-C or SIGTERM ends it: no visit begins any more, those under way have ten seconds. A second time drops them at
once; they come again, all others are recorded.

\b
Exit code: 0 done, 1 no site could be visited, a visit could not be recorded, or another crawl is running,
2 wrong usage, 130 ended by Ctrl-C or SIGTERM.
"""


@click.command(epilog=EXAMPLES)
@click.option(
    "--region", "regions", multiple=True, metavar="CODE", help="Only this region, such as US-CO or AT."
)
@click.option(
    "--resort", "slugs", multiple=True, metavar="SLUG", help="Only this resort; may be given again."
)
@click.option("--due", is_flag=True, help="Only resorts with a page that is due again.")
@click.option("--force", is_flag=True, help="Even where another crawl is running.")
@click.option("--max-pages", type=click.IntRange(1, 200), help="Pages fetched of one resort at most.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--quiet", is_flag=True, help="Show neither progress nor summary.")
@click.option(
    "--trigger",
    type=click.Choice([trigger.value for trigger in Trigger]),
    default=Trigger.MANUAL.value,
    hidden=True,
    help="What began the crawl.",
)
def crawl(
    regions: tuple[str, ...],
    slugs: tuple[str, ...],
    *,
    due: bool,
    force: bool,
    max_pages: int | None,
    as_json: bool,
    quiet: bool,
    trigger: str,
) -> None:
    """Visit resorts' own pages and record what they say about uphill travel.

    One crawl of all resorts, or of all that are due, runs at a time; one of some resorts may run beside it.
    """
    # Scrapy and Twisted take half a second to import: other commands of the group need not wait.
    from crawler.progress import CrawlProgress  # noqa: PLC0415
    from crawler.run import Occasion, Summary, utc_now  # noqa: PLC0415
    from crawler.run import crawl as run_crawl  # noqa: PLC0415
    from crawler.spider.stopping import Stop  # noqa: PLC0415

    settings = load_settings(max_pages=max_pages)
    summary = Summary(0)
    stop = Stop()
    alone = not (regions or slugs or force)
    with (
        _failures_told(),
        database(settings) as sessions,
        _the_only_one(sessions, utc_now, stop) if alone else nullcontext(),
    ):
        with sessions() as session:
            to_visit = targets(session, utc_now(), regions=regions, slugs=slugs, due_only=due)
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
                    occasion=Occasion(Trigger(trigger), _scope(regions, slugs, due=due)),
                    stop=stop,
                )
    if as_json:
        click.echo(json.dumps(summary.as_json(), ensure_ascii=False))
    elif not quiet:
        click.echo(_summary_text(summary))
    sys.exit(130 if summary.stopped else 0 if summary.succeeded else 1)


@contextmanager
def _the_only_one(
    sessions: sessionmaker[Session], now: Callable[[], datetime], stop: "Stop"
) -> Iterator[None]:
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


def _summary_text(summary: "Summary") -> str:
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
