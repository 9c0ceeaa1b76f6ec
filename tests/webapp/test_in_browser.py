"""The pages in Debian's chromium: nothing is refused by their own policy, nothing is wider than a phone."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

CHROMIUM = Path("/usr/bin/chromium")
PAGES = (
    "/tonight", "/tonight/US-CO", "/guide", "/guide/what-it-is", "/coverage", "/health", "/changes",
    "/resorts/harmful-bowl",
)  # fmt: skip

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no chromium on this machine"),
]


@pytest.fixture(scope="module")
def address(app) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture(scope="module")
def phone() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 390, "height": 844})
        browser.close()


def test_pages_fit_a_phone_and_break_no_policy_of_theirs(phone, address):
    said, asked = [], []
    phone.on("console", lambda message: said.append(message.text))
    phone.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        phone.goto(address + path)
        wider = phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider == 0, path
    assert said == []
    assert [url for url in asked if not url.startswith((f"{address}/", "data:"))] == []


def test_the_rules_of_a_resort_are_one_printed_page(phone, address, tmp_path):
    from pypdf import PdfReader

    phone.goto(f"{address}/resorts/harmful-bowl")
    phone.pdf(path=tmp_path / "rules.pdf", format="A4")
    (sheet,) = PdfReader(tmp_path / "rules.pdf").pages
    text = sheet.extract_text()
    assert "Read on the resort’s page on Jan 17, 2026. Printed Jan 17, 2026" in text
    assert "Avalanche gear" in text
    assert "970-555-0142" in text
    assert "seen today" not in text, "what holds for a day is no rule for the glove box"
