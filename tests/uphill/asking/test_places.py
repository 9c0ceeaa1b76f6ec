"""Places: which one of a name is meant, what a link of it looks like, and where the names come from."""

import pytest

from tests.uphill.asking.conftest import RESORTS
from uphill.asking import (
    ATTRIBUTION,
    LICENCE_URL,
    Named,
    Names,
    When,
    names_of,
    near_instead,
    place_named,
    understand,
)
from uphill.asking.gazetteer import gazetteer
from uphill.errors import BadFilter


def near(text, names, now):
    return understand(text, today=now, names=names).near


def test_of_two_places_the_one_by_the_slopes_is_meant(now):
    in_vermont = Names([Named("Larkspur Bowl", 44.4, -72.9, "US-VT")])
    in_ontario = Names([Named("Larkspur Bowl", 43.5, -79.9, "CA-ON")])
    assert near("near Burlington", in_vermont, now).name == "Burlington (Vermont)"
    assert near("near Burlington", in_ontario, now).name == "Burlington (Ontario)"


def test_without_any_slopes_the_larger_is_meant(now):
    assert near("near Portland", Names(), now).name == "Portland (Oregon)"


def test_the_others_of_the_name_are_offered_with_the_same_radius(names, now):
    others = understand("near Burlington 60 km", today=now, names=names).near_others
    assert 1 <= len(others) <= 4
    assert {other.km for other in others} == {60}
    assert all(other.name.startswith("Burlington (") for other in others)
    assert understand("near Denver", today=now, names=names).near_others == ()


def test_a_resort_goes_before_a_town_of_its_name(now):
    names = Names([Named("Denver", 45.0, -70.0, "US-ME")])
    assert near("near Denver", names, now).name == "Denver (Maine)"


def test_resorts_of_one_name_are_told_apart_by_their_region(now):
    names = Names(
        [Named("Larkspur Bowl", 44.4, -72.9, "US-VT"), Named("Larkspur Bowl", 39.6, -106.0, "US-CO")]
    )
    assert near("near Larkspur Bowl, CO", names, now).name == "Larkspur Bowl (Colorado)"
    assert near("near Larkspur Bowl Vermont", names, now).name == "Larkspur Bowl (Vermont)"


def test_a_resort_without_a_place_is_text(now):
    understood = understand("near Larkspur Bowl", today=now, names=Names([Named("Larkspur Bowl")]))
    assert (understood.near, understood.text) == (None, "Larkspur Bowl")


def test_a_place_at_a_resort_s_foot_is_known_by_how_its_name_begins(names, now):
    assert near("near Tamarack", names, now).name == "Tamarack Falls (Vermont)"
    assert near("near La Fontaine", names, now).name == "La Fontaine-Basse (Auvergne-Rhône-Alpes)"
    assert near_instead("tamarack", names).name == "Tamarack Falls (Vermont)"
    both = Names([*RESORTS, Named("Pine Knob", 45.0, -71.0, "US-NH", "Tamarack Mills")])
    assert "tamarack" not in both.localities


def test_a_lake_that_skiers_name_is_its_town(names, now):
    assert near("near Lake Tahoe", names, now).name == near("near Tahoe", names, now).name
    assert near("near Tahoe", names, now).name == "South Lake Tahoe (California)"


TOWNS = {
    "München": "Munich (Bayern)",
    "Muenchen": "Munich (Bayern)",
    "Monaco di Baviera": "Munich (Bayern)",
    "Genf": "Geneva (Genève)",
    "Ginevra": "Geneva (Genève)",
    "Bozen": "Bolzano (Trentino-Alto Adige)",
    "Wien": "Vienna (Wien)",
    "Montréal": "Montréal (Quebec)",
    "SLC": "Salt Lake City (Utah)",
}


@pytest.mark.parametrize(("asked", "said"), TOWNS.items())
def test_a_town_is_known_by_its_names_in_all_languages(asked, said, names, now):
    assert near(f"near {asked}", names, now).name == said


def test_a_typo_in_a_town_is_mended_where_one_town_alone_is_meant(names, now):
    assert near("near Insbruck", names, now).name == "Innsbruck (Tirol)"
    assert near("near Innsbxxck", names, now) is None
    assert near("near Insbruck", Names([Named("Mount Insbruck")]), now) is None


def test_towns_have_their_regions():
    (denver,) = gazetteer().find("denver")
    assert (denver.region, denver.said) == ("US-CO", "Denver (Colorado)")
    assert {town.region for town in gazetteer().find("innsbruck")} == {"AT-7"}
    assert {town.region for town in gazetteer().find("chur")} == {"CH-GR"}
    assert {town.region for town in gazetteer().find("ljubljana")} == {"SI"}
    assert gazetteer().find("tokyo") == ()


def test_a_town_alone_can_be_offered_where_no_resort_is_called_so(names, now):
    assert understand("Denver", today=now, names=names).near is None
    assert near_instead("Denver", names).name == "Denver (Colorado)"
    assert near_instead("Denver powder", names) is None
    assert near_instead("", names) is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Denver", "39.74,-104.98 Denver (Colorado)"),
        ("near denver", "39.74,-104.98 Denver (Colorado)"),
        ("Insbruck", "47.26,11.39 Innsbruck (Tirol)"),
        ("Burlington, VT", "44.48,-73.21 Burlington (Vermont)"),
        ("Free Ridge", "39.60,-105.90 Free Ridge (Colorado)"),
        ("39.7392, -104.9847", "39.74,-104.98"),
        ("39.74,-104.98 my place", "39.74,-104.98 my place"),
    ],
)
def test_a_place_is_typed_as_people_call_it(typed, found, names):
    assert place_named(typed, names).value == found


@pytest.mark.parametrize("typed", ["", "Nowhereville", "Denver powder", "91,0", "\x00", "39.7", "x" * 500])
def test_a_place_that_nobody_knows_is_a_sentence(typed, names):
    with pytest.raises(BadFilter, match="latitude and longitude in degrees") as told:
        place_named(typed, names)
    assert (told.value.parameter, len(str(told.value)) < 300) == ("near", True)


@pytest.mark.parametrize("parameter", ["", "tomorrow", "2026-11-23T06:00+01:00", "2026-13-01T06:00"])
def test_a_link_without_a_local_time_is_a_sentence(parameter):
    with pytest.raises(BadFilter, match="local date and time"):
        When.read(parameter)


@pytest.mark.parametrize("migrated_engine", ["sqlite"], indirect=True)
def test_the_names_of_the_catalogue_and_their_places(sessions, stock, row, now):
    stock(
        row(
            "sunday-brook",
            name="Sunday Brook Ski Area",
            locality="Tamarack Falls",
            latitude=44.3,
            longitude=-72.8,
        ),
        row("free-ridge", name="Free Ridge", latitude=None, longitude=None),
    )
    with sessions() as session:
        names = names_of(session)
    assert understand("sunday brook free", today=now, names=names).text == "sunday brook"
    assert understand("Free Ridge", today=now, names=names).facts == {}
    assert near("near Tamarack Falls", names, now).latitude == 44.3
    assert names.points == ((44.3, -72.8),)


def test_a_name_s_kind_of_place_may_be_left_out_unless_the_rest_says_nothing(now):
    entries = (
        Named("Quillback Ski Resort"),
        Named("Alpine Ski Club"),
        Named("Alpine Meadow"),
        Named("Dogs Resort"),
    )
    names = Names(entries)
    assert [part.words for part in understand("quillback", today=now, names=names).read] == ["quillback"]
    assert understand("alpine", today=now, names=names).read == ()
    assert understand("dogs", today=now, names=names).facts["dogs"]


def test_a_resort_is_searched_by_the_name_that_it_has(now):
    names = Names([Named("St. Anselm"), Named("Mount Larkspur")])
    assert understand("Sankt Anselm", today=now, names=names).text == "St Anselm"
    assert understand("Mt. Larkspur free", today=now, names=names).text == "Mount Larkspur"
    assert understand("ST ANSELM", today=now, names=names).text == "ST ANSELM"


def test_the_attribution_names_source_and_licence():
    assert "GeoNames" in ATTRIBUTION
    assert "CC BY 4.0" in ATTRIBUTION
    assert LICENCE_URL == "https://creativecommons.org/licenses/by/4.0/"
