"""``uphill runs``: what the crawls did."""

import json
from datetime import UTC, datetime, timedelta

import click
from rich.console import Console
from rich.table import Table

from uphill.cli.database import reading
from uphill.health import RunNote, runs
from uphill.outcomes import OUTCOME_SENTENCES
from uphill.runs import Ending


@click.command("runs")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="At most so many."
)
@click.option("--days", type=click.IntRange(1, 3660), help="Only those of the last days.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def runs_command(limit: int, days: int | None, *, as_json: bool) -> None:
    """List the crawl runs, newest first: what began them, how they ended, and what their visits came to.

    \b
    Example:
      uphill runs --days 7
    """
    now = datetime.now(UTC)
    with reading() as session:
        found = runs(session, limit=limit, since=now - timedelta(days=days) if days else None)
    if as_json:
        click.echo(json.dumps([run.model_dump(mode="json") for run in found], ensure_ascii=False))
    elif not found:
        click.echo("No crawl was ever begun here. 'uphill crawl --due' begins one.")
    else:
        _print(found)


def _print(found: tuple[RunNote, ...]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("began (UTC)", "by", "ended"):
        table.add_column(heading, no_wrap=True)
    for heading in ("visits", "pages", "new", "changed", "same", "failed"):
        table.add_column(heading, justify="right")
    table.add_column("why visits failed")
    for run in found:
        table.add_row(
            f"{run.started_at:%Y-%m-%d %H:%M}",
            run.trigger,
            ending_words(run),
            f"{run.visited}/{run.planned}",
            *map(str, (run.pages, run.new, run.changed, run.unchanged, run.failed)),
            "; ".join(_reasons(run)),
        )
    Console().print(table)


def ending_words(run: RunNote) -> str:
    """How the run ended, and after how long."""
    if run.finished_at is None:
        return "not ended"
    took = str(run.finished_at - run.started_at).partition(".")[0]
    return took if run.ending in {None, Ending.FINISHED} else f"{run.ending} after {took}"


def _reasons(run: RunNote) -> list[str]:
    told = [run.detail] if run.detail else []
    return told + [
        f"{count} {OUTCOME_SENTENCES[outcome]}" for outcome, count in run.outcomes.items() if outcome.failed
    ]
