"""``uphill reports``: what readers say is wrong, and an operator's word on it."""

import getpass
import json
from collections.abc import Sequence
from datetime import UTC, datetime

import click

from uphill.cli.database import database, reading
from uphill.curating.reports import HOLDS_DAYS, Acceptance, ReportedFact, accept, decline, reports
from uphill.db import writing
from uphill.notify.message import plain
from uphill.words.fact_words import value_elements
from uphill.words.wording import LABELS, NOT_STATED, ago

_BY = click.option("--by", metavar="NAME", help="Who decides; else the name you are logged in by.")


@click.group("reports", invoke_without_command=True)
@click.option("--all", "decided", is_flag=True, help="Those that are decided too.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON, one a line.")
@click.pass_context
def reports_command(ctx: click.Context, *, decided: bool, as_json: bool) -> None:
    """List what readers say is wrong, the longest waiting first; 'accept' and 'decline' decide.

    \b
    Examples:
      uphill reports
      uphill reports accept 12 --until 2027-04-30
      uphill reports decline 13 --note "the patrol says otherwise"
    """
    if ctx.invoked_subcommand is not None:
        return
    now = datetime.now(UTC)
    with reading() as session:
        found = reports(session, decided=decided)
    for report in found:
        click.echo(report.model_dump_json() if as_json else _text(report, now))
    if not found and not as_json:
        click.echo("Nothing is reported.")


@reports_command.command("accept")
@click.argument("number", metavar="ID", type=int)
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help=f"Its last day, by the resort's clock; else in {HOLDS_DAYS} days, of a status today.",
)
@click.option("--note", metavar="TEXT", help="Why, in a few words; shown with the fact.")
@click.option(
    "--value", metavar="VALUE", help="What holds, as 'uphill pin' takes it, where the report is wrong too."
)
@click.option(
    "--source", "source_url", metavar="URL", help="The page that states it, where the report names none."
)
@click.option("--fact", "field", metavar="FIELD", help="The fact, where the report names none.")
@_BY
def accept_command(
    number: int,
    *,
    until: datetime | None,
    note: str | None,
    value: str | None,
    source_url: str | None,
    field: str | None,
    by: str | None,
) -> None:
    """Pin what a report says, with an end: a fact that crawls don't overwrite until then.

    \b
    Example:
      uphill reports accept 12 --source https://example.com/news --note "seen there on Monday"
    """
    last = until.date() if until is not None else None
    told = Acceptance(
        by=by or _logged_in(), field=field, value=value, source_url=source_url, note=note, until=last
    )
    with database() as sessions, writing(sessions) as session:
        pinned = accept(session, number, told, datetime.now(UTC))
    said = _words(pinned.field, pinned.value)
    click.echo(
        f"{pinned.resort}: {pinned.field} = {said}, until {pinned.until} ('uphill unpin' ends it sooner)"
    )


@reports_command.command("decline")
@click.argument("number", metavar="ID", type=int)
@click.option("--note", metavar="TEXT", required=True, help="Why, in a few words.")
@_BY
def decline_command(number: int, note: str, by: str | None) -> None:
    """Leave the fact as it is.

    \b
    Example:
      uphill reports decline 13 --note "the patrol says otherwise"
    """
    with database() as sessions, writing(sessions) as session:
        report = decline(session, number, by or _logged_in(), note, datetime.now(UTC))
    click.echo(
        f"Report {number} is declined; {report.field or 'the directory'} of {report.resort} stays as it is."
    )


def _logged_in() -> str:
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError):  # a container's user may have no name
        return "operator"


def _text(report: ReportedFact, now: datetime) -> str:
    """Readers wrote some of it: no character of theirs may steer the terminal."""
    about = LABELS.get(report.field or "", "something else")
    times = f", {report.times} times" if report.times > 1 else ""
    lines = [f"{report.id}  {report.resort}: {about}  ({ago(report.last_at, now)}{times})"]
    if report.field is not None:
        lines.append(f"we say:   {_words(report.field, report.said)}")
        right = (
            _words(report.field, report.value) if report.value is not None else "can't say, but this is wrong"
        )
        lines.append(f"they say: {right}")
    given = (("note", report.note), ("source", report.source_url), ("contact", report.contact))
    lines += [f"{name + ':':9} {plain(words)}" for name, words in given if words]
    if report.decided_at is not None:
        note = f": {plain(report.decided_note)}" if report.decided_note else ""
        lines.append(f"{report.verdict} by {report.decided_by} on {report.decided_at:%Y-%m-%d}{note}")
    return "\n    ".join(lines)


def _words(field: str, value: object) -> str:
    words: Sequence[str] = value_elements(field, value)
    return plain("; ".join(words) or (NOT_STATED if value is None else json.dumps(value)))
