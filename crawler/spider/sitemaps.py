"""Finds and reads a site's sitemaps, within bounds, for pages that may hold the policy."""

import asyncio
from collections import deque
from collections.abc import Callable
from urllib.parse import urljoin

from crawler.discovery.links import Link
from crawler.discovery.score import HUB
from crawler.discovery.sitemap import by_promise, read_sitemap, sitemap_links
from crawler.discovery.sites import same_site, site_of
from crawler.spider.fetching import Fetcher
from uphill.outcomes import Outcome

MAX_SITEMAPS = 5
_MAX_UNPACKED = 20_000_000


class SitemapReader:
    """``named`` gives the sitemaps that a site's robots.txt names."""

    def __init__(self, fetcher: Fetcher, named: Callable[[str], tuple[str, ...]]) -> None:
        self._fetcher = fetcher
        self._named = named

    async def links(self, home: str) -> list[Link]:
        """Pages of the sitemaps that may lead to a policy, best first; at most ``MAX_SITEMAPS`` are read."""
        waiting = deque(self._first(home))
        seen: set[str] = set()
        found: list[Link] = []
        while waiting and len(seen) < MAX_SITEMAPS:
            url = waiting.popleft()
            if url in seen or not same_site(url, home):
                continue
            seen.add(url)
            fetch = await self._fetcher.fetch(url, lambda onward: same_site(onward, home))
            if fetch.failure in {None, Outcome.NOT_HTML} and fetch.body:
                # Tens of thousands of addresses take seconds to weigh; other sites' answers must not wait.
                links, children = await asyncio.to_thread(_read, fetch.body)
                found += links
                waiting.extendleft(reversed(children))
        return sorted(found, key=lambda link: -link.score)

    def _first(self, home: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._named(site_of(home)))) or (urljoin(home, "/sitemap.xml"),)


def _read(body: bytes) -> tuple[list[Link], list[str]]:
    """The pages that promise something, and the next sitemaps in the order to read them; no more than can be."""
    sitemap = read_sitemap(body, max_bytes=_MAX_UNPACKED)
    return sitemap_links(sitemap, minimum=HUB), by_promise(sitemap.children)[:MAX_SITEMAPS]
