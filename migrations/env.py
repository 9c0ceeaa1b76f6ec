"""Runs the migrations on the connection that the program hands over."""

from typing import Any

from alembic import context

from uphill.db import Base
from uphill.db.base import UTCDateTime, WordType


def render_item(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """Written with SQLAlchemy's own types, so that a migration stays as it was when the program moves on."""
    del autogen_context
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, WordType):
        return "sa.String(length=24)"
    return False


def is_modelled(name: str | None, kind: str, parents: Any) -> bool:
    """FTS5 keeps tables of its own, and the models know none of it: see uphill.db.search."""
    del parents
    return kind != "table" or not (name or "").startswith("resort_words")


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=render_item,
    include_name=is_modelled,
)
with context.begin_transaction():
    context.run_migrations()
