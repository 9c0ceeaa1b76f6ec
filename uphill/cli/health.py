"""``uphill health``: whether the directory is kept as it should be."""

import sys
from datetime import UTC, datetime, timedelta

import click

from uphill.cli.database import reading
from uphill.health import RULES, Health, SourceHealth, health

_SHOWN = 20
_RULES_TEXT = "\n".join(f"  {rule.name:16} {rule.meaning}" for rule in RULES)
EPILOG = f"""
\b
It is unhealthy, and the exit code 1, where
{_RULES_TEXT}

\b
Example:
  uphill health --json | jq .findings
"""


@click.command("health", epilog=EPILOG)
@click.option(
    "--sources", "all_sources", is_flag=True, help="Tell of every page, not only of those that fail."
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def health_command(*, all_sources: bool, as_json: bool) -> None:
    """Tell how the crawls and the resorts' pages are, and exit with 1 where something is wrong."""
    with reading() as session:
        told = health(session, datetime.now(UTC), all_sources=all_sources)
    if as_json:
        click.echo(told.model_dump_json())
    else:
        _print(told, None if all_sources else _SHOWN)
    sys.exit(0 if told.healthy else 1)


def _print(told: Health, most: int | None) -> None:
    totals = told.totals
    click.echo("Healthy." if told.healthy else "Not healthy:")
    for finding in told.findings:
        click.echo(f"  {finding.sentence} [{finding.rule}]")
    click.echo(
        f"{totals.resorts} resorts: {totals.checked} with a policy read from their own pages, {totals.listed} with one "
        f"of the baseline; {totals.pending} with a change that waits to be verified."
    )
    click.echo(
        f"{totals.sources} pages are asked again: {totals.failing} fail, {totals.overdue} are overdue, "
        f"{totals.never_tried} were never tried."
    )
    for source in told.sources[:most]:
        click.echo(f"  {_line(source, told.at)}")
    if most is not None and len(told.sources) > most:
        click.echo(f"  … and {len(told.sources) - most} more; --sources tells of all.")


def _line(source: SourceHealth, now: datetime) -> str:
    worked = f"answered {_ago(now - source.last_success)}" if source.last_success else "never answered"
    built = f", built with {source.platform}" if source.platform else ""
    failed = f"; failed {source.failures} times in a row: {source.reason}" if source.reason else ""
    return f"{source.resort}: {source.url} ({source.kind}{built}) {worked}{failed}"


def _ago(age: timedelta) -> str:
    hours = age // timedelta(hours=1)
    return f"{hours} h ago" if hours < 48 else f"{hours // 24} days ago"
