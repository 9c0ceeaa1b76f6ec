"""What is due, cut into jobs: a crawl of a batch never has two resorts waiting for one site's delay."""

from collections.abc import Iterable

from uphill.recording.visit import Target
from uphill.sites import site_of


def sites(target: Target) -> frozenset[str]:
    """The sites that a visit is known to ask: that of the website, and those of the pages met before."""
    urls = (target.website or "", *(page.url for page in target.pages))
    return frozenset(site for url in urls if (site := site_of(url)))


def batches(targets: Iterable[Target], size: int) -> list[list[Target]]:
    """``targets`` in batches of at most ``size``, no site twice in a batch; the earlier, the sooner."""
    filled: list[list[Target]] = []
    taken: list[set[str]] = []
    open_ones: list[int] = []
    for target in targets:
        asked = sites(target)
        place = next((number for number in open_ones if not asked & taken[number]), None)
        if place is None:
            place = len(filled)
            filled.append([])
            taken.append(set())
            open_ones.append(place)
        filled[place].append(target)
        taken[place] |= asked
        if len(filled[place]) == size:
            open_ones.remove(place)
    return filled
