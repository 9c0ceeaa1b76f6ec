"""``uphill pending``, ``confirm`` and ``reject``: what waits to be verified, and a curator's word on it."""

import json
from datetime import UTC, datetime

import click

from uphill.cli.database import database, reading
from uphill.db import writing
from uphill.recording.pending import confirm, reject
from uphill.recording.waiting import Waiting, waiting_list

_NOTE = click.option("--note", metavar="TEXT", help="Why, in a few words.")


@click.command("pending")
@click.option("--json", "as_json", is_flag=True, help="Print what waits as JSON, one resort a line.")
def pending_command(*, as_json: bool) -> None:
    """List what was found on resorts' pages and waits to be verified, the longest waiting first.

    \b
    Example:
      uphill pending
    """
    with reading() as session:
        found = waiting_list(session)
    for waiting in found:
        click.echo(waiting.model_dump_json() if as_json else _text(waiting))
    if not found and not as_json:
        click.echo("Nothing waits to be verified.")


@click.command("confirm")
@click.argument("slug")
@_NOTE
def confirm_command(slug: str, *, note: str | None) -> None:
    """Let what waits for a resort take effect.

    \b
    Example:
      uphill confirm copper-mountain --note "patrol confirmed it by phone"
    """
    with database() as sessions, writing(sessions) as session:
        told = confirm(session, slug, datetime.now(UTC), note)
    what = "The proposed policy is in force" if told.policy_id else "The policy is withdrawn"
    click.echo(f"{what} for {slug}.")


@click.command("reject")
@click.argument("slug")
@_NOTE
def reject_command(slug: str, *, note: str | None) -> None:
    """Dismiss what waits for a resort; the same, found again, is dismissed too.

    \b
    Example:
      uphill reject copper-mountain --note "the page was being rebuilt"
    """
    with database() as sessions, writing(sessions) as session:
        reject(session, slug, datetime.now(UTC), note)
    click.echo(f"Dismissed; the policy of {slug} stands.")


def _text(waiting: Waiting) -> str:
    lines = [f"{waiting.resort}: {waiting.detail}", f"    since {waiting.since:%Y-%m-%d %H:%M} UTC"]
    lines[1] += (
        f", takes effect when found again after {waiting.second_look_at:%Y-%m-%d %H:%M} UTC"
        if waiting.second_look_at
        else ", a curator decides"
    )
    if waiting.source_url:
        lines.append(f"    {waiting.source_url}")
    lines += [
        f"    {change.field}: {_words(change.old)} -> {_words(change.new)}" for change in waiting.changes
    ]
    return "\n".join(lines)


def _words(value: object) -> str:
    if value is None:
        return "not stated"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
