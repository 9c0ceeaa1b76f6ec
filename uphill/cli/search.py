"""``uphill search``: the directory's search on the command line."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from uphill.cli.database import reading
from uphill.export import as_csv
from uphill.licence import ATTRIBUTION
from uphill.printable import printable
from uphill.search import Query, Sort, listings_of, remarks_of
from uphill.search.answers import Listing
from uphill.search.filters import FILTERS
from uphill.search.parameters import OPENING_WORDS, Opening
from uphill.search.places import DEFAULT_KM, MAX_KM
from uphill.wording import age

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
@click.option("--near", metavar="LAT,LON", help="Around a place, in degrees: 39.7,-105.")
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
@click.option("--json", "as_json", is_flag=True, help="Print total and listings as JSON.")
@click.option("--csv", "as_csv_", is_flag=True, help="Print the listings as CSV.")
def search_command(
    text: tuple[str, ...],
    sort: str,
    limit: int,
    *,
    as_json: bool,
    as_csv_: bool,
    **given: tuple[str, ...] | str | None,
) -> None:
    """Search resorts by name, place and policy. "unknown" finds what is not stated.

    \b
    Examples:
      uphill search --region US-CO --pass never
      uphill search tirol --dogs unknown --json
      uphill search --near 39.7,-105 --km 100 --at 2026-11-28T06:00 --pass-cost free
    """
    asked = {name: [value] if isinstance(value, str) else value or [] for name, value in given.items()}
    query = Query.parse({"text": [" ".join(text)], "sort": [sort], **asked})
    now = datetime.now(UTC)
    with reading() as session:
        total, listings = listings_of(session, query, now, limit)
        remarks = remarks_of(session, query, now)
    if as_csv_:
        click.echo(as_csv(listings), nl=False)
    elif as_json:
        rows = [listing.model_dump(mode="json") for listing in listings]
        click.echo(
            json.dumps(
                {
                    "total": total,
                    "remarks": remarks,
                    "attribution": ATTRIBUTION,
                    "listings": rows,
                },
                ensure_ascii=False,
            )
        )
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
