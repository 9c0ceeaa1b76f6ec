"""Settings come from options, environment and file, in that order, and name themselves when they are wrong."""

import os

import pytest

from uphill.errors import BadInput
from uphill.setting_mistakes import without_password
from uphill.setting_sources import Origin
from uphill.settings import Settings, configured, default_database, load_settings, settings_table
from uphill.subscription import Notify, Topic


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder, and no settings in the home folder either."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


@pytest.fixture
def write(folder):
    """Writes uphill.toml; its path."""

    def put(text, path=folder / "uphill.toml"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return put


def mistakes(environ, **given):
    with pytest.raises(BadInput) as raised:
        load_settings(environ, **given)
    return str(raised.value).splitlines()


def test_without_an_environment_the_defaults_hold():
    assert load_settings({}) == Settings()


def test_the_environment_is_read_and_an_argument_goes_before_it():
    environ = {"UPHILL_PORT": "9000", "UPHILL_DELAY": "2.5", "UPHILL_CONTACT": "ops@example.org", "PORT": "1"}
    settings = load_settings(environ, port=9001, host=None)
    assert (settings.port, settings.delay, settings.contact) == (9001, 2.5, "ops@example.org")
    assert settings.host == "127.0.0.1"


def test_an_empty_variable_is_none(write):
    assert load_settings({"UPHILL_PORT": ""}).port == 8000
    write("port = 9000")
    assert load_settings({"UPHILL_PORT": ""}).port == 9000


def test_each_value_tells_where_it_was_written(write):
    path = write("port = 1\nsites = 2\ndelay = 3\n")
    found = configured({"UPHILL_SITES": "4", "UPHILL_DELAY": "5"}, delay=6, retries=None)
    assert (found.settings.port, found.settings.sites, found.settings.delay) == (1, 4, 6)
    assert found.file == path
    assert found.origins["port"] == Origin("file", str(path))
    assert found.origins["sites"] == Origin("environment", "UPHILL_SITES")
    assert [str(found.origins[name]) for name in ("delay", "retries")] == ["option", "default"]
    assert list(found.origins) == list(Settings.model_fields)


def test_the_first_file_found_is_read_and_no_other(folder, write):
    named, at_home = folder / "named.toml", folder / "config" / "uphill" / "uphill.toml"
    write("port = 3", at_home)
    assert load_settings({}).port == 3
    write("sites = 2")
    assert (load_settings({}).port, load_settings({}).sites) == (8000, 2)
    write("port = 1", named)
    here = load_settings({"UPHILL_CONFIG": str(named)})
    assert (here.port, here.sites) == (1, Settings().sites)


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"UPHILL_PORT": "http"}, "UPHILL_PORT is 'http'; give it a whole number from 0 to 65535."),
        ({"UPHILL_PORT": "70000"}, "UPHILL_PORT is '70000'; give it a whole number from 0 to 65535."),
        ({"UPHILL_DELAY": "-1"}, "UPHILL_DELAY is '-1'; give it a number of at least 0."),
        ({"UPHILL_DELAY": "nan"}, "UPHILL_DELAY is 'nan'; give it a number of at least 0."),
        ({"UPHILL_TIMEOUT": "0"}, "UPHILL_TIMEOUT is '0'; give it a number above 0."),
        ({"UPHILL_DELAYS": "5"}, "UPHILL_DELAYS is no setting; did you mean UPHILL_DELAY?"),
        ({"UPHILL_CONFG": "x"}, "UPHILL_CONFG is no setting; did you mean UPHILL_CONFIG?"),
        (
            {"UPHILL_NOTIFY": "json://127.0.0.1"},
            "UPHILL_NOTIFY can't be set by a variable; write [[notify]] tables into uphill.toml.",
        ),
    ],
)
def test_a_wrong_variable_is_named_with_what_it_takes(environ, said):
    assert mistakes(environ) == [said]


def test_a_wrong_option_is_named_as_one():
    assert mistakes({}, max_pages=0) == ["--max-pages is 0; give it a whole number from 1 to 200."]


def test_variables_that_are_nobodys_misspelling_are_left_alone():
    environ = {"UPHILL_SERVICE_HOST": "10.0.0.1", "UPHILL_PORT_8000_TCP_ADDR": "10.0.0.1"}
    assert load_settings(environ) == Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("port = 'http'", "port in {} is 'http'; give it a whole number from 0 to 65535."),
        ("port = true", "port in {} is True; give it a whole number from 0 to 65535."),
        ("delay = inf", "delay in {} is inf; give it a number of at least 0."),
        ("contact = 5", "contact in {} is 5; give it text."),
        ("prot = 5", "prot in {} is no setting; did you mean port?"),
        ("max-pages = 5", "max-pages in {} is no setting; did you mean max_pages?"),
        ("colour = 5", "colour in {} is no setting; see 'uphill config' for them."),
        ("database_url = ['x://u:hunter2@h']", "database_url in {} is ['x://u:***@h']; give it text."),
        (
            "port = 1\nport = 2",
            "{} is no TOML: Cannot overwrite a value (at end of document). Correct that line.",
        ),
    ],
)
def test_a_mistake_in_the_file_is_named_with_the_file(write, text, said):
    path = write(text)
    assert mistakes({}) == [said.format(path)]


def test_all_mistakes_are_told_at_once(write):
    path = write("prot = 1\nworkers = 0\nsites = 0")
    assert mistakes({"UPHILL_SITES": "many", "UPHILL_DELAYS": "1"}, port=-1) == [
        f"prot in {path} is no setting; did you mean port?",
        "UPHILL_DELAYS is no setting; did you mean UPHILL_DELAY?",
        "--port is -1; give it a whole number from 0 to 65535.",
        f"workers in {path} is 0; give it a whole number from 1 to 64.",
        "UPHILL_SITES is 'many'; give it a whole number from 1 to 256.",
    ]


def test_a_file_that_can_not_be_read_is_told_beside_the_other_mistakes(folder):
    gone = folder / "gone.toml"
    assert mistakes({"UPHILL_CONFIG": str(gone), "UPHILL_PORT": "http"}) == [
        (
            f"The settings in {gone} can't be read: No such file or directory. "
            "Correct the path (see UPHILL_CONFIG) or the file's permissions."
        ),
        "UPHILL_PORT is 'http'; give it a whole number from 0 to 65535.",
    ]
    latin = folder / "latin.toml"
    latin.write_bytes("contact = 'Zürich'".encode("latin-1"))
    assert mistakes({"UPHILL_CONFIG": str(latin)}) == [
        f"The settings in {latin} are not written in UTF-8; save the file as UTF-8."
    ]


def test_a_file_that_windows_saved_is_read(folder):
    (folder / "uphill.toml").write_bytes(b"\xef\xbb\xbfport = 9000\r\n")
    assert load_settings({}).port == 9000


def test_who_is_told_of_what_stands_in_the_file(write):
    write(
        "[[notify]]\n"
        'urls = ["mailto://u:p@example.org"]\n'
        'on = ["run_failed", "resort_changed"]\n'
        'resorts = ["larkspur-bowl"]\n'
        "[[notify]]\n"
        'urls = ["json://127.0.0.1"]\n'
        'on = ["region_changed"]\n'
        'regions = ["US-CO", "AT"]\n'
    )
    first, second = load_settings({}).notify
    assert first.on == (Topic.RUN_FAILED, Topic.RESORT_CHANGED)
    assert first.resorts == ("larkspur-bowl",)
    assert second == Notify(urls=("json://127.0.0.1",), on=(Topic.REGION_CHANGED,), regions=("US-CO", "AT"))


URLS = 'urls = ["json://127.0.0.1"]\n'


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            'urls = ["json://h", "hunter2"]\non = ["unhealthy"]',
            (
                "urls of the 1st [[notify]] in {} has one (number 2) which is no URL that Apprise knows, "
                "such as mailto://user:password@example.org."
            ),
        ),
        ('urls = []\non = ["unhealthy"]', "urls of the 1st [[notify]] in {} is empty; name at least one."),
        (
            'urls = "json://u:hunter2@h"\non = ["unhealthy"]',
            'urls of the 1st [[notify]] in {} is no list; write one, such as ["…"].',
        ),
        ('on = ["unhealthy"]', "urls of the 1st [[notify]] in {} is missing; write it as a list."),
        (
            URLS + 'on = ["ill"]',
            (
                "on of the 1st [[notify]] in {} has 'ill'; it takes 'run_failed', 'resort_changed', "
                "'region_changed', 'unhealthy' or 'report'."
            ),
        ),
        (
            URLS + 'on = ["unhealthy"]\nto = "me"',
            "to of the 1st [[notify]] in {} is not known there; correct its name or leave it out.",
        ),
        (
            URLS + 'on = ["resort_changed"]\nresorts = ["Larkspur Bowl"]',
            (
                "resorts of the 1st [[notify]] in {} has 'Larkspur Bowl', which is no resort's slug, "
                "such as howelsen-hill."
            ),
        ),
        (
            URLS + 'on = ["region_changed"]\nregions = ["Colorado"]',
            (
                "regions of the 1st [[notify]] in {} has 'Colorado', which is no ISO 3166 region or country, "
                "such as US-CO or AT."
            ),
        ),
        (
            URLS + 'on = ["unhealthy"]\nregions = ["US-CO"]',
            (
                'The 1st [[notify]] in {} names regions, but its "on" lacks "region_changed"; '
                "add that, or leave them out."
            ),
        ),
    ],
)
def test_a_mistake_in_a_table_is_named_with_its_place_and_no_password(write, table, said):
    path = write(f"[[notify]]\n{table}\n")
    assert mistakes({}) == [said.format(path)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'notify = { urls = ["json://u:hunter2@h"] }',
            "notify in {} is no list of tables; write [[notify]] above the keys of each.",
        ),
        (
            'notify = ["json://u:hunter2@h"]',
            "The 1st [[notify]] in {} is no table; write [[notify]] above its keys.",
        ),
    ],
)
def test_what_is_no_table_is_told_without_showing_it(write, text, said):
    path = write(text)
    assert mistakes({}) == [said.format(path)]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:hunter2@h/d", "postgresql://u:***@h/d"),
        ("postgresql://u:hunter2@s:/x@h/d?sslmode=x", "postgresql://u:***@h/d?sslmode=x"),
        ("postgresql://h/d?password=hunter2@x&x=1", "postgresql://h/d?password=***&x=1"),
        ("u:hunter2@h", "u:***@h"),
        ("postgresql://u@h/d", "postgresql://u@h/d"),
        ("sqlite:////tmp/x.db", "sqlite:////tmp/x.db"),
        ("ops@example.org", "ops@example.org"),
    ],
)
def test_a_password_is_hidden_and_nothing_else(url, shown):
    assert without_password(url) == shown


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
    assert load_settings({"UPHILL_CONFIG": os.devnull}).sqlalchemy_url == f"sqlite:///{path}"


def test_the_table_has_every_setting_with_its_meaning():
    rows = settings_table()
    assert [row.name for row in rows] == ["", *Settings.model_fields]
    assert [row.variable for row in rows if row.variable.startswith("UPHILL_")] == [
        "UPHILL_CONFIG",
        *(f"UPHILL_{name.upper()}" for name in Settings.model_fields if name != "notify"),
    ]
    assert all(row.description and row.default for row in rows)
    defaults = {row.name: row.default for row in rows}
    assert (defaults["contact"], defaults["notify"], defaults["port"]) == ("(empty)", "(empty)", "8000")
    assert defaults["allow_loopback"] == "false"
