"""The same page gives the same bytes, whatever order Python's sets happen to have."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[1] / "corpus" / "pages").iterdir())


def _printed(seed: str) -> bytes:
    command = [sys.executable, "-m", "uphill", "extract", "--json", "--explain", *map(str, PAGES)]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
    )
    return done.stdout + done.stderr


@pytest.mark.slow
def test_the_same_pages_give_the_same_bytes():
    one, other = _printed("1"), _printed("2")
    assert one.count(b"\n") > len(PAGES)
    assert one == other
