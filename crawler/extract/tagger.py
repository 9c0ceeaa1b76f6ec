"""Words → concepts: every phrase of a lexicon is looked up by its first word."""

import re
from collections.abc import Iterator
from functools import cache, partial
from itertools import accumulate, product
from operator import itemgetter
from typing import NamedTuple, Protocol

from crawler.extract.automaton import Elements, Hit, Machine, Remembered
from crawler.extract.languages import language, table

_TOKEN = re.compile(r"([^\W_]+(?:['’][^\W_]+)*['’]?|[.,;:!?()|–—•·/&+$€%-])")
_MARKS = frozenset(".,;:!?()|–—•·")
"""What a gap does not reach across."""


class Token(NamedTuple):
    """A word or mark of the text; ``fold`` is its folded form, offsets in characters."""

    fold: str
    start: int
    end: int

    @property
    def is_mark(self) -> bool:
        return not self.fold[0].isalnum()


class Tagging(Protocol):
    """Finds concepts in tokens."""

    def tag(self, tokens: tuple[Token, ...]) -> list[Hit]: ...

    def tokens(self, text: str, start: int, end: int, lang: str) -> tuple[Token, ...]: ...


_FOLDED = Remembered(lambda word: word.replace("’", "'").casefold())
_AS_TOKEN = partial(tuple.__new__, Token)
FOLD_OF = itemgetter(0)


def tokens_of(text: str, start: int, end: int, lang: str) -> tuple[Token, ...]:
    """Tokens of ``text[start:end]``; hyphens inside words are dropped, elided articles split off."""
    # what stands between the tokens and they themselves in turn, so that no step is taken in Python for each
    parts = _TOKEN.split(text[start:end])
    places = list(accumulate(map(len, parts), initial=start))
    found = list(
        map(_AS_TOKEN, zip(map(_FOLDED.__getitem__, parts[1::2]), places[1::2], places[2::2], strict=False))
    )
    if text.find("-", start, end) >= 0:
        if tails := language(lang).tails:
            found = [_completed(found, index, text, tails) for index in range(len(found))]
        found = [token for token in found if token.fold != "-" or not _is_of_a_word(text, token.start)]
    if language(lang).elides and (text.find("'", start, end) >= 0 or text.find("’", start, end) >= 0):
        if language(lang).apostrophe_accents:
            found = [_accented(token) for token in found]
        found = [part for token in found for part in _parts_of(token)]
    return tuple(found)


def _accented(token: Token) -> Token:
    """As "È" for "E'", "perché" for "perche'", typed where the keyboard has no accents."""
    fold, start, end = token
    if fold[-1] != "'" or fold[-2:-1] not in _ACCENTS:
        return token
    accent = "é" if fold.endswith(_ACUTE) else _ACCENTS[fold[-2]]
    return Token(fold[:-2] + accent, start, end)


_ACCENTS = {"a": "à", "e": "è", "i": "ì", "o": "ò", "u": "ù"}
_ACUTE = ("che'", "ne'")


def _parts_of(token: Token) -> tuple[Token, ...]:
    """An elided article and its noun."""
    fold, start, end = token
    cut = fold.rfind("'") + 1
    if not 0 < cut < len(fold) or end - start - len(fold) not in (0, 1):  # 1 with an accent for an apostrophe
        return (token,)
    return Token(fold[:cut], start, start + cut), Token(fold[cut:], start + cut, end)


def _completed(tokens: list[Token], index: int, text: str, tails: tuple[str, ...]) -> Token:
    """The token, or for the "Tages" of "Tages- oder Saisonkarte" the whole word."""
    token = tokens[index]
    if text[token.end : token.end + 2] != "- " or token.is_mark:
        return token
    for follower in tokens[index + 2 : index + _COMPOUND]:
        if follower.is_mark:
            break
        tail = next((tail for tail in tails if follower.fold.endswith(tail) and follower.fold != tail), None)
        if tail is not None:
            return Token(token.fold + tail, token.start, token.end)
    return token


_COMPOUND = 6
"""Tokens from the first part of a compound to the word that ends it."""


def _is_of_a_word(text: str, at: int) -> bool:
    """Whether the hyphen joins letters, or stands for the rest of a word: "Ski- und Snowboardfahrer"."""
    if not 0 < at < len(text) - 1 or not text[at - 1].isalpha():
        return False
    return text[at + 1].isalpha() or _GOES_ON.match(text, at + 1) is not None


_GOES_ON = re.compile(r" (?:und|oder|bzw|sowie|and|or|et|ou|e|o)\b")


_HIDES = {
    "idiom": ("uphill", "ascend"),
    "downhill_piste": ("downhill", "descend", "conduct"),
    "not_except": ("except", "only", "without", "bounded", "if", "if_strict", "neg"),
    "not_permit": ("permit",),
    "not_must": ("must",),
    "as_before": ("past",),
    "ski_compound": ("ski_gear", "on_gear"),
    "other_kind": ("other_route",),
    "spared_day": ("neg", "forbid", "only"),
    "surface_lift": ("facility",),
    "whole_season": ("bounded", "if", "date", "opening_day", "closing_day"),
    "open_or_closed": (
        *("permit", "forbid", "open", "closed", "open_to", "closed_to", "closed_runs", "strict"),
        *("conduct", "descend", "downhill", "designated", "special_place", "season_runs"),
        *("asks_open", "during_ops", "outside_ops"),
    ),
    "not_dog": ("dog",),
    "not_pass": ("uphill_pass", "any_pass", "any_pass_word", "pass_noun", "credential_word"),
    "when_heading_uphill": ("facility", "lift_hours"),
    "own_hours": ("facility", "lift_hours", "during_ops"),
    "free": ("without",),
    "even": ("without",),
    "during_ops": ("call",),
    "note_well": ("must", "should"),
    "trend": ("must", "every_time", "every_day"),
    "your_visit": ("offer_page", "other_service"),
    "in_the_course_of": (
        *("other_service", "other_purpose", "offer_page", "other_product", "other_topic", "not_price"),
        *("for_hire", "not_check_in", "race_news"),
    ),
    "not_always": ("no_pass", "both_phases", "at_no_time", "answer_yes"),
    "drawn": ("open", "closed"),
    "resort_land": ("off_resort", "elsewhere", "backcountry"),
}
"""Concepts that a phrase takes from the words in it: "an uphill battle" speaks of nobody going up, ski patrol is
no gear, "in winter" no condition, "without charge" lacks nothing, "please note" asks for no deed,
"plan your stay" sells none, "a use of public land" is
no other place than the resort."""


class Lexicon:
    """The words of one language: ``groups`` of words, and phrases by concept.

    In a phrase ``a|b`` is either word, ``x?`` may be missing, ``<group>`` is any word of a group,
    ``stem*`` and ``*stem`` are words that begin or end so, ``~`` is up to three words.
    """

    def __init__(self, data: dict[str, dict[str, list[str]]], *, elides: bool = False) -> None:
        self._elides = elides
        self.concepts = frozenset(data["concepts"])
        self._groups = data.get("groups", {})
        self._phrases = data["concepts"]
        self._elements: dict[str, frozenset[str]] = {}
        self._machine = Machine(
            ((concept, elements) for concept in self._phrases for elements in self.phrases(concept)), _MARKS
        )

    def phrases(self, concept: str) -> Iterator[Elements]:
        """The phrases of a concept, each as the words that one token after another may be."""
        for phrase in self._phrases[concept]:
            yield from self._expanded(phrase)

    def _expanded(self, phrase: str) -> Iterator[Elements]:
        choices: list[tuple[tuple[frozenset[str], ...], ...]] = []
        for part in self._parts(phrase):
            element = self._element(part.removesuffix("?"))
            choices.append(((), (element,)) if part.endswith("?") else ((element,),))
        for choice in product(*choices):
            elements = tuple(element for one in choice for element in one)
            if elements:
                yield elements

    def _parts(self, phrase: str) -> list[str]:
        """The phrase's elements, split as the text's tokens are: at hyphens and after elided articles."""
        out: list[str] = []
        for part in phrase.casefold().split():
            words = part.split("-") if "-" in part and "|" not in part else [part]
            for word in words:
                cut = word.find("'") + 1
                elided = (
                    self._elides and 0 < cut < len(word) and "|" not in word[:cut] and word[cut] not in "|?"
                )
                out += [word[:cut], word[cut:]] if elided else [word]
        return [part for part in out if part]

    def _element(self, part: str) -> frozenset[str]:
        """The words that one token may be; one set for all phrases that have the same."""
        known = self._elements.get(part)
        if known is None:
            known = self._elements[part] = frozenset(self._words(part))
        return known

    def _words(self, part: str) -> Iterator[str]:
        for word in part.split("|"):
            if word.startswith("<"):
                for member in self._groups[word.strip("<>")]:
                    yield from self._words(member)
                continue
            yield word

    def tokens(self, text: str, start: int, end: int, lang: str) -> tuple[Token, ...]:
        return tokens_of(text, start, end, lang)

    def tag(self, tokens: tuple[Token, ...]) -> list[Hit]:
        """Every concept at every place: per concept and start the longest phrase."""
        hits = self._machine.hits(list(map(FOLD_OF, tokens)))
        hidden = {
            hit
            for hider in hits
            if hider[0] in _HIDES
            for hit in hits
            if hit[0] in _HIDES[hider[0]] and hider.overlaps(hit)
        }
        return [hit for hit in hits if hit not in hidden] if hidden else hits


@cache
def lexicon(lang: str) -> Lexicon:
    return Lexicon(table(lang), elides=language(lang).elides)
