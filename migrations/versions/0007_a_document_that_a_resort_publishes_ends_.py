"""a document that a resort publishes ends by itself

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-21 17:59:35.182921

One idea a migration, named by it. Every statement runs on SQLite (batch mode) and on PostgreSQL, and
has its way back in downgrade().
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: tuple[str, ...] | None = None
depends_on: tuple[str, ...] | None = None


def upgrade() -> None:
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.add_column(sa.Column("valid_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("announced_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.drop_column("announced_until")
        batch_op.drop_column("valid_until")
