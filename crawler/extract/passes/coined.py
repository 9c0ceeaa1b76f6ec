"""Passes that a page names after its own topic: "AT ticket", "Nachtschwärmer-Bon", "pass Rando Park"."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from crawler.extract.automaton import Hit
from crawler.extract.pages.page import Page, Region
from crawler.extract.resorts.names import slug_of
from crawler.extract.sentences import Clause, Sentence
from crawler.extract.tagger import Tagging, Token, lexicon, tokens_of

_MOST_WORDS = 3
_WORD = re.compile(r"[^\W\d_]+")
_ACRONYM = re.compile(r"[A-Z]{2,3}")
_BETWEEN = 1
"""Words between the name and what is held: "AT season pass", "le pass du Rando Park"."""
_ARTICLES = frozenset("the our der die das unser le la les notre il lo gli i nostro nostra".split())  # noqa: SIM905
_SHORTEST = 5
"""Letters of a name that a compound may begin with."""

Name = tuple[str, ...]
_NOUN = (
    r"\b(?:pass|ticket|card|tessera|biglietto|bollino|tesserino|permesso|karte|carte|billet|badge|vignette) "
)
_CHEAP = r"(?:€|CHF|EUR)? ?(?:1[0-5]|\d)(?:[.,]\d\d)? ?(?:€|euro|CHF|EUR|Fr|\b)"
_BESIDE_PRICE = rf"(?=(?:,|:| \(| a| da| costa| für| à| at) ?{_CHEAP})"
_CALLED = re.compile(
    rf"{_NOUN}(?:[\"«“„] ?(?P<quoted>[^\W\d_][\w '’-]{{1,24}}?) ?[\"»”“]"
    rf"|(?P<plain>[^\W\d_]{{2,21}}){_BESIDE_PRICE})",
    re.IGNORECASE,
)
"""A pass with a name of its own, in quotation marks or beside a price that no lift ticket has."""


def called_by_name(text: str) -> Iterator[Name]:
    """What passes are called by the page itself: 'il pass "Up"', "il pass Montée, 7 euro al giorno"."""
    for match in _CALLED.finditer(text):
        name = match["quoted"] or match["plain"]
        words = tuple(_WORD.findall(name.casefold()))
        if match["quoted"] or name[0].isupper():
            yield from [words] if 0 < len(words) <= _MOST_WORDS else []


def names_on(page: Page, told: Mapping[int, tuple[Sentence, ...]]) -> Iterator[Name]:
    """What the page calls its topic: a main heading that names uphill travel, or a single word of its own."""
    yield from called_by_name(page.text)
    blocks = page.blocks
    for index, found in told.items():
        block = blocks[index]
        if block.level not in (1, 2) or block.region is not Region.MAIN or not found:
            continue
        below = next((at for at in range(index + 1, len(blocks)) if not blocks[at].level), -1)
        first = told.get(below, ())[:1]
        own = page.words(block)
        coined = block.level == 1 and own.isalpha() and own not in page.title and not slug_of(own)
        if found[0].has("uphill") or (coined and first and first[0].has("uphill")):
            yield from names_of(found[0].whole, page.text)


def names_of(head: Clause, text: str) -> Iterator[Name]:
    """What the topic of a heading is called: its words, folded, and its short form, in capitals."""
    words = [token for token in head.tokens if not token.is_mark]
    written = [text[token.start : token.end] for token in words]
    if not all(word.isupper() for word in written):
        yield from ((word,) for word in written if _ACRONYM.fullmatch(word))
    if words and words[0].fold in _ARTICLES:
        words, written = words[1:], written[1:]
    if 1 < len(words) <= _MOST_WORDS:
        yield ("".join(word[0] for word in written).upper(),)
    if 0 < len(words) <= _MOST_WORDS:
        yield tuple(token.fold for token in words)


class Coining:
    """Tags as the language's lexicon does, and passes of the page's own names besides."""

    def __init__(self, text: str, lang: str, names: Iterable[Name], words: Tagging) -> None:
        self._text = text
        self._words = words
        self._lang = lang
        self._names = tuple(dict.fromkeys(names))

    def tokens(self, text: str, start: int, end: int, lang: str) -> tuple[Token, ...]:
        return self._words.tokens(text, start, end, lang)

    def tag(self, tokens: tuple[Token, ...]) -> list[Hit]:
        hits = self._words.tag(tokens)
        nouns = {hit.first: hit.last for hit in hits if hit.concept == "pass_noun"}
        named = list(self._named(tokens))
        coined = [hit for place in named for hit in _beside(tokens, *place, nouns)]
        return [*hits, *coined, *self._compounds(tokens)]

    def _named(self, tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
        for name in self._names:
            for first in range(len(tokens) - len(name) + 1):
                part = tokens[first : first + len(name)]
                if self._is(part, name):
                    yield first, first + len(name) - 1

    def _is(self, part: tuple[Token, ...], name: Name) -> bool:
        if name[0].isupper():  # "AT ticket", and not "at ticket windows"
            return self._text[part[0].start : part[0].end] == name[0]
        return all(token.fold == word for token, word in zip(part, name, strict=True))

    def _compounds(self, tokens: tuple[Token, ...]) -> Iterator[Hit]:
        for index, token in enumerate(tokens):
            if any(_is_pass(token.fold, name, self._lang) for name in _single(self._names)):
                yield Hit("uphill_pass", index, index)
                yield Hit("any_pass_word", index, index)


def ends_in_pass(words: str, names: Iterable[Name], lang: str) -> bool:
    """Whether a word of the text is a name and a pass in one: "Nachtschwärmerbon"."""
    single = _single(names)
    return bool(single) and any(
        _is_pass(word, name, lang)
        for name in single
        for word in _WORD.findall(words.casefold())
        if word.startswith(name)
    )


def _single(names: Iterable[Name]) -> list[str]:
    return [name[0] for name in names if len(name) == 1 and len(name[0]) >= _SHORTEST]


@lru_cache(maxsize=4096)
def _is_pass(word: str, name: str, lang: str) -> bool:
    rest = tokens_of(word, len(name), len(word), lang) if word.startswith(name) and word != name else ()
    return any(hit.concept == "pass_noun" for hit in lexicon(lang).tag(rest))


def _beside(tokens: tuple[Token, ...], first: int, last: int, nouns: dict[int, int]) -> Iterator[Hit]:
    """The pass right behind the name, or right before it."""
    for noun in range(last + 1, last + 2 + _BETWEEN):
        if noun in nouns and not any(token.is_mark for token in tokens[last + 1 : noun]):
            yield Hit("uphill_pass", first, nouns[noun])
            return
    for noun in range(first - 1, first - 2 - _BETWEEN, -1):
        if noun in nouns and not any(token.is_mark for token in tokens[noun + 1 : first]):
            yield Hit("uphill_pass", noun, last)
            return
