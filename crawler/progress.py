"""Shows how a crawl goes: a bar on a terminal, an occasional line elsewhere. All of it on stderr."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)

from uphill.outcomes import Outcome
from uphill.recording.record import Recorded
from uphill.recording.visit import FetchedPage, ResortVisit

_SECONDS_BETWEEN_LINES = 15.0
_COUNTS = "{task.fields[pages]} pages · {task.fields[policies]} policies · {task.fields[failed]} failed"


class CrawlProgress:
    """A crawl's listener with a bar of resorts done, pages, policies, failures and time left.

    ``quiet`` shows notices only. ``clock`` gives monotonic seconds.
    """

    def __init__(
        self,
        planned: int,
        console: Console,
        *,
        quiet: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._console = console
        self._planned = planned
        self._quiet = quiet
        self._clock = clock
        self._last_line = clock()
        self._pages = self._policies = self._failed = self._done = 0
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("Crawling"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn(_COUNTS),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=quiet or not console.is_terminal,
        )
        self._task = self._bar.add_task("crawl", total=planned, pages=0, policies=0, failed=0)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def fetched(self, page: FetchedPage) -> None:
        del page
        self._pages += 1
        self._update()

    def visited(self, visit: ResortVisit, recorded: Recorded) -> None:
        del recorded
        self._done += 1
        self._policies += visit.outcome in {Outcome.POLICY, Outcome.UNCHANGED}
        self._failed += visit.outcome.failed
        self._update()

    def notice(self, sentence: str) -> None:
        self._bar.console.print(sentence, markup=False, highlight=False, soft_wrap=True)

    def _update(self) -> None:
        self._bar.update(
            self._task,
            completed=self._done,
            pages=self._pages,
            policies=self._policies,
            failed=self._failed,
        )
        due = self._clock() - self._last_line >= _SECONDS_BETWEEN_LINES
        if due and not self._quiet and not self._console.is_terminal:
            self._last_line = self._clock()
            self.notice(
                f"{self._done} of {self._planned} resorts, {self._pages} pages, "
                f"{self._policies} policies, {self._failed} failed"
            )
