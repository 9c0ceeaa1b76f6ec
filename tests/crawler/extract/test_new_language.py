"""A language is one file of words: no rule fails on one that it does not know."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[3]
_FOLDERS = ("corpus", "own", "plain", "varied")


@pytest.mark.slow
def test_a_language_of_which_no_rule_knows_is_read(tmp_path):
    shutil.copytree(_ROOT / "crawler", tmp_path / "crawler", ignore=shutil.ignore_patterns("__pycache__"))
    lexicon = tmp_path / "crawler" / "extract" / "lexicon"
    shutil.copy(lexicon / "de.toml", lexicon / "xx.toml")
    pages = [
        str(_ROOT / "tests" / "crawler" / folder / "pages" / source)
        for folder in _FOLDERS
        for source in _german(_ROOT / "tests" / "crawler" / folder)
    ]
    done = subprocess.run(
        [sys.executable, "-m", "uphill", "extract", "--json", "--lang", "xx", *pages],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    readings = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(readings) == len(pages) > 10
    assert {reading["lang"] for reading in readings} == {"xx"}
    assert any(reading["policy"]["parking"] for reading in readings)


def _german(folder: Path) -> list[str]:
    labels = (json.loads(file.read_text("utf-8")) for file in sorted((folder / "gold").glob("*.json")))
    names = {label["id"] for label in labels if label["lang"] == "de"}
    return [page.name for page in sorted((folder / "pages").iterdir()) if page.stem in names]
