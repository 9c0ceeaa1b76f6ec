"""crawls that run by themselves: what is due, who holds what, what changed, what waits

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-21 14:29:01.599067

One idea a migration, named by it. Every statement runs on SQLite (batch mode) and on PostgreSQL, and
has its way back in downgrade().
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: tuple[str, ...] | None = None
depends_on: tuple[str, ...] | None = None


def upgrade() -> None:
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    with op.batch_alter_table("leases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leases_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "notifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscription", sa.String(length=64), nullable=False),
        sa.Column("event", sa.String(length=24), nullable=False),
        sa.Column("event_key", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sa.UniqueConstraint(
            "subscription", "event_key", name=op.f("uq_notifications_subscription_event_key")
        ),
    )
    with op.batch_alter_table("notifications", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notifications_waiting",
            ["next_try_at"],
            unique=False,
            sqlite_where=sa.text("delivered_at IS NULL AND given_up_at IS NULL"),
            postgresql_where=sa.text("delivered_at IS NULL AND given_up_at IS NULL"),
        )

    op.create_table(
        "site_rests",
        sa.Column("site", sa.String(length=255), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("site", name=op.f("pk_site_rests")),
    )
    with op.batch_alter_table("site_rests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_site_rests_until"), ["until"], unique=False)

    op.create_table(
        "open_intervals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resort_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resort_id"],
            ["resorts.id"],
            name=op.f("fk_open_intervals_resort_id_resorts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_intervals")),
    )
    with op.batch_alter_table("open_intervals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_open_intervals_resort_id"), ["resort_id"], unique=False)
        batch_op.create_index("ix_open_intervals_starts_at_ends_at", ["starts_at", "ends_at"], unique=False)

    op.create_table(
        "pins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resort_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("source_url", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_value", sa.String(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["resort_id"], ["resorts.id"], name=op.f("fk_pins_resort_id_resorts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pins")),
    )
    with op.batch_alter_table("pins", schema=None) as batch_op:
        batch_op.create_index(
            "uq_pins_in_force",
            ["resort_id", "field"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "fact_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resort_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("old", sa.String(), nullable=True),
        sa.Column("new", sa.String(), nullable=True),
        sa.Column("cause", sa.String(length=24), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("quote", sa.String(), nullable=True),
        sa.Column("policy_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["policy_id"],
            ["policies.id"],
            name=op.f("fk_fact_changes_policy_id_policies"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["resort_id"], ["resorts.id"], name=op.f("fk_fact_changes_resort_id_resorts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_fact_changes_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_changes")),
    )
    with op.batch_alter_table("fact_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fact_changes_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_fact_changes_policy_id"), ["policy_id"], unique=False)
        batch_op.create_index("ix_fact_changes_resort_id_at", ["resort_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_fact_changes_source_id"), ["source_id"], unique=False)

    op.create_table(
        "pending_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resort_id", sa.Integer(), nullable=False),
        sa.Column("doubt", sa.String(length=24), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.String(length=24), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["policy_id"],
            ["policies.id"],
            name=op.f("fk_pending_changes_policy_id_policies"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["resort_id"],
            ["resorts.id"],
            name=op.f("fk_pending_changes_resort_id_resorts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_pending_changes_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_changes")),
    )
    with op.batch_alter_table("pending_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pending_changes_policy_id"), ["policy_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pending_changes_since"), ["since"], unique=False)
        batch_op.create_index(batch_op.f("ix_pending_changes_source_id"), ["source_id"], unique=False)
        batch_op.create_index(
            "uq_pending_changes_undecided",
            ["resort_id"],
            unique=True,
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )

    op.create_table(
        "pin_readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pin_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pin_id"], ["pins.id"], name=op.f("fk_pin_readings_pin_id_pins"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_pin_readings_snapshot_id_snapshots")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_pin_readings_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin_readings")),
    )
    with op.batch_alter_table("pin_readings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pin_readings_pin_id"), ["pin_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pin_readings_snapshot_id"), ["snapshot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pin_readings_source_id"), ["source_id"], unique=False)

    with op.batch_alter_table("crawl_runs", schema=None, recreate="never") as batch_op:
        batch_op.add_column(
            sa.Column("trigger", sa.String(length=24), server_default="manual", nullable=False)
        )
        batch_op.add_column(sa.Column("scope", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("ending", sa.String(length=24), nullable=True))
        batch_op.add_column(sa.Column("detail", sa.String(), nullable=True))

    # Written out: a batch that adds a foreign key would rebuild the table on SQLite, and lose its checks.
    op.execute(
        "ALTER TABLE evidence ADD COLUMN pin_id INTEGER CONSTRAINT fk_evidence_pin_id_pins REFERENCES pins (id)"
    )
    op.create_index("ix_evidence_pin_id", "evidence", ["pin_id"])

    with op.batch_alter_table("policies", schema=None, recreate="never") as batch_op:
        batch_op.add_column(sa.Column("proposed", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("status_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_policies_status_until"), ["status_until"], unique=False)

    with op.batch_alter_table("sources", schema=None, recreate="never") as batch_op:
        batch_op.add_column(sa.Column("site", sa.String(length=255), server_default="", nullable=False))
        batch_op.add_column(sa.Column("platform", sa.String(length=40), nullable=True))
        batch_op.add_column(
            sa.Column("needs_browser", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("last_success", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_sources_site"), ["site"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("sources", schema=None, recreate="never") as batch_op:
        batch_op.drop_index(batch_op.f("ix_sources_site"))
        batch_op.drop_column("last_success")
        batch_op.drop_column("changed_at")
        batch_op.drop_column("needs_browser")
        batch_op.drop_column("platform")
        batch_op.drop_column("site")

    with op.batch_alter_table("policies", schema=None, recreate="never") as batch_op:
        batch_op.drop_index(batch_op.f("ix_policies_status_until"))
        batch_op.drop_column("status_until")
        batch_op.drop_column("proposed")

    op.drop_index("ix_evidence_pin_id", "evidence")
    op.execute("ALTER TABLE evidence DROP COLUMN pin_id")

    with op.batch_alter_table("crawl_runs", schema=None, recreate="never") as batch_op:
        batch_op.drop_column("detail")
        batch_op.drop_column("ending")
        batch_op.drop_column("scope")
        batch_op.drop_column("trigger")

    with op.batch_alter_table("pin_readings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pin_readings_source_id"))
        batch_op.drop_index(batch_op.f("ix_pin_readings_snapshot_id"))
        batch_op.drop_index(batch_op.f("ix_pin_readings_pin_id"))

    op.drop_table("pin_readings")
    with op.batch_alter_table("pending_changes", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pending_changes_undecided",
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_pending_changes_source_id"))
        batch_op.drop_index(batch_op.f("ix_pending_changes_since"))
        batch_op.drop_index(batch_op.f("ix_pending_changes_policy_id"))

    op.drop_table("pending_changes")
    with op.batch_alter_table("fact_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_changes_source_id"))
        batch_op.drop_index("ix_fact_changes_resort_id_at")
        batch_op.drop_index(batch_op.f("ix_fact_changes_policy_id"))
        batch_op.drop_index(batch_op.f("ix_fact_changes_at"))

    op.drop_table("fact_changes")
    with op.batch_alter_table("pins", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pins_in_force",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("pins")
    with op.batch_alter_table("open_intervals", schema=None) as batch_op:
        batch_op.drop_index("ix_open_intervals_starts_at_ends_at")
        batch_op.drop_index(batch_op.f("ix_open_intervals_resort_id"))

    op.drop_table("open_intervals")
    with op.batch_alter_table("site_rests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_site_rests_until"))

    op.drop_table("site_rests")
    with op.batch_alter_table("notifications", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_notifications_waiting",
            sqlite_where=sa.text("delivered_at IS NULL AND given_up_at IS NULL"),
            postgresql_where=sa.text("delivered_at IS NULL AND given_up_at IS NULL"),
        )

    op.drop_table("notifications")
    with op.batch_alter_table("leases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_leases_expires_at"))

    op.drop_table("leases")
