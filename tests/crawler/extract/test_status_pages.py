"""Lift reports and the like: what they announce of uphill travel and its routes, for now."""

import json
from pathlib import Path

import pytest

from crawler.extract import read

_FOLDER = Path(__file__).parents[1] / "status"
_LABELS = sorted(_FOLDER.glob("*.json"))


@pytest.mark.parametrize("label", _LABELS, ids=[label.stem for label in _LABELS])
def test_a_report_tells_the_state_of_uphill_travel(label):
    page = label.with_suffix(".html")
    told = read(page.read_bytes(), source=page.name).policy
    expected = json.loads(label.read_text("utf-8"))
    assert told.status == expected["status"]
    states = {route["name"]: route["status"] for route in expected["routes"]}
    assert {route.name: route.status for route in told.routes}.items() <= states.items()
