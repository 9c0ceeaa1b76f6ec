"""Each command of the domain: what it prints, for people and for programs, and how it ends."""

import csv
import io
import json

import click
import pytest
from sqlalchemy import func, select

from tests.conftest import new_database
from uphill.cli import CommandGroup, main
from uphill.cli.database import database
from uphill.db import OpenInterval
from uphill.export import COLUMNS
from uphill.licence import ATTRIBUTION, CAUTION
from uphill.policy import FACTS
from uphill.settings import load_settings
from uphill.words.wording import LABELS

COMMANDS = [
    "config",
    "crawl",
    "demo",
    "extract",
    "links",
    "load",
    "notify",
    "pass",
    "search",
    "serve",
    "show",
    "up",
    "upgrade",
]


def test_all_commands_are_there(uphill):
    listed = main.list_commands(None)
    assert set(COMMANDS) <= set(listed)
    shown = uphill("--help")
    assert shown.exit_code == 0
    assert all(f"\n  {name} " in shown.stdout for name in listed)


def test_the_list_says_of_each_what_it_says_itself_and_imports_none(uphill, monkeypatch):
    context = click.Context(main, info_name="uphill", terminal_width=200)
    told = context.make_formatter()
    click.Group.format_commands(main, context, told)
    monkeypatch.setattr(CommandGroup, "get_command", lambda *_: pytest.fail("a command was imported"))
    listed = told.getvalue().rstrip()
    assert listed.startswith("Commands:")
    assert main.get_help(context).endswith(listed)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_shows_an_example(uphill, name):
    shown = uphill(name, "--help")
    assert shown.exit_code == 0
    assert "Example" in shown.stdout
    assert f"uphill {name}" in shown.stdout.partition("Example")[2]


def test_a_command_that_is_none_is_wrong_usage(uphill):
    result = uphill("serach")
    assert result.exit_code == 2
    assert "No such command 'serach'" in result.stderr


def test_load_tells_what_it_did_does_it_once_and_works_out_the_hours_of_the_coming_days(uphill, sqlite_url):
    first = uphill("load")
    with database(load_settings(database_url=sqlite_url)) as sessions, sessions() as session:
        assert session.scalar(select(func.count()).select_from(OpenInterval)) > 14
    second = uphill("load", "--json")
    assert first.exit_code == second.exit_code == 0
    assert first.stdout == (
        "Resorts: 1278 new, 0 changed, 0 as they were. Other names: 299 new. "
        "Baseline policies: 239 new. Rows left out: 0.\n"
    )
    assert json.loads(second.stdout) == {
        "new": 0,
        "changed": 0,
        "unchanged": 1278,
        "aliases": 0,
        "policies": 0,
        "bad": [],
    }


FEATURE = {
    "type": "Feature",
    "properties": {
        "id": "abc",
        "name": "Windy Hill",
        "status": "operating",
        "activities": ["downhill"],
        "places": [{"iso3166_2": "US-UT"}],
    },
    "geometry": {"type": "Point", "coordinates": [-111.6, 40.5]},
}


def test_load_names_bad_rows_loads_the_rest_and_fails(uphill, tmp_path):
    path = tmp_path / "areas.geojson"
    path.write_text('{"features":[\n' + json.dumps(FEATURE) + ",\n{broken\n]}")
    result = uphill("load", "--openskimap", str(path))
    assert result.exit_code == 1
    assert result.stdout.startswith("Resorts: 1 new")
    assert result.stderr.startswith("areas.geojson, line 3: not JSON")
    again = uphill("load", "--openskimap", str(path), "--json")
    said = json.loads(again.stdout)
    assert (said["new"], said["unchanged"]) == (0, 1)
    assert [(row["file"], row["line"]) for row in said["bad"]] == [("areas.geojson", 3)]


def test_load_refuses_a_file_of_another_kind(uphill, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("hello\n")
    result = uphill("load", "--openskimap", str(path))
    assert result.exit_code == 2
    assert result.stderr.startswith("uphill: ")
    assert "neither OpenSkiMap's GeoJSON nor its CSV" in result.stderr
    assert uphill("load", "--openskimap", str(tmp_path / "none")).exit_code == 2


def test_search_prints_a_table(directory):
    result = directory("search", "--region", "US-CO", "--pass", "never")
    assert result.exit_code == 0
    head, columns, *rows = result.stdout.splitlines()
    assert head == "1 resort (Region: US-CO; Pass required: no pass needed)"
    assert columns.split() == ["resort", "region", "policy", "age"]
    assert rows[0].startswith("howelsen-hill")
    assert "No pass needed" in rows[0]
    assert "not yet checked" in rows[0]


def test_search_takes_text_and_several_values(directory):
    def found(*arguments):
        said = json.loads(directory("search", *arguments, "--limit", "2000", "--json").stdout)
        assert said["total"] == len(said["listings"]) > 0
        return {each["resort"]["slug"] for each in said["listings"]}

    by_comma = found("tirol", "--dogs", "unknown,leashed")
    assert by_comma == found("tirol", "--dogs", "unknown", "--dogs", "leashed")
    assert by_comma >= found("--region", "AT-7", "--dogs", "unknown,leashed")
    assert found("axamer", "lizum") == found("Axamer Lizum") == found("lizum AXAMER")


def test_search_prints_json_and_csv_with_the_licence(directory):
    said = json.loads(directory("search", "--access", "prohibited", "--limit", "3", "--json").stdout)
    assert said["attribution"] == ATTRIBUTION
    assert said["total"] >= len(said["listings"]) == 3
    assert {each["policy"]["access"] for each in said["listings"]} == {"prohibited"}
    rows = list(csv.DictReader(io.StringIO(directory("search", "--access", "prohibited", "--csv").stdout)))
    assert tuple(rows[0]) == COLUMNS
    assert {(row["access"], row["attribution"]) for row in rows} == {("prohibited", ATTRIBUTION)}


def test_search_prints_as_many_as_are_asked_for(directory):
    said = json.loads(directory("search", "--limit", "450", "--json").stdout)
    slugs = [each["resort"]["slug"] for each in said["listings"]]
    assert (said["total"], len(slugs), len(set(slugs))) == (1278, 450, 450)
    short = directory("search", "--limit", "5")
    assert short.stdout.splitlines()[-1] == "1273 more: --limit 1278"


def test_search_that_finds_nothing_is_no_failure(directory):
    result = directory("search", "no such place")
    assert (result.exit_code, result.stdout) == (0, "0 resorts (Text: no such place)\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--dogs", "maybe"], "dogs can't be 'maybe'. Try one of: allowed, leashed"),
        (["--region", "Colorado"], "Region Colorado is not known. Try a code such as US-CO"),
        (["--pass", "free"], "pass_required can't be 'free'. Try one of: always"),
        (["x" * 300], "The text is 300 characters long"),
    ],
)
def test_a_bad_filter_is_one_sentence_and_wrong_usage(directory, arguments, said):
    result = directory("search", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"uphill: {said}")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--limit", "0"], ["--sort", "size"], ["--colour", "red"]])
def test_wrong_usage_is_told_by_the_command_line(directory, arguments):
    assert directory("search", *arguments).exit_code == 2


def test_show_tells_every_fact_with_its_proof(directory):
    result = directory("show", "howelsen-hill")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Howelsen Hill Ski Area (Colorado, United States)"
    for name in FACTS:
        assert any(line.startswith(f"{LABELS[name]}: ") for line in lines)
    at = lines.index("Pass required: no pass needed")
    assert lines[at + 1].startswith("    as listed by ")
    assert lines[at + 2].startswith("    https://")
    assert lines[-2:] == [CAUTION, ATTRIBUTION]


def test_show_prints_json(directory):
    said = json.loads(directory("show", "howelsen-hill", "--json").stdout)
    assert said["attribution"] == ATTRIBUTION
    assert said["provenance"]["last_confirmed"] is None
    known = {name for name, value in said["policy"].items() if value not in ("unknown", None, [])}
    assert set(said["evidence"]) == known
    assert all(proof["quote"] is None for proofs in said["evidence"].values() for proof in proofs)


def test_show_of_a_resort_without_a_policy_says_so(directory):
    bare = json.loads(directory("search", "--access", "unknown", "--sort", "name", "--json").stdout)
    slug = next(each["resort"]["slug"] for each in bare["listings"] if each["provenance"] is None)
    result = directory("show", slug)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:3] == ["No policy is known yet.", "no policy known"]


def test_pass_answers_in_one_sentence_with_its_proof(directory):
    result = directory("pass", "Howelsen Hill")
    assert result.exit_code == 0
    answer, proof, link = result.stdout.splitlines()[:3]
    assert answer.startswith("Howelsen Hill Ski Area: no pass is needed")
    assert answer.endswith("not yet checked)")
    assert proof.startswith("    as listed by ")
    assert link.startswith("    https://")
    said = json.loads(directory("pass", "howelsen-hill", "--json").stdout)
    assert said["facts"]["pass_required"] == "never"
    assert answer == f"{said['answer']} ({said['age']})"
    assert {proof["source_url"] for proof in said["evidence"]} == {link.strip()}


@pytest.mark.parametrize("command", ["show", "pass"])
def test_a_resort_that_is_not_there_is_named_with_what_is_near(directory, command):
    result = directory(command, "howelsen")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "uphill: There is no resort 'howelsen' in the directory. Did you mean howelsen-hill?\n"
    )


def test_upgrade_tells_where_the_database_is(uphill):
    first, second = uphill("upgrade"), uphill("upgrade")
    assert first.exit_code == second.exit_code == 0
    assert first.stdout.startswith("The database went from empty to revision ")
    newest = first.stdout.split()[-1].rstrip(".")
    assert second.stdout == f"The database was at revision {newest} already.\n"


@pytest.mark.parametrize("command", [["config"], ["search"], ["load"], ["upgrade"], ["up"]])
def test_a_wrong_setting_is_one_sentence(uphill, command):
    result = uphill(*command, UPHILL_PORT="eighty")
    assert result.exit_code == 2
    assert result.stderr.startswith("uphill: UPHILL_PORT is 'eighty'")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [["search"], ["show", "x"], ["pass", "x"], ["load"], ["upgrade"], ["up"]])
@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "UPHILL_DATABASE_URL is not a database URL"),
        ("mysql://localhost/x", "UPHILL_DATABASE_URL names 'mysql'; only sqlite and postgresql"),
        ("postgresql://localhost:port/x", "UPHILL_DATABASE_URL is not a database URL"),
        ("postgresql+nodriver://localhost/x", "UPHILL_DATABASE_URL names the driver 'postgresql+nodriver'"),
        ("sqlite+nodriver:///x.db", "UPHILL_DATABASE_URL names the driver 'sqlite+nodriver'"),
        ("sqlite:////dev/null/x.db", "UPHILL_DATABASE_URL is in the folder /dev/null, which can't be made"),
    ],
)
def test_a_broken_database_url_is_one_sentence(uphill, command, url, said):
    result = uphill(*command, UPHILL_DATABASE_URL=url)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"uphill: {said}")
    assert result.stderr.count("\n") == 1


def test_a_database_that_can_not_be_reached_is_one_sentence(uphill, tmp_path):
    (tmp_path / "notes.txt").write_text("no database at all, but longer than its header would be" * 10)
    for url in (
        f"sqlite:///{tmp_path}",
        f"sqlite:///{tmp_path}/notes.txt",
        "postgresql://127.0.0.1:1/uphill",
    ):
        result = uphill("search", UPHILL_DATABASE_URL=url)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "can't be reached: " in result.stderr
        assert result.stderr.count("\n") == 1


def test_postgresql_is_not_upgraded_unasked(uphill, postgresql_url):
    url = new_database(postgresql_url, "cli")
    for command in (["search"], ["load"], ["up", "--no-crawl"]):
        result = uphill(*command, UPHILL_DATABASE_URL=url)
        assert result.exit_code == 1
        assert result.stderr.startswith("uphill: The database is empty, the program needs ")
        assert "Run 'uphill upgrade'" in result.stderr
    assert uphill("upgrade", UPHILL_DATABASE_URL=url).exit_code == 0
    assert uphill("search", UPHILL_DATABASE_URL=url).stdout == "0 resorts\n"


def test_a_database_of_a_newer_program_is_left_alone(uphill, sqlite_url):
    from sqlalchemy import text

    from uphill.db import make_engine

    uphill("upgrade")
    engine = make_engine(sqlite_url)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = 'future'"))
    engine.dispose()
    result = uphill("search")
    assert result.exit_code == 1
    assert "at revision future, which this version of the program does not know" in result.stderr
