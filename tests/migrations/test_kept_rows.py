"""What a database holds is still there after a migration, and after the way back."""

from datetime import UTC, datetime

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, String, func, select, text

from uphill.db import PolicyVersion, session_factory, writing
from uphill.db.store import PART_FACTS, SCALAR_FACTS, policy_of, store_policy
from uphill.db.upgrade import _migrating, alembic_config, downgrade, upgrade
from uphill.errors import DatabaseNotReady
from uphill.policy import Policy
from uphill.search import Query, search

pytestmark = pytest.mark.slow

_TOLD_OF = ("evidence", "fact_changes", "pins", "reports")
THEN = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
ROWS = {
    "regions": {"code": "US-CO", "name": "Colorado", "country": "US"},
    "resorts": {"id": 1, "slug": "larkspur", "name": "Larkspur", "region_code": "US-CO", "search_text": "x"},
    "sources": {"id": 1, "resort_id": 1, "url": "https://larkspur.example", "kind": "policy", "failures": 0},
    "policies": {
        "id": 1,
        "resort_id": 1,
        "source_id": 1,
        "origin": "crawl",
        "first_seen": THEN,
        "last_confirmed": THEN,
        "access": "allowed",
        **dict.fromkeys(
            ("status", "during_operations", "outside_operations", "pass_required", "pass_cost", "waiver"),
            "unknown",
        ),
        **dict.fromkeys(
            ("check_in", "designated_routes_only", "lights", "snowshoes", "foot", "bikes"), "unknown"
        ),
        "dogs": "leashed",
    },
    "routes": {"id": 1, "policy_id": 1, "position": 0, "name": "Ridge", "status": "open"},
    "windows": {"id": 1, "route_id": 1, "position": 0, "days": "", "start": "05:00", "end": "lift_open"},
    "evidence": {"id": 1, "policy_id": 1, "field": "dogs", "position": 0, "source_id": 1},
}
STORED = Policy.model_validate(
    {
        "access": "allowed",
        "dogs": "leashed",
        "routes": [{"name": "Ridge", "status": "open", "windows": ["05:00-lift_open"]}],
    }
)


@pytest.fixture
def old_engine(empty_engine: Engine):
    """A database at the first revision, with a policy in it."""
    upgrade(empty_engine, "0001")
    tables = MetaData()
    tables.reflect(empty_engine)
    with empty_engine.begin() as connection:
        for name, values in ROWS.items():
            connection.execute(tables.tables[name].insert(), values)
    return empty_engine


def _count_of(engine: Engine):
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(tables.tables[name])) for name in ROWS
        }


def test_what_was_stored_states_nothing_of_the_later_facts(old_engine: Engine):
    upgrade(old_engine)
    assert set(_count_of(old_engine).values()) == {1}
    with session_factory(old_engine)() as session:
        assert policy_of(session.get_one(PolicyVersion, 1)) == STORED


def test_what_was_stored_is_found_by_its_words(old_engine: Engine):
    upgrade(old_engine)
    with session_factory(old_engine)() as session:
        found = {words: search(session, Query(text=words), THEN).total for words in ("x", "ridge", "x rid")}
    assert found == {"x": 1, "ridge": 1, "x rid": 1}


def test_the_way_back_loses_the_later_facts_alone(old_engine: Engine):
    upgrade(old_engine)
    sessions = session_factory(old_engine)
    with writing(sessions) as session:
        first = session.get_one(PolicyVersion, 1)
        first.superseded_at = THEN
        session.flush()
        later = PolicyVersion(
            id=2, resort_id=1, source_id=1, origin="crawl", first_seen=THEN, last_confirmed=THEN
        )
        store_policy(session, later, Policy(minors="company", penalty=("fine",), patrol="never"), ())
    downgrade(old_engine, "0001")
    assert _count_of(old_engine) == dict.fromkeys(ROWS, 1) | {"policies": 2}
    upgrade(old_engine)
    with session_factory(old_engine)() as session:
        assert policy_of(session.get_one(PolicyVersion, 1)) == STORED
        assert policy_of(session.get_one(PolicyVersion, 2)) == Policy()


def test_each_way_back_leaves_nothing_that_tells_of_a_fact_unknown_there(old_engine: Engine):
    upgrade(old_engine)
    tables = MetaData()
    tables.reflect(old_engine)
    when = {"first_at": THEN, "last_at": THEN, "digest": "1", "note": "", "times": 1}
    with old_engine.begin() as connection:
        for number, field in enumerate((*SCALAR_FACTS, *PART_FACTS), 2):
            pin = {
                "resort_id": 1,
                "field": field,
                "value": "1",
                "source_url": "",
                "note": "",
                "pinned_at": THEN,
            }
            key = connection.execute(tables.tables["pins"].insert(), pin).inserted_primary_key
            assert key is not None
            for name, values in {
                "evidence": {"id": number, "policy_id": 1, "field": field, "position": 0, "source_id": 1},
                "fact_changes": {"resort_id": 1, "at": THEN, "field": field, "cause": "reading"},
                "reports": {"resort_id": 1, "field": field, "pin_id": key[0], **when, "digest": field},
            }.items():
                connection.execute(tables.tables[name].insert(), values)
    for script in ScriptDirectory.from_config(alembic_config()).walk_revisions():
        downgrade(old_engine, script.down_revision or "0001")
        known, told = _known_and_told_of(old_engine)
        wrong = {name: sorted(fields ^ known) for name, fields in told.items() if fields != known}
        assert wrong == {}, (
            f"the way back from {script.revision} leaves rows on facts unknown there, or too few"
        )
    upgrade(old_engine)
    with session_factory(old_engine)() as session:
        assert policy_of(session.get_one(PolicyVersion, 1)) == STORED


def _known_and_told_of(engine: Engine):
    """Facts that have a column, and those of which rows tell, by table."""
    tables = MetaData()
    tables.reflect(engine)
    columns = set(tables.tables["policies"].columns.keys())
    parts = {name: f"{name}_{next(iter(whole.model_fields))}" for name, whole in PART_FACTS.items()}
    known = {name for name in (*SCALAR_FACTS, *PART_FACTS) if parts.get(name, name) in columns}
    there = [tables.tables[name] for name in _TOLD_OF if name in tables.tables]
    with engine.connect() as connection:
        return known, {table.name: set(connection.scalars(select(table.c.field))) for table in there}


def test_a_table_rebuilt_keeps_what_refers_to_it(old_engine: Engine):
    upgrade(old_engine)
    before = _count_of(old_engine)
    with _migrating(old_engine) as connection:
        operations = Operations(MigrationContext.configure(connection))
        rebuilt = "always" if old_engine.dialect.name == "sqlite" else "never"
        with operations.batch_alter_table("policies", recreate=rebuilt) as table:
            table.alter_column("lang", existing_type=String(8), type_=String(16))
    assert _count_of(old_engine) == before


@pytest.mark.parametrize("empty_engine", ["sqlite"], indirect=True)
def test_a_migration_that_breaks_a_reference_is_undone(old_engine: Engine):
    upgrade(old_engine)
    with (
        pytest.raises(DatabaseNotReady, match="refer to none of policies"),
        _migrating(old_engine) as connection,
    ):
        connection.execute(text("DELETE FROM policies"))
    assert set(_count_of(old_engine).values()) == {1}
    with old_engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
