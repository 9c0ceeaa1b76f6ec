"""Every kind of page, wide and on a phone, light and dark: nothing for axe to find, nothing wider than the screen."""

import pytest
from playwright.sync_api import expect

from tests.webapp.browser.conftest import PHONE, WIDE, Readers
from tests.webapp.browser.looking import found_by_axe, picture, shorten

RESORT = "/resorts/harmful-bowl"
PAIR = "resort=harmful-bowl&resort=howelsen-hill"
LOOKS = ((WIDE, "light"), (PHONE, "dark"))
SHEET = ((PHONE, "light"), (PHONE, "dark"))
PAGES = {
    "search": "/?dogs=leashed",
    "filters": "/?region=US-CO#filters",
    "search-table": "/?region=US-CO&view=table",
    "search-map": "/?region=US-CO&view=map",
    "search-nothing": "/?region=US-RI&dogs=leashed&avalanche_gear=required",
    "resort": f"{RESORT}#fact-dogs",
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


@pytest.fixture(scope="module")
def reader(chromium, address):
    """One for all pages: a context costs more than a page."""
    readers = Readers(chromium, address)
    readers.forgive("status of 404")
    yield readers, readers.come()
    readers.leave()


@pytest.mark.parametrize("name", PAGES)
def test_page(reader, name):
    readers, page = reader
    looks = SHEET if name == "filters" else LOOKS
    wrong = []
    page.goto("about:blank")
    for shown in looks:
        show(page, shown)
        if name == "search-map" or page.url == "about:blank":  # a map is fitted to the screen it is opened on
            page.goto(PAGES[name])
        if name == "search-map":
            page.locator(".map-mark").first.wait_for()
        if name == "filters":
            expect(page.get_by_role("dialog", name="Filters")).to_be_visible()
        wrong += picture(page, name, whole=name != "filters")
    seen = () if name == "search" else (".site-head > *", ".site-foot > *")
    shorten(page, (*seen, "#filters-body > *") if name.startswith("search-") else seen)
    for shown in reversed(looks):
        show(page, shown)
        wrong += [f"{shown}: {one}" for one in found_by_axe(page)]
    assert wrong == []
    assert readers.unforgiven() == []


def show(page, look):
    size, scheme = look
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
