"""Answers are given again within their minute, and never after anything was written."""

from datetime import timedelta
from shutil import copy

import pytest
from werkzeug.test import TestResponse

from tests.conftest import NOW, new_database, resort_row
from tests.uphill.search.conftest import SLUG, Hill
from uphill.catalogue import LoadReport, load_resorts
from uphill.db import make_engine, session_factory, writing
from uphill.db.upgrade import upgrade
from uphill.settings import Settings
from webapp import create_app, kept_answers

KEPT = (
    "/", "/?region=US-CO", f"/resorts/{SLUG}", "/map/points.json", "/api/v1/resorts", f"/api/v1/resorts/{SLUG}",
)  # fmt: skip
NOT_KEPT = ("/about", f"/resorts/{SLUG}/report", "/healthz", "/?text=nothing-like-it&sort=wrong")


class Site:
    """The site on a directory of one resort, and how many answers it made."""

    def __init__(self, url, now, **settings):
        self.engine, self.now, self.made = make_engine(url), now, 0
        self.sessions = session_factory(self.engine)
        self.hill = Hill(self.sessions, now)
        given = Settings(rate_limits=bool(settings), **settings)
        app = create_app(given, engine=self.engine, clock=lambda: self.now)
        app.before_request(self.count)
        self.client = app.test_client()

    def count(self):
        self.made += 1

    def makes(self, address, **asked):
        """Whether the answer is made anew."""
        before = self.made
        self.client.get(address, **asked)
        return self.made > before


def filled(url, row, now):
    engine = make_engine(url)
    upgrade(engine)
    sessions = session_factory(engine)
    with writing(sessions) as session:
        load_resorts(session, [row(SLUG)], LoadReport())
    Hill(sessions, now).visit(-3, {"access": "allowed", "dogs": "allowed"})
    engine.dispose()


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    file = tmp_path_factory.mktemp("kept") / "uphill.db"
    filled(f"sqlite:///{file}", resort_row, NOW)
    return file


@pytest.fixture
def file_url(directory, tmp_path):
    return f"sqlite:///{copy(directory, tmp_path)}"


@pytest.fixture
def site(file_url, now):
    site = Site(file_url, now)
    yield site
    site.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_site(request, file_url, row, now):
    url = file_url
    if request.param == "postgresql":
        url = new_database(request.getfixturevalue("postgresql_url"), "kept")
        filled(url, row, now)
    site = Site(url, now)
    yield site
    site.engine.dispose()


def _told(answer: TestResponse) -> list[tuple[str, str]]:
    """The headers less the moment at which it was sent."""
    return sorted((name, value) for name, value in answer.headers if name != "Date")


@pytest.mark.parametrize("address", KEPT)
def test_an_answer_is_given_again_as_it_was(site, address):
    site.makes("/")  # which reads the directory
    first = site.client.get(address)
    assert not site.makes(address)
    again = site.client.get(address)
    assert (again.status, again.data) == (first.status, first.data)
    assert _told(again) == _told(first)


@pytest.mark.parametrize("address", NOT_KEPT)
def test_what_is_for_one_reader_alone_or_no_answer_is_made_anew(site, address):
    site.makes(address)
    assert site.makes(address)


@pytest.mark.parametrize(
    "other",
    [
        {"headers": {"Accept-Language": "de"}},
        {"headers": {"Accept-Language": "en-US"}},
        {"headers": {"Accept-Encoding": "gzip"}},
        {"headers": {"Host": "mirror.example"}},
        {"headers": {"Accept": "text/html"}},
        {"base_url": "https://localhost"},
        {"query_string": "page=1"},
    ],
)
def test_whoever_asks_otherwise_gets_an_answer_of_their_own(site, other):
    site.makes("/")
    assert site.makes("/", **other)
    assert not site.makes("/")


def test_an_answer_is_kept_for_its_minute(site):
    site.now = site.now.replace(second=20)
    site.makes("/")
    site.now = site.now.replace(second=59)
    assert not site.makes("/")
    site.now = site.now.replace(second=0) + timedelta(minutes=1)
    assert site.makes("/")


def test_what_is_written_is_seen_at_once(either_site):
    before = [either_site.client.get(address).data for address in KEPT]
    either_site.hill.pin(-1, "access", '"prohibited"')
    after = [either_site.client.get(address).data for address in KEPT]
    assert not [pair for pair in zip(before, after, strict=True) if pair[0] == pair[1]]


@pytest.mark.parametrize("address", ["/", "/?status=open", f"/resorts/{SLUG}", f"/api/v1/resorts/{SLUG}"])
def test_a_status_is_not_told_for_longer_than_it_holds(site, address):
    with writing(site.sessions) as session:
        session.connection().exec_driver_sql("UPDATE policies SET status = 'open'")
        until = (site.now + timedelta(seconds=30)).strftime("%Y-%m-%d %H:%M:%S.%f")
        session.connection().exec_driver_sql("UPDATE policies SET status_until = ?", (until,))
    site.makes("/")
    before = site.client.get(address).text
    site.now += timedelta(seconds=29)
    assert site.client.get(address).text == before
    site.now += timedelta(seconds=2)
    assert site.makes(address)
    assert site.client.get(address).text != before


def test_nothing_is_sent_twice_to_whoever_has_it(site):
    first = site.client.get("/")
    again = site.client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    head = site.client.head("/")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(first.data))
    assert site.made == 1


def test_the_answer_to_a_head_alone_is_not_kept(site):
    site.client.head("/")
    assert site.client.get("/").data


def test_an_answer_that_is_given_again_counts(file_url, now):
    site = Site(file_url, now, limit_queries="2/minute")
    assert [site.client.get("/").status_code for _ in range(4)] == [200, 200, 429, 429]
    other = {"environ_base": {"REMOTE_ADDR": "203.0.113.7"}}
    assert site.client.get("/", **other).status_code == 200
    assert site.made == 1
    site.engine.dispose()


def test_the_oldest_answers_make_room(site, monkeypatch):
    monkeypatch.setattr(kept_answers, "MOST_BYTES", 100_000)
    assert [site.makes(f"/?page={page}") for page in range(1, 30)] == [True] * 29
    assert site.makes("/?page=1")
    assert not site.makes("/?page=29")
