import pytest

from uphill.licence import ATTRIBUTION
from uphill.policy import FACTS
from uphill.search import PARAMETERS
from uphill.search.filters import FILTERS


@pytest.fixture
def openapi(client):
    return client.get("/api/v1/openapi.json").json


def references(value):
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for each in value.values():
            yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


def test_search_answers_as_the_page_does(client, soup):
    query = "region=US-CO&access=allowed&pass_required=always"
    told = client.get(f"/api/v1/resorts?{query}").json
    assert [listing["resort"]["name"] for listing in told["listings"]] == [
        link.text for link in soup(f"/?{query}").select(".card h3 a")
    ]
    assert set(told["facets"]) == {"region", *FILTERS}


def test_an_unknown_fact_is_unknown(client):
    policy = client.get("/api/v1/resorts/copper-mountain").json["policy"]
    assert policy["dogs"] == "unknown"
    assert policy["windows"] == []
    assert policy["hotline"] is None


def test_a_resort_with_everything(client):
    told = client.get("/api/v1/resorts/harmful-bowl").json
    assert told["policy"]["windows"] == ["Mo-Fr 05:00-lift_open", "16:30-22:00"]
    assert told["policy"]["prices"][1] == {"amount": 79.5, "currency": "USD", "period": "season"}
    assert set(told["evidence"]) == set(FACTS)
    assert told["evidence"]["dogs"][0]["quote"].startswith("Dogs: leashed")
    assert len(told["history"]) == 2


@pytest.mark.parametrize("path", ["resorts", "resorts/copper-mountain", "regions"])
def test_every_document_names_its_licence(client, path):
    licence = client.get(f"/api/v1/{path}").json["licence"]
    assert licence["attribution"] == ATTRIBUTION
    assert "opendatacommons.org" in licence["url"]


def test_an_unknown_resort(client):
    response = client.get("/api/v1/resorts/nowhere")
    assert response.status_code == 404
    assert response.json["status"] == 404
    assert "nowhere" in response.json["message"]


def test_the_description_lists_every_way_in(app, openapi):
    assert openapi["openapi"].startswith("3.1")
    ways = {rule.rule.replace("<", "{").replace(">", "}") for rule in app.url_map.iter_rules()}
    assert set(openapi["paths"]) == {way for way in ways if way.startswith("/api/")} - {
        "/api/v1/openapi.json"
    }
    for path in openapi["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            assert operation["description"].endswith(".")
            assert {"200", "400", "406"} <= set(operation["responses"])


def test_the_description_has_no_loose_ends(openapi):
    schemas = openapi["components"]["schemas"]
    assert {"ResultsDocument", "ResortDocument", "RegionsDocument", "ApiError", "Policy"} <= set(schemas)
    for reference in references(openapi):
        assert reference.removeprefix("#/components/schemas/") in schemas, reference


def test_the_description_has_every_fact_and_filter(openapi):
    assert set(openapi["components"]["schemas"]["Policy"]["properties"]) == set(FACTS)
    search = openapi["paths"]["/api/v1/resorts"]["get"]
    values = {each["name"]: each["schema"].get("items", {}).get("enum") for each in search["parameters"]}
    for name, each in FILTERS.items():
        assert values[name] == list(each.values)
    assert "400" in search["responses"]


def test_the_description_has_every_parameter_of_a_search(openapi):
    search = openapi["paths"]["/api/v1/resorts"]["get"]
    assert [each["name"] for each in search["parameters"]] == [*PARAMETERS, "cursor"]


def test_a_search_tells_what_it_went_by(client):
    told = client.get("/api/v1/resorts?near=39.48,-106.07,Breckenridge&km=5&at=2026-01-18T06:00").json
    assert told["listings"] == []
    assert "open" in told["facets"]
    near = client.get("/api/v1/resorts?near=39.48,-106.07&km=5").json
    assert near["listings"][0]["distance_km"] < 5
    assert client.get("/api/v1/resorts?near=Denver&size=3").json["listings"][0]["distance_km"] < 100
    mended = client.get("/api/v1/resorts?text=brekenridge&size=1").json
    assert mended["correction"] == {"asked": "brekenridge", "shown": "Breckenridge"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("near=Nowhereville", "No place is known by the name “Nowhereville”"),
        ("near=91,0", "near can't be '91,0'"),
        ("price_max=20", "say which, such as currency=USD"),
        ("at=2026-06-01T06:00", "hours are known from today on for 13 days"),
        ("&".join(["dogs=allowed"] * 61), "dogs takes at most 60 values"),
        ("text=" + "+".join("abcdefghijklmnopq"), "The text has 17 words; at most 16 are searched"),
    ],
)
def test_a_search_that_can_not_be_answered(client, query, said):
    response = client.get(f"/api/v1/resorts?{query}")
    assert response.status_code == 400
    assert said in response.json["message"]


def test_windows_are_described_as_they_are_written(openapi):
    assert openapi["components"]["schemas"]["Window"]["type"] == "string"
