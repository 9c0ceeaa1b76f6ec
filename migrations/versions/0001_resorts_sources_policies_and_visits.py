"""resorts sources policies and visits

Revision ID: 0001
Revises:
Create Date: 2026-11-21 08:37:26.319806

One idea a migration, named by it. Every statement runs on SQLite (batch mode) and on PostgreSQL, and
has its way back in downgrade().
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: tuple[str, ...] | None = None
depends_on: tuple[str, ...] | None = None


def upgrade() -> None:
    op.create_table(
        "crawl_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("visited", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("no_policy", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crawl_runs")),
    )
    op.create_table(
        "regions",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_regions")),
    )
    with op.batch_alter_table("regions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_regions_country"), ["country"], unique=False)

    op.create_table(
        "resorts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("region_code", sa.String(length=8), nullable=False),
        sa.Column("locality", sa.String(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("timezone", sa.String(length=64), nullable=True),
        sa.Column("base_m", sa.Integer(), nullable=True),
        sa.Column("summit_m", sa.Integer(), nullable=True),
        sa.Column("website", sa.String(), nullable=True),
        sa.Column("openskimap_id", sa.String(length=64), nullable=True),
        sa.Column("pass_network", sa.String(length=64), nullable=True),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("fk_resorts_region_code_regions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resorts")),
        sa.UniqueConstraint("slug", name=op.f("uq_resorts_slug")),
    )
    with op.batch_alter_table("resorts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resorts_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_resorts_openskimap_id"), ["openskimap_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_resorts_region_code"), ["region_code"], unique=False)

    op.create_table(
        "aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resort_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["resort_id"], ["resorts.id"], name=op.f("fk_aliases_resort_id_resorts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aliases")),
        sa.UniqueConstraint("resort_id", "name", name=op.f("uq_aliases_resort_id_name")),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resort_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("last_modified", sa.String(), nullable=True),
        sa.Column("last_checked", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_outcome", sa.String(length=24), nullable=True),
        sa.Column("last_http_status", sa.Integer(), nullable=True),
        sa.Column("last_detail", sa.String(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_due", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["resort_id"], ["resorts.id"], name=op.f("fk_sources_resort_id_resorts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("resort_id", "url", name=op.f("uq_sources_resort_id_url")),
    )
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sources_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_sources_next_due"), ["next_due"], unique=False)
        batch_op.create_index(batch_op.f("ix_sources_resort_id"), ["resort_id"], unique=False)

    op.create_table(
        "policies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resort_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=24), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=True),
        sa.Column("as_of", sa.String(length=16), nullable=True),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_confirmed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("access", sa.String(length=24), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("during_operations", sa.String(length=24), nullable=False),
        sa.Column("outside_operations", sa.String(length=24), nullable=False),
        sa.Column("pass_required", sa.String(length=24), nullable=False),
        sa.Column("pass_cost", sa.String(length=24), nullable=False),
        sa.Column("waiver", sa.String(length=24), nullable=False),
        sa.Column("check_in", sa.String(length=24), nullable=False),
        sa.Column("designated_routes_only", sa.String(length=24), nullable=False),
        sa.Column("dogs", sa.String(length=24), nullable=False),
        sa.Column("lights", sa.String(length=24), nullable=False),
        sa.Column("snowshoes", sa.String(length=24), nullable=False),
        sa.Column("foot", sa.String(length=24), nullable=False),
        sa.Column("bikes", sa.String(length=24), nullable=False),
        sa.Column("hotline", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "superseded_at IS NULL OR superseded_at >= first_seen",
            name=op.f("ck_policies_superseded_after_seen"),
        ),
        sa.ForeignKeyConstraint(
            ["resort_id"], ["resorts.id"], name=op.f("fk_policies_resort_id_resorts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_policies_source_id_sources")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policies")),
    )
    with op.batch_alter_table("policies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_policies_access"), ["access"], unique=False)
        batch_op.create_index(batch_op.f("ix_policies_dogs"), ["dogs"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_policies_during_operations"), ["during_operations"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_policies_last_confirmed"), ["last_confirmed"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_policies_outside_operations"), ["outside_operations"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_policies_pass_cost"), ["pass_cost"], unique=False)
        batch_op.create_index(batch_op.f("ix_policies_pass_required"), ["pass_required"], unique=False)
        batch_op.create_index(batch_op.f("ix_policies_resort_id"), ["resort_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_policies_snowshoes"), ["snowshoes"], unique=False)
        batch_op.create_index(batch_op.f("ix_policies_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_policies_status"), ["status"], unique=False)
        batch_op.create_index(batch_op.f("ix_policies_waiver"), ["waiver"], unique=False)
        batch_op.create_index(
            "uq_policies_current",
            ["resort_id"],
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )

    op.create_table(
        "snapshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_type", sa.String(length=120), nullable=True),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("body_zlib", sa.LargeBinary(), nullable=False),
        sa.Column("text_zlib", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_snapshots_source_id_sources"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
    )
    with op.batch_alter_table("snapshots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_snapshots_source_id"), ["source_id"], unique=False)

    op.create_table(
        "credentials",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("credential", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policies.id"], name=op.f("fk_credentials_policy_id_policies"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credentials")),
    )
    with op.batch_alter_table("credentials", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credentials_credential"), ["credential"], unique=False)
        batch_op.create_index(batch_op.f("ix_credentials_policy_id"), ["policy_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column("quote", sa.String(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(quote IS NULL) = (snapshot_id IS NULL)", name=op.f("ck_evidence_quote_has_snapshot")
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policies.id"], name=op.f("fk_evidence_policy_id_policies"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_evidence_snapshot_id_snapshots")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_evidence_source_id_sources")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index("ix_evidence_policy_id_field", ["policy_id", "field"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_snapshot_id"), ["snapshot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_source_id"), ["source_id"], unique=False)

    op.create_table(
        "prices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=8, scale=2), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("period", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policies.id"], name=op.f("fk_prices_policy_id_policies"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prices")),
    )
    with op.batch_alter_table("prices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prices_policy_id"), ["policy_id"], unique=False)

    op.create_table(
        "routes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policies.id"], name=op.f("fk_routes_policy_id_policies"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routes")),
    )
    with op.batch_alter_table("routes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_routes_policy_id"), ["policy_id"], unique=False)

    op.create_table(
        "visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("resort_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("change", sa.String(length=24), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["policy_id"], ["policies.id"], name=op.f("fk_visits_policy_id_policies")),
        sa.ForeignKeyConstraint(
            ["resort_id"], ["resorts.id"], name=op.f("fk_visits_resort_id_resorts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["crawl_runs.id"], name=op.f("fk_visits_run_id_crawl_runs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
    )
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visits_outcome"), ["outcome"], unique=False)
        batch_op.create_index(batch_op.f("ix_visits_policy_id"), ["policy_id"], unique=False)
        batch_op.create_index("ix_visits_resort_id_finished_at", ["resort_id", "finished_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_visits_run_id"), ["run_id"], unique=False)

    op.create_table(
        "windows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=True),
        sa.Column("route_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("days", sa.String(length=24), nullable=False),
        sa.Column("start", sa.String(length=12), nullable=False),
        sa.Column("end", sa.String(length=12), nullable=False),
        sa.CheckConstraint("(policy_id IS NULL) <> (route_id IS NULL)", name=op.f("ck_windows_one_owner")),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policies.id"], name=op.f("fk_windows_policy_id_policies"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["routes.id"], name=op.f("fk_windows_route_id_routes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_windows")),
    )
    with op.batch_alter_table("windows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_windows_policy_id"), ["policy_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_windows_route_id"), ["route_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("windows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_windows_route_id"))
        batch_op.drop_index(batch_op.f("ix_windows_policy_id"))

    op.drop_table("windows")
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visits_run_id"))
        batch_op.drop_index("ix_visits_resort_id_finished_at")
        batch_op.drop_index(batch_op.f("ix_visits_policy_id"))
        batch_op.drop_index(batch_op.f("ix_visits_outcome"))

    op.drop_table("visits")
    with op.batch_alter_table("routes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_routes_policy_id"))

    op.drop_table("routes")
    with op.batch_alter_table("prices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prices_policy_id"))

    op.drop_table("prices")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_source_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_snapshot_id"))
        batch_op.drop_index("ix_evidence_policy_id_field")

    op.drop_table("evidence")
    with op.batch_alter_table("credentials", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credentials_policy_id"))
        batch_op.drop_index(batch_op.f("ix_credentials_credential"))

    op.drop_table("credentials")
    with op.batch_alter_table("snapshots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_snapshots_source_id"))

    op.drop_table("snapshots")
    with op.batch_alter_table("policies", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_policies_current",
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_policies_waiver"))
        batch_op.drop_index(batch_op.f("ix_policies_status"))
        batch_op.drop_index(batch_op.f("ix_policies_source_id"))
        batch_op.drop_index(batch_op.f("ix_policies_snowshoes"))
        batch_op.drop_index(batch_op.f("ix_policies_resort_id"))
        batch_op.drop_index(batch_op.f("ix_policies_pass_required"))
        batch_op.drop_index(batch_op.f("ix_policies_pass_cost"))
        batch_op.drop_index(batch_op.f("ix_policies_outside_operations"))
        batch_op.drop_index(batch_op.f("ix_policies_last_confirmed"))
        batch_op.drop_index(batch_op.f("ix_policies_during_operations"))
        batch_op.drop_index(batch_op.f("ix_policies_dogs"))
        batch_op.drop_index(batch_op.f("ix_policies_access"))

    op.drop_table("policies")
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sources_resort_id"))
        batch_op.drop_index(batch_op.f("ix_sources_next_due"))
        batch_op.drop_index(batch_op.f("ix_sources_kind"))

    op.drop_table("sources")
    op.drop_table("aliases")
    with op.batch_alter_table("resorts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resorts_region_code"))
        batch_op.drop_index(batch_op.f("ix_resorts_openskimap_id"))
        batch_op.drop_index(batch_op.f("ix_resorts_name"))

    op.drop_table("resorts")
    with op.batch_alter_table("regions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_regions_country"))

    op.drop_table("regions")
    op.drop_table("crawl_runs")
