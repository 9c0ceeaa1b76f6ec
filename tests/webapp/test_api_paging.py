import pytest

from uphill.errors import BadFilter
from uphill.search.cursors import Cursor, page_of

PAGED = {
    "resorts?region=US-CO&size=3": ("listings", lambda one: one["resort"]["slug"]),
    "resorts?region=US-VT&sort=name&size=4": ("listings", lambda one: one["resort"]["slug"]),
    "resorts?near=39.6,-106.1&km=60&size=5": ("listings", lambda one: one["resort"]["slug"]),
    "regions?size=17": ("regions", lambda one: one["code"]),
    "changes?size=7": ("changes", lambda one: one["id"]),
    "resorts/harmful-bowl/history?size=1": ("versions", lambda one: one["id"]),
}


def pages(client, path):
    address = f"/api/v1/{path}"
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.text
        yield response
        address = response.json["next"]


@pytest.mark.parametrize("path", PAGED)
def test_pages_make_up_the_whole(client, path):
    key, name_of = PAGED[path]
    told = [[name_of(one) for one in page.json[key]] for page in pages(client, path)]
    names = [name for page in told for name in page]
    assert len(told) > 1
    assert len(names) == len(set(names))
    whole = client.get(f"/api/v1/{path.partition('size=')[0]}size=50").json
    assert names[:50] == [name_of(one) for one in whole[key]]
    assert len({len(page) for page in told[:-1]}) == 1


@pytest.mark.parametrize("path", PAGED)
def test_the_next_page_is_told_in_body_and_header(client, path):
    first, *_, last = pages(client, path)
    assert f'<{first.json["next"]}>; rel="next"' in first.headers["Link"]
    assert first.json["cursor"] in first.json["next"]
    assert (last.json["next"], last.json["cursor"]) == (None, None)
    assert 'rel="next"' not in last.headers["Link"]
    assert 'rel="license"' in last.headers["Link"]


def test_a_page_begun_by_number_is_gone_on_with(client):
    second = client.get("/api/v1/resorts?region=US-CO&size=3&page=2").json
    third = client.get(second["next"]).json
    assert third["page"] == 3
    assert third["listings"] == client.get("/api/v1/resorts?region=US-CO&size=3&page=3").json["listings"]
    assert client.get("/api/v1/resorts?page=100000").json["next"] is None


@pytest.mark.parametrize("path", PAGED)
@pytest.mark.parametrize("word", ["x", "%ED%A0%80", "WzFd", "eyJhIjoxfQ", "-1", "W10", "1e5", "é"])
def test_a_cursor_that_is_none_is_told_so(client, path, word):
    response = client.get(f"/api/v1/{path}&cursor={word}")
    assert response.status_code == 400
    assert response.json["parameter"] == "cursor"
    assert response.json["message"].endswith(".")


def test_a_cursor_belongs_to_its_search(client):
    cursor = client.get("/api/v1/resorts?region=US-CO&size=3").json["cursor"]
    assert client.get(f"/api/v1/resorts?region=US-CO&size=9&cursor={cursor}").status_code == 200
    for other in ("region=US-VT", "region=US-CO&sort=name", ""):
        response = client.get(f"/api/v1/resorts?{other}&cursor={cursor}")
        assert response.status_code == 400
        assert "another search" in response.json["message"]
    both = client.get(f"/api/v1/resorts?region=US-CO&page=2&cursor={cursor}")
    assert "not both" in both.json["message"]


def test_what_follows_is_found_though_others_came_or_went():
    here, cursor = page_of("abcdef", 2, None, "q")
    assert ("abcdef"[here], cursor is not None) == ("ab", True)
    for keys, following in [("abcdef", "cd"), ("aXbcdef", "cd"), ("bcdef", "cd"), ("acdef", "de")]:
        assert keys[page_of(keys, 2, cursor, "q")[0]] == following
    with pytest.raises(BadFilter, match="another search"):
        Cursor.parse(cursor, "other")


def test_the_history_tells_when_and_why(client):
    newest, first = client.get("/api/v1/resorts/harmful-bowl/history").json["versions"]
    assert (newest["until"], first["until"]) == (None, newest["since"])
    assert newest["causes"] == ["page"]
    assert first["causes"] == ["first"]
    assert newest["changes"] == [{"field": "dogs", "old": "allowed", "new": "leashed"}]
    assert (newest["policy"]["dogs"], first["policy"]["dogs"]) == ("leashed", "allowed")
    assert newest["evidence"]["dogs"][0]["quote"].startswith("Dogs: leashed")
    assert first["evidence"]["dogs"][0]["quote"].startswith("Dogs: allowed")
    assert newest["verdict"]


def test_the_history_of_a_listed_resort(client):
    (version,) = client.get("/api/v1/resorts/copper-mountain/history").json["versions"]
    assert version["causes"] == []
    assert version["provenance"]["origin"] == "baseline"
    assert client.get("/api/v1/resorts/nowhere/history").status_code == 404


def test_a_region_and_a_country(client):
    state = client.get("/api/v1/regions/us-co").json
    assert (state["code"], state["country_name"]) == ("US-CO", "United States")
    assert sum(state["covered"]["counts"].values()) == state["regions"][0]["resorts"]
    assert client.get(state["resorts"]).json["total"] == state["regions"][0]["resorts"]
    country = client.get("/api/v1/regions/US").json
    assert sum(each["resorts"] for each in country["regions"]) == sum(country["covered"]["counts"].values())
    assert client.get("/api/v1/regions/ZZ").status_code == 404


def test_coverage_counts_each_resort_once(client):
    told = client.get("/api/v1/coverage").json
    assert sum(told["covered"]["counts"].values()) == client.get("/api/v1/resorts").json["total"]


def test_health_tells_nothing_of_the_machine(client):
    told = client.get("/api/v1/health").json
    assert told["totals"]["resorts"] == 1279
    assert all(run["detail"] is None for run in told["runs"])
