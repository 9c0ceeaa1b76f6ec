"""The command line in process, on a database of its own or on the shipped directory."""

import os
import shutil

import pytest
from click.testing import CliRunner

from uphill.cli import main


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch, tmp_path):
    for name in [name for name in os.environ if name.startswith("UPHILL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("UPHILL_CONFIG", os.devnull)


@pytest.fixture
def uphill(sqlite_url, monkeypatch):
    """Runs ``uphill ARGUMENTS``; whatever it comes to, nobody is shown a traceback."""
    monkeypatch.setenv("UPHILL_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments, **environ):
        result = CliRunner().invoke(main, arguments, env=environ, prog_name="uphill")
        assert "Traceback" not in result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


@pytest.fixture
def directory(uphill, shipped_file, tmp_path):
    """``uphill`` on a copy of the shipped directory."""
    shutil.copy(shipped_file, tmp_path / "uphill.db")
    return uphill


@pytest.fixture
def resort(uphill, file, tmp_path):
    """``uphill`` on a copy of the database ``file``, which a module makes once with its one resort."""
    for each in file.parent.iterdir():
        shutil.copy(each, tmp_path / each.name)
    return uphill
