"""Policies, a version per change. A version that is current has no ``superseded_at``.

The columns of :class:`PolicyVersion` that are named as facts of :class:`uphill.policy.Policy` hold
them; facts that are lists have a table each.
"""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from uphill.db.base import Base, WordType
from uphill.db.places import Resort
from uphill.db.sources import Snapshot, Source
from uphill.vocabulary import (
    Access,
    Cost,
    Credential,
    Descent,
    Difficulty,
    Dogs,
    Gear,
    Minors,
    Origin,
    PassRequired,
    Patrol,
    Penalty,
    Period,
    Permission,
    Requirement,
    Serves,
    Status,
    YesNo,
)

_CURRENT = text("superseded_at IS NULL")


class PolicyVersion(Base):
    """What one resort's policy was, from ``first_seen`` until ``superseded_at``.

    ``as_of`` is the date that a baseline's source carries, as written there (``2024``, ``2024/25``,
    ``2024-11-23``); ``None`` for crawled policies and where no date is known. A version that is only
    ``proposed`` waits to be verified: it was never in force, and is superseded from the start. After
    ``status_until`` the announced status is not known any more.
    """

    __tablename__ = "policies"
    __table_args__ = (
        Index(
            "uq_policies_current",
            "resort_id",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        CheckConstraint("superseded_at IS NULL OR superseded_at >= first_seen", name="superseded_after_seen"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resort_id: Mapped[int] = mapped_column(ForeignKey("resorts.id", ondelete="CASCADE"), index=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    origin: Mapped[Origin] = mapped_column(WordType(Origin))
    lang: Mapped[str | None] = mapped_column(String(8))
    as_of: Mapped[str | None] = mapped_column(String(16))
    first_seen: Mapped[datetime]
    last_confirmed: Mapped[datetime] = mapped_column(index=True)
    superseded_at: Mapped[datetime | None]
    proposed: Mapped[bool] = mapped_column(default=False, server_default=false())
    status_until: Mapped[datetime | None] = mapped_column(index=True)

    access: Mapped[Access] = mapped_column(WordType(Access), index=True)
    status: Mapped[Status] = mapped_column(WordType(Status), index=True)
    during_operations: Mapped[Permission] = mapped_column(WordType(Permission), index=True)
    outside_operations: Mapped[Permission] = mapped_column(WordType(Permission), index=True)
    pass_required: Mapped[PassRequired] = mapped_column(WordType(PassRequired), index=True)
    pass_cost: Mapped[Cost] = mapped_column(WordType(Cost), index=True)
    waiver: Mapped[Requirement] = mapped_column(WordType(Requirement), index=True)
    check_in: Mapped[Requirement] = mapped_column(WordType(Requirement))
    designated_routes_only: Mapped[YesNo] = mapped_column(WordType(YesNo))
    dogs: Mapped[Dogs] = mapped_column(WordType(Dogs), index=True)
    lights: Mapped[Gear] = mapped_column(WordType(Gear))
    snowshoes: Mapped[Permission] = mapped_column(WordType(Permission), index=True)
    foot: Mapped[Permission] = mapped_column(WordType(Permission))
    bikes: Mapped[Permission] = mapped_column(WordType(Permission))
    hotline: Mapped[str | None] = mapped_column(String(64))
    descent: Mapped[Descent] = mapped_column(WordType(Descent))
    reflective: Mapped[Gear] = mapped_column(WordType(Gear))
    avalanche_gear: Mapped[Gear] = mapped_column(WordType(Gear), index=True)
    minors: Mapped[Minors] = mapped_column(WordType(Minors), index=True)
    patrol: Mapped[Patrol] = mapped_column(WordType(Patrol))
    parking_place: Mapped[str | None] = mapped_column(String(120))
    parking_cost: Mapped[Cost | None] = mapped_column(WordType(Cost))
    parking_until: Mapped[str | None] = mapped_column(String(5))
    season_start: Mapped[str | None] = mapped_column(String(12))
    season_end: Mapped[str | None] = mapped_column(String(12))
    status_url: Mapped[str | None]
    waiver_url: Mapped[str | None]
    pass_url: Mapped[str | None]
    map_url: Mapped[str | None]

    resort: Mapped[Resort] = relationship()
    source: Mapped[Source] = relationship()
    routes: Mapped[list["PolicyRoute"]] = relationship(
        cascade="all, delete-orphan", order_by="PolicyRoute.position"
    )
    windows: Mapped[list["PolicyWindow"]] = relationship(
        cascade="all, delete-orphan", order_by="PolicyWindow.position"
    )
    prices: Mapped[list["PolicyPrice"]] = relationship(
        cascade="all, delete-orphan", order_by="PolicyPrice.position"
    )
    pass_accepts: Mapped[list["PolicyCredential"]] = relationship(
        cascade="all, delete-orphan", order_by="PolicyCredential.position"
    )
    penalty: Mapped[list["PolicyPenalty"]] = relationship(
        cascade="all, delete-orphan", order_by="PolicyPenalty.position"
    )
    evidence: Mapped[list["PolicyEvidence"]] = relationship(
        cascade="all, delete-orphan", order_by="PolicyEvidence.id"
    )


class PolicyRoute(Base):
    __tablename__ = "routes"

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policies.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    status: Mapped[Status] = mapped_column(WordType(Status))
    start: Mapped[str | None] = mapped_column(String(120))
    end: Mapped[str | None] = mapped_column(String(120))
    length_m: Mapped[int | None]
    ascent_m: Mapped[int | None]
    difficulty: Mapped[Difficulty] = mapped_column(WordType(Difficulty))
    serves: Mapped[Serves] = mapped_column(WordType(Serves))

    windows: Mapped[list["PolicyWindow"]] = relationship(
        cascade="all, delete-orphan", order_by="PolicyWindow.position"
    )


class PolicyWindow(Base):
    """A window of the whole policy (``policy_id``) or of one route (``route_id``): of exactly one."""

    __tablename__ = "windows"
    __table_args__ = (CheckConstraint("(policy_id IS NULL) <> (route_id IS NULL)", name="one_owner"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int | None] = mapped_column(ForeignKey("policies.id", ondelete="CASCADE"), index=True)
    route_id: Mapped[int | None] = mapped_column(ForeignKey("routes.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    days: Mapped[str] = mapped_column(String(24))
    start: Mapped[str] = mapped_column(String(12))
    end: Mapped[str] = mapped_column(String(12))


class PolicyPrice(Base):
    __tablename__ = "prices"

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policies.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    amount: Mapped[Decimal] = mapped_column(Numeric(8, 2, asdecimal=True))
    currency: Mapped[str] = mapped_column(String(3))
    period: Mapped[Period] = mapped_column(WordType(Period))


class PolicyCredential(Base):
    """A credential that opens the gate."""

    __tablename__ = "credentials"

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policies.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    credential: Mapped[Credential] = mapped_column(WordType(Credential), index=True)


class PolicyPenalty(Base):
    """What breaking the rules costs."""

    __tablename__ = "penalties"

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policies.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    penalty: Mapped[Penalty] = mapped_column(WordType(Penalty))


class PolicyEvidence(Base):
    """Why a fact is believed. ``position`` counts a list fact's elements, 0 for all others.

    ``field`` names a fact; :data:`~uphill.evidence.ROUTE_STATUS` is what a status page told of the route at
    ``position``.

    A crawled fact has its quote and the offsets in the snapshot's text; one of the baseline has
    neither, only the page that it was taken from.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("(quote IS NULL) = (snapshot_id IS NULL)", name="quote_has_snapshot"),
        Index("ix_evidence_policy_id_field", "policy_id", "field"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policies.id", ondelete="CASCADE"))
    field: Mapped[str] = mapped_column(String(32))
    position: Mapped[int]
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshots.id"), index=True)
    quote: Mapped[str | None]
    start: Mapped[int | None]
    end: Mapped[int | None]
    pin_id: Mapped[int | None] = mapped_column(ForeignKey("pins.id"), index=True)

    source: Mapped[Source] = relationship()
    snapshot: Mapped[Snapshot | None] = relationship()
