import io
from datetime import UTC, datetime

from rich.console import Console

from crawler.progress import CrawlProgress
from uphill.outcomes import Change, Outcome
from uphill.recording.record import Recorded
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.vocabulary import SourceKind

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PAGE = FetchedPage("http://r/", "http://r/", SourceKind.HOME, Outcome.NO_POLICY, NOW)


def run(*, terminal: bool, quiet: bool = False) -> str:
    """What a crawl of three resorts shows in forty seconds."""
    out = io.StringIO()
    seconds = [0.0]
    console = Console(file=out, force_terminal=terminal, width=100, color_system=None)
    with CrawlProgress(3, console, quiet=quiet, clock=lambda: seconds[0]) as progress:
        for outcome in (Outcome.POLICY, Outcome.DNS, Outcome.UNCHANGED):
            progress.fetched(PAGE)
            seconds[0] += 13.0
            progress.visited(ResortVisit("r", NOW, NOW, outcome), Recorded(Change.NONE, None))
        progress.notice("Something [bold] happened")
    return out.getvalue()


def test_a_line_now_and_then_where_there_is_no_terminal():
    assert run(terminal=False).splitlines() == [
        "2 of 3 resorts, 2 pages, 1 policies, 1 failed",
        "Something [bold] happened",
    ]


def test_quiet_shows_notices_only():
    assert run(terminal=False, quiet=True) == "Something [bold] happened\n"
    assert run(terminal=True, quiet=True).strip() == "Something [bold] happened"


def test_a_bar_on_a_terminal():
    shown = run(terminal=True)
    assert "3/3" in shown
    assert "3 pages · 2 policies · 1 failed" in shown
    assert "Something [bold] happened" in shown
