"""``uphill search`` takes the parameters of the site, by the same names."""

import json
import re

import pytest

from uphill.cli.search import search_command
from uphill.search import PARAMETERS


def test_every_parameter_is_an_option_but_those_of_pages():
    options = {each.name for each in search_command.params}
    assert set(PARAMETERS) - options == {"page", "size"}


def test_around_a_place_nearest_first(directory):
    result = directory("search", "--near", "39.7,-105", "--km", "60", "--access", "allowed,prohibited")
    head, columns, *rows = result.stdout.splitlines()
    assert "Within 60 km of 39.70, -105.00" in head
    assert columns.split() == ["resort", "region", "km", "policy", "age"]
    away = [float(found[1]) for row in rows if (found := re.search(r"US-CO +(\d+(?:\.\d)?) ", row))]
    assert away == sorted(away)
    assert away
    assert max(away) <= 60


def test_around_a_place_by_its_name(directory):
    said = json.loads(directory("search", "--near", "denver", "--km", "60", "--format", "geojson").stdout)
    assert (said["type"], said["licence"]["name"]) == (
        "FeatureCollection",
        "Open Database License (ODbL) 1.0",
    )
    assert {each["properties"]["region"] for each in said["features"]} == {"US-CO"}


def test_what_was_searched_for_instead_is_said(directory):
    assert directory("search", "sugarbsh").stdout.startswith(
        "Nothing for “sugarbsh”; shown: Sugarbush\n1 resort"
    )
    said = json.loads(directory("search", "sugarbsh", "--json").stdout)
    assert said["remarks"] == ["Nothing for “sugarbsh”; shown: Sugarbush"]


def test_hours_that_nobody_worked_out_are_not_none(directory):
    assert "Hours of that time have not been worked out yet" in directory("search", "--open", "open").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--near", "Nowhereville"), "No place is known by the name “Nowhereville”"),
        (("--at", "tomorrow"), "at can't be 'tomorrow'"),
        (("--price-max", "20"), "say which, such as currency=USD"),
    ],
)
def test_a_mistake_is_a_sentence(directory, arguments, said):
    result = directory("search", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
