"""One served site and one chromium for all tests of this folder; a context of its own for each of them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright
from sqlalchemy import Engine
from werkzeug.serving import make_server
from werkzeug.wsgi import ClosingIterator

from tests.webapp.browser.looking import Pictures
from tests.webapp.conftest import NOW
from uphill.settings import Settings
from webapp import create_app

CHROMIUM = Path("/usr/bin/chromium")
PATIENCE = 120_000  # ms: on a machine that is busy with other tests
FEW_PROCESSES = (
    "--no-sandbox",
    "--process-per-site",
    "--disable-site-isolation-trials",
    "--renderer-process-limit=1",
    "--in-process-gpu",
)
"""All pages are of one site that nobody else writes: one process shows them all, and knows its scripts."""
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
GIVEN_UP = ("net::ERR_ABORTED", "net::ERR_INTERNET_DISCONNECTED")
"""Loads that a page or a test ended itself."""

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = f"{Path(__file__).parent}/"
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium on this machine"))


class Watch:
    """The site's clock: stands until a test moves it."""

    now = NOW


@pytest.fixture(scope="session")
def _watch() -> Watch:
    return Watch()


@pytest.fixture
def watch(_watch: Watch) -> Iterator[Watch]:
    yield _watch
    _watch.now = NOW


@pytest.fixture(scope="session")
def address(engine: Engine, _watch: Watch) -> Iterator[str]:
    app = create_app(Settings(rate_limits=False), engine=engine, clock=lambda: _watch.now)
    app.testing = False  # errors are answered, as they are in earnest
    server = make_server("127.0.0.1", 0, _whole(app.wsgi_app), threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    serving.join()
    server.server_close()


def _whole(app: Callable[..., Any]) -> Callable[..., Any]:
    """Answers at once: werkzeug's server leaves files open that are sent to one who has gone on to another page."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        with closing(ClosingIterator(app(environ, start_response))) as parts:
            return [b"".join(parts)]

    return answer


@pytest.fixture(scope="package")
def chromium(request: pytest.FixtureRequest) -> Iterator[Browser]:
    Pictures.kept = request.config.getoption("pictures")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FEW_PROCESSES)
        yield browser
        browser.close()


class Readers:
    """Those who open the site in this test, and what their browsers complained of."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.forgiven = ["Service Worker registration blocked"]

    def come(self, **options: Any) -> Page:
        """A page of a new context, whose clock stands where the site's does."""
        options = {
            "base_url": self.address,
            "viewport": WIDE,
            "locale": "en-US",
            "timezone_id": "America/Denver",
            "reduced_motion": "reduce",
            "service_workers": "block",  # it fetches all that pages are made of, once in each context
        } | options
        context = self.browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        context.clock.set_fixed_time(NOW)
        context.on("console", lambda message: self._said(message.type, message.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("request", self._asked)
        context.on("requestfailed", self._failed)
        self.contexts.append(context)
        return context.new_page()

    def forgive(self, words: str) -> None:
        """What this test brings about on purpose."""
        self.forgiven.append(words)

    def unforgiven(self) -> list[str]:
        return [one for one in self.complaints if not any(words in one for words in self.forgiven)]

    def leave(self) -> None:
        for context in self.contexts:
            context.close()

    def _said(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:")):
            self.complaints.append(f"asked elsewhere: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure not in GIVEN_UP:
            self.complaints.append(f"{request.failure}: {request.url}")


@pytest.fixture
def readers(chromium: Browser, address: str) -> Iterator[Readers]:
    """No page may break its own policy, ask another site for anything or meet a mistake of its script."""
    readers = Readers(chromium, address)
    yield readers
    readers.leave()
    assert readers.unforgiven() == []


@pytest.fixture
def come(readers: Readers) -> Callable[..., Page]:
    return readers.come
