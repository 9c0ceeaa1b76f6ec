"""``uphill search``: the directory's search on the command line."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from uphill.asking import names_of, place_named
from uphill.cli.database import reading
from uphill.export import csv_lines, geojson_pieces, json_pieces
from uphill.printable import printable
from uphill.search import Query, Sort, listings_of, remarks_of
from uphill.search.answers import Listing
from uphill.search.filters import FILTERS
from uphill.search.parameters import OPENING_WORDS, Opening
from uphill.search.places import DEFAULT_KM, MAX_KM
from uphill.words.wording import age

SHORT = {"pass_required": "--pass", "during_operations": "--during"}


def _filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option for every filter; its values are checked by the query, as the site's are."""
    for each in reversed(FILTERS.values()):
        flags = [f"--{each.name.replace('_', '-')}", *([SHORT[each.name]] if each.name in SHORT else [])]
        allowed = "|".join(each.values)
        option = click.option(
            *flags, each.name, multiple=True, metavar="VALUE", help=f"{each.label}: {allowed}."
        )
        command = option(command)
    return command


@click.command("search")
@click.argument("text", nargs=-1)
@click.option(
    "--region", multiple=True, metavar="CODE", help="ISO 3166-2 region or country: US-CO, AT-7, CH."
)
@_filter_options
@click.option("--near", metavar="PLACE", help="Around a town or a resort, or degrees: 39.7,-105.")
@click.option("--km", metavar="KM", help=f"How far around it, at most {MAX_KM}.  [default: {DEFAULT_KM}]")
@click.option("--at", metavar="TIME", help="Open at this time by each resort's clock: 2026-11-28T06:00.")
@click.option(
    "--open",
    "open",
    multiple=True,
    metavar="VALUE",
    help=f"{'|'.join(Opening)}; without --at, now.",
)
@click.option("--price-max", metavar="AMOUNT", help="Most that a day or visit costs; needs --currency.")
@click.option("--season-max", metavar="AMOUNT", help="Most that a season costs; needs --currency.")
@click.option("--currency", metavar="CODE", help="In which prices are compared: USD, CAD, EUR, CHF.")
@click.option(
    "--sort",
    type=click.Choice([each.value for each in Sort]),
    default="relevance",
    help="Order of the results.",
)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Most results to print.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "geojson"]),
    default="table",
    show_default=True,
    help="How to print them; all but the table bear licence, date and sources.",
)
@click.option("--json", "form", flag_value="json", help="Short for --format json.")
@click.option("--csv", "form", flag_value="csv", help="Short for --format csv.")
def search_command(
    text: tuple[str, ...],
    sort: str,
    limit: int,
    form: str,
    **given: tuple[str, ...] | str | None,
) -> None:
    """Search resorts by name, place and policy. "unknown" finds what is not stated.

    \b
    Examples:
      uphill search --region US-CO --pass never
      uphill search tirol --dogs unknown --json
      uphill search --near "Burlington, VT" --km 100 --at 2026-11-28T06:00 --pass-cost free
      uphill search --with-pass Ikon --format geojson --limit 2000 > ikon.geojson
    """
    asked = {name: [value] if isinstance(value, str) else value or [] for name, value in given.items()}
    now = datetime.now(UTC)
    with reading() as session:
        if near := "".join(asked["near"]):
            asked["near"] = [place_named(near, names_of(session)).value]
        query = Query.parse({"text": [" ".join(text)], "sort": [sort], **asked})
        total, listings = listings_of(session, query, now, limit)
        remarks = remarks_of(session, query, now)
    pieces: dict[str, Iterable[str]] = {
        "csv": csv_lines(listings, now),
        "json": json_pieces(listings, now, total=total, remarks=remarks),
        "geojson": geojson_pieces(listings, now),
    }
    if form in pieces:
        click.echo("".join(pieces[form]), nl=False)
    else:
        for remark in remarks:
            click.echo(printable(remark))
        _print(total, listings, query, now)


def _print(total: int, listings: list[Listing], query: Query, now: datetime) -> None:
    console = Console()
    said = "; ".join(query.sentences())
    console.print(
        f"{total} {'resort' if total == 1 else 'resorts'}" + (f" ({said})" if said else ""),
        markup=False,
        highlight=False,
    )
    if not listings:
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    columns: dict[str, dict[str, Any]] = {
        "resort": {"overflow": "fold"},
        "region": {"no_wrap": True},
        **({"km": {"justify": "right", "no_wrap": True}} if query.near is not None else {}),
        "policy": {"overflow": "fold", "ratio": 1},
        "age": {"overflow": "fold"},
    }
    for name, options in columns.items():
        table.add_column(name, **options)
    for listing in listings:
        resort = listing.resort
        told = f"{OPENING_WORDS[listing.open_then].capitalize()}. " if listing.open_then is not None else ""
        away = [f"{listing.distance_km:g}"] if listing.distance_km is not None else []
        cells = (resort.slug, resort.region, *away, told + listing.verdict, _how_sure(listing, now))
        table.add_row(*map(_plain, cells))
    console.print(table)
    if len(listings) < total:
        console.print(f"{total - len(listings)} more: --limit {total}", highlight=False)


def _how_sure(listing: Listing, now: datetime) -> str:
    known = age(listing.provenance, now)
    return f"{known}; page changed, being verified" if listing.pending is not None else known


def _plain(text: str) -> str:
    """Text that rich takes for markup nowhere, and that steers no terminal."""
    return printable(text).replace("[", "\\[")
