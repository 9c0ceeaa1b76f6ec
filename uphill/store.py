"""Policies in and out of their tables: the one place that knows how a Policy lies in columns and rows."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from uphill.db import (
    PolicyCredential,
    PolicyEvidence,
    PolicyPrice,
    PolicyRoute,
    PolicyVersion,
    PolicyWindow,
)
from uphill.policy import FACTS, LIST_FACTS, Policy, Price, Route, Window, days_text

SCALAR_FACTS = tuple(name for name in FACTS if name not in LIST_FACTS)


def current_policy(session: Session, resort_id: int) -> PolicyVersion | None:
    return session.scalar(
        select(PolicyVersion).where(
            PolicyVersion.resort_id == resort_id, PolicyVersion.superseded_at.is_(None)
        )
    )


def supersede(session: Session, version: PolicyVersion, now: datetime) -> None:
    """End a version; flushed at once, since only one version of a resort may be current."""
    version.superseded_at = max(now, version.first_seen)
    session.flush()


def store_policy(
    session: Session, version: PolicyVersion, policy: Policy, evidence: Iterable[PolicyEvidence]
) -> PolicyVersion:
    """Add ``version``, filled with the facts of ``policy`` and their evidence."""
    for name in SCALAR_FACTS:
        setattr(version, name, getattr(policy, name))
    version.windows = [_window_row(window, at) for at, window in enumerate(policy.windows)]
    version.prices = [
        PolicyPrice(position=at, amount=price.amount, currency=price.currency, period=price.period)
        for at, price in enumerate(policy.prices)
    ]
    version.pass_accepts = [
        PolicyCredential(position=at, credential=credential)
        for at, credential in enumerate(policy.pass_accepts)
    ]
    version.routes = [
        PolicyRoute(
            position=at,
            name=route.name,
            status=route.status,
            windows=[_window_row(window, place) for place, window in enumerate(route.windows)],
        )
        for at, route in enumerate(policy.routes)
    ]
    version.evidence = list(evidence)
    session.add(version)
    session.flush()
    return version


def policy_of(version: PolicyVersion) -> Policy:
    """The policy that a version's columns and rows hold."""
    return Policy(
        **{name: getattr(version, name) for name in SCALAR_FACTS},
        windows=tuple(map(_window, version.windows)),
        prices=tuple(
            Price(amount=row.amount, currency=row.currency, period=row.period) for row in version.prices
        ),
        pass_accepts=tuple(row.credential for row in version.pass_accepts),
        routes=tuple(
            Route(name=row.name, status=row.status, windows=tuple(map(_window, row.windows)))
            for row in version.routes
        ),
    )


def _window_row(window: Window, position: int) -> PolicyWindow:
    return PolicyWindow(position=position, days=days_text(window.days), start=window.start, end=window.end)


def _window(row: PolicyWindow) -> Window:
    return Window.parse(f"{row.days} {row.start}-{row.end}".strip())
