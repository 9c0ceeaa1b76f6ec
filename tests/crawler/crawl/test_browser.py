"""A site whose pages are written by scripts, read with a real browser where there is one, and told apart where not."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from uphill.outcomes import Outcome

CHROMIUM = Path("/usr/bin/chromium")
SHELL = """<!doctype html><html lang="en"><head><title>Pintail</title><script src="/app.js" defer></script></head>
<body><noscript>Please enable JavaScript.</noscript><div id="root"></div></body></html>"""
HOME = """<!doctype html><title>Pintail</title><h1>Pintail</h1><p>Welcome to the mountain.</p>
<a href="/uphill">Uphill access policy</a>"""
SCRIPT = """
fetch("http://169.254.169.254/latest/meta-data").catch(() => {});
new Image().src = "/pixel.png";
const socket = new WebSocket("ws://127.0.0.1:1/");
fetch("/api/uphill.json").then(answer => answer.json()).then(said => {
  document.getElementById("root").innerHTML = said.html;
});
"""
POLICY = """<h1>Uphill Access Policy</h1><p>Uphill travel is allowed before 8:30 am. An uphill pass is required.</p>
<p>Dogs are not allowed on the mountain.</p>"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine"),
    pytest.mark.skipif(find_spec("scrapy_playwright") is None, reason="the extra browser is not installed"),
]


@pytest.fixture(scope="module")
def worlds(kit, tmp_path_factory):
    import json

    said = json.dumps({"html": POLICY}).encode()
    site = kit.Site(
        "pintail",
        {
            "/": kit.page(HOME),
            "/uphill": kit.page(SHELL),
            "/app.js": kit.Document(SCRIPT.encode(), "text/javascript"),
            "/api/uphill.json": kit.Document(said, "application/json"),
        },
        gone=frozenset({"/pixel.png"}),
    )
    folder = tmp_path_factory.mktemp("browser")
    with kit.world([site], folder, delay="0", browser=str(CHROMIUM)) as world:
        world.add("pintail", website=world.web.url("pintail"))
        plain = dict(world.settings)
        plain.pop("UPHILL_BROWSER")
        world.settings, with_browser = plain, world.settings
        without = world.crawl("--resort", "pintail")
        outcome_without = world.visit("pintail").outcome
        world.settings = with_browser
        first = world.crawl("--resort", "pintail")
        asked = world.paths("pintail")
        yield world, (without, outcome_without), (first, asked)


def test_without_a_browser_the_page_says_why_it_tells_nothing(worlds):
    _, (_, outcome), _ = worlds
    assert outcome is Outcome.SCRIPTED


def test_with_a_browser_its_policy_is_read(worlds):
    world, _, (ended, _) = worlds
    assert ended.code == 0, ended.stderr
    policy = world.policy("pintail")
    assert (policy.access, policy.dogs, policy.pass_required) == ("allowed", "prohibited", "always")


def test_the_browser_asks_through_the_crawler_and_for_nothing_but_text(worlds):
    _, _, (_, asked) = worlds
    assert "/api/uphill.json" in asked
    assert "/pixel.png" not in asked


def test_the_source_is_remembered_as_one_that_needs_it(worlds):
    world, _, _ = worlds
    assert world.sources("pintail")["/uphill"].needs_browser
    world.web.requests.clear()
    again = world.crawl("--resort", "pintail")
    assert again.code == 0, again.stderr
    assert again.summary["changes"] == {"confirmed": 1}
    assert world.paths("pintail").count("/uphill") == 1
