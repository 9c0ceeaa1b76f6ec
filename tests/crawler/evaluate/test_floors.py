"""Floors: pinned to their pages, raised by themselves, never lowered."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.evaluate.floors import Floor, Floors
from uphill.cli import main
from uphill.errors import BadInput

GOOD = "<h1>Uphill policy</h1><p>Uphill travel is allowed. Dogs are not allowed. A waiver is required.</p>"
WORSE = "<h1>Uphill policy</h1><p>Uphill travel is allowed. A waiver is required.</p>"
LABELS = {"lang": "en", "access": "allowed", "dogs": "prohibited", "waiver": "required"}


@pytest.fixture
def evaluate(tmp_path: Path):
    (tmp_path / "gold").mkdir()
    (tmp_path / "pages").mkdir()
    (tmp_path / "gold/one.json").write_text(json.dumps(LABELS))
    page, file = tmp_path / "pages/one.html", tmp_path / "floors.json"
    page.write_text(GOOD)

    def run(*options: str):
        where = [str(tmp_path / "gold"), str(tmp_path / "pages"), "--floors", str(file)]
        return CliRunner().invoke(main, ["evaluate", *where, *options])

    run.page, run.file = page, file
    return run


def test_floors_are_kept_per_field_and_language(evaluate):
    assert evaluate("--update").exit_code == 0
    floors = Floors.load(evaluate.file)
    assert {"overall", "en", "dogs", "en/dogs"} <= set(floors.by_name)
    assert floors.by_name["en/dogs"] == Floor(1.0, 1.0, 1)
    assert evaluate().exit_code == 0


def test_a_fall_fails_and_is_named(evaluate):
    evaluate("--update")
    evaluate.page.write_text(WORSE)
    result = evaluate()
    assert result.exit_code == 1
    assert "en/dogs: recall fell from 1.0000 to 0.0000" in result.output
    assert "not those that" in result.output


def test_update_lowers_nothing(evaluate):
    evaluate("--update")
    evaluate.page.write_text(WORSE)
    assert evaluate("--update").exit_code == 1
    assert Floors.load(evaluate.file).by_name["en/dogs"] == Floor(1.0, 1.0, 1)


def test_update_raises_what_was_reached(evaluate):
    evaluate.page.write_text(WORSE)
    evaluate("--update")
    evaluate.page.write_text(GOOD)
    assert evaluate().exit_code == 1  # other pages than those it was pinned to
    assert evaluate("--update").exit_code == 0
    assert Floors.load(evaluate.file).by_name["en/dogs"].recall == 1.0
    assert evaluate().exit_code == 0


def test_a_name_that_is_gone_has_fallen():
    floors = Floors("a", {"de/dogs": Floor(0.9, 0.8, 5)})
    assert [str(fall) for fall in floors.falls(Floors("a", {}))] == [
        "de/dogs: precision fell from 0.9000 to 0.0000",
        "de/dogs: recall fell from 0.8000 to 0.0000",
    ]


def test_a_file_without_floors_is_named(tmp_path: Path):
    file = tmp_path / "floors.json"
    file.write_text("[]")
    with pytest.raises(BadInput, match=r"floors\.json"):
        Floors.load(file)


def test_update_without_a_file_is_wrong_usage(evaluate):
    result = CliRunner().invoke(
        main, ["evaluate", str(evaluate.page.parent), str(evaluate.page.parent), "--update"]
    )
    assert result.exit_code == 2
