"""``uphill pin``, ``unpin`` and ``pins``: facts that a curator sets."""

import json
from datetime import UTC, datetime

import click

from uphill.cli.database import database, reading
from uphill.curating.pinning import PinnedFact, Wanted, end_pin, pinned_facts, set_pin
from uphill.db import writing
from uphill.errors import BadInput

_NEEDED = "uphill pin takes SLUG FIELD VALUE with --source and --note; alone it lists the pins."


@click.command("pin")
@click.argument("slug", required=False)
@click.argument("field", required=False)
@click.argument("value", required=False)
@click.option("--source", "source_url", metavar="URL", help="The page that states the fact.")
@click.option("--note", metavar="TEXT", help="Why it is set, in a few words.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Its last day, by the resort's clock."
)
@click.option("--end", is_flag=True, help="End the pin of FIELD, as 'uphill unpin' does.")
@click.option("--json", "as_json", is_flag=True, help="Print the pins as JSON, one a line.")
def pin_command(
    slug: str | None,
    field: str | None,
    value: str | None,
    *,
    source_url: str | None,
    note: str | None,
    until: datetime | None,
    end: bool,
    as_json: bool,
) -> None:
    """Set a fact that crawls don't overwrite; where they read something else, that is shown.

    VALUE is a word of the vocabulary, or JSON for lists and facts of several parts. Without arguments the pins are
    listed.

    \b
    Examples:
      uphill pin copper-mountain dogs prohibited --source https://example.com/news --note "patrol, by phone"
      uphill pin copper-mountain windows '["05:00-08:00"]' --source https://example.com/news \\
        --note "avalanche work" --until 2027-03-31
    """
    if slug is None:
        _list(as_json=as_json)
    elif end:
        _unpin(slug, field)
    elif field is None or value is None or source_url is None or note is None:
        raise BadInput(_NEEDED)
    else:
        last = until.date() if until is not None else None
        wanted = Wanted(slug=slug, field=field, value=value, source_url=source_url, note=note, until=last)
        with database() as sessions, writing(sessions) as session:
            pinned = set_pin(session, wanted, datetime.now(UTC))
        _show(pinned, as_json=as_json)


@click.command("unpin")
@click.argument("slug")
@click.argument("field")
def unpin_command(slug: str, field: str) -> None:
    """End a pin: what the resort's pages say takes its place.

    \b
    Example:
      uphill unpin copper-mountain dogs
    """
    _unpin(slug, field)


@click.command("pins")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON, one a line.")
def pins_command(*, as_json: bool) -> None:
    """List the pins in force, those first that the resorts' pages contradict.

    \b
    Example:
      uphill pins
    """
    _list(as_json=as_json)


def _unpin(slug: str, field: str | None) -> None:
    if field is None:
        raise BadInput("Name the fact whose pin is to end: uphill unpin SLUG FIELD.")
    with database() as sessions, writing(sessions) as session:
        end_pin(session, slug, field, datetime.now(UTC))
    click.echo(f"{field} of {slug} is no longer pinned.")


def _list(*, as_json: bool) -> None:
    with reading() as session:
        pins = pinned_facts(session)
    for pin in pins:
        _show(pin, as_json=as_json)
    if not pins and not as_json:
        click.echo("Nothing is pinned.")


def _show(pin: PinnedFact, *, as_json: bool) -> None:
    if as_json:
        click.echo(pin.model_dump_json())
        return
    until = f", until {pin.until}" if pin.until else ""
    click.echo(f"{pin.resort}: {pin.field} = {_words(pin.value)}{until} ({pin.note})\n    {pin.source_url}")
    if pin.contradicted:
        read_at = f" on {pin.read_at:%Y-%m-%d}" if pin.read_at else ""
        click.echo(f"    CONTRADICTED: the resort's page said {_words(pin.read_value)}{read_at}")


def _words(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
