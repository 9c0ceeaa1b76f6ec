"""``uphill extract``: the facts of pages, with the words that state them."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from crawler.extract import explain_page, parse_page
from crawler.extract.explain import as_explanation, as_table
from crawler.extract.languages import LANGUAGES
from crawler.one_page import CannotDownload, download
from uphill.errors import UphillError
from uphill.settings import load_settings

_MOST_BYTES = 10 * 1024 * 1024
_AGENT = "uphill-directory (extract; a person asked for this page)"


class CannotRead(UphillError):
    """A page given on the command line can't be read."""


@click.command()
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True)
@click.option(
    "--url", help="Where the page was found; helps to read phone numbers and currencies, and its #part."
)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the pages, if you know better.")
@click.option("--resort", help="The resort whose rules are wanted, of a page that holds those of several.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line a page.")
@click.option("--explain", is_flag=True, help="Print every claim, and why it won or lost.")
def extract(
    *,
    pages: tuple[str, ...],
    url: str | None,
    lang: str | None,
    resort: str | None,
    as_json: bool,
    explain: bool,
) -> None:
    """Print the uphill facts that each PAGE states, with the words that state them.

    A PAGE is a file (HTML, PDF or text), a http(s) URL, or - for standard input.
    Exit status: 0, or 1 where a page could not be read.

    \b
    Example:
      uphill extract policy.html --url https://example.com/uphill
    """
    failed = False
    for source in pages:
        try:
            body, content_type, found_at = _fetched(source)
        except CannotRead as error:
            click.echo(f"Error: {error}", err=True)
            failed = True
            continue
        page = parse_page(body, content_type=content_type, url=url or found_at)
        explained = explain_page(page, source=source, lang=lang, resort=resort)
        if as_json:
            click.echo(json.dumps(explained.reading.as_line(), ensure_ascii=False))
        else:
            click.echo(as_table(explained.reading))
        if explain:
            click.echo(as_explanation(explained, page), err=as_json)
    if failed:
        sys.exit(1)


def _fetched(source: str) -> tuple[bytes, str | None, str | None]:
    """Body, content type and URL of a page."""
    if source.startswith(("http://", "https://")):
        return _downloaded(source)
    if source == "-":
        return sys.stdin.buffer.read(_MOST_BYTES), None, None
    path = Path(source)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise CannotRead(f"{source} is larger than 10 MB; give the page alone.")
        return path.read_bytes(), _type_of(path), None
    except OSError as error:
        raise CannotRead(f"{source} can't be read: {error.strerror or error}.") from error
    except ValueError as error:
        raise CannotRead(f"{source!r} is not a file name.") from error


def _type_of(path: Path) -> str | None:
    return {".txt": "text/plain", ".pdf": "application/pdf"}.get(path.suffix.lower())


def _downloaded(url: str) -> tuple[bytes, str | None, str | None]:
    settings = load_settings()
    try:
        found = download(
            url,
            user_agent=_AGENT,
            most_bytes=_MOST_BYTES,
            timeout=settings.timeout,
            allow_loopback=settings.allow_loopback,
        )
    except CannotDownload as error:
        raise CannotRead(str(error)) from error
    return found.body, found.content_type, found.url


def lines(text: str) -> Iterator[str]:
    yield from text.splitlines()
