"""The file of races: every line is whole, its regions exist, its links can be followed, none stands twice."""

from collections import Counter

from uphill.races import RaceKind, races, races_in
from uphill.regions import country_name, region_name


def test_every_region_of_a_race_exists():
    for race in races():
        for code in race.regions:
            assert region_name(code) if "-" in code else country_name(code), race.name


def test_no_race_and_no_link_stands_twice():
    for values in (Counter(race.name for race in races()), Counter(race.url for race in races())):
        assert not [value for value, count in values.items() if count > 1]


def test_a_region_names_once_where_its_country_does_not_say_it_already():
    for race in races():
        countries = {code for code in race.regions if "-" not in code}
        assert not [code for code in race.regions if "-" in code and code[:2] in countries], race.name
        assert len(set(race.regions)) == len(race.regions)


def test_what_was_never_fetched_is_not_said_to_be_checked():
    assert all(race.source and race.as_of for race in races())
    assert not any(race.fetched for race in races())


def names(code):
    return [race.name for race in races_in(code)]


def test_a_region_has_its_own_races_first_and_those_of_its_country_after():
    colorado = races_in("US-CO")
    assert colorado[0].name == "COSMIC Skimo"
    assert colorado[-1].kind is RaceKind.FEDERATION
    assert "NE Rando Race Series" not in names("US-CO")
    assert "NE Rando Race Series" in names("US-VT")
    assert names("US-NM")[0] == "COSMIC Skimo"


def test_a_country_has_all_of_its_own_and_no_others():
    assert {"COSMIC Skimo", "USA Skimo", "NE Rando Race Series"} <= set(names("US"))
    assert "Pierra Menta (Arêches-Beaufort)" not in names("US")
    assert "ISMF World Cup" not in names("CH")
    assert names("NZ") == []
