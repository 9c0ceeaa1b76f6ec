import http.client
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from crawler.demo.server import DemoWeb


@dataclass(frozen=True)
class Response:
    status: int
    headers: Mapping[str, str]
    body: bytes


Fetch = Callable[..., Response]


def _fetch(url: str, *, method: str = "GET", **headers: str) -> Response:
    """One request, redirects not followed; header ``if_none_match`` is sent as ``if-none-match``."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=120)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers={k.replace("_", "-"): v for k, v in headers.items()})
        response = connection.getresponse()
        return Response(response.status, response.headers, response.read())
    finally:
        connection.close()


@pytest.fixture(scope="session")
def fetch() -> Fetch:
    return _fetch


@pytest.fixture(scope="session")
def web() -> Iterator[DemoWeb]:
    """The invented web, running; tests that change a site make one of their own."""
    with DemoWeb() as running:
        yield running
