"""the map of a policy's routes

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-21 19:01:12.402816

One idea a migration, named by it. Every statement runs on SQLite (batch mode) and on PostgreSQL, and
has its way back in downgrade().

The table of policies is not rebuilt: on SQLite that would drop it with its triggers, and what refers to a policy
would go with it.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: tuple[str, ...] | None = None
depends_on: tuple[str, ...] | None = None

_FACT = "map_url"
_TOLD_OF = ("evidence", "fact_changes", "reports", "pins")
"""Tables with rows of one fact, each after those that refer to it."""


def upgrade() -> None:
    with op.batch_alter_table("policies", schema=None, recreate="never") as batch_op:
        batch_op.add_column(sa.Column(_FACT, sa.String(), nullable=True))


def downgrade() -> None:
    for name in _TOLD_OF:
        table = sa.table(name, sa.column("field", sa.String))
        op.execute(table.delete().where(table.c.field == _FACT))
    with op.batch_alter_table("policies", schema=None, recreate="never") as batch_op:
        batch_op.drop_column(_FACT)
