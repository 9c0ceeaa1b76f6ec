"""``uphill crawl``: visit resorts and record what their pages say."""

import json
import sys
from typing import TYPE_CHECKING

import click
from rich.console import Console

from uphill.cli.database import database
from uphill.due import targets
from uphill.outcomes import OUTCOME_SENTENCES, Change, Outcome
from uphill.settings import load_settings

if TYPE_CHECKING:
    from crawler.run import Summary

EXAMPLES = """
\b
Examples:
  uphill crawl --due                      what is due, as cron would run it
  uphill crawl --region US-CO             all of Colorado
  uphill crawl --resort aspen-highlands --json

Ctrl-C ends it within seconds: visits under way are dropped and come again, all others are recorded.
Exit code: 0 done, 1 no site could be visited or a visit could not be recorded, 2 wrong usage,
130 ended by Ctrl-C or SIGTERM.
"""


@click.command(epilog=EXAMPLES)
@click.option(
    "--region", "regions", multiple=True, metavar="CODE", help="Only this region, such as US-CO or AT."
)
@click.option(
    "--resort", "slugs", multiple=True, metavar="SLUG", help="Only this resort; may be given again."
)
@click.option("--due", is_flag=True, help="Only resorts with a page that is due again.")
@click.option("--max-pages", type=click.IntRange(1, 200), help="Pages fetched of one resort at most.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--quiet", is_flag=True, help="Show neither progress nor summary.")
def crawl(
    regions: tuple[str, ...],
    slugs: tuple[str, ...],
    *,
    due: bool,
    max_pages: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Visit resorts' own pages and record what they say about uphill travel."""
    # Scrapy and Twisted take half a second to import: other commands of the group need not wait.
    from crawler.progress import CrawlProgress  # noqa: PLC0415
    from crawler.run import Summary, utc_now  # noqa: PLC0415
    from crawler.run import crawl as run_crawl  # noqa: PLC0415

    settings = load_settings(max_pages=max_pages)
    summary = Summary(0)
    with database(settings) as sessions:
        with sessions() as session:
            to_visit = targets(session, utc_now(), regions=regions, slugs=slugs, due_only=due)
        console = Console(stderr=True)
        if not settings.contact and not quiet:
            console.print("UPHILL_CONTACT is not set: resorts can't tell whom to ask about these requests.")
        if to_visit:
            with CrawlProgress(len(to_visit), console, quiet=quiet) as progress:
                summary = run_crawl(settings, sessions, to_visit, progress)
    if as_json:
        click.echo(json.dumps(summary.as_json(), ensure_ascii=False))
    elif not quiet:
        click.echo(_summary_text(summary))
    sys.exit(130 if summary.stopped else 0 if summary.succeeded else 1)


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
