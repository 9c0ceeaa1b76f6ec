"""``uphill demo``: the invented web through the real spider, as its user runs it."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Demo:
    """What one run printed, what its site answered, and how it ended when it was asked to."""

    rows: dict[str, dict[str, Any]]
    address: str
    served: dict[str, Any]
    code: int
    stderr: str


@pytest.fixture(scope="module")
def demo(folder) -> Demo:
    process = subprocess.Popen(
        [sys.executable, "-m", "uphill", "demo", "--json", "--port", "0"],
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        rows = json.loads(process.stdout.readline())
        address = process.stdout.readline().split()[2]
        with urllib.request.urlopen(f"{address}/api/v1/resorts/larkspur-bowl", timeout=120) as answer:
            served = json.load(answer)
        process.send_signal(signal.SIGTERM)
        _, stderr = process.communicate(timeout=120)
    finally:
        process.kill()
        process.communicate()
    return Demo({row["slug"]: row for row in rows}, address, served, process.returncode, stderr)


@pytest.fixture(scope="module")
def found(demo) -> dict[str, Any]:
    return demo.rows


@pytest.fixture(scope="module")
def expected():
    with DemoWeb() as web:
        return {site.slug: site for site in web.sites}


def test_all_resorts_are_there(found, expected):
    assert found.keys() == expected.keys()
    assert len(found) == 26


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


def test_every_fact_is_as_the_invented_resort_states_it(found):
    assert {slug: row["mistakes"] for slug, row in found.items() if row["mistakes"]} == {}


def test_few_pages_are_needed(found):
    assert max(row["pages"] for row in found.values()) <= 6


def test_it_serves_what_it_found_until_it_is_stopped(demo, folder):
    assert demo.served["resort"]["name"] == "Larkspur Bowl"
    assert demo.code == (0 if all(row["as_expected"] for row in demo.rows.values()) else 1)
    assert "Traceback" not in demo.stderr
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(demo.address, timeout=2)
    assert list(folder.iterdir()) == [], "something was left behind"
