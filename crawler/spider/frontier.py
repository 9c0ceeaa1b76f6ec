"""Pages still to look at, best first; each is given out once."""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urldefrag

from crawler.discovery.links import Link
from crawler.discovery.score import NAME, STRONG
from crawler.discovery.sites import page_key, same_site


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """``order`` sorts: pages remembered as without a policy last, then by score and distance from home."""

    order: tuple[bool, int, int, int]
    url: str = field(compare=False)
    score: int = field(compare=False)
    depth: int = field(compare=False)
    own: bool = field(compare=False)

    @property
    def strong(self) -> bool:
        """Whether it is about uphill travel and was not found without a policy before."""
        return self.score >= STRONG and not self.order[0]

    @property
    def names_policy(self) -> bool:
        return self.strong and self.own and self.score >= NAME


class Frontier:
    """``remembered`` are URLs of pages that held no policy when they were last read.

    Pages of other sites are taken only where a link names the policy outright.
    """

    def __init__(self, remembered: Iterable[str] = ()) -> None:
        self._remembered = {page_key(url) for url in remembered}
        self._seen: set[tuple[str, str, str]] = set()
        self._heap: list[Candidate] = []

    def mark(self, *urls: str) -> None:
        """Never give these out: they have been fetched."""
        self._seen.update(page_key(url) for url in urls)

    def add(self, links: Iterable[Link], *, home: str, depth: int) -> None:
        for link in links:
            own = same_site(link.url, home)
            if own or link.score >= NAME:
                url = urldefrag(link.url).url
                order = (page_key(url) in self._remembered, -link.score, depth, len(self._heap))
                heapq.heappush(self._heap, Candidate(order, url, link.score, depth, own))

    def pop(self, accept: Callable[[Candidate], bool] = lambda _: True) -> Candidate | None:
        """The best page not given out yet, if ``accept`` takes it; else it stays."""
        while self._heap:
            best = self._heap[0]
            if page_key(best.url) in self._seen:
                heapq.heappop(self._heap)
            elif accept(best):
                self.mark(best.url)
                return heapq.heappop(self._heap)
            else:
                return None
        return None
