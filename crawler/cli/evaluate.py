"""``uphill evaluate``: how right the extraction is, on labelled pages."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from crawler.evaluate.labelled import Miss, misses, read_labelled
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
def evaluate(gold: Path, pages: Path, *, list_misses: bool, as_json: bool) -> None:
    """Score the extraction against labels: GOLD holds ID.json, PAGES the pages ID.html, .txt or .pdf.

    Precision is right facts by facts claimed, recall right facts by facts labelled; the intervals hold 95 % of
    what other draws of as many pages would have given.

    \b
    Example:
      uphill evaluate tests/crawler/corpus/gold tests/crawler/corpus/pages --misses
    """
    labelled = read_labelled(gold, pages)
    missed = [miss for page in labelled for miss in misses(page)] if list_misses else []
    if as_json:
        report = {
            "rows": [asdict(row) for row in rows(labelled)],
            "misses": [asdict(miss) for miss in missed],
        }
        click.echo(json.dumps(report, ensure_ascii=False))
        return
    for line in (*_miss_lines(missed), *_table(rows(labelled))):
        click.echo(line)


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
