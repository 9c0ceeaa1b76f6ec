"""What is told of the directory's health: frozen values for the command line, the metrics and the site."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from uphill.outcomes import Outcome
from uphill.runs import Ending, Trigger
from uphill.vocabulary import SourceKind


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Finding(_Told):
    """A rule that is broken, and the sentence that says how."""

    rule: str
    sentence: str


class SourceHealth(_Told):
    """One page that is asked again and again. ``age_hours`` counts from the last fetch that brought an answer."""

    resort: str = Field(description="slug")
    url: str
    kind: SourceKind
    platform: str | None
    last_success: datetime | None
    last_try: datetime | None
    failures: int = Field(description="fetches in a row that failed")
    reason: str | None = Field(description="why the last fetch failed; empty where it did not")
    next_due: datetime | None
    age_hours: float | None


class RunNote(_Told):
    """One crawl run. ``known_policies`` resorts had a policy a visit before; ``lost_policies`` of them had none now."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    trigger: Trigger
    scope: str | None
    ending: Ending | None = Field(description="empty while it runs, or where it was killed")
    detail: str | None
    planned: int
    visited: int
    pages: int
    new: int
    changed: int
    unchanged: int
    no_policy: int
    failed: int
    outcomes: dict[Outcome, int] = {}
    known_policies: int = 0
    lost_policies: int = 0


class Totals(_Told):
    resorts: int
    checked: int = Field(description="resorts with a policy of our own reading")
    listed: int = Field(description="resorts with a policy of the baseline alone")
    pending: int = Field(description="resorts with a change that waits to be verified")
    sources: int = Field(description="pages that are asked again")
    never_tried: int
    failing: int
    overdue: int = Field(description="pages that should have been asked more than two days ago")
    given_up_messages: int = Field(description="messages of the last day that could not be delivered")


class Health(_Told):
    healthy: bool
    at: datetime
    findings: tuple[Finding, ...]
    totals: Totals
    runs: tuple[RunNote, ...]
    sources: tuple[SourceHealth, ...] = Field(description="those that fail, longest first; all if asked for")
