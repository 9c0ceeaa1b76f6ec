"""``uphill config``: what is in force, where it was written, and nothing that is secret."""

import json
import os

import pytest

from uphill.settings import settings_table

FILE = """
database_url = "postgresql://uphill:hunter2@db.example/uphill?sslpassword=hunter2"
port = 9000
delay = 4

[[notify]]
urls = ["json://user:hunter2@127.0.0.1/hunter2", "mailto://user:hunter2@example.org"]
on = ["region_changed"]
regions = ["US-CO"]
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_each_setting_is_shown_with_its_value_its_origin_and_its_meaning(uphill, file):
    shown = uphill("config", UPHILL_CONFIG=str(file), UPHILL_DELAY="5", UPHILL_DATABASE_URL="")
    assert shown.exit_code == 0
    lines = {line.split()[0]: line.split() for line in shown.stdout.splitlines() if line[0] != " "}
    assert [row.name for row in settings_table() if row.name and row.name not in lines] == []
    assert lines["delay"][1:3] == ["5.0", "UPHILL_DELAY"]
    assert lines["port"][1:3] == ["9000", "mine.toml"]
    assert lines["host"][1:3] == ["127.0.0.1", "default"]
    assert " ".join(lines["port"][3:]).startswith("port the site is served on")
    assert f"Settings file: {file}\n" in shown.stdout


def test_programs_get_the_same_as_json(uphill, file):
    said = json.loads(uphill("config", "--json", UPHILL_CONFIG=str(file), UPHILL_DELAY="5").stdout)
    assert said["file"] == str(file)
    assert said["settings"]["delay"] == {
        "value": 5.0,
        "from": "UPHILL_DELAY",
        "meaning": "least seconds between two requests to one site",
    }
    assert said["settings"]["port"]["from"] == str(file)
    assert said["settings"]["sites"]["from"] == "default"
    assert said["settings"]["notify"]["value"] == [
        {"urls": ["json://…", "mailto://…"], "on": ["region_changed"], "regions": ["US-CO"]}
    ]


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_no_password_is_shown(uphill, file, arguments):
    shown = uphill("config", *arguments, UPHILL_CONFIG=str(file), UPHILL_DATABASE_URL="")
    assert shown.exit_code == 0
    assert "uphill:***@" in shown.stdout
    assert "hunter2" not in shown.output


def test_the_path_of_the_file_is_told_even_where_the_file_is_broken(uphill, file):
    file.write_text("port = ", encoding="utf-8")
    assert uphill("config", "--path", UPHILL_CONFIG=str(file)).stdout == f"{file}\n"


def test_without_a_file_the_places_are_told_where_it_is_looked_for(uphill, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    shown = uphill("config", "--path", UPHILL_CONFIG="")
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert f"{tmp_path}/uphill.toml, {tmp_path}/config/uphill/uphill.toml, /etc/uphill/" in shown.stderr


def test_every_mistake_is_told_at_once_a_sentence_each(uphill, file):
    file.write_text('prot = 1\nport = "eighty"\n', encoding="utf-8")
    shown = uphill("config", UPHILL_CONFIG=str(file), UPHILL_SITES="many")
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr.splitlines() == [
        f"uphill: prot in {file} is no setting; did you mean port?",
        f"port in {file} is 'eighty'; give it a whole number from 0 to 65535.",
        "UPHILL_SITES is 'many'; give it a whole number from 1 to 256.",
    ]


def test_an_empty_file_is_one(uphill):
    assert uphill("config", "--path", UPHILL_CONFIG=os.devnull).stdout == f"{os.devnull}\n"
