"""How likely a link leads to an uphill policy: from its words and its address, as a number.

10 and more: the policy by name. From ``STRONG`` on: about uphill travel. Below: a page that may lead there.
0: nothing of interest, or a false friend (breweries, lifts, bikes, races).
"""

import re
from collections.abc import Sequence

from crawler.discovery.words import fold, lexicon, url_lexicon, url_words

NAME = 10
SUBJECT = 6
STRONG = 5
HUB = 3
WIDE_HUB = 1
_RULE_BONUS = 3
_PAPER = 4
_AGREEMENT = 1
_DATED = 4
_STATUS = 5
# Cards wrap a whole teaser into one link; what it is about stands at its beginning.
_WORDS_READ = 14
_DATE = re.compile(r"/(19|20)\d\d/(\d\d?/)?")


def link_score(url: str, text: str = "", title: str = "", context: str = "") -> int:
    """The score of a link by address, text, title or label, and the heading or line that it stands in.

    ``context`` counts only where the text says nothing itself ("Learn more").
    """
    words = lexicon()
    read = fold(text)[:_WORDS_READ]
    parts = [url_words(url), read, fold(title)[:_WORDS_READ]]
    if says_nothing(text):
        parts.append(fold(context)[:_WORDS_READ])
    if any(words.false_friends.within(part) for part in parts):
        return 0
    if _is_neighbour(url, read, parts):
        return 0
    scores = sorted((_words_score(part) for part in parts), reverse=True)
    best = scores[0] + (_AGREEMENT if scores[1] >= STRONG else 0)
    if best >= STRONG and any(words.papers.within(part) for part in parts):
        best -= _PAPER
    return max(best - _DATED, 0) if _is_dated(url) else best


def says_nothing(text: str) -> bool:
    """Whether a link's text does not tell what it leads to: "Learn more"."""
    read = fold(text)[:_WORDS_READ]
    return not read or lexicon().generic.is_all_of(read)


def _is_neighbour(url: str, read: Sequence[str], parts: Sequence[Sequence[str]]) -> bool:
    """Whether it is of lessons, rental or the like; a folder of that name may hold the policy all the same."""
    words = lexicon()
    if words.names.within(read):
        return False
    of_page = url_words(url.rstrip("/").rpartition("/")[2])
    elsewhere = [part for part in parts[1:] if words.neighbours.within(part)]
    return bool(elsewhere) or (words.neighbours.within(parts[0]) and not words.names.within(of_page))


def status_score(url: str, text: str = "", title: str = "") -> int:
    """How promising a link is for today's status: lift and trail reports, best where they name uphill."""
    words = lexicon()
    parts = [url_words(url), fold(text)[:_WORDS_READ], fold(title)[:_WORDS_READ]]
    if any(words.false_friends.within(part) for part in parts) or _is_dated(url):
        return 0
    if not any(words.status.within(part) for part in parts):
        return 0
    return _STATUS + (SUBJECT if any(_names_uphill(part) for part in parts) else 0)


def _words_score(part: Sequence[str]) -> int:
    words = lexicon()
    if words.names.within(part):
        return NAME
    if words.subject.within(part):
        return SUBJECT + (_RULE_BONUS if words.rules.within(part) else 0)
    if words.hubs.within(part):
        return HUB
    return WIDE_HUB if words.wide_hubs.within(part) else 0


def _names_uphill(part: Sequence[str]) -> bool:
    return lexicon().names.within(part) or lexicon().subject.within(part)


def _is_dated(url: str) -> bool:
    return bool(_DATE.search(url)) or not url_lexicon().dated.isdisjoint(url_words(url))
