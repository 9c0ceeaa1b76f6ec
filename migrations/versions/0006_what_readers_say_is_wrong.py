"""what readers say is wrong

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-21 17:36:51.993032

One idea a migration, named by it. Every statement runs on SQLite (batch mode) and on PostgreSQL, and
has its way back in downgrade().
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: tuple[str, ...] | None = None
depends_on: tuple[str, ...] | None = None

_OPEN = sa.text("decided_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "site_keys",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("secret", sa.String(length=128), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_site_keys")),
    )
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resort_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=True),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("source_url", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("verdict", sa.String(length=24), nullable=True),
        sa.Column("decided_note", sa.String(), nullable=True),
        sa.Column("pin_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["pin_id"], ["pins.id"], name=op.f("fk_reports_pin_id_pins"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["resort_id"], ["resorts.id"], name=op.f("fk_reports_resort_id_resorts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    op.create_index(op.f("ix_reports_pin_id"), "reports", ["pin_id"])
    op.create_index("ix_reports_waiting", "reports", ["first_at"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_index(
        "uq_reports_open",
        "reports",
        ["resort_id", "digest"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def downgrade() -> None:
    op.drop_index("uq_reports_open", "reports")
    op.drop_index("ix_reports_waiting", "reports")
    op.drop_index(op.f("ix_reports_pin_id"), "reports")
    op.drop_table("reports")
    op.drop_table("site_keys")
