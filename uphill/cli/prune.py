"""``uphill prune``: what is old and not referred to any more goes."""

from datetime import UTC, datetime

import click

from uphill.cli.database import database
from uphill.recording.prune import prune, pruned_words


@click.command("prune")
@click.option("--dry-run", is_flag=True, help="Only tell what would go.")
def prune_command(*, dry_run: bool) -> None:
    """Delete old snapshots, visits and runs that no fact's proof needs. 'uphill schedule' does it daily.

    A snapshot stays while a proof points into it, as the newest of its page, for 30 days, and as the last of its
    month for two years; a visit and its run stay for a year.

    \b
    Example:
      uphill prune --dry-run
    """
    with database() as sessions:
        words = pruned_words(prune(sessions, datetime.now(UTC), dry_run=dry_run))
    click.echo(f"Would go: {words}." if dry_run else f"Gone: {words}.")
