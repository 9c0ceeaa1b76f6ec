"""What HTTP asks of the API: validators, methods, media types, pages of other sites."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from uphill.catalogue import CatalogueRow, LoadReport, load_resorts
from uphill.db import make_engine, session_factory, writing
from uphill.settings import Settings
from webapp import create_app
from webapp.views.api import caching

NOW = datetime(2026, 1, 17, 13, 30, 20, tzinfo=UTC)
LISTS = ["resorts?size=2", "regions", "coverage", "changes", "regions/US"]
ALL = [
    *LISTS,
    "resorts/harmful-bowl",
    "resorts/harmful-bowl/history",
    "health",
    "health/sources",
    "openapi.json",
]


def row(slug, name):
    return CatalogueRow.model_validate({"slug": slug, "name": name, "country": "US", "region": "US-CO"})


class World:
    """A small directory of its own, with a clock that can be moved."""

    def __init__(self, engine):
        self.now = NOW
        self.sessions = session_factory(engine)
        self.engine = engine
        self.client = self.another_process()
        self.add("alder-hill", "Alder Hill")

    def another_process(self):
        app = create_app(Settings(rate_limits=False), engine=self.engine, clock=lambda: self.now)
        return app.test_client()

    def add(self, slug, name):
        with writing(self.sessions) as session:
            load_resorts(session, [row(slug, name)], LoadReport())

    def get(self, path="resorts", **headers):
        return self.client.get(
            f"/api/v1/{path}", headers={key.replace("_", "-"): value for key, value in headers.items()}
        )


@pytest.fixture(scope="module")
def empty(tmp_path_factory, migrate):
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('http') / 'uphill.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def world(empty):
    world = World(empty)
    yield world
    with writing(world.sessions) as session:
        session.execute(text("DELETE FROM resorts"))


@pytest.mark.parametrize("path", ALL)
def test_what_did_not_change_is_not_sent_again(client, path):
    first = client.get(f"/api/v1/{path}")
    assert first.headers["ETag"].startswith("W/")
    again = client.get(f"/api/v1/{path}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(f"/api/v1/{path}", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", LISTS)
def test_since_when_it_is_so(client, path):
    first = client.get(f"/api/v1/{path}")
    told = first.headers["Last-Modified"]
    assert client.get(f"/api/v1/{path}", headers={"If-Modified-Since": told}).status_code == 304
    before = "Sat, 17 Jan 2026 13:29:59 GMT"
    assert client.get(f"/api/v1/{path}", headers={"If-Modified-Since": before}).status_code == 200
    assert first.headers["Cache-Control"] == caching.KEPT_FOR


def test_it_is_not_made_again_only_to_be_found_the_same(world, monkeypatch):
    first = world.get()
    monkeypatch.setitem(
        world.client.application.view_functions, "api.resorts", lambda: pytest.fail("it was made again")
    )
    for headers in (
        {"If_None_Match": first.headers["ETag"]},
        {"If_Modified_Since": first.headers["Last-Modified"]},
    ):
        assert world.get(**headers).status_code == 304
    assert (
        world.client.head("/api/v1/resorts", headers={"If-None-Match": first.headers["ETag"]}).status_code
        == 304
    )


def test_what_changed_is_sent(world):
    first = world.get()
    world.add("birch-hill", "Birch Hill")
    again = world.get(If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.json["total"]) == (200, 2)
    # Within one second too: HTTP counts no less.
    assert world.get(If_Modified_Since=first.headers["Last-Modified"]).status_code == 200


def test_a_change_that_leaves_the_answer_as_it_was_sends_nothing(world):
    first = world.get("changes")
    world.add("birch-hill", "Birch Hill")
    assert world.get("changes", If_None_Match=first.headers["ETag"]).status_code == 304


def test_what_became_as_it_was_before_is_not_as_old(world):
    """As two processes tell it, of which one did not see what was between."""
    first = world.get()
    world.now += timedelta(minutes=1)
    world.add("birch-hill", "Birch Hill")
    between = world.another_process().get("/api/v1/resorts").headers["Last-Modified"]
    with writing(world.sessions) as session:
        session.execute(text("DELETE FROM resorts WHERE slug = 'birch-hill'"))
    world.now += timedelta(minutes=1)
    last = world.get(If_Modified_Since=between)
    assert (last.status_code, last.headers["ETag"]) == (200, first.headers["ETag"])
    assert last.headers["Last-Modified"] > between


def test_time_alone_changes_what_is_open(world):
    assert "Last-Modified" not in world.get("resorts?open=open").headers


@pytest.mark.parametrize("path", ALL)
def test_pages_of_other_sites_may_read_it(client, path):
    response = client.get(f"/api/v1/{path}", headers={"Origin": "https://maps.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Link" in response.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in response.headers
    asked = {"Origin": "https://maps.example", "Access-Control-Request-Method": "GET"}
    preflight = client.options(
        f"/api/v1/{path}", headers=asked | {"Access-Control-Request-Headers": "if-none-match"}
    )
    assert preflight.status_code == 200
    assert "GET" in preflight.headers["Access-Control-Allow-Methods"]
    assert preflight.headers["Access-Control-Allow-Headers"] == "*"


def test_pages_are_not_open_to_other_sites(client):
    assert "Access-Control-Allow-Origin" not in client.get("/about").headers


@pytest.mark.parametrize("path", ALL)
def test_a_head_is_a_get_without_its_body(client, path):
    head, get = client.head(f"/api/v1/{path}"), client.get(f"/api/v1/{path}")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(get.data))
    assert head.headers["ETag"] == get.headers["ETag"]


@pytest.mark.parametrize("path", ALL)
def test_options_tell_what_may_be_done(client, path):
    response = client.options(f"/api/v1/{path}")
    assert (response.status_code, response.data) == (200, b"")
    assert {"GET", "HEAD", "OPTIONS"} <= set(response.headers["Allow"].split(", "))


def test_another_method_is_refused_as_an_error_of_the_api(client):
    response = client.post("/api/v1/resorts")
    assert (response.status_code, response.json["status"]) == (405, 405)
    assert "GET" in response.headers["Allow"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("*/*", 200),
        ("text/html, */*;q=0.1", 200),
        ("text/html", 406),
        ("application/json;q=0", 406),
    ],
)
def test_json_is_all_that_is_answered(client, accept, status):
    response = client.get("/api/v1/regions", headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (status, "application/json")


def test_a_document_has_to_be_sent_as_json(client):
    response = client.post("/api/v1/check", data="{}", content_type="text/plain")
    assert (response.status_code, response.json["status"]) == (415, 415)
    large = client.post("/api/v1/check", data=b" " * 300_000, content_type="application/json")
    assert (large.status_code, large.json["status"]) == (413, 413)


def test_a_document_is_checked(client):
    document = {"resort": {"name": "Larch Hill", "policy": {"access": "allowed", "dogs": "maybe"}}}
    told = client.post("/api/v1/check", json=document)
    assert told.json["valid"] is False
    assert told.json["resorts"][0]["policy"]["access"] == "allowed"
    assert told.json["resorts"][0]["policy"]["dogs"] == "unknown"
    assert "'maybe'" in told.json["warnings"][0]
    assert client.post("/api/v1/check", json={}).status_code == 400


@pytest.mark.parametrize(
    "path", ["regions?colour=red", "coverage?size=2", "health?x=1", "resorts/harmful-bowl?size=1"]
)
def test_a_parameter_that_is_not_known_is_refused_everywhere(client, path):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 400
    assert response.json["parameter"] in path
