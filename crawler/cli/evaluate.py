"""``uphill evaluate``: how right the extraction is, on labelled pages."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from crawler.evaluate.floors import Floors, reached_on
from crawler.evaluate.labelled import Labelled, Miss, misses, read_labelled
from crawler.evaluate.report import Row, rows

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("evaluate")
@click.argument("gold", type=_FOLDER)
@click.argument("pages", type=_FOLDER)
@click.option(
    "--misses", "list_misses", is_flag=True, help="List each wrong or missing fact, with what misled."
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print the scores, and the misses if asked for, as JSON."
)
@click.option(
    "--floors",
    "floors_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Fail where a figure lies below its floor in this file.",
)
@click.option(
    "--update", is_flag=True, help="With --floors: raise them to what was reached; none is lowered."
)
def evaluate(
    gold: Path, pages: Path, *, list_misses: bool, as_json: bool, floors_file: Path | None, update: bool
) -> None:
    """Score the extraction against labels: GOLD holds ID.json, PAGES the pages ID.html, .txt or .pdf.

    Precision is right facts by facts claimed, recall right facts by facts labelled; the intervals hold 95 % of
    what other draws of as many pages would have given. Exit status: 0, or 1 where a floor was missed.

    \b
    Example:
      uphill evaluate tests/crawler/corpus/gold tests/crawler/corpus/pages --misses
    """
    if update and floors_file is None:
        raise click.UsageError("--update raises the floors of a file: name it by --floors FILE.")
    labelled = read_labelled(gold, pages)
    missed = [miss for page in labelled for miss in misses(page)] if list_misses else []
    if as_json:
        report = {
            "rows": [asdict(row) for row in rows(labelled)],
            "misses": [asdict(miss) for miss in missed],
        }
        click.echo(json.dumps(report, ensure_ascii=False))
    else:
        for line in (*_miss_lines(missed), *_table(rows(labelled))):
            click.echo(line)
    if floors_file is not None and not _holds(floors_file, labelled, gold, pages, update=update):
        sys.exit(1)


def _holds(file: Path, labelled: Sequence[Labelled], gold: Path, pages: Path, *, update: bool) -> bool:
    """Whether all floors hold; says on standard error which do not, and raises them if asked to."""
    reached = reached_on(labelled, gold, pages)
    if update and not file.exists():
        reached.save(file)
        return True
    floors = Floors.load(file)
    falls = floors.falls(reached)
    for fall in falls:
        click.echo(str(fall), err=True)
    if update:
        floors.raised_to(reached).save(file)
    elif floors.pinned_to != reached.pinned_to:
        click.echo(
            f"The pages or labels are not those that {file} was measured on: "
            "see that each change of them is meant, then run again with --update.",
            err=True,
        )
        return False
    return not falls


def _miss_lines(missed: Iterable[Miss]) -> Iterable[str]:
    for miss in missed:
        yield f"{miss.page}: {miss.field} is {_words(miss.wanted)}, read as {_words(miss.got)}"
        for quote in miss.quotes:
            yield f"    “{' '.join(quote.split())}”"


def _words(value: object) -> str:
    return "unknown" if value in (None, []) else json.dumps(value, ensure_ascii=False)


def _table(found: Sequence[Row]) -> Iterable[str]:
    yield f"{'':24} {'precision':>9} {'95 %':>11}   {'recall':>9} {'95 %':>11}   {'facts':>5} {'pages':>5}"
    for row in found:
        precision, recall = row.precision_interval, row.recall_interval
        yield (
            f"{row.name:24} {row.precision:9.3f} {precision.low:.2f}–{precision.high:.2f}"
            f"     {row.recall:9.3f} {recall.low:.2f}–{recall.high:.2f}     {row.support:5} {row.pages:5}"
        )
