"""``uphill links``: which links of a page lead to an uphill policy."""

import dataclasses
import json
import sys
from pathlib import Path

import click

from crawler.discovery.links import anchors, policy_links
from crawler.discovery.score import STRONG
from crawler.one_page import download
from crawler.settings import user_agent
from uphill.errors import BadInput
from uphill.settings import load_settings

EXAMPLES = """
\b
Examples:
  uphill links home.html --url https://www.example.com/
  uphill links https://www.example.com/ --json
  curl -s https://www.example.com/ | uphill links - --url https://www.example.com/

The score stands first: 10 and more names the policy, 5 and more is about uphill travel.
Nothing is printed where no link leads to a policy.
"""


@click.command(epilog=EXAMPLES)
@click.argument("page")
@click.option("--url", help="Address of the page, which its links are relative to; for a file or '-'.")
@click.option(
    "--all", "everything", is_flag=True, help="Also links to pages that may lead on, such as 'Safety'."
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
def links(page: str, url: str | None, *, everything: bool, as_json: bool) -> None:
    """List the links of PAGE (a file, a URL, or - for standard input) that lead to an uphill policy, best first."""
    body, base = _read(page, url)
    found = policy_links(anchors(body, base), minimum=1 if everything else STRONG)
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(link) for link in found], ensure_ascii=False))
        return
    for link in found:
        click.echo(f"{link.score:3}  {link.url}  {link.text}".rstrip())


def _read(page: str, url: str | None) -> tuple[bytes, str]:
    """The page's bytes and the address that its links are relative to."""
    if page.startswith(("http://", "https://")):
        return _download(page, url)
    if not url:
        raise BadInput("Give the page's address with --url: its links are relative to it.")
    if page == "-":
        return sys.stdin.buffer.read(), url
    try:
        return Path(page).read_bytes(), url
    except OSError as error:
        raise BadInput(f"{page} can't be read: {error.strerror}.") from error


def _download(page: str, url: str | None) -> tuple[bytes, str]:
    settings = load_settings()
    found = download(
        page,
        user_agent=user_agent(settings.contact),
        most_bytes=settings.max_page_bytes,
        timeout=settings.timeout,
        allow_loopback=settings.allow_loopback,
    )
    return found.body, url or found.url
