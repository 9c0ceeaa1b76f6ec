"""Told from a page's markup alone, before it is parsed: nothing on it names uphill travel, so it lays down nothing.

A glance sees more text than a reading does (menus, forms, comments), knows the words of all languages at once and
looks past every mark between two words. So it may let a page pass that speaks of something else; the other way round
it errs only where tags stand inside a word.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from crawler.extract.automaton import GAP, Elements, Machine, Told
from crawler.extract.detection import plainly
from crawler.extract.languages import LANGUAGES
from crawler.extract.pages import plain
from crawler.extract.pages.markup import holds_outside_menus, looks_like_markup, text_outside_menus, tree
from crawler.extract.pages.menus import stand_in_menus
from crawler.extract.pages.page import Page, Region, is_pdf, without_invisible
from crawler.extract.tagger import lexicon, tokens_of

NEEDED = "uphill"
"""The concept without which no sentence is in scope and none tells a status."""
_MOST = 2_000_000
"""Characters of markup; a longer page is read, of which only the first part counts."""
_LONGEST_TAG = 500
_MOST_IN_MENUS, _LONG = 8, 10_000
"""Places that may all stand in menus, and characters of a page that is worth a look at its tree."""
_MOST_IDIOMS, _CONTEXT = 40, 100
"""Places that may yet turn out to be idioms, and characters around each that tell."""
_RAW = re.compile(r"<(!--|[sS][cC][rR][iI][pP][tT]\b|[sS][tT][yY][lL][eE]\b)")
"""What begins a part whose text is no text of the page."""
_RAW_ENDS = {
    "!--": re.compile("-->"),
    "script": re.compile("</[sS][cC][rR][iI][pP][tT]"),
    "style": re.compile("</[sS][tT][yY][lL][eE]"),
}
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]+)", re.IGNORECASE)
_BODY = re.compile(r"<(?:body|svg)\b", re.IGNORECASE)
"""Where no title of the page's own can follow."""
_TEXT = re.compile(r">([^<]+)")
_STRAY = re.compile(r"<[^A-Za-z/!?]")
"""A "<" that begins no tag."""
_TEXT_BESIDE_STRAYS = re.compile(r"(?:>|<(?![A-Za-z/!?]))([^<]+)")
_BREAK = re.compile(r"<wbr[ /]*>", re.IGNORECASE)
"""Where a long word may be broken: "Ski<wbr>touren"."""
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)")
_LANG = re.compile(r"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?([A-Za-z]{2})(?![A-Za-z])", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_PART = re.compile(r"\*?[^\W\d_]+\*?")
_WIDER = 2
"""How many gaps stand for one, since a token of the lexicons may be two words here: "don't"."""


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A page without a word on uphill travel, in one of the languages read."""

    lang: str


def dismissed(body: bytes | str, content_type: str | None = None) -> Dismissed | None:
    """``None`` for a page that has to be read."""
    if isinstance(body, bytes) and is_pdf(body, content_type):
        return None
    text = body if isinstance(body, str) else plain.decode(body, content_type)
    if len(text) > _MOST:
        return None
    if "\x00" in text:
        text = text.replace("\x00", "")
    named = None
    shown, seen, data = "", text, ""
    if looks_like_markup(text) and not plain.is_declared(content_type):
        shown, data = _without_raw(text)
        if _names_it(_title(shown)):
            return None
        named = _LANG.search(text)
        seen, data = _seen(shown), html.unescape(_ESCAPED.sub(_unescaped, data))
    told = unicodedata.normalize("NFC", without_invisible(seen))
    folded = told.casefold()
    words = _WORD.findall(folded)
    hidden = without_invisible(data).casefold()
    lang = plainly([*words, *_WORD.findall(hidden)], named[1].lower() if named else None)
    if lang is None or not _is_clear(hidden):
        return None
    # with characters that are not seen, a word may be written otherwise than it is found
    written = len(told) == len(seen)
    return Dismissed(lang) if _names_nothing(text, shown, folded, words, written=written) else None


def _names_nothing(text: str, shown: str, folded: str, words: Sequence[str], *, written: bool) -> bool:
    """Whether all that seems to name uphill travel is an idiom or stands in the menus of the markup.

    ``written`` is whether the words stand in the markup as they are told.
    """
    found = _found(words)
    if not found:
        return True
    few = len(found) <= _MOST_IN_MENUS
    begins = {words[at] for at, _ in found} if written else None
    if few and _are_links(shown, begins, words):
        return True
    if not few:
        return _are_idioms(folded, found)
    idioms = list(_idioms(folded, found))
    if all(idioms):
        return True
    if begins is not None and any(idioms):
        begins = {words[at] for (at, _), idiom in zip(found, idioms, strict=True) if not idiom}
        if _are_links(shown, begins, words):
            return True
    return _stand_in_menus(text, begins)


def is_silent(page: Page) -> bool:
    """Whether a page that was parsed names uphill travel in its menus at most."""
    if _names_it(page.title):
        return False
    shown = [page.title, *(page.words(block) for block in page.blocks if block.region is not Region.CHROME)]
    return _is_clear("\n".join(shown).casefold())


@lru_cache(maxsize=64)
def _names_it(title: str) -> bool:
    """Whether a title names uphill travel; of the same page it is asked before it is parsed, and again after."""
    return not _is_clear(title.casefold())


def _is_clear(folded: str) -> bool:
    """Whether nothing in the text names uphill travel."""
    return _are_idioms(folded, _found(_WORD.findall(folded)))


def _found(words: Sequence[str]) -> list[tuple[int, Told]]:
    return _machine().find(words, _MOST_IDIOMS + 1)


def _are_idioms(folded: str, found: Sequence[tuple[int, Told]]) -> bool:
    """Whether nothing found among the words of the text is what it seems."""
    return not found or (len(found) <= _MOST_IDIOMS and all(_idioms(folded, found)))


def _are_links(shown: str, begins: AbstractSet[str] | None, words: Sequence[str]) -> bool:
    """Whether all that begins a name of it in a long page is plainly in its menus, as a link to the policy is."""
    if not begins or len(shown) < _LONG:
        return False
    return stand_in_menus(shown, begins, sum(map(words.count, begins)))


def _stand_in_menus(text: str, begins: AbstractSet[str] | None) -> bool:
    """Whether the rest of a long page names uphill travel nowhere; ``begins`` are words that its names begin with."""
    root = tree(_BREAK.sub("", text)) if len(text) >= _LONG else None
    if root is None:
        return False
    if begins is not None and not holds_outside_menus(root, begins):
        return True
    return _is_clear(without_invisible(text_outside_menus(root)).casefold())


def _title(shown: str) -> str:
    """The page's title; empty where there is none in its head."""
    body = _BODY.search(shown)
    title = _TITLE.search(shown, 0, body.start() if body is not None else len(shown))
    return without_invisible(html.unescape(title[1])) if title is not None else ""


def _seen(shown: str) -> str:
    """All text of the markup that a reading may come to see."""
    if "<wbr" in shown:
        shown = _BREAK.sub("", shown)
    texts = (_TEXT_BESIDE_STRAYS if _STRAY.search(shown) else _TEXT).findall(shown)
    return html.unescape("\n".join([shown.partition("<")[0], *texts]))


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else " "


def _without_raw(text: str) -> tuple[str, str]:
    """Markup without scripts, styles and comments; and the data in its scripts, which a page may be drawn from."""
    shown: list[str] = []
    data: list[str] = []
    at = 0
    while found := _RAW.search(text, at):
        kind = found[1].lower()
        # "<!-->" is a comment too
        end = _RAW_ENDS[kind].search(text, found.end() - 2 if kind == "!--" else found.end())
        if end is None:
            break
        shown.append(text[at : found.start()])
        if kind == "script":
            tag = text[found.end() : found.end() + _LONGEST_TAG].partition(">")[0]
            if len(tag) == _LONGEST_TAG or "json" in tag.lower():
                data.append(text[found.end() : end.start()])
        at = end.end() if kind == "!--" else end.start()
    shown.append(text[at:])
    return "".join(shown), "\n".join(data)


def _idioms(folded: str, found: Sequence[tuple[int, Told]]) -> Iterator[bool]:
    """Of each place found, whether an idiom of its language covers it, such as "an uphill battle", on one line."""
    places = dict(found)
    for index, word in enumerate(_WORD.finditer(folded)):
        if index not in places:
            continue
        start = folded.rfind("\n", 0, word.start()) + 1
        end = folded.find("\n", word.end())
        line = (
            folded,
            max(start, word.start() - _CONTEXT),
            min(word.end() + _CONTEXT, end if end >= 0 else len(folded)),
        )
        yield all(_is_idiom(*line, word.start(), lang) for lang, _ in places[index].concepts)


def _is_idiom(folded: str, start: int, end: int, at: int, lang: str) -> bool:
    tokens = tokens_of(folded, start, end, lang)
    return any(
        hit.concept == "idiom" and tokens[hit.first].start <= at < tokens[hit.last].end
        for hit in lexicon(lang).tag(tokens)
    )


@cache
def _machine() -> Machine:
    """Finds the needed concept among bare words; what it tells is the language that takes them for it."""
    return Machine(
        (lang, bare)
        for lang in LANGUAGES
        for phrase in lexicon(lang).phrases(NEEDED)
        for bare in _bare(phrase)
    )


def _bare(phrase: Elements) -> Iterator[Elements]:
    """The phrase as words without apostrophes, hyphens, digits and marks."""
    choices: list[list[Elements]] = []
    for element in phrase:
        if element == GAP:
            choices.append([(GAP,) * _WIDER])
            continue
        parts = [tuple(_PART.findall(word)) for word in element]
        choices.append([tuple(frozenset({part}) for part in one) for one in parts if len(one) != 1])
        if single := frozenset(one[0] for one in parts if len(one) == 1):
            choices[-1].append((single,))
    for choice in product(*choices):
        yield tuple(element for elements in choice for element in elements)
