"""Which language a text is in: what the page says, checked against its words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from crawler.extract.languages import LANGUAGES, language
from crawler.extract.once import once
from crawler.extract.pages.page import Block, Page, Region

_OTHERS = {
    "es": "el los las en que por con para una del se no su al es como más",
    "nl": "het een en van de niet voor met zijn op te dat aan worden",
    "no": "og er det som på til av en med for ikke kan har",
    "sv": "och är det som på till av en med för inte att kan har",
    "da": "og er det som på til af en med for ikke at kan har",
    "fi": "ja on ei se että kun tai ovat voi myös sekä mutta rinteet kielletty",
    "cs": "se je na že do ve které nebo jsou po pro při není podle jen také za od",
    "sk": "sa je na že do vo ktoré alebo sú po pre pri nie podľa len aj za od",
    "pl": "się jest na że do oraz lub są po dla przy nie tylko także za od jak przez",
    "sl": "se je na da za in ali so po pri ni tudi lahko samo od do",
    "hr": "se je na da za ili su po pri nije također samo od do",
    "hu": "az és hogy nem is van egy csak vagy meg kell lehet mint",
    "pt": "os as em que por com para uma do da se não ao são está mais pelas pelos pela pelo dos das durante",
    "ro": "și în de la cu pe nu este sunt sau din pentru care mai se",
    "ca": "el els les en que per amb una del no és són als més la",
}
_SMALL = {
    **{lang: language(lang).common for lang in LANGUAGES},
    **{lang: frozenset(words.split()) for lang, words in _OTHERS.items() if lang not in LANGUAGES},
}
_LANGUAGES_OF: dict[str, tuple[str, ...]] = {
    word: tuple(lang for lang, words in _SMALL.items() if word in words)
    for word in frozenset().union(*_SMALL.values())
}
_UNREAD = tuple(lang for lang in _SMALL if lang not in LANGUAGES)
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE, _MOST_WORDS = 20_000, 3_000
_LEAST = 4
_LEAST_SHARE = 0.06
"""Part of a text's words that are among the commonest of its language; a foreign text has less by chance."""
_AHEAD = 1.5
_SHORT = 60
"""Words of a text too short to tell a share."""
_SECOND = 0.15
"""Part of the first language's words that a second one has where a page is in two."""
_CLEARLY = 2
_LATIN = re.compile(r"[a-zà-öø-ÿāăąćĉċčđēęěğģīįķļłńņňōőœřśşšţťūůűųźżžßſ]", re.IGNORECASE)
_OTHER_SCRIPT = 0.5


@dataclass(frozen=True, slots=True)
class Detected:
    """``lang`` is one of the languages read, else ``None`` and ``name`` the code of the other one, if known."""

    lang: str | None
    name: str | None


def detected(page: Page) -> Detected:
    """By the page's words, else by what it says of itself."""
    words = _sample(page)
    declared = page.lang if page.lang not in LANGUAGES else None
    if _is_of_other_script(words):
        return Detected(None, declared)
    told = _guess(words, declared)
    if told is None:
        return _named(page.lang or "en")
    if told not in LANGUAGES and declared:
        return Detected(None, declared)  # sisters such as Czech and Slovene look alike
    return _named(told)


def languages_in(page: Page, main: str) -> dict[int, str]:
    """The language of each block (by its index) of a page in two languages; empty where all is in one.

    A heading goes with the text below it, and a line too short to tell with the one above it.
    """
    total = _counts(_words(page))
    first = total[main]
    if not any(lang != main and total[lang] >= max(_LEAST, _SECOND * first) for lang in LANGUAGES):
        return {}
    told = [_clear(_WORD.findall(page.words(b).casefold()), main) for b in page.blocks]
    out: dict[int, str] = {}
    last = main
    for index, block in enumerate(page.blocks):
        last = told[index] or (_below(page.blocks, told, index) if block.level else None) or last
        out[index] = last
    return out if len(set(out.values())) > 1 else {}


@once
def _words(page: Page) -> list[str]:
    """The folded words of the page but of its menus."""
    return _WORD.findall(_text(page).casefold())


def _sample(page: Page) -> list[str]:
    text = _text(page)
    return _words(page) if len(text) <= _SAMPLE else _WORD.findall(text[:_SAMPLE].casefold())


@once
def _text(page: Page) -> str:
    return " ".join(page.words(b) for b in page.blocks if b.region is not Region.CHROME)


def plainly(words: list[str], declared: str | None) -> str | None:
    """The language read that folded words are of, where there are many and the page says the same, or nothing."""
    sample = words[:_MOST_WORDS]
    told = _guess(sample) if len(sample) >= _SHORT else None
    return told if told in LANGUAGES and declared in (told, None) else None


def guess(text: str) -> str | None:
    """The language whose small words are most frequent; ``None`` where there are too few."""
    return _guess(_WORD.findall(text.casefold()))


def _guess(words: list[str], declared: str | None = None) -> str | None:
    """One that is not read has to be clearly ahead: names and tables hold words of any.

    ``declared`` is one that is not read, and that the page says it is in: then what is read has to be ahead of it.
    """
    counts = _counts(words, among=_SMALL)
    read = max(LANGUAGES, key=lambda lang: counts[lang])
    other = max(_UNREAD, key=lambda lang: counts[lang])
    least = max(_LEAST, 0 if len(words) < _SHORT else _LEAST_SHARE * len(words))
    if counts[other] >= least and counts[other] >= _AHEAD * counts[read]:
        return other
    if declared is not None and counts.get(declared, 0) >= counts[read]:
        return declared
    return read if counts[read] >= (_LEAST if declared is None else least) else None


def _counts(words: list[str], among: Iterable[str] = LANGUAGES) -> dict[str, int]:
    counts = dict.fromkeys(among, 0)
    for word in words:
        if word in _LANGUAGES_OF:
            for lang in _LANGUAGES_OF[word]:
                if lang in counts:
                    counts[lang] += 1
    return counts


def _clear(words: list[str], main: str) -> str | None:
    """The language of one block, where its words leave no doubt."""
    counts = _counts(words)
    (best, most), (_, second), *_ = sorted(counts.items(), key=itemgetter(1), reverse=True)
    least = _LEAST if best != main else _LEAST // 2
    return best if most >= least and most >= _CLEARLY * second else None


def _below(blocks: tuple[Block, ...], told: list[str | None], heading: int) -> str | None:
    """The language of the first clear line under a heading."""
    for index in range(heading + 1, len(blocks)):
        if blocks[index].level and blocks[index].level <= blocks[heading].level:
            return None
        if told[index]:
            return told[index]
    return None


def _is_of_other_script(words: list[str]) -> bool:
    if "".join(words).isascii():
        return False
    foreign = [word for word in words if not word.isascii()]
    others = sum(len(word) - len(_LATIN.findall(word)) for word in foreign)
    letters = sum(map(len, words)) if others else 0
    return letters > _SHORT and others > _OTHER_SCRIPT * letters


def _named(lang: str) -> Detected:
    return Detected(lang if lang in LANGUAGES else None, lang)
