"""No question brings the site down, however long or strange it is; on both databases."""

import logging
from itertools import cycle
from urllib.parse import quote

import pytest

from uphill.settings import Settings
from webapp import create_app
from webapp.bounds import LONGEST_QUERY, MOST_BYTES, MOST_PARAMETERS

SAMPLES = {
    "slug": "harmful-bowl",
    "code": "US-CO",
    "name": "what-it-is",
    "filename": "css/base.css",
    "number": "1",
}
NAMES = (
    "text",
    "region",
    "dogs",
    "with_pass",
    "near",
    "km",
    "at",
    "open",
    "price_max",
    "sort",
    "page",
    "size",
    "cursor",
)
READ_BY = {
    "search.index": NAMES,
    "api.resorts": NAMES,
    "asking.ask": ("q", "region"),
    "changes.index": ("region", "resort", "since", "page"),
    "api.changes": ("region", "resort", "since", "cursor", "limit"),
    "tonight.show": ("day",),
    "comparing.index": ("resort", "only", "add"),
    "starring.index": ("resort",),
    "report.wrong": ("fact",),
}
"""What is asked of one by one; of all others at once."""
HUGE = ("9" * 30, "-1", "1e999", "nan", "9223372036854775808")
VALUES = {
    "long": "x" * 3000,
    "NUL": "%00",
    "no UTF-8": "%ff%fe%C3%28%zz%",
    "surrogates": "%ED%A0%80%ED%B0%80",
    "brackets": quote("[]{}()*\"'\\;--"),
    "wildcards": quote("%_%_*?" * 100),
    "direction": quote("\u202e\u200f\ufeff\u0085"),
    "digits of elsewhere": quote("٣²Ⅷ"),
    "last time": quote("9999-12-31T23:59"),
    "first time": quote("0001-01-01T00:00:00+14:00"),
    "place": quote("91,181"),
    **{number: number for number in HUGE},
}


def queries(endpoint):
    for value in VALUES.values():
        yield from (f"{name}={value}" for name in READ_BY.get(endpoint, ()))
    if endpoint not in READ_BY:
        everything = sorted({name for names in READ_BY.values() for name in names})
        values = [value[:50] for value in VALUES.values() if "%00" not in value]
        for first in range(0, len(values), 4):
            yield "&".join(
                f"{name}={value}" for name, value in zip(everything, cycle(values[first:]), strict=False)
            )
    yield f"text={'x' * 10_000}"
    yield "&".join(f"text={number}" for number in range(200))
    yield "&".join(f"resort={number}" for number in range(MOST_PARAMETERS - 1))
    yield "&" * 100 + "=" * 100
    yield ""


@pytest.fixture(scope="module")
def site(migrated_engine):
    app = create_app(Settings(rate_limits=False, metrics=True), engine=migrated_engine)
    app.testing = False
    return app


def addresses(app):
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods:
            yield rule.endpoint, rule.build({name: SAMPLES.get(name, "1") for name in rule.arguments})[1]


@pytest.mark.slow
def test_every_address_answers_whatever_is_asked(site, caplog):
    client = site.test_client()
    failed = []
    with caplog.at_level(logging.CRITICAL):
        for endpoint, path in addresses(site):
            for query in queries(endpoint):
                response = client.get(f"{path}?{query}")
                if response.status_code >= 500:
                    failed.append((endpoint, query[:60]))
                response.close()
    assert failed == []


@pytest.mark.parametrize(
    "part", ["%00", "%ff", "%ED%A0%80", "x" * 400, "..%2f..%2fetc", "%2e%2e", "'; --", "9" * 30]
)
def test_every_part_of_an_address_may_be_anything(site, part):
    client = site.test_client()
    for rule in site.url_map.iter_rules():
        if "GET" in rule.methods and rule.arguments:
            path = rule.rule
            for name in rule.arguments:
                for kind in ("", "int:", "path:"):
                    path = path.replace(f"<{kind}{name}>", part)
            response = client.get(path)
            assert response.status_code < 500, path
            response.close()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("text=" + "x" * LONGEST_QUERY, 414),
        ("&".join("x=1" for _ in range(MOST_PARAMETERS + 1)), 400),
        ("text=a%00b", 400),
    ],
)
def test_what_is_too_much_is_said(client, query, status):
    page, told = client.get(f"/?{query}"), client.get(f"/api/v1/resorts?{query}")
    assert (page.status_code, told.status_code) == (status, status)
    assert told.json["message"] in page.text
    assert len(told.json["message"]) > 20


@pytest.mark.parametrize("path", ["/resorts/harmful-bowl/wrong", "/api/v1/check"])
def test_no_body_is_read_that_is_too_large(client, path):
    body = b"x" * (MOST_BYTES + 1)
    for kind in ("application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x"):
        assert client.post(path, data=body, content_type=kind).status_code in (400, 413, 415), kind
    told = client.post(path, data=body, content_type="application/x-www-form-urlencoded")
    assert path.startswith("/api") or "at most 64 kB" in told.text
    many = "&".join(f"x{number}=1" for number in range(2000))
    answer = client.post(path, data=many, content_type="application/x-www-form-urlencoded")
    assert 400 <= answer.status_code < 500
