"""further facts of a policy and its routes

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-21 11:46:36.311446

One idea a migration, named by it. Every statement runs on SQLite (batch mode) and on PostgreSQL, and
has its way back in downgrade().

No table is rebuilt: on SQLite that would drop it, and what refers to a policy would go with it.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: tuple[str, ...] | None = None
depends_on: tuple[str, ...] | None = None

_NOT_STATED = "unknown"
_FACTS = (
    "descent",
    "reflective",
    "avalanche_gear",
    "minors",
    "patrol",
    "penalty",
    "parking",
    "season",
    "status_url",
    "waiver_url",
    "pass_url",
    "route_status",
)


def _word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=24), nullable=False, server_default=_NOT_STATED)


def upgrade() -> None:
    op.create_table(
        "penalties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("penalty", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policies.id"], name=op.f("fk_penalties_policy_id_policies"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_penalties")),
    )
    with op.batch_alter_table("penalties", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_penalties_policy_id"), ["policy_id"], unique=False)

    with op.batch_alter_table("policies", schema=None, recreate="never") as batch_op:
        batch_op.add_column(_word("descent"))
        batch_op.add_column(_word("reflective"))
        batch_op.add_column(_word("avalanche_gear"))
        batch_op.add_column(_word("minors"))
        batch_op.add_column(_word("patrol"))
        batch_op.add_column(sa.Column("parking_place", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("parking_cost", sa.String(length=24), nullable=True))
        batch_op.add_column(sa.Column("parking_until", sa.String(length=5), nullable=True))
        batch_op.add_column(sa.Column("season_start", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("season_end", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("status_url", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("waiver_url", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("pass_url", sa.String(), nullable=True))
        batch_op.create_index(batch_op.f("ix_policies_avalanche_gear"), ["avalanche_gear"], unique=False)
        batch_op.create_index(batch_op.f("ix_policies_minors"), ["minors"], unique=False)

    with op.batch_alter_table("routes", schema=None, recreate="never") as batch_op:
        batch_op.add_column(sa.Column("start", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("end", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("length_m", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("ascent_m", sa.Integer(), nullable=True))
        batch_op.add_column(_word("difficulty"))
        batch_op.add_column(_word("serves"))


def downgrade() -> None:
    evidence = sa.table("evidence", sa.column("field", sa.String))
    op.execute(evidence.delete().where(evidence.c.field.in_(_FACTS)))
    with op.batch_alter_table("routes", schema=None, recreate="never") as batch_op:
        for name in ("serves", "difficulty", "ascent_m", "length_m", "end", "start"):
            batch_op.drop_column(name)

    with op.batch_alter_table("policies", schema=None, recreate="never") as batch_op:
        batch_op.drop_index(batch_op.f("ix_policies_minors"))
        batch_op.drop_index(batch_op.f("ix_policies_avalanche_gear"))
        for name in ("pass_url", "waiver_url", "status_url"):
            batch_op.drop_column(name)
        for name in ("season_end", "season_start", "parking_until", "parking_cost", "parking_place"):
            batch_op.drop_column(name)
        for name in ("patrol", "minors", "avalanche_gear", "reflective", "descent"):
            batch_op.drop_column(name)

    with op.batch_alter_table("penalties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_penalties_policy_id"))

    op.drop_table("penalties")
