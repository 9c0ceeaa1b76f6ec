"""Parity and shape: what has to be there for every fact, setting and dependency, and what must not be."""

import ast
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from sqlalchemy import inspect

from uphill.db import PolicyVersion
from uphill.db.revisions import known_revisions, revisions
from uphill.db.store import PART_FACTS, SCALAR_FACTS
from uphill.db.upgrade import alembic_config
from uphill.export import COLUMNS
from uphill.outcomes import OUTCOME_SENTENCES, Outcome
from uphill.policy import FACTS, LIST_FACTS, Policy
from uphill.search import PARAMETERS
from uphill.search.filters import FILTERS
from uphill.settings import settings_table
from uphill.words.wording import LABELS

ROOT = Path(__file__).parents[1]
ROOMS = ("uphill", "crawler", "webapp", "migrations")
SOURCES = [path for room in (*ROOMS, "tests") for path in sorted((ROOT / room).rglob("*.py"))]
LONGEST = 400
SAYS_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "misc",
    "common",
    "manager",
    "managers",
    "tools",
    "stuff",
}


def test_every_fact_has_a_label_and_no_label_is_without_a_fact():
    lacking = [name for name in FACTS if name not in LABELS]
    assert lacking == [], "their words are missing in LABELS"
    assert tuple(LABELS) == FACTS, "in the order of Policy, and no others"
    assert len(set(LABELS.values())) == len(FACTS), "two facts have one label"


def test_every_fact_has_its_place_in_the_database():
    mapper = inspect(PolicyVersion)
    parts = {f"{name}_{part}" for name, whole in PART_FACTS.items() for part in whole.model_fields}
    assert {*SCALAR_FACTS, *parts} - set(mapper.columns.keys()) == set(), "columns that PolicyVersion lacks"
    assert {*SCALAR_FACTS, *PART_FACTS, *LIST_FACTS} == set(FACTS)
    assert LIST_FACTS - set(mapper.relationships.keys()) == set(), "lists that have no table of their own"


def test_every_fact_of_words_can_be_unknown():
    worded = [name for name in FACTS if getattr(Policy(), name) not in (None, ())]
    assert [name for name in worded if "unknown" not in set(type(getattr(Policy(), name)))] == []
    assert Policy().known() == {}


def test_every_fact_is_a_column_of_the_export():
    assert [name for name in COLUMNS if name in FACTS] == list(FACTS)


def test_every_filter_takes_the_values_of_its_fact():
    assert {name: each.name for name, each in FILTERS.items()} == {name: name for name in FILTERS}
    assert set(FILTERS) - set(FACTS) == {"network", "with_pass", "first_try", "freshness"}
    assert set(FILTERS) <= set(PARAMETERS)
    for name in set(FILTERS) & set(SCALAR_FACTS):
        assert FILTERS[name].words is type(getattr(Policy(), name)), name


def test_every_fact_is_searched_by_or_says_why_not():
    shown_only = {"hotline", "season", "status_url", "waiver_url", "pass_url", "map_url"}
    assert set(FACTS) - set(FILTERS) - shown_only == set(), "in neither FILTERS nor shown_only"
    assert shown_only & set(FILTERS) == set(), "searched by, and said to be shown only"


def test_every_outcome_has_its_sentence():
    assert set(OUTCOME_SENTENCES) == set(Outcome)


def test_the_readme_names_every_setting():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [row.variable for row in settings_table() if row.variable not in readme] == []


def test_the_readme_names_no_setting_that_is_not_there():
    import re

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"UPHILL_[A-Z_]+", readme)) <= {row.variable for row in settings_table()}


def test_every_dependency_says_what_it_is_for_and_since_when():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    lines = [line.strip() for line in text.splitlines()]
    extras = [each for extra in project["optional-dependencies"].values() for each in extra]
    for dependency in project["dependencies"] + extras:
        if dependency.startswith(project["name"]):  # extras that another takes in
            continue
        (line,) = [line for line in lines if line.startswith(f'"{dependency}",')]
        assert line.partition("#")[2].strip(), f"{dependency} has no comment"
        bounds = {each.operator for each in Requirement(dependency).specifier}
        assert bounds & {">=", "==", "~="}, f"{dependency} has no lower bound"


def test_migrations_are_found_as_a_package_and_end_in_one_head(sqlite_url):
    from alembic.script import ScriptDirectory

    from uphill.db import make_engine

    where = Path(alembic_config().get_main_option("script_location"))
    assert (where / "env.py").is_file()
    scripts = ScriptDirectory.from_config(alembic_config())
    assert scripts.get_heads() == [known_revisions()[-1]]
    assert {script.revision for script in scripts.walk_revisions()} == set(known_revisions())
    engine = make_engine(sqlite_url)
    assert revisions(engine)[0] is None
    engine.dispose()


def test_modules_are_short_and_named_by_what_they_hold():
    names = {path: path.relative_to(ROOT) for path in SOURCES}
    long = [str(name) for path, name in names.items() if path.read_text("utf-8").count("\n") > LONGEST]
    assert long == [], f"more than {LONGEST} lines; split them"
    empty = [
        str(name)
        for name in names.values()
        if SAYS_NOTHING & {part.lower() for part in (*name.parent.parts, name.stem)}
    ]
    assert empty == []


def _imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


FORBIDDEN = {
    "uphill": {"crawler", "webapp", "scrapy", "twisted", "flask", "apiflask"},
    "crawler": {"webapp"},
    "webapp": {"crawler", "scrapy", "twisted"},
    "crawler/extract": {"scrapy", "twisted", "sqlalchemy", "uphill.db"},
}


@pytest.mark.parametrize("room", FORBIDDEN)
def test_rooms_are_imported_one_way(room):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for name in _imported(path)
        if any(name == each or name.startswith(f"{each}.") for each in FORBIDDEN[room])
    ]
    assert wrong == []


def test_nothing_is_printed_but_by_the_command_line():
    silent = [path for room in ("uphill", "webapp") for path in sorted((ROOT / room).rglob("*.py"))]
    printing = [
        str(path.relative_to(ROOT))
        for path in silent
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []
