"""The directory's own state as messages: crawl runs that went wrong, and rules of health that are broken."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from uphill.health import RULES, runs, totals
from uphill.health.rules import State
from uphill.notify.message import LONGEST_SUBJECT, Message, clipped, plain
from uphill.subscription import Topic

RUN_RULES = ("run_failed", "nothing_reached", "far_fewer")
"""The rules of health that judge one run; they are asked of each, the others of the directory as it stands."""
_LONGEST_RUN = timedelta(hours=12)
_RUNS = 50
_MORE = "Run 'uphill health' and 'uphill runs' on the machine that crawls to see more."


def run_messages(
    session: Session, since: datetime, now: datetime, told: Collection[str]
) -> Iterator[Message]:
    """What went wrong with the runs since, told once an hour of their start for each rule that is broken.

    Where each of many small runs fails for one reason, the first tells of it.
    """
    counts = totals(session, now)
    for run in reversed(runs(session, limit=_RUNS, since=since - _LONGEST_RUN)):
        state = State(session, now, counts, (run,))
        for rule in RULES:
            key = f"{rule.name}:{run.started_at.astimezone(UTC):%Y-%m-%dT%H}"
            # A run under way may fail only in being killed: its counts are not in yet.
            if (
                rule.name not in RUN_RULES
                or key in told
                or (run.ending is None and rule.name != "run_failed")
            ):
                continue
            if sentences := list(rule.check(state)):
                yield _message(Topic.RUN_FAILED, key, "A crawl went wrong", sentences)


def health_messages(session: Session, now: datetime, told: Collection[str]) -> Iterator[Message]:
    """Each rule of health that is broken, told once a day (UTC)."""
    state = State(session, now, totals(session, now), runs(session, limit=_RUNS))
    for rule in RULES:
        key = f"{rule.name}:{now.astimezone(UTC).date()}"
        if key not in told and (sentences := list(rule.check(state))):
            yield _message(Topic.UNHEALTHY, key, "The directory is not healthy", sentences)


def _message(topic: Topic, key: str, what: str, sentences: list[str]) -> Message:
    said = [plain(sentence) for sentence in sentences]
    return Message(topic, key, clipped(f"{what}: {said[0]}", LONGEST_SUBJECT), "\n\n".join([*said, _MORE]))
