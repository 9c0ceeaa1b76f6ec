"""Pages a second: our reading of a page beside lxml, BeautifulSoup and trafilatura on the same bytes.

Run by ``make bench``. Each figure is the median of several rounds over all pages, the contestants taking
turns within a round, so that a busy machine slows all of them alike; what counts is the ratios.
"""

import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import trafilatura
from bs4 import BeautifulSoup
from lxml import html

from crawler.extract import read

ROUNDS = 7
TESTS = Path(__file__).parent.parent
ORDINARY = ("crawler/ordinary",)
FALSE_FRIENDS = ("crawler/none",)
POLICIES = ("crawler/corpus/pages", "crawler/own/pages")
MOST_AMID = 60
_BODY = re.compile(rb"<body[^>]*>(.*)</body>", re.DOTALL | re.IGNORECASE)

Contestant = Callable[[bytes], object]


def pages(folders: Sequence[str]) -> list[bytes]:
    found = [path.read_bytes() for folder in folders for path in sorted((TESTS / folder).glob("*.html"))]
    if not found:
        raise SystemExit(f"no pages in {', '.join(folders)}")
    return found


CONTESTANTS: dict[str, Contestant] = {
    "uphill": lambda body: read(body, source="bench", content_type="text/html; charset=utf-8"),
    "lxml parse and text": lambda body: html.fromstring(body).text_content(),
    "BeautifulSoup with lxml": lambda body: BeautifulSoup(body, "lxml"),
    "trafilatura.extract": trafilatura.extract,
}


def measure(bodies: Sequence[bytes]) -> dict[str, float]:
    """Median pages a second of each contestant."""
    rates: dict[str, list[float]] = {name: [] for name in CONTESTANTS}
    for _ in range(ROUNDS):
        for name, contestant in CONTESTANTS.items():
            start = time.perf_counter()
            for body in bodies:
                contestant(body)
            rates[name].append(len(bodies) / (time.perf_counter() - start))
    return {name: statistics.median(found) for name, found in rates.items()}


def linked(body: bytes) -> bytes:
    """The page with a link to the policy in its menu."""
    return body.replace(b"</ul>", b'<li><a href="/uphill">Uphill Access</a></li></ul>', 1)


def amid(policies: Sequence[bytes], others: Sequence[bytes]) -> Iterator[bytes]:
    """Policies as real sites show them: each among the menus, prices and news of a page on something else."""
    for index, policy in enumerate(policies):
        told = _BODY.search(policy)
        if told is None:
            continue
        page = others[index % len(others)]
        folded = page.lower()
        at = max(folded.rfind(b"</main>"), 0) or folded.rfind(b"</body>")
        yield page[:at] + b"<section>" + told[1] + b"</section>" + page[at:]


def report(title: str, bodies: Sequence[bytes]) -> None:
    rates = measure(bodies)
    print(f"{title}: {len(bodies)} pages, {sum(map(len, bodies)) // len(bodies)} bytes each on average")
    for name, rate in rates.items():
        print(f"  {name:24} {rate:9.1f} pages/s   uphill is {rates['uphill'] / rate:5.2f} of its rate")


if __name__ == "__main__":
    report("dismissing ordinary pages, which never speak of uphill travel", pages(ORDINARY))
    report("dismissing the same with a link in the menu", [linked(body) for body in pages(ORDINARY)])
    report("dismissing false friends, which seem to speak of it", pages(FALSE_FRIENDS))
    report("reading policies", pages(POLICIES))
    report(
        "reading policies amid 52 kB of other content",
        list(islice(amid(pages(POLICIES), pages(ORDINARY)), MOST_AMID)),
    )
