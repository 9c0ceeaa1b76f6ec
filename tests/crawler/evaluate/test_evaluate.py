"""Scores of readings against labels, and the command that prints them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.evaluate.labelled import misses, read_labelled
from crawler.evaluate.report import rows
from crawler.evaluate.score import Score, elements, matched
from uphill.cli import main
from uphill.errors import BadInput
from uphill.policy import FACTS

PAGE = "<h1>Uphill policy</h1><p>Uphill travel is allowed. Dogs are not allowed. A waiver is required.</p>"


@pytest.fixture
def folders(tmp_path: Path):
    gold, pages = tmp_path / "gold", tmp_path / "pages"
    gold.mkdir()
    pages.mkdir()

    def put(name: str, **labels: object) -> None:
        (gold / f"{name}.json").write_text(json.dumps({"lang": "en"} | labels))
        (pages / f"{name}.html").write_text(PAGE)

    put.gold, put.pages = gold, pages
    return put


@pytest.mark.parametrize(
    ("name", "wanted", "got", "hits"),
    [
        ("dogs", "leashed", "leashed", 1),
        ("dogs", "leashed", "limited", 0),
        ("dogs", "unknown", "unknown", 0),
        ("hotline", "+1 (435) 244-1769", "435.244.1769", 1),
        ("windows", ["Mo-Fr 05:00-08:00"], ["Mo,Tu,We,Th,Fr 05:00-08:00"], 1),
        ("windows", ["05:00-08:00"], ["Mo-Su 05:00-08:00"], 1),
        ("windows", ["05:00-08:00"], ["05:00-08:30"], 0),
        ("routes", ["Wind River Trail"], [{"name": "Wind River"}], 1),
        ("routes", ["Wind River"], [{"name": "Wind River"}, {"name": "Wind River"}], 1),
        (
            "parking",
            {"place": "Lot B", "cost": "free"},
            {"place": "the Lot B", "cost": "paid", "until": None},
            1,
        ),
        ("parking", {"place": "Lot B", "cost": "unknown", "until": None}, None, 0),
        ("parking", {"place": "Lot B"}, {"place": "Lot C"}, 0),
        ("season", {"start": "12-01", "end": "closing_day"}, {"start": "12-01", "end": "closing_day"}, 2),
        ("season", {"start": "12-01", "end": None}, {"start": None, "end": "12-01"}, 0),
        ("penalty", ["fine", "removal"], ["removal", "prosecution"], 1),
        ("prices", [{"amount": 15, "currency": "usd"}], [{"amount": 15.0, "currency": "USD"}], 1),
    ],
)
def test_facts_match_by_what_they_mean(name, wanted, got, hits):
    assert matched(name, elements(name, wanted), elements(name, got)) == hits


def test_precision_counts_what_was_claimed_and_recall_what_is_known():
    score = Score()
    score.add({"dogs": "prohibited", "waiver": "required"}, {"dogs": "prohibited", "lights": "required"})
    assert (score.precision(), score.recall()) == (0.5, 0.5)
    assert (score.precision("dogs"), score.recall("waiver")) == (1.0, 0.0)


def test_every_part_of_a_fact_that_is_told_counts():
    score = Score()
    score.add(
        {"parking": {"place": "Lot B", "cost": "free", "until": None}, "season": None},
        {
            "parking": {"place": None, "cost": "free", "until": "08:30"},
            "season": {"start": "12-01", "end": None},
        },
    )
    assert (score.right["parking"], score.claimed["parking"], score.known["parking"]) == (1, 2, 2)
    assert (score.claimed["season"], score.known["season"]) == (1, 0)


def test_a_report_has_overall_languages_and_fields(folders):
    folders("right", dogs="prohibited", access="allowed", waiver="required")
    folders("wrong", dogs="leashed", access="allowed", waiver="required", lang="de")
    report = {row.name: row for row in rows(read_labelled(folders.gold, folders.pages))}
    assert list(report)[:3] == ["overall", "de", "en"]
    assert set(FACTS) <= set(report)
    assert (report["dogs"].precision, report["dogs"].support, report["de"].pages) == (0.5, 2, 1)
    assert report["overall"].precision_interval.low <= report["overall"].precision


def test_the_same_pages_give_the_same_intervals(folders):
    folders("one", dogs="prohibited")
    folders("two", dogs="leashed")
    labelled = read_labelled(folders.gold, folders.pages)
    assert rows(labelled) == rows(labelled)


def test_a_miss_names_the_sentence_that_misled(folders):
    folders("wrong", dogs="leashed", access="allowed", waiver="required")
    (miss,) = [miss for page in read_labelled(folders.gold, folders.pages) for miss in misses(page)]
    assert (miss.page, miss.field, miss.wanted, miss.got) == ("wrong", "dogs", "leashed", "prohibited")
    assert "Dogs are not allowed." in miss.quotes[0]


def test_labels_without_their_page_are_named(folders):
    folders("alone", dogs="leashed")
    (folders.pages / "alone.html").unlink()
    with pytest.raises(BadInput, match=r"alone\.json"):
        read_labelled(folders.gold, folders.pages)


def test_the_command_prints_a_table_misses_and_json(folders):
    folders("wrong", dogs="leashed", access="allowed", waiver="required")
    where = [str(folders.gold), str(folders.pages)]
    printed = CliRunner().invoke(main, ["evaluate", *where, "--misses"])
    assert printed.exit_code == 0
    assert 'wrong: dogs is "leashed", read as "prohibited"' in printed.output
    report = json.loads(CliRunner().invoke(main, ["evaluate", *where, "--json"]).output)
    assert report["rows"][0]["name"] == "overall"


def test_a_folder_without_labels_is_wrong_usage(tmp_path: Path):
    result = CliRunner().invoke(main, ["evaluate", str(tmp_path), str(tmp_path)])
    assert result.exit_code == 2
    assert "holds no labels" in result.output


@pytest.mark.parametrize(
    ("wanted", "got", "hits"),
    [
        ([{"name": "Standard", "status": "closed"}], [{"name": "Standard", "status": "closed"}], 1),
        ([{"name": "Standard", "status": "closed"}], [{"name": "Standard", "status": "open"}], 0),
        ([{"name": "Standard", "status": "closed"}], [{"name": "Sundance", "status": "closed"}], 0),
    ],
)
def test_routes_statuses_match_by_name_and_status(wanted, got, hits):
    assert matched("route_status", elements("route_status", wanted), elements("route_status", got)) == hits


def test_a_fact_that_labels_may_leave_out_is_scored_only_where_it_is_labelled():
    score = Score()
    policy = {"patrol": "never", "routes": [{"name": "Standard", "status": "open", "windows": []}]}
    score.add({}, policy | {"routes": []})
    score.add({"routes": ["Standard"], "route_status": [{"name": "Standard", "status": "open"}]}, policy)
    assert (score.claimed["patrol"], score.claimed["route_status"], score.right["route_status"]) == (0, 1, 1)
