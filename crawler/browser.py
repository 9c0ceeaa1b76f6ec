"""Pages that show nothing without JavaScript, read through a real browser (the extra ``browser``).

The browser has no way to the network: all that a page asks for is fetched by this crawler's own downloader, with
its guard against private addresses, its bounds, robots.txt and the delay of each site, and handed to the browser.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler

from uphill.errors import BadInput

BOUNDED_HANDLER = "crawler.bounds.BoundedHandler"
BROWSER_HANDLER = "crawler.browser_handler.BrowserHandler"
NAVIGATION_SECONDS = 90
# Nothing listens there. What slips past the routes, such as the socket of a worker, ends in it.
_NOWHERE = "http://127.0.0.1:9"


def browser_settings(chromium: str) -> dict[str, Any]:
    """Scrapy's settings for a browser, the Chromium at this path; none where the path is empty.

    Raises BadInput where the extra or the browser is missing.
    """
    if not chromium:
        return {}
    if find_spec("scrapy_playwright") is None:
        raise BadInput("UPHILL_BROWSER needs the extra 'browser': pip install 'uphill-directory[browser]'.")
    if not Path(chromium).is_file():
        raise BadInput(f"UPHILL_BROWSER names {chromium!r}, which is no file; give the path of a Chromium.")
    return {
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {
            "executable_path": chromium,
            "args": [f"--proxy-server={_NOWHERE}", "--proxy-bypass-list=<-loopback>"],
        },
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": NAVIGATION_SECONDS * 1000,
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 2,
        "PLAYWRIGHT_PROCESS_REQUEST_HEADERS": None,
    }


def browser_meta(crawler: Crawler) -> dict[str, Any]:
    """What makes a request one of the browser's."""
    from scrapy_playwright.page import PageMethod  # noqa: PLC0415 - the extra may be missing

    from crawler.browser_handler import Supplier, settle  # noqa: PLC0415 - likewise

    async def supply(page: Any, request: Any) -> None:
        del request
        await page.route("**/*", Supplier(crawler).answer)

    return {
        "playwright": True,
        "playwright_context_kwargs": {"service_workers": "block", "accept_downloads": False},
        "playwright_page_init_callback": supply,
        "playwright_page_methods": [PageMethod(settle)],
        "dont_redirect": True,
    }
