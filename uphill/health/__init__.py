"""Whether the directory is kept as it should be: its sources, its runs, and rules that say when it is not."""

from datetime import datetime

from sqlalchemy.orm import Session

from uphill.health.report import Finding, Health, RunNote, SourceHealth, Totals
from uphill.health.rules import RULES, State
from uphill.health.runs import runs
from uphill.health.sources import sources, totals

__all__ = [
    "RULES",
    "Finding",
    "Health",
    "RunNote",
    "SourceHealth",
    "Totals",
    "health",
    "runs",
    "sources",
    "totals",
]

_RUNS_SHOWN = 20


def health(session: Session, now: datetime, *, all_sources: bool = False) -> Health:
    """The state of the whole directory. It is healthy where no rule of :data:`RULES` is broken."""
    state = State(session, now, totals(session, now), runs(session, limit=_RUNS_SHOWN))
    findings = tuple(
        Finding(rule=rule.name, sentence=sentence) for rule in RULES for sentence in rule.check(state)
    )
    return Health(
        healthy=not findings,
        at=now,
        findings=findings,
        totals=state.totals,
        runs=state.runs,
        sources=sources(session, now, failing_only=not all_sources),
    )
