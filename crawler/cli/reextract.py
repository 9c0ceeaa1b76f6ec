"""``uphill reextract``: new rules over the stored pages, without fetching."""

import json
import sys
from datetime import UTC, datetime

import click

from crawler.extract import parse_page, read_page
from uphill.cli.database import database
from uphill.errors import UphillError
from uphill.reading import Reading
from uphill.recording.rereading import CannotReread, Page, Reread, reread, to_reread

EXAMPLES = """
\b
Examples:
  uphill reextract --dry-run              what the rules of this version read differently
  uphill reextract --region AT --json     read Austria's pages again

Exit code: 0 done, 1 a resort's pages could not be read again (its facts stay), 2 wrong usage.
"""


@click.command(epilog=EXAMPLES)
@click.option(
    "--resort", "slugs", multiple=True, metavar="SLUG", help="Only this resort; may be given again."
)
@click.option(
    "--region", "regions", multiple=True, metavar="CODE", help="Only this region, such as US-CO or AT."
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line a resort that changes.")
def reextract(slugs: tuple[str, ...], regions: tuple[str, ...], *, dry_run: bool, as_json: bool) -> None:
    """Read the stored pages again by the rules of this version.

    What is read differently is logged as a change of our reading, never of the resort; dates stay as they are.
    """
    changed = failed = 0
    with database() as sessions:
        with sessions() as session:
            resorts = to_reread(session, slugs=slugs, regions=regions)
        for slug in resorts:
            try:
                found = reread(sessions, slug, read_stored, datetime.now(UTC), dry_run=dry_run)
            except UphillError as error:
                failed += 1
                click.echo(f"uphill: {error}", err=True)
                continue
            if found.changes or found.withdrawn:
                changed += 1
                click.echo(_json(found) if as_json else _text(found))
    if not as_json:
        would = "would change" if dry_run else "changed"
        click.echo(f"{len(resorts)} resorts read again, {changed} {would}, {failed} failed.")
    sys.exit(1 if failed else 0)


def read_stored(page: Page) -> tuple[str, Reading]:
    """A stored page's text and reading. Raises CannotReread where the rules stumble over it."""
    try:
        parsed = parse_page(page.body, content_type=page.content_type, url=page.url)
        return parsed.text, read_page(parsed, source=page.url, resort=page.resort)
    except Exception as error:  # anyone's bytes, and parsers of several projects
        raise CannotReread(f"{page.url} can't be read again: {error!r}.") from error


def _json(found: Reread) -> str:
    changes = [{"field": each.field, "old": each.old, "new": each.new} for each in found.changes]
    return json.dumps(
        {"resort": found.slug, "withdrawn": found.withdrawn, "changes": changes}, ensure_ascii=False
    )


def _text(found: Reread) -> str:
    lines = [f"{found.slug}: its page is no policy any more" if found.withdrawn else f"{found.slug}:"]
    lines += [f"    {each.field}: {_words(each.old)} -> {_words(each.new)}" for each in found.changes]
    return "\n".join(lines)


def _words(value: object) -> str:
    if value is None:
        return "not stated"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
