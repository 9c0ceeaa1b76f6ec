"""``uphill demo``: the whole pipeline on a small web of invented resorts, without internet."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Column, Table

from crawler.demo.server import DemoSite, DemoWeb
from uphill.catalogue import CatalogueRow, LoadReport, load_resorts
from uphill.cli.database import database
from uphill.cli.up import stop
from uphill.db import writing
from uphill.due import targets
from uphill.errors import UphillError
from uphill.opening import refresh_day
from uphill.outcomes import Outcome
from uphill.policy import Policy, Price, Route
from uphill.search import find
from uphill.search.answers import ResortPage
from uphill.settings import Settings, load_settings
from uphill.vocabulary import SourceKind
from uphill.words.wording import price_words, value_words, window_words

EXAMPLES = """
\b
Examples:
  uphill demo                       crawl, show what was found, serve it
  uphill demo --no-serve --json     for a program

Exit code: 0 all came out as expected, 1 some resort did not, 130 if the crawl was ended by Ctrl-C.
"""
_NARROW = 150


@dataclass(frozen=True, slots=True)
class Trial:
    """One invented resort: what was to be found there, and what was."""

    site: DemoSite
    found: ResortPage

    @property
    def outcome(self) -> Outcome | None:
        return self.found.last_visit.outcome if self.found.last_visit else None

    @property
    def mistakes(self) -> tuple[str, ...]:
        """What came out otherwise than expected, a sentence each; none where all is well."""
        site, found = self.site, self.found
        told = []
        if self.outcome is not site.expected_outcome:
            told.append(f"ended as {self.outcome}, expected {site.expected_outcome}")
        policy_url = found.provenance.source_url if found.provenance else None
        if policy_url != site.expected_policy_url:
            told.append(f"policy at {policy_url}, expected at {site.expected_policy_url}")
        status_urls = {source.url for source in found.sources if source.kind is SourceKind.STATUS}
        if site.expected_status_url and site.expected_status_url not in status_urls:
            told.append(f"status page {site.expected_status_url} not found")
        # Through JSON: a database gives 15.00 back for 15.
        policy = Policy.model_validate(found.policy.model_dump(mode="json"))
        for name, (expected, got) in site.missed(policy).items():
            told.append(f"{name} is {_plain(got)}, expected {_plain(expected)}")
        return tuple(told)

    def as_json(self) -> dict[str, Any]:
        found = self.found
        return {
            "slug": self.site.slug,
            "name": self.site.name,
            "region": self.site.region,
            "shows": self.site.shows,
            "outcome": self.outcome,
            "expected_outcome": self.site.expected_outcome,
            "reason": found.last_visit.reason if found.last_visit else None,
            "pages": found.last_visit.pages if found.last_visit else 0,
            "policy_url": found.provenance.source_url if found.provenance else None,
            "policy": found.policy.model_dump(mode="json") if found.provenance else None,
            "as_expected": not self.mistakes,
            "mistakes": list(self.mistakes),
        }


@click.command(epilog=EXAMPLES)
@click.option("--serve/--no-serve", default=True, help="Serve the site on what was found, until Ctrl-C.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port of the served site.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array, one object a resort.")
def demo(port: int | None, *, serve: bool, as_json: bool) -> None:
    """Crawl invented resorts, served on loopback, into a database of its own, and show what was found."""
    with tempfile.TemporaryDirectory(prefix="uphill-demo-") as folder:
        settings = _settings(Path(folder), port)
        with DemoWeb() as web:
            trials = _crawl(settings, web.sites)
            click.echo(_json(trials)) if as_json else _show(trials)
            sys.stdout.flush()
            if serve:
                _serve(settings)
    sys.exit(1 if any(trial.mistakes for trial in trials) else 0)


def _settings(folder: Path, port: int | None) -> Settings:
    """Loopback needs no delay and no patience."""
    return load_settings(
        database_url=f"sqlite:///{folder / 'demo.db'}",
        delay=0,
        timeout=10,
        retries=1,
        sites=24,
        allow_loopback=True,
        port=port,
    )


def _crawl(settings: Settings, sites: Sequence[DemoSite]) -> list[Trial]:
    from crawler.progress import CrawlProgress  # noqa: PLC0415 - with Scrapy, which is slow to import
    from crawler.run import crawl  # noqa: PLC0415

    with database(settings) as sessions:
        with writing(sessions) as session:
            load_resorts(session, [_row(site) for site in sites], LoadReport())
        now = datetime.now(UTC)
        with sessions() as session:
            to_visit = targets(session, now)
        with CrawlProgress(len(to_visit), Console(stderr=True)) as progress:
            summary = crawl(settings, sessions, to_visit, progress, proxies=False)
        if summary.stopped:
            sys.exit(130)
        refresh_day(sessions, now)
        with sessions() as session:
            return [Trial(site, find(session, site.slug, now)) for site in sites]


def _row(site: DemoSite) -> CatalogueRow:
    shared = CatalogueRow.model_fields.keys() & {*DemoSite.__dataclass_fields__}
    return CatalogueRow(**{name: getattr(site, name) for name in shared})


def _json(trials: Sequence[Trial]) -> str:
    return json.dumps([trial.as_json() for trial in trials], ensure_ascii=False)


def _show(trials: Sequence[Trial]) -> None:
    console = Console()
    if not console.is_terminal:
        console = Console(width=_NARROW)
    table = Table(
        Column("Resort", min_width=10, overflow="fold"),
        Column("Region", no_wrap=True),
        Column("Found", min_width=9),
        Column("Pass", min_width=6),
        Column("Hours", min_width=11),
        Column("Dogs", min_width=10),
        Column("Pages", justify="right"),
        Column("OK?", min_width=3),
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    for trial in trials:
        table.add_row(*_cells(trial))
    console.print(table)
    for sentence in _sentences(trials):
        console.print(sentence, markup=False, highlight=False, soft_wrap=True)
    right = sum(not trial.mistakes for trial in trials)
    console.print(f"{right} of {len(trials)} resorts came out as expected.", highlight=False)


def _sentences(trials: Sequence[Trial]) -> Iterator[str]:
    """Why resorts have no policy, then what came out otherwise than expected."""
    for trial in trials:
        if trial.outcome is not Outcome.POLICY and trial.found.last_visit:
            yield f"{trial.site.name}: {trial.found.last_visit.reason}"
    for trial in trials:
        for mistake in trial.mistakes:
            yield f"{trial.site.name} is not as expected: {mistake}"


def _cells(trial: Trial) -> tuple[str, ...]:
    found, site = trial.found, trial.site
    policy = found.policy
    visit = found.last_visit
    told = found.provenance is not None
    return (
        site.name,
        site.region,
        trial.outcome.replace("_", " ") if trial.outcome else "not visited",
        value_words("pass_required", policy.pass_required) if told else "",
        "\n".join(window_words(window) for window in policy.windows) if told else "",
        value_words("dogs", policy.dogs) if told else "",
        str(visit.pages) if visit else "",
        "no" if trial.mistakes else "yes",
    )


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_plain, value)) or "empty"
    if isinstance(value, Price):
        return price_words(value)
    return value.name if isinstance(value, Route) else str(value)


def _serve(settings: Settings) -> None:
    """The site in a process of its own, until Ctrl-C or SIGTERM, which are its ordinary end, or its own."""
    environment = {**os.environ, "UPHILL_DATABASE_URL": settings.database_url}
    command = [sys.executable, "-m", "uphill", "serve", "--port", str(settings.port)]
    signal.signal(signal.SIGTERM, _interrupt)
    site = subprocess.Popen(command, env=environment)  # noqa: S603 - our own command
    try:
        code = site.wait()
    except KeyboardInterrupt:
        code = 0
    finally:
        stop([site])
    if code:
        raise UphillError(f"The site stopped by itself (exit code {code}); its own message stands above.")


def _interrupt(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise KeyboardInterrupt
