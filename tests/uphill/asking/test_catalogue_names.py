"""Every name of the shipped catalogue is a resort's, whatever its words mean elsewhere."""

import csv
from importlib.resources import files

import pytest

from uphill.asking import Named, Names, understand
from uphill.search.text import fold


def rows(name):
    with files("uphill").joinpath("data", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def entries():
    by_slug = {row["slug"]: row for row in rows("resorts.csv")}
    named = [(row["name"], row) for row in by_slug.values()]
    named += [(row["alias"], by_slug[row["slug"]]) for row in rows("aliases.csv")]
    return [
        Named(name, float(row["latitude"]), float(row["longitude"]), row["region"], row["locality"])
        for name, row in named
    ]


@pytest.fixture(scope="module")
def catalogue(entries):
    return Names(entries)


def test_a_resort_s_name_is_its_name_and_no_filter(entries, catalogue, now):
    read = {each.name: understand(f"{each.name} dogs", today=now, names=catalogue) for each in entries}
    assert [name for name, understood in read.items() if fold(understood.text) != fold(name)] == []
    assert [name for name, understood in read.items() if [*understood.facts] != ["dogs"]] == []
    taken = {
        name: understood.region or understood.networks or understood.near for name, understood in read.items()
    }
    assert [name for name, filters in taken.items() if filters] == []


def test_one_can_ask_for_the_surroundings_of_every_resort(entries, catalogue, now):
    def places(name):
        understood = understand(f"near {name}", today=now, names=catalogue)
        found = (understood.near, *understood.near_others) if understood.near is not None else ()
        return [(each.latitude, each.longitude) for each in found]

    here = {each.name: (round(each.latitude, 2), round(each.longitude, 2)) for each in entries}
    assert [name for name, place in here.items() if place not in places(name)] == []
