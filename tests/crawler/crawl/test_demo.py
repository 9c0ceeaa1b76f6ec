"""``uphill demo``: the invented web through the real spider, as its user runs it."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from crawler.demo.server import DemoWeb

pytestmark = pytest.mark.slow


def environment(folder: Path) -> Mapping[str, str]:
    return {**os.environ, "TMPDIR": str(folder), "HOME": str(folder), "UPHILL_DATABASE_URL": ""}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def found(folder) -> dict[str, Any]:
    ended = subprocess.run(
        [sys.executable, "-m", "uphill", "demo", "--no-serve", "--json"],
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in ended.stderr
    rows = json.loads(ended.stdout)
    assert ended.returncode == (0 if all(row["as_expected"] for row in rows) else 1)
    return {row["slug"]: row for row in rows}


@pytest.fixture(scope="module")
def expected():
    with DemoWeb() as web:
        return {site.slug: site for site in web.sites}


def test_all_resorts_are_there(found, expected):
    assert found.keys() == expected.keys()
    assert len(found) == 24


def test_every_policy_is_found_and_the_others_have_the_right_reason(found, expected):
    outcomes = {slug: row["outcome"] for slug, row in found.items()}
    assert outcomes == {slug: site.expected_outcome for slug, site in expected.items()}
    for row in found.values():
        assert (row["policy"] is not None) == (row["outcome"] == "policy")
        assert row["reason"]


def test_policies_are_where_they_should_be(found):
    misplaced = [
        mistake
        for row in found.values()
        for mistake in row["mistakes"]
        if mistake.startswith(("policy at", "status page", "ended as"))
    ]
    assert misplaced == []


def test_few_pages_are_needed(found):
    assert max(row["pages"] for row in found.values()) <= 6


def test_nothing_is_left_behind(found, folder):
    assert found
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_what_it_found_until_it_is_stopped(number, folder, found):
    process = subprocess.Popen(
        [sys.executable, "-m", "uphill", "demo", "--port", "0"],
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        address = next(line.split()[2] for line in process.stdout if line.startswith("Serving on"))
        with urllib.request.urlopen(f"{address}/api/v1/resorts/larkspur-bowl", timeout=10) as answer:
            assert json.load(answer)["resort"]["name"] == "Larkspur Bowl"
        process.send_signal(number)
        process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == (0 if all(row["as_expected"] for row in found.values()) else 1)
    assert list(folder.iterdir()) == []
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(address, timeout=2)
