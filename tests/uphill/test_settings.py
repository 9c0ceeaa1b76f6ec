"""Settings come from the environment, checked, and name themselves when they are wrong."""

import pytest

from uphill.errors import BadInput
from uphill.settings import Settings, default_database, load_settings, settings_table


def test_without_an_environment_the_defaults_hold():
    assert load_settings({}) == Settings()


def test_the_environment_is_read_and_an_argument_goes_before_it():
    environ = {"UPHILL_PORT": "9000", "UPHILL_DELAY": "2.5", "UPHILL_CONTACT": "ops@example.org", "PORT": "1"}
    settings = load_settings(environ, port=9001, host=None)
    assert (settings.port, settings.delay, settings.contact) == (9001, 2.5, "ops@example.org")
    assert settings.host == "127.0.0.1"


def test_an_empty_variable_is_none():
    assert load_settings({"UPHILL_PORT": ""}).port == 8000


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"UPHILL_PORT": "http"}, "UPHILL_PORT is 'http': Input should be a valid integer"),
        ({"UPHILL_PORT": "70000"}, "UPHILL_PORT is '70000': Input should be less than or equal to 65535"),
        ({"UPHILL_DELAY": "-1"}, "UPHILL_DELAY is '-1'"),
        ({"UPHILL_TIMEOUT": "0"}, "UPHILL_TIMEOUT is '0'"),
        ({"UPHILL_WORKERS": "0", "UPHILL_SITES": "many"}, "UPHILL_WORKERS is '0'.*; UPHILL_SITES is 'many'"),
    ],
)
def test_a_wrong_value_is_named_with_its_variable(environ, said):
    with pytest.raises(BadInput, match=said):
        load_settings(environ)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgresql://u@h/db", "postgresql+psycopg://u@h/db"),
        ("postgres://u@h/db", "postgresql+psycopg://u@h/db"),
        ("postgresql+psycopg://u@h/db", "postgresql+psycopg://u@h/db"),
        ("sqlite:////tmp/x.db", "sqlite:////tmp/x.db"),
    ],
)
def test_postgresql_is_reached_by_psycopg_3(given, used):
    assert load_settings({"UPHILL_DATABASE_URL": given}).sqlalchemy_url == used


def test_without_a_url_the_database_lies_in_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    path = default_database()
    assert path.name == "uphill.db"
    assert path.is_relative_to(tmp_path)
    assert path.parent.is_dir()
    assert load_settings({}).sqlalchemy_url == f"sqlite:///{path}"


def test_the_table_has_every_setting_with_its_meaning():
    rows = settings_table()
    assert [row.variable for row in rows] == [f"UPHILL_{name.upper()}" for name in Settings.model_fields]
    assert all(row.description and row.default for row in rows)
    assert {row.variable: row.default for row in rows}["UPHILL_CONTACT"] == "(empty)"
