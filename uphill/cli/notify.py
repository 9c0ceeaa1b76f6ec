"""``uphill notify``: the messages of what happened, or a test of the way to those who get them."""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from uphill.cli.database import database
from uphill.db import Resort
from uphill.errors import BadInput
from uphill.notify import given_up, notify_due
from uphill.notify.message import SendFailed
from uphill.settings import Settings, load_settings
from uphill.subscription import Notify, address, kind_of

_LATELY = timedelta(days=7)


@click.command("notify")
@click.option("--test", is_flag=True, help="Send a test message to each URL, and nothing else.")
def notify_command(*, test: bool) -> None:
    """Send the messages that are due to those whom uphill.toml names in [[notify]] tables.

    The scheduler does this by itself; this is for crawls by cron. The exit code is 1 where a message failed.

    \b
    Example:
      uphill notify --test
    """
    settings = load_settings()
    if not settings.notify:
        raise BadInput(
            "There is nobody to notify; write a [[notify]] table into uphill.toml ('uphill config --path')."
        )
    failed = _test(settings) if test else _send(settings)
    sys.exit(1 if failed else 0)


def _send(settings: Settings) -> bool:
    """Whether a message failed."""
    now = datetime.now(UTC)
    with database(settings) as sessions:
        with sessions() as session:
            _warn_of_unknown_resorts(session, settings.notify)
        done = notify_due(sessions, settings, now)
        with sessions() as session:
            lost = given_up(session, now - _LATELY)
    click.echo(
        f"Messages: {done.queued} new, {done.sent} sent, {done.failed} failed, {done.given_up} given up."
    )
    names = {address(url): _words(at, url) for at, url in _urls(settings.notify)}
    for row in lost:
        whom = names.get(row.subscription, "a URL that uphill.toml no longer has")
        click.echo(
            f"Given up on {row.given_up_at:%Y-%m-%d}: “{row.subject}” to {whom}: {row.last_error}", err=True
        )
    return done.failed > 0


def _test(settings: Settings) -> bool:
    from uphill.notify.sending import send  # noqa: PLC0415 - with Apprise, which is slow to import

    failed = False
    with database(settings) as sessions, sessions() as session:
        failed = _warn_of_unknown_resorts(session, settings.notify)
    for at, url in _urls(settings.notify):
        try:
            send(url, "Uphill directory: a test", "Messages of the uphill directory reach you here.")
        except SendFailed as error:
            failed = True
            click.echo(f"{_words(at, url)}: failed: {error}", err=True)
        else:
            click.echo(f"{_words(at, url)}: sent")
    return failed


def _urls(config: Sequence[Notify]) -> Iterator[tuple[str, str]]:
    """Each URL once, with its place in the file."""
    seen: set[str] = set()
    for table, subscription in enumerate(config, start=1):
        for number, url in enumerate(subscription.urls, start=1):
            if url not in seen:
                seen.add(url)
                yield f"[[notify]] {table}, URL {number}", url


def _words(place: str, url: str) -> str:
    return f"{place} ({kind_of(url)}://…)"


def _warn_of_unknown_resorts(session: Session, config: Sequence[Notify]) -> bool:
    wanted = {slug for subscription in config for slug in subscription.resorts}
    unknown = sorted(wanted - set(session.scalars(select(Resort.slug).where(Resort.slug.in_(wanted)))))
    for slug in unknown:
        click.echo(
            f"A [[notify]] table names the resort {slug}, which is not in the directory; see 'uphill search'.",
            err=True,
        )
    return bool(unknown)
