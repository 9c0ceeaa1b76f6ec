"""Whatever visits find, in whatever order: no good record is lost without two that agree, or a curator."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.uphill.recording.conftest import FACTS, Found, Watched
from uphill.crawl_runs import start_run
from uphill.db import PendingChange, PolicyVersion
from uphill.outcomes import Outcome
from uphill.policy import Policy
from uphill.recording.doubt import doubt_of_policy
from uphill.recording.pending import SECOND_LOOK
from uphill.stated import without_announced

_PAGES = {
    "as it was": FACTS,
    "opposite": FACTS | {"access": "prohibited"},
    "opposite too": FACTS | {"access": "prohibited", "dogs": "prohibited"},
    "poor": {"access": "allowed"},
    "rich": FACTS | {"snowshoes": "allowed"},
}
_OTHERWISE = {
    "emptied": Found.emptied(),
    "gone": Found.gone(),
    "blocked": Found.none(Outcome.BLOCKED),
    "parked": Found.none(Outcome.PARKED),
    "away": Found.away(),
    "timeout": Found.none(Outcome.TIMEOUT),
    "unchanged": Found.unchanged(),
    "status": Found.partial(Found.report("open")),
}
_NOTHING_SAID = {"blocked", "parked", "away", "timeout", "unchanged", "status"}
_numbers = count()

visits = st.lists(
    st.tuples(st.sampled_from([*_PAGES, *_OTHERWISE]), st.sampled_from([1, 3, 6, 24])),
    min_size=2,
    max_size=9,
)
"""What each visit finds, and how many hours it is after the one before."""


def _finds(name):
    return Found.policy(**_PAGES[name]) if name in _PAGES else _OTHERWISE[name]


def _agreed(history, name, hours):
    """Whether an earlier visit, long enough ago, found the same, and none between them anything else."""
    for earlier, at in reversed(history):
        if earlier == name and (hours - at) * 3600 >= SECOND_LOOK.total_seconds():
            return True
        if earlier != name and earlier not in _NOTHING_SAID:
            return False
    return False


@pytest.mark.slow
@pytest.mark.parametrize("migrated_engine", ["sqlite"], indirect=True)
@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(visits)
def test_no_good_record_is_lost(sessions, stock, row, now, sequence):
    slug = f"hill-{next(_numbers)}"
    stock(row(slug))
    resort = Watched(sessions, start_run(sessions, 1, now), now, slug)
    resort.visit(0, Found.policy(**FACTS))
    history, hours, before = [], 0, resort.policy
    for name, later in sequence:
        hours += later
        resort.visit(hours, _finds(name))
        after = resort.policy
        _check(resort)
        assert _is_harmless(before, after) or _agreed(history, name, hours), (history, name, hours)
        if name in _PAGES and _agreed(history, name, hours):
            assert without_announced(after) == Policy.model_validate(_PAGES[name]), (
                "it is never put off for ever"
            )
        history.append((name, hours))
        before = after


def _is_harmless(before, after):
    if before is None:
        return True
    return after is not None and doubt_of_policy(before, after) is None


def _check(resort):
    with resort.sessions() as session:
        current = select(func.count(PolicyVersion.id)).where(PolicyVersion.superseded_at.is_(None))
        waiting = select(func.count(PendingChange.id)).where(PendingChange.decided_at.is_(None))
        key = resort._id(session)
        assert session.scalar(current.where(PolicyVersion.resort_id == key)) <= 1
        assert session.scalar(waiting.where(PendingChange.resort_id == key)) <= 1
    replayed = {field: new for field, _, new, _ in resort.logged}
    told = {field: value for field, value in replayed.items() if value is not None}
    assert Policy.model_validate(told) == (resort.policy or Policy()), "the log leads to what stands"
