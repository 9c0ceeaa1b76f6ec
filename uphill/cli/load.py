"""``uphill load``: resorts and baseline policies into the database."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from uphill.catalogue import LoadReport, load_openskimap, load_shipped
from uphill.cli.database import database
from uphill.opening import refresh_day


@click.command("load")
@click.option(
    "--openskimap",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="OpenSkiMap's export of ski areas, GeoJSON or CSV, to widen the catalogue to the world.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the counts and the bad rows as JSON.")
def load_command(openskimap: Path | None, *, as_json: bool) -> None:
    """Load the shipped catalogue and baseline, or an OpenSkiMap export.

    Loading again changes nothing. A row that can't be used is named by its line and left out; the exit code
    is then 1.

    \b
    Example:
      uphill load --openskimap ski_areas.geojson
    """
    now = datetime.now(UTC)
    with database() as sessions:
        report = load_openskimap(sessions, openskimap) if openskimap else load_shipped(sessions, now)
        refresh_day(sessions, now)
    click.echo(json.dumps(_as_json(report), ensure_ascii=False) if as_json else sentence(report))
    for file, row in report.bad:
        click.echo(f"{file}, {row}", err=True)
    if report.bad:
        sys.exit(1)


def sentence(report: LoadReport) -> str:
    """What a load did, for people."""
    return (
        f"Resorts: {report.new} new, {report.changed} changed, {report.unchanged} as they were. "
        f"Other names: {report.aliases} new. Baseline policies: {report.policies} new. "
        f"Rows left out: {len(report.bad)}."
    )


def _as_json(report: LoadReport) -> dict[str, object]:
    return {
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "aliases": report.aliases,
        "policies": report.policies,
        "bad": [{"file": file, "line": row.line, "message": str(row)} for file, row in report.bad],
    }
