"""words to search by, and marks of what changed

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-21 15:56:04.120000

One idea a migration, named by it. Every statement runs on SQLite (batch mode) and on PostgreSQL, and
has its way back in downgrade().

A later migration that makes a table of ``_MARKED`` anew on SQLite (batch with recreate) has to make its triggers
anew too.
"""

from itertools import groupby

import sqlalchemy as sa
from alembic import op

from uphill.folding import fold

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: tuple[str, ...] | None = None
depends_on: tuple[str, ...] | None = None

_MOST_LETTERS = 50_000

_MARKED = {
    "resorts": ("id", ("INSERT", "UPDATE", "DELETE")),
    "policies": ("resort_id", ("INSERT", "UPDATE", "DELETE")),
    "visits": ("resort_id", ("INSERT", "UPDATE")),
    "pending_changes": ("resort_id", ("INSERT", "UPDATE")),
}
"""What marks a resort as changed: its column that names the resort, and what has to happen to a row."""

_SQLITE = (
    # prefix: the last word of a search may be the beginning of one; ascii: the words are folded already
    "CREATE VIRTUAL TABLE resort_words USING fts5(about, rules, prefix='2 3', tokenize='ascii')",
    """CREATE TRIGGER resort_words_insert AFTER INSERT ON resorts BEGIN
        INSERT INTO resort_words (rowid, about, rules) VALUES (new.id, new.search_text, '');
    END""",
    """CREATE TRIGGER resort_words_update AFTER UPDATE OF search_text ON resorts
    WHEN new.search_text <> old.search_text BEGIN
        UPDATE resort_words SET about = new.search_text WHERE rowid = new.id;
    END""",
    """CREATE TRIGGER resort_words_delete AFTER DELETE ON resorts BEGIN
        DELETE FROM resort_words WHERE rowid = old.id;
    END""",
    *(
        f"""CREATE TRIGGER search_marks_{table}_{event.lower()} AFTER {event} ON {table} BEGIN
            INSERT OR REPLACE INTO search_marks (resort_id, mark)
            VALUES ({"old" if event == "DELETE" else "new"}.{key},
                    (SELECT coalesce(max(mark), 0) + 1 FROM search_marks));
        END"""  # noqa: S608 - of the names in this file
        for table, (key, events) in _MARKED.items()
        for event in events
    ),
)
_POSTGRESQL = (
    """CREATE TABLE resort_words (
        rowid integer PRIMARY KEY CONSTRAINT fk_resort_words_rowid_resorts REFERENCES resorts (id) ON DELETE CASCADE,
        about text NOT NULL,
        rules text NOT NULL,
        words tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, about || ' ' || rules)) STORED
    )""",
    "CREATE INDEX resort_words_words ON resort_words USING gin (words)",
    """CREATE FUNCTION resort_words_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO resort_words (rowid, about, rules) VALUES (NEW.id, NEW.search_text, '')
        ON CONFLICT (rowid) DO UPDATE SET about = excluded.about;
        RETURN NULL;
    END $$""",
    """CREATE TRIGGER resort_words_insert AFTER INSERT ON resorts
    FOR EACH ROW EXECUTE FUNCTION resort_words_follow()""",
    """CREATE TRIGGER resort_words_update AFTER UPDATE ON resorts FOR EACH ROW
    WHEN (NEW.search_text <> OLD.search_text) EXECUTE FUNCTION resort_words_follow()""",
    """CREATE FUNCTION search_marks_follow() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE changed integer;
    BEGIN
        IF TG_OP = 'DELETE' THEN
            changed := (to_jsonb(OLD) ->> TG_ARGV[0])::integer;
        ELSE
            changed := (to_jsonb(NEW) ->> TG_ARGV[0])::integer;
        END IF;
        INSERT INTO search_marks (resort_id, mark)
        VALUES (changed, pg_current_xact_id()::text::bigint)
        ON CONFLICT (resort_id) DO UPDATE SET mark = excluded.mark;
        RETURN NULL;
    END $$""",
    *(
        f"""CREATE TRIGGER search_marks_{table} AFTER {" OR ".join(events)} ON {table}
        FOR EACH ROW EXECUTE FUNCTION search_marks_follow('{key}')"""
        for table, (key, events) in _MARKED.items()
    ),
)


def upgrade() -> None:
    op.create_table(
        "search_marks",
        sa.Column("resort_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("resort_id", name=op.f("pk_search_marks")),
    )
    op.create_index(op.f("ix_search_marks_mark"), "search_marks", ["mark"])
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(sa.text(statement.replace(":", r"\:")))
    _find_by_what_is_there()


def _find_by_what_is_there() -> None:
    connection = op.get_bind()
    connection.execute(
        sa.text(
            "INSERT INTO resort_words (rowid, about, rules) SELECT id, search_text, '' FROM resorts ORDER BY id"
        )
    )
    told = connection.execute(
        sa.text(
            "SELECT policies.resort_id AS resort_id, routes.name AS said FROM policies"
            " JOIN routes ON routes.policy_id = policies.id WHERE policies.superseded_at IS NULL"
            " UNION SELECT policies.resort_id, evidence.quote FROM policies"
            " JOIN evidence ON evidence.policy_id = policies.id"
            " WHERE policies.superseded_at IS NULL AND evidence.quote IS NOT NULL"
            " ORDER BY resort_id"
        )
    ).all()
    for resort_id, rows in groupby(told, lambda row: row.resort_id):
        connection.execute(
            sa.text("UPDATE resort_words SET rules = :rules WHERE rowid = :id"),
            {"id": resort_id, "rules": fold("\n".join(row.said for row in rows))[:_MOST_LETTERS]},
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in reversed(_SQLITE):
            kind, name = statement.split()[1:3]
            if kind == "TRIGGER":
                op.execute(f"DROP TRIGGER {name}")
    else:
        for table in _MARKED:
            op.execute(f"DROP TRIGGER search_marks_{table} ON {table}")
        op.execute("DROP FUNCTION search_marks_follow()")
        for event in ("update", "insert"):
            op.execute(f"DROP TRIGGER resort_words_{event} ON resorts")
        op.execute("DROP FUNCTION resort_words_follow()")
    op.execute("DROP TABLE resort_words")
    op.drop_index(op.f("ix_search_marks_mark"), "search_marks")
    op.drop_table("search_marks")
