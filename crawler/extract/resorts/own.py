"""The page's own resort, by its name: "Sunday River" tells of no Sunday, "Stevens Pass" of no pass to hold."""

import re
from collections.abc import Iterator, Sequence

from crawler.extract.automaton import Hit
from crawler.extract.languages import language
from crawler.extract.pages.page import Page
from crawler.extract.resorts.names import folded, is_plainly_a_resort, slug_of
from crawler.extract.tagger import Tagging, Token, lexicon, tokens_of

OwnName = tuple[str, ...]

_PARTS = re.compile(r"(?<!\s)\s+[|–—•·»«>~/:-]{1,2}\s+|:\s+")
"""What parts a page's own title from the site's name."""
_IMPRINT = re.compile(
    r"(?:©|\(c\)|copyright)\W{0,5}(?:copyright\W{0,5})?(?:(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?\W{0,3})?"
    r"(?P<name>[^\W\d_][\w'’.& -]{2,60})",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(
    r"\s*(?:\.\s|\b(?:19|20)\d\d\b|\ball\s+rights\b|\boperat|,|\binc\b|\bllc\b).*", re.IGNORECASE
)
_KIND_OF_PLACE = re.compile(
    r"\s+(?:(?:ski|mountain|four-season|alpine)\s+)?(?:resort|area|hill|club|field)s?$|\s+mountain(?:\s+resort)?$",
    re.IGNORECASE,
)
_LEAST, _MOST = 2, 5
"""Words of a name: one word alone may be anything."""


def own_names(page: Page, lang: str) -> tuple[OwnName, ...]:
    """What the page may call its own resort, the longest first."""
    found: dict[OwnName, None] = {}
    for name in _written(page):
        for form in _forms(name):
            tokens = tokens_of(form, 0, len(form), lang)
            words = tuple(token.fold for token in tokens)
            if _LEAST <= len(words) <= _MOST and not _names_going_up(tokens, lang):
                found[words] = None
    return tuple(sorted(found, key=len, reverse=True))


def _names_going_up(tokens: tuple[Token, ...], lang: str) -> bool:
    """As "Skialp Area", which is what the page is about."""
    return any(hit.concept in ("uphill", "ascend") for hit in lexicon(lang).tag(tokens))


def _forms(name: str) -> Iterator[str]:
    """A name as it is, then without what kind of place it is: "Elk Park Ski Area", "Elk Park"."""
    yield name
    shorter = _KIND_OF_PLACE.sub("", name)
    if shorter != name:
        yield from _forms(shorter)


def _written(page: Page) -> Iterator[str]:
    """Names in full, from the site's name, the title and the line of who holds the rights."""
    if page.site:
        yield page.site
    parts = _PARTS.split(page.title)
    ends = {parts[0], parts[-1]} if len(parts) > 1 else set()
    yield from (part.strip() for part in ends if is_plainly_a_resort(part))
    yield from _of_the_catalogue(page.title)
    for block in page.blocks:
        if imprint := _IMPRINT.search(page.text, block.start, block.end):
            yield _NAME_ENDS.sub("", imprint["name"]).strip(" -")


def _of_the_catalogue(title: str) -> Iterator[str]:
    """As in "Stevens Pass Uphill Policy", where no mark sets the name apart."""
    words = title.split()
    for first in range(len(words)):
        for past in range(first + _LEAST, min(first + _MOST, len(words)) + 1):
            name = " ".join(words[first:past]).strip(" ,:|–—-")
            if name[:1].isupper() and len(folded(name)) >= _LEAST and slug_of(name) is not None:
                yield name


class OwnNamed:
    """Tags as the language's lexicon does, with the resort's own name read as "the resort"."""

    def __init__(self, words: Tagging, lang: str, names: Sequence[OwnName]) -> None:
        self._words = words
        self._names = names
        self._heads = {name[0] for name in names}
        self._own = language(lang).own_resort

    def tag(self, tokens: tuple[Token, ...]) -> list[Hit]:
        return self._words.tag(tokens)

    def tokens(self, text: str, start: int, end: int, lang: str) -> tuple[Token, ...]:
        found = tokens_of(text, start, end, lang)
        if self._heads.isdisjoint(token.fold for token in found):
            return found
        return tuple(self._named(text, found))

    def _named(self, text: str, tokens: tuple[Token, ...]) -> Iterator[Token]:
        at = 0
        while at < len(tokens):
            name = self._name_at(text, tokens, at)
            last = tokens[at + len(name) - 1] if name else tokens[at]
            yield Token(self._own, tokens[at].start, last.end) if name else tokens[at]
            at += len(name) or 1

    def _name_at(self, text: str, tokens: tuple[Token, ...], at: int) -> OwnName:
        if tokens[at].fold not in self._heads:
            return ()
        for name in self._names:
            part = tokens[at : at + len(name)]
            if tuple(token.fold for token in part) == name and _is_written_as_name(text, part):
                return name
        return ()


def _is_written_as_name(text: str, part: Sequence[Token]) -> bool:
    return text[part[0].start].isupper() and text[part[-1].start].isupper()
