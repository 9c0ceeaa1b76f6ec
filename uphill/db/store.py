"""Policies in and out of their tables: the one place that knows how a Policy lies in columns and rows."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from uphill.db import (
    PolicyCredential,
    PolicyEvidence,
    PolicyPenalty,
    PolicyPrice,
    PolicyRoute,
    PolicyVersion,
    PolicyWindow,
    Resort,
    write_rules,
)
from uphill.errors import NotFound
from uphill.policy import FACTS, LIST_FACTS, Parking, Policy, Price, Route, Season, Window, days_text
from uphill.vocabulary import Origin

PART_FACTS: dict[str, type[Parking | Season]] = {"parking": Parking, "season": Season}
"""Facts of several parts: a column for each, all of them empty where the fact is not stated."""

SCALAR_FACTS = tuple(name for name in FACTS if name not in LIST_FACTS and name not in PART_FACTS)

_ROUTE_COLUMNS = ("name", "status", "start", "end", "length_m", "ascent_m", "difficulty", "serves")


def resort_to_change(session: Session, slug: str) -> Resort:
    """The resort, locked until the end of the transaction: its policy is changed by one at a time.

    SQLite needs no lock of a row, it has one writer. Raises NotFound for a resort that is not in the catalogue.
    """
    query = select(Resort).filter_by(slug=slug).with_for_update(of=Resort, key_share=True)
    resort = session.scalar(query)
    if resort is None:
        raise NotFound(f"There is no resort {slug!r} in the directory; 'uphill search' finds its slug.")
    return resort


def current_policy(session: Session, resort_id: int) -> PolicyVersion | None:
    return session.scalar(
        select(PolicyVersion).where(
            PolicyVersion.resort_id == resort_id, PolicyVersion.superseded_at.is_(None)
        )
    )


def was_crawled(session: Session, resort_id: int) -> bool:
    """Whether a policy of the resort's own page was ever in force."""
    ours = select(PolicyVersion.id).where(
        PolicyVersion.resort_id == resort_id,
        PolicyVersion.origin == Origin.CRAWL,
        PolicyVersion.proposed.is_(False),
    )
    return session.scalar(ours.limit(1)) is not None


def supersede(session: Session, version: PolicyVersion, now: datetime) -> None:
    """End a version; flushed at once, since only one version of a resort may be current."""
    version.superseded_at = max(now, version.first_seen)
    session.flush()
    write_rules(session, version.resort_id, ())


def store_policy(
    session: Session, version: PolicyVersion, policy: Policy, evidence: Iterable[PolicyEvidence]
) -> PolicyVersion:
    """Add ``version``, filled with the facts of ``policy`` and their evidence."""
    fill(version, policy, evidence)
    session.add(version)
    session.flush()
    if version.superseded_at is None:
        remember_words(session, version)
    return version


def fill(version: PolicyVersion, policy: Policy, evidence: Iterable[PolicyEvidence]) -> None:
    for name in SCALAR_FACTS:
        setattr(version, name, getattr(policy, name))
    for name, parts in PART_FACTS.items():
        whole = getattr(policy, name)
        for part in parts.model_fields:
            setattr(version, f"{name}_{part}", None if whole is None else getattr(whole, part))
    version.windows = [_window_row(window, at) for at, window in enumerate(policy.windows)]
    version.prices = [
        PolicyPrice(position=at, amount=price.amount, currency=price.currency, period=price.period)
        for at, price in enumerate(policy.prices)
    ]
    version.pass_accepts = [
        PolicyCredential(position=at, credential=credential)
        for at, credential in enumerate(policy.pass_accepts)
    ]
    version.penalty = [
        PolicyPenalty(position=at, penalty=penalty) for at, penalty in enumerate(policy.penalty)
    ]
    version.routes = [
        PolicyRoute(
            **{name: getattr(route, name) for name in _ROUTE_COLUMNS},
            position=at,
            windows=[_window_row(window, place) for place, window in enumerate(route.windows)],
        )
        for at, route in enumerate(policy.routes)
    ]
    version.evidence = list(evidence)


def remember_words(session: Session, version: PolicyVersion) -> None:
    """Let the resort be found by the words of its current ``version``: names of routes, and quotes."""
    quotes = (row.quote for row in version.evidence if row.quote is not None)
    write_rules(session, version.resort_id, (*(route.name for route in version.routes), *quotes))


def policy_of(version: PolicyVersion) -> Policy:
    """The policy that a version's columns and rows hold."""
    return Policy(
        **{name: getattr(version, name) for name in SCALAR_FACTS},
        **{name: _of_parts(version, name) for name in PART_FACTS},
        windows=tuple(map(_window, version.windows)),
        prices=tuple(
            Price(amount=row.amount, currency=row.currency, period=row.period) for row in version.prices
        ),
        pass_accepts=tuple(row.credential for row in version.pass_accepts),
        penalty=tuple(row.penalty for row in version.penalty),
        routes=tuple(
            Route(
                **{name: getattr(row, name) for name in _ROUTE_COLUMNS},
                windows=tuple(map(_window, row.windows)),
            )
            for row in version.routes
        ),
    )


def _of_parts(version: PolicyVersion, name: str) -> Parking | Season | None:
    whole = PART_FACTS[name]
    parts = {part: getattr(version, f"{name}_{part}") for part in whole.model_fields}
    return None if set(parts.values()) == {None} else whole(**parts)


def _window_row(window: Window, position: int) -> PolicyWindow:
    return PolicyWindow(position=position, days=days_text(window.days), start=window.start, end=window.end)


def _window(row: PolicyWindow) -> Window:
    return Window.parse(f"{row.days} {row.start}-{row.end}".strip())
