"""Every kind of page, wide and on a phone, light and dark: nothing for axe to find, nothing wider than the screen."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.webapp.browser.conftest import PHONE, WIDE

SCREENSHOTS = Path(__file__).parents[3] / "artifacts" / "screenshots"
TALLEST = 2400
"""Pixels of a page that its picture shows: what comes below repeats."""

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
REPEATED = [
    [".cards > li:nth-child(n+4)"],
    [".filters details:nth-of-type(n+8)"],
    ["tbody tr:nth-child(n+6)"],
    ["table > tbody:nth-of-type(n+4)"],
    [".tonight-country:nth-of-type(n+3)"],
]
"""What axe need not look at, as it is marked up and coloured like what comes before it."""

LOOKS = ((WIDE, "light"), (PHONE, "dark"))
RESORT = "/resorts/harmful-bowl"
PAIR = "resort=harmful-bowl&resort=howelsen-hill"
PAGES = {
    "search": "/",
    "search-table": "/?region=US-CO&view=table",
    "search-map": "/?region=US-CO&view=map",
    "search-nothing": "/?region=US-RI&dogs=leashed&avalanche_gear=required",
    "resort": RESORT,
    "resort-listed": "/resorts/howelsen-hill",
    "regions": "/regions",
    "region": "/regions/US-CO",
    "tonight": "/tonight",
    "tonight-region": "/tonight/US-CO",
    "compare": f"/compare?{PAIR}",
    "starred": "/starred",
    "shared-list": f"/starred?{PAIR}",
    "changes": "/changes",
    "coverage": "/coverage",
    "health": "/health",
    "guide": "/guide",
    "guide-chapter": "/guide/what-it-is",
    "about": "/about",
    "api": "/api",
    "publish": "/publish",
    "report": f"{RESORT}/wrong?fact=dogs",
    "report-sent": f"{RESORT}/wrong/sent",
    "offline": "/offline",
    "not-found": "/nowhere",
}

axe = Axe()


def look(page: Page, name: str, width: int, scheme: str) -> list[str]:
    """What is wrong with a page as it is seen now; its picture is kept."""
    told = axe.run(
        page, context={"exclude": REPEATED}, options={"runOnly": RULES, "resultTypes": ["violations"]}
    ).response
    wrong = [f"{scheme} {one['id']}: {node['html']}" for one in told["violations"] for node in one["nodes"]]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        wrong.append(f"wider than {width} pixels")
    page.screenshot(
        path=SCREENSHOTS / f"{name}-{width}-{scheme}.png",
        full_page=True,
        clip={
            "x": 0,
            "y": 0,
            "width": width,
            "height": min(TALLEST, page.evaluate("document.documentElement.scrollHeight")),
        },
    )
    return wrong


@pytest.mark.parametrize("name", PAGES)
def test_page(readers, name):
    readers.forgive("status of 404")
    page = readers.come()
    wrong = []
    for size, scheme in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        if name == "search-map" or page.url == "about:blank":
            page.goto(PAGES[name])
        if name == "search-map":
            page.locator(".map-mark").first.wait_for()
        wrong += look(page, name, size["width"], scheme)
    assert wrong == []
