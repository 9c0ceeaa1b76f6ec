"""OpenSkiMap's exports widen the catalogue; what is broken in them costs itself alone."""

import json

import pytest
from sqlalchemy import select

from uphill.catalogue import load_openskimap
from uphill.db import Resort, Source
from uphill.errors import BadInput


def place(code="US-CO", locality="Dillon"):
    return {"iso3166_1Alpha2": code[:2], "iso3166_2": code, "localized": {"en": {"locality": locality}}}


def feature(key="a1b2c3d4e5", *, geometry=None, **properties):
    given = {
        "type": "skiArea",
        "id": key,
        "name": "Larkspur Bowl",
        "status": "operating",
        "activities": ["downhill"],
        "places": [place()],
        "websites": ["https://larkspur.example"],
        "statistics": {"minElevation": 2800.4, "maxElevation": 3900.6},
    } | properties
    point = geometry or {"type": "Point", "coordinates": [-106.1, 39.6]}
    return {"type": "Feature", "properties": given, "geometry": point}


@pytest.fixture
def load(tmp_path, sessions):
    """Writes features one a line, as OpenSkiMap does, and loads them; text is taken as it is."""

    def run(*features, name="ski_areas.geojson"):
        lines = [each if isinstance(each, str) else json.dumps(each) for each in features]
        path = tmp_path / name
        path.write_text(
            '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}", encoding="utf-8"
        )
        return load_openskimap(sessions, path)

    return run


@pytest.fixture
def resorts(sessions):
    def read():
        with sessions() as session:
            return {resort.slug: resort for resort in session.scalars(select(Resort))}

    return read


def test_a_feature_becomes_a_resort(load, resorts, sessions):
    assert load(feature()).new == 1
    resort = resorts()["larkspur-bowl"]
    assert (resort.name, resort.region_code, resort.locality) == ("Larkspur Bowl", "US-CO", "Dillon")
    assert (resort.latitude, resort.longitude, resort.timezone) == (39.6, -106.1, "America/Denver")
    assert (resort.base_m, resort.summit_m, resort.openskimap_id) == (2800, 3901, "a1b2c3d4e5")
    assert resort.website == "https://larkspur.example"
    with sessions() as session:
        assert session.scalars(select(Source.url)).all() == ["https://larkspur.example"]


def test_the_older_form_with_one_location_is_read_too(load, resorts):
    old = feature(location=place("AT-7", "Ischgl"))
    del old["properties"]["places"]
    load(old)
    resort = resorts()["larkspur-bowl"]
    assert (resort.region_code, resort.locality) == ("AT-7", "Ischgl")


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [[[-106.1, 39.6], [-106.2, 39.7], [-106.1, 39.6]]]},
        {"type": "MultiPolygon", "coordinates": [[[[-106.1, 39.6, 2800.0], [-106.2, 39.7, 2800.0]]]]},
    ],
)
def test_an_area_lies_where_its_outline_begins(load, resorts, geometry):
    load(feature(geometry=geometry))
    assert resorts()["larkspur-bowl"].longitude == -106.1


def test_a_second_load_changes_nothing(load, resorts):
    features = [feature("a" * 40), feature("b" * 40, name="Windy Hill")]
    assert load(*features).new == 2
    again = load(*features)
    assert (again.new, again.changed, again.unchanged, again.bad) == (0, 0, 2, ())
    assert len(resorts()) == 2


@pytest.mark.parametrize(
    "passed_over",
    [
        {"status": "abandoned"},
        {"status": None},
        {"activities": ["nordic"]},
        {"activities": []},
        {"name": None},
        {"name": ""},
    ],
)
def test_what_is_no_operating_downhill_area_is_passed_over_in_silence(load, passed_over):
    report = load(feature(**passed_over), feature("good"))
    assert (report.new, report.bad) == (1, ())


@pytest.mark.parametrize(
    ("code", "region"), [("FR-73", "FR-ARA"), ("IT-BZ", "IT-32"), ("US-CO", "US-CO"), ("CH-GR", "CH-GR")]
)
def test_a_region_is_of_the_first_level(load, resorts, code, region):
    load(feature(places=[place(code)]))
    assert resorts()["larkspur-bowl"].region_code == region


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ('{"type":"Feature","properties":{"name":', "not JSON"),
        ("nonsense", "not JSON"),
        ("5", "not a feature with properties"),
        ({"type": "Feature", "properties": None}, "not a feature with properties"),
        (feature(places=["Dillon"]), "not a feature of OpenSkiMap"),
        (feature(places=[None]), "not a feature of OpenSkiMap"),
        (feature(activities=3), "not a feature of OpenSkiMap"),
        (feature(geometry=["Point"]), "not a feature of OpenSkiMap"),
        (feature(geometry={"type": "Point", "coordinates": []}), "no coordinates"),
        (feature(geometry={"type": "Point", "coordinates": [-106.1, 99]}), "latitude is 99"),
        (feature(geometry={"type": "Point", "coordinates": ["west", "north"]}), "could not convert"),
        (feature(places=[place("US-XX")]), "region 'US-XX' is not known"),
        (feature(places=[{"iso3166_2": None}]), "region None is not known"),
        (feature(places=[], location=None), "region None is not known"),
        (feature(None), "no id"),
        (feature("x" * 65), "openskimap_id is "),
        (feature(statistics={"minElevation": "high"}), "could not convert"),
        (feature(statistics={"maxElevation": float("inf")}), "infinity"),
        (feature(statistics={"maxElevation": 10**12}), "summit_m is "),
        (feature(websites=["https://"]), "website is "),
    ],
)
def test_a_broken_feature_is_named_by_its_line_and_the_rest_loads(load, resorts, broken, said):
    report = load(feature("first"), broken, feature("third", name="Windy Hill"))
    assert set(resorts()) == {"larkspur-bowl", "windy-hill"}
    assert [(file, row.line) for file, row in report.bad] == [("ski_areas.geojson", 3)]
    with pytest.raises(Exception, match=f"line 3: .*{said}"):
        raise report.bad[0][1]


def test_lines_are_counted_where_features_take_several(load, resorts):
    several = json.dumps(feature("first"), indent=1)
    report = load(several, feature("second", places=[]), several.replace("first", "third"))
    assert len(resorts()) == 2
    assert [row.line for _, row in report.bad] == [2 + several.count("\n") + 1]


def test_a_website_that_is_no_link_is_left_out(load, resorts):
    load(feature(websites=["larkspur.example", "https://ski.larkspur.example"]))
    assert resorts()["larkspur-bowl"].website == "https://ski.larkspur.example"


def test_areas_of_one_name_get_slugs_of_their_own(load, resorts):
    load(
        feature("A-1_x-one"),
        feature("bbbbbbbbbb", places=[place("US-UT")]),
        feature("cccccccccc", places=[place("US-UT")]),
        feature("ccccccccdd", places=[place("US-UT")]),
        feature("eeee", name="雪山"),
        feature("ffff", name="滑雪场"),
    )
    assert set(resorts()) == {
        "larkspur-bowl",
        "larkspur-bowl-us-ut",
        "larkspur-bowl-cccccccc",
        "larkspur-bowl-ccccccccdd",
        "ski-area",
        "ski-area-us-co",
    }


def test_very_long_names_are_cut_to_a_slug(load, resorts):
    name = "Snow " * 100
    keys = ["1" * 64, "2" * 64, "3" * 64]
    assert load(*(feature(key, name=name) for key in keys)).bad == ()
    assert len(resorts()) == 3
    assert all(len(resort.slug) <= 120 and len(resort.name) <= 200 for resort in resorts().values())


def test_a_slug_of_the_catalogue_is_not_taken_from_it(load, stock, row, resorts):
    stock(row("larkspur-bowl"))
    load(feature())
    assert resorts()["larkspur-bowl"].openskimap_id is None
    assert resorts()["larkspur-bowl-us-co"].openskimap_id == "a1b2c3d4e5"


CSV = "name,countries,country,region,locality,status,has_downhill,id,lat,lng,min_elevation_m,max_elevation_m,websites\n"


@pytest.fixture
def load_csv(tmp_path, sessions):
    def run(*lines, header=CSV):
        path = tmp_path / "ski_areas.csv"
        path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8-sig")
        return load_openskimap(sessions, path)

    return run


def test_the_csv_export_loads_as_well(load_csv, resorts):
    lines = (
        "Windy Hill,,United States,Utah,Alta,operating,yes,id1,40.5,-111.6,2000,3000,https://windy.example",
        "Skiberg,,Austria,Tirol,,operating,true,id2,47.2,11.4,,,",
        "Loipe,,Austria,Tirol,,operating,no,id3,47.2,11.4,,,",
        "Old Hill,,Austria,Tirol,,abandoned,yes,id4,47.2,11.4,,,",
    )
    assert load_csv(*lines).new == 2
    assert {slug: resort.region_code for slug, resort in resorts().items()} == {
        "windy-hill": "US-UT",
        "skiberg": "AT-7",
    }
    assert resorts()["skiberg"].base_m is None
    assert load_csv(*lines).unchanged == 2


def test_a_bad_row_of_the_csv_is_named_by_its_line(load_csv, resorts):
    report = load_csv(
        '"Hill\nof Two Lines",,Austria,Tirol,,operating,yes,id0,47.2,11.4,,,',
        "Nowhere,,Atlantis,Deep,,operating,yes,id1,40.5,-111.6,,,",
        "No Place,,Austria,Tirol,,operating,yes,id2,,,,,",
        "Skiberg,,Austria,Tirol,,operating,yes,id3,47.2,11.4,,,",
    )
    assert set(resorts()) == {"hill-of-two-lines", "skiberg"}
    assert [str(row) for _, row in report.bad] == [
        "line 4: Nowhere: region 'Deep' is not known to ISO 3166-2",
        "line 5: No Place: no coordinates",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "neither OpenSkiMap's GeoJSON nor its CSV"),
        (b"a,b\n1,2\n", "neither OpenSkiMap's GeoJSON nor its CSV"),
        (b"{}", "no GeoJSON FeatureCollection"),
        (b'{"features": null}', "no GeoJSON FeatureCollection"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
    ],
)
def test_another_kind_of_file_is_refused(tmp_path, sessions, content, said):
    path = tmp_path / "export"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=said):
        load_openskimap(sessions, path)


def test_a_file_that_can_not_be_read_is_refused(tmp_path, sessions):
    with pytest.raises(BadInput, match="can't be read: "):
        load_openskimap(sessions, tmp_path)
