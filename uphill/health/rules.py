"""When the directory is unhealthy, as rules; each says in a sentence what it found."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from uphill.db import Source
from uphill.health.report import RunNote, Totals
from uphill.language import N_, gettext
from uphill.runs import Ending
from uphill.sites import host_family

SILENT_AFTER = timedelta(days=2)
KILLED_AFTER = timedelta(hours=6)
FEWEST_VISITS = 5
LEAST_FOUND_AGAIN = 0.5
FEWEST_PAGES = 5
FEWEST_RESORTS = 3
MOST_FAILING = 0.8
MOST_OVERDUE = 0.1
_LATELY = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class State:
    """What the rules look at; ``runs`` are the newest first."""

    session: Session
    now: datetime
    totals: Totals
    runs: tuple[RunNote, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """``meaning`` says when it is broken; ``check`` gives a sentence for each time it is."""

    name: str
    meaning: str
    check: Callable[[State], Iterator[str]]


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _silent(state: State) -> Iterator[str]:
    ended = [run.finished_at for run in state.runs if run.finished_at is not None]
    if not ended:
        yield gettext("No crawl has ever ended.")
    elif state.now - max(ended) > SILENT_AFTER:
        yield gettext("No crawl has ended since %(when)s.", when=_utc(max(ended)))


def _run_failed(state: State) -> Iterator[str]:
    for run in state.runs:
        if run.ending is Ending.FAILED:
            yield gettext(
                "The run of %(when)s failed: %(reason)s",
                when=_utc(run.started_at),
                reason=run.detail or gettext("no reason is known"),
            )
        elif run.finished_at is None and state.now - run.started_at > KILLED_AFTER:
            yield gettext(
                "The run of %(when)s never ended: its process was killed.", when=_utc(run.started_at)
            )
        elif run.finished_at is None:
            continue
        return


def _nothing_reached(state: State) -> Iterator[str]:
    run = next((run for run in state.runs if run.visited >= FEWEST_VISITS), None)
    if run is not None and run.failed == run.visited:
        yield gettext(
            "All %(count)s visits of the run of %(when)s failed.",
            count=run.visited,
            when=_utc(run.started_at),
        )


def _far_fewer(state: State) -> Iterator[str]:
    run = next((run for run in state.runs if run.known_policies >= FEWEST_VISITS), None)
    if run is not None and run.known_policies - run.lost_policies < LEAST_FOUND_AGAIN * run.known_policies:
        found = run.known_policies - run.lost_policies
        yield gettext(
            "The run of %(when)s found the policies of %(found)s resorts, "
            "of %(known)s that had one at the visit before.",
            when=_utc(run.started_at),
            found=found,
            known=run.known_policies,
        )


def _platform_fails(state: State) -> Iterator[str]:
    for name, failing, asked in _groups_that_fail(state, Source.platform):
        yield gettext(
            "%(failing)s of %(asked)s pages built with %(name)s fail.",
            failing=failing,
            asked=asked,
            name=name,
        )


def _host_fails(state: State) -> Iterator[str]:
    for name, failing, asked in _groups_that_fail(state, Source.site, host_family):
        yield gettext(
            "%(failing)s of %(asked)s pages on %(name)s fail.", failing=failing, asked=asked, name=name
        )


def _groups_that_fail(
    state: State,
    column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
    group: Callable[[str], str] = str,
) -> Iterator[tuple[str, int, int]]:
    """Groups of pages that worked before and fail now: their name, how many fail, of how many."""
    rows = state.session.execute(
        select(column, Source.resort_id, Source.failures).where(
            column.is_not(None),
            column != "",
            Source.next_due.is_not(None),
            Source.last_success.is_not(None),
            Source.last_checked > state.now - _LATELY,
        )
    )
    groups: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for name, resort_id, failures in rows:
        groups[group(str(name))].append((resort_id, failures > 0))
    for name, pages in sorted(groups.items()):
        failing = sum(fails for _, fails in pages)
        resorts = {resort_id for resort_id, _ in pages}
        if (
            len(pages) >= FEWEST_PAGES
            and len(resorts) >= FEWEST_RESORTS
            and failing >= MOST_FAILING * len(pages)
        ):
            yield name, failing, len(pages)


def _overdue(state: State) -> Iterator[str]:
    asked, overdue = state.totals.sources, state.totals.overdue
    if overdue > MOST_OVERDUE * asked and overdue >= FEWEST_PAGES:
        yield gettext(
            "%(overdue)s of %(asked)s pages should have been asked more than two days ago.",
            overdue=overdue,
            asked=asked,
        )


def _undelivered(state: State) -> Iterator[str]:
    if state.totals.given_up_messages:
        yield gettext(
            "%(count)s messages of the last day could not be delivered.", count=state.totals.given_up_messages
        )


RULES: tuple[Rule, ...] = (
    Rule("silent", N_("no crawl has ended for two days"), _silent),
    Rule("run_failed", N_("the last crawl failed, or was killed"), _run_failed),
    Rule("nothing_reached", N_("all visits of the last crawl failed"), _nothing_reached),
    Rule("far_fewer", N_("the last crawl found less than half of the policies known before"), _far_fewer),
    Rule(
        "platform_fails",
        N_("four in five pages of one page builder fail that worked before"),
        _platform_fails,
    ),
    Rule(
        "host_fails",
        N_("four in five pages of one host of several resorts fail that worked before"),
        _host_fails,
    ),
    Rule("overdue", N_("a tenth of the pages is more than two days overdue"), _overdue),
    Rule("undelivered", N_("messages of the last day were given up"), _undelivered),
)
