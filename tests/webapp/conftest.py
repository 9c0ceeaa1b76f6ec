"""The site on the shipped directory, with one more resort whose own page was read twice and means harm."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import CodeType

import pytest
from apiflask import APIFlask
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine

from tests.conftest import alone
from uphill.catalogue import CatalogueRow, LoadReport, load_resorts, load_shipped
from uphill.crawl_runs import start_run
from uphill.db import make_engine, session_factory, writing
from uphill.db.upgrade import upgrade
from uphill.evidence import Evidence
from uphill.opening import refresh_day
from uphill.outcomes import Outcome
from uphill.policy import LIST_FACTS, Policy
from uphill.reading import Reading
from uphill.recording.record import record_visit
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.settings import Settings
from uphill.vocabulary import Dogs, SourceKind
from webapp import create_app

NOW = datetime(2026, 1, 17, 13, 30, tzinfo=UTC)
HARM = "<script>alert(1)</script>"
CRAWLED = "harmful-bowl"
CRAWLED_URL = "https://harmful-bowl.example/uphill?a=1&b=<2>"

STATED = Policy.model_validate({
    "access": "allowed",
    "status": "open",
    "during_operations": "prohibited",
    "outside_operations": "allowed",
    "windows": ["Mo-Fr 05:00-lift_open", "16:30-22:00"],
    "pass_required": "always",
    "pass_accepts": ["uphill_pass", "season_pass"],
    "pass_cost": "paid",
    "prices": [
        {"amount": 15, "currency": "USD", "period": "day"},
        {"amount": "79.50", "currency": "USD", "period": "season"},
    ],
    "waiver": "required",
    "check_in": "not_required",
    "designated_routes_only": "yes",
    "routes": [
        {"name": f"Lane {HARM}", "status": "open", "windows": ["05:00-08:00"], "length_m": 2400,
         "ascent_m": 420, "start": f"Lodge {HARM}", "difficulty": "easy", "serves": "up"},
        "School Marm",
    ],
    "dogs": "leashed",
    "lights": "recommended",
    "snowshoes": "allowed",
    "foot": "prohibited",
    "bikes": "prohibited",
    "hotline": "970-555-0142",
    "descent": "own_route",
    "reflective": "recommended",
    "avalanche_gear": "required",
    "minors": "signature",
    "patrol": "during_operations",
    "penalty": ["loss_of_pass", "fine"],
    "parking": {"place": f"Lot {HARM}", "cost": "free", "until": "08:30"},
    "season": {"start": "11-15", "end": "closing_day"},
    "status_url": 'https://harmful-bowl.example/report?a="><script>alert(1)</script>',
    "waiver_url": "https://waivers.example/sign?resort=1&form=2",
    "pass_url": "https://shop.example/uphill",
    "map_url": "https://harmful-bowl.example/maps/uphill.pdf",
})  # fmt: skip


class _Compiled(BytecodeCache):
    """Templates that one site has compiled, for all other sites of this process."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self.known.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.known[bucket.key] = (bucket.checksum, bucket.code)


Flask.jinja_options = {"bytecode_cache": _Compiled()}


@pytest.fixture(scope="session")
def engine(together: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Made by the first process of the run that needs it, and copied by each."""
    made = together / "site.db"
    with alone(together):
        if not made.exists():
            _fill(made.with_suffix(".part"))
            made.with_suffix(".part").rename(made)
    engine = make_engine(f"sqlite:///{shutil.copy(made, tmp_path_factory.mktemp('site') / 'uphill.db')}")
    yield engine
    engine.dispose()


def _fill(file: Path) -> None:
    engine = make_engine(f"sqlite:///{file}")
    upgrade(engine)
    sessions = session_factory(engine)
    load_shipped(sessions, NOW - timedelta(days=30))
    with writing(sessions) as session:
        load_resorts(session, [_crawled_resort()], LoadReport())
    run = start_run(sessions, 1, NOW)
    for policy, ago in ((STATED.model_copy(update={"dogs": Dogs.ALLOWED}), 40), (STATED, 3)):
        record_visit(sessions, run, _visit(policy, NOW - timedelta(hours=ago)))
    refresh_day(sessions, NOW)
    engine.dispose()


@pytest.fixture(scope="session")
def app(engine: Engine) -> APIFlask:
    app = create_app(Settings(rate_limits=False), engine=engine, clock=lambda: NOW)
    app.testing = False  # errors are answered, as they are in earnest
    return app


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def soup(client: FlaskClient):
    """A page, fetched and parsed: ``soup("/regions")``."""

    def fetch(url: str, status: int = 200) -> BeautifulSoup:
        response = client.get(url)
        assert response.status_code == status, url
        return BeautifulSoup(response.text, "lxml")

    return fetch


def _crawled_resort() -> CatalogueRow:
    return CatalogueRow.model_validate({
        "slug": CRAWLED,
        "name": f"Harmful {HARM} Bowl",
        "country": "US",
        "region": "US-CO",
        "locality": '"><img src=x onerror=alert(1)>',
        "latitude": 39.6,
        "longitude": -106.1,
        "timezone": "America/Denver",
        "website": "https://harmful-bowl.example",
    })  # fmt: skip


def _visit(policy: Policy, at: datetime) -> ResortVisit:
    text = f"Dogs: {policy.dogs}. Say {HARM} & go up."
    quotes = {
        name: (Evidence.of(text, 0, len(text)),) * (len(value) if name in LIST_FACTS else 1)
        for name, value in policy.known().items()
    }
    page = FetchedPage(
        requested_url=CRAWLED_URL,
        url=CRAWLED_URL,
        kind=SourceKind.POLICY,
        outcome=Outcome.POLICY,
        fetched_at=at,
        body=text.encode(),
        text=text,
        reading=Reading(source=CRAWLED_URL, lang="en", is_policy=True, policy=policy, evidence=quotes),
    )
    return ResortVisit(CRAWLED, at, at, Outcome.POLICY, (page,))
