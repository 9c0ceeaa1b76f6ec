"""``uphill crawl``: visit resorts and record what their pages say."""

import sys

import click

from uphill.imports import swift_imports
from uphill.runs import Trigger

EXAMPLES = """
\b
Examples:
  uphill crawl --due                      what is due, as cron would run it
  uphill crawl --region US-CO             all of Colorado
  uphill crawl --resort aspen-highlands --json

Ctrl-C or SIGTERM ends it: no visit begins any more, those under way have ten seconds. A second time drops them at
once; they come again, all others are recorded.

\b
Exit code: 0 done, 1 no site could be visited, a visit could not be recorded, or another crawl is running,
2 wrong usage, 130 ended by Ctrl-C or SIGTERM.
"""


@click.command(epilog=EXAMPLES)
@click.option(
    "--region", "regions", multiple=True, metavar="CODE", help="Only this region, such as US-CO or AT."
)
@click.option(
    "--resort", "slugs", multiple=True, metavar="SLUG", help="Only this resort; may be given again."
)
@click.option("--due", is_flag=True, help="Only resorts with a page that is due again.")
@click.option("--force", is_flag=True, help="Even where another crawl is running.")
@click.option("--max-pages", type=click.IntRange(1, 200), help="Pages fetched of one resort at most.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--quiet", is_flag=True, help="Show neither progress nor summary.")
@click.option(
    "--trigger",
    type=click.Choice([trigger.value for trigger in Trigger]),
    default=Trigger.MANUAL.value,
    hidden=True,
    help="What began the crawl.",
)
def crawl(
    regions: tuple[str, ...],
    slugs: tuple[str, ...],
    *,
    due: bool,
    force: bool,
    max_pages: int | None,
    as_json: bool,
    quiet: bool,
    trigger: str,
) -> None:
    """Visit resorts' own pages and record what they say about uphill travel.

    One crawl of all resorts, or of all that are due, runs at a time; one of some resorts may run beside it.
    """
    # Other commands of the group need not wait for what a crawl imports.
    with swift_imports():
        from crawler.cli.crawling import Asked, carry_out  # noqa: PLC0415

    asked = Asked(
        regions,
        slugs,
        due=due,
        force=force,
        max_pages=max_pages,
        trigger=Trigger(trigger),
    )
    sys.exit(carry_out(asked, as_json=as_json, quiet=quiet))
