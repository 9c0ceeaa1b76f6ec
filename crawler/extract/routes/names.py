"""Proper names of routes in a clause: runs of capitalised words, and what stands beside them."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter

from crawler.extract.once import once
from crawler.extract.routes.chains import Chain, chains
from crawler.extract.routes.patterns import BEGINS, NAME
from crawler.extract.routes.quotes import quoted_whole
from crawler.extract.routes.words import (
    COLOURS,
    COMMON_COMPOUNDS,
    DATES,
    GENERIC,
    GENERIC_IN,
    LANDMARKS,
    LEADING_NOUNS,
    MANY,
    NAMING_NOUNS,
    NEVER,
    NO_LABELS,
    PLACES,
    PLACES_BEHIND,
    PLACES_FIRST,
    PLAIN,
    ROUTE_NOUNS,
    SENTENCES,
)
from crawler.extract.sentences import Clause

_QUOTED = re.compile(
    r"(?P<words>(?:[^\W\d_]{1,40},? ){1,3})(?:(?:#|Nr\. ?|No\. ?|n° ?|n\. ?)?\d{1,2} )?[«“„\"'‹] ?$"
)
OPENING = frozenset("«“„\"'‹")
_COMPOUND = re.compile(
    r"(?P<of>(?:\w{1,30}-)?\w{0,40}?)-?(?P<noun>abfahrt|schneise|piste|route|spur|steig|weg|trasse|strecke|loipe|runde)(?P<many>n|en|s)?"
)
"""A German word for one run or way: "Waldabfahrt", "Kesselalm-Route"."""


_WORDS_OF = re.compile(r"[\w'’]+")
_LETTERS = 2
_CAPITALS = 4
"""Letters of the shortest name in capitals."""
_SIDES = frozenset(
    ["east", "west", "north", "south", "summer", "winter", "standard", "main", "primary", "alternate"]
)
_PARTS = frozenset(["lower", "upper"])
"""Before the name of a run: "Lower Standard"."""
_FOREIGN_ARTICLES = frozenset(["La", "Le", "Les", "El", "Los", "Las"])
"""Such as an English name may begin with."""
_COUNTED = re.compile(r"\d+-[^\W\d_]")
"""As in "Le 4-Sommets"."""
_TO = frozenset(["zur", "zum"])
_ARTICLES_OF = {
    "fr": frozenset(["le", "la", "les"]),
    "it": frozenset(["il", "lo", "la", "i", "gli", "le", "les"]),
}


@dataclass(slots=True)
class Name:
    """A candidate: ``text`` as written, tokens ``first`` to ``last`` of the clause."""

    text: str
    first: int
    last: int
    noun: bool
    """Whether a word for a route is part of it or right beside it."""
    led: bool
    """Whether it begins with such a word: "Pista Lago"."""
    place: bool
    """Whether it ends as names of mountains and resorts do: "Pepper Hill"."""
    heads: bool
    """Whether it is the one capitalised word that begins a sentence, which any word does."""
    quoted: bool
    """Whether it stands in quotation marks right after words for a route: 'the route "La Trace"'."""
    proper: bool
    """Whether it is surely a name: German writes every noun with a capital."""
    landmark: bool
    """Whether it ends as German names of meadows, alps and slopes do: "Hirschenwiese"."""
    faint: bool = False
    """Whether it is a name only where its entry tells where it leads: "ROCCA NERA: from …", "East Route – …"."""


def names(clause: Clause, *, heads_sentence: bool, faint: bool = False) -> Iterator[Name]:
    """Candidates in the clause; a sentence's first word is capitalised anyway and counts for nothing."""
    for name in _candidates(clause):
        if name.faint and not faint:
            continue
        yield name if heads_sentence or not name.heads else replace(name, heads=False)


@once
def _candidates(clause: Clause) -> tuple[Name, ...]:
    joined = tuple(chains(clause))
    alone = (name for name in _read(clause) if not any(_is_in(clause, name, chain) for chain in joined))
    return tuple(sorted((*alone, *(_named_after(clause, chain) for chain in joined)), key=_FIRST))


_FIRST = attrgetter("first")


def _is_in(clause: Clause, name: Name, chain: Chain) -> bool:
    return clause.tokens[name.first].start < chain.end and chain.begin < clause.tokens[name.last].end


def _named_after(clause: Clause, chain: Chain) -> Name:
    """The places that a route joins, which are its name."""
    inside = clause.tokens_between(chain.begin, chain.end)
    told = {"noun": True, "led": True, "place": False, "heads": False, "proper": True, "landmark": False}
    text = clause.text[chain.begin : chain.end]
    return Name(text, inside[0], inside[-1], quoted=chain.quoted, **told)


def _read(clause: Clause) -> Iterator[Name]:
    generic = GENERIC_IN.get(clause.lang, GENERIC)
    places: list[int] = []
    told = -1
    for match in _matches(clause):
        begin = match.start() if match["way"] is None else match.end("way")
        words = match[0][begin - match.start() :].split(" ")
        if begin < told or _is_of_all_pistes(match, clause.lang):
            continue
        if len(words) == 1 and _is_generic(words[0], generic) and not _is_quoted(clause, begin):
            continue
        heads = begin == clause.start and len(words) == 1 and words[0][0].isalpha()
        quoted = _is_quoted(clause, begin)
        kept = quoted or _begins_with_its_article(clause, begin, words)
        kept = kept or (match["of"] is not None and NEVER.isdisjoint(w.casefold() for w in words))
        while (
            words
            and not kept
            and (
                (
                    _is_generic(words[0], generic)
                    and not (_is_lettered(words) or _is_linked(words) or _is_run_to_valley(words))
                )
                or words[0][0].islower()
            )
        ):
            begin += len(words[0]) + 1
            words = words[1:]
        while len(words) > 2 and words[-1][0].isdigit() and words[-2].islower():
            words = words[:-2]  # "Waldpiste von 17 bis 21 Uhr"
        if clause.lang == "de" and len(words) > 1 and words[1] in _TO and compound(words[0]) and not quoted:
            words = words[:1]  # "über die Waldabfahrt zur Hütte"
        places = places or [token[1] for token in clause.tokens]
        since = begin if match["way"] is None else match.start()
        first = bisect_left(places, since)
        if not words or first == len(places) or places[first] != since:
            continue
        whole = quoted_whole(clause.text, begin, clause.end) if quoted else None
        text = whole or " ".join(words).rstrip(".,'’")
        told = begin + len(text) if whole else told
        faint = not (_is_name(text) or _is_called_by_colour(clause, first, words))
        if faint and not _is_faint(text):
            continue
        last = bisect_left(places, begin + len(text)) - 1
        if last + 1 < len(clause.tokens) and clause.tokens[last + 1].fold in PLACES_BEHIND:
            continue  # "the Meadow junction"
        noun = match["way"] is not None or _beside_noun(clause, first, last, words)
        yield Name(
            text,
            first,
            last,
            noun=noun,
            place=words[-1].casefold() in PLACES,
            heads=heads,
            led=match["way"] is not None or _leads(words, clause.lang),
            quoted=quoted,
            proper=clause.lang != "de" or quoted or _is_proper(clause, first, words),
            landmark=len(words) == 1 and words[0].casefold().endswith(LANDMARKS),
            faint=faint,
        )


def _leads(words: list[str], lang: str) -> bool:
    """Whether a word for a route begins the name: "Pista Lago", "Le Tracé des Sapins", "L'itinéraire des Lacs"."""
    own = words[1:] if words[0].casefold() in _ARTICLES_OF.get(lang, ()) else words
    return len(own) > 1 and own[0].casefold().removeprefix("l'").removeprefix("l’") in LEADING_NOUNS


def _matches(clause: Clause) -> Iterator[re.Match[str]]:
    """What the pattern of names finds, which is tried only where a name may begin."""
    at, end = clause.start, clause.end
    while (begin := BEGINS.search(clause.text, at, end)) is not None:
        match = NAME.match(clause.text, begin.start(), end)
        if match is not None:
            yield match
        at = match.end() if match is not None else begin.start() + 1


ARROWS = frozenset(["→", "➔", "➜", "⇒", ">", "->", "»"])


def follows_an_arrow(clause: Clause, before: Name, name: Name) -> bool:
    """As the second name does in "Birch Run → Maple Lane"."""
    gap = clause.text[clause.tokens[before.last].end : clause.tokens[name.first].start]
    return name.first > before.last and gap.strip() in ARROWS


def is_numbered(name: Name) -> bool:
    """As "Route 1" is, or "Nr. 3": a name only where no other follows."""
    return re.fullmatch(r"(?:\w+ )?(?:#|Nr\. ?|No\. ?|n° ?)?\d{1,2}[a-z]?|\w+ [A-Z]", name.text) is not None


def is_of_a_mountain(name: Name) -> bool:
    """As "Mount Ellery" is, which is no way up."""
    words = name.text.casefold().split(" ")
    return words[0] in _MOUNTAINS and words[-1] not in ROUTE_NOUNS


def is_a_point(clause: Clause, name: Name) -> bool:
    """As the Saddle is in "up Birch Run to the Saddle": a run has no article, unless a word for it ends its name."""
    before = tuple(token.fold for token in clause.tokens[max(0, name.first - 2) : name.first])
    return clause.lang == "en" and before in _TO_THE and name.first == name.last and not name.noun


_TO_THE = frozenset((lead, "the") for lead in ("to", "from", "at", "past", "near", "reach", "above", "below"))
_MOUNTAINS = frozenset(["mount", "mt", "mt."])


def speaks(name: Name) -> bool:
    """Whether it is a title or the beginning of a sentence: "Know Before You Go"."""
    return not SENTENCES.isdisjoint(re.findall(r"\w+", name.text.casefold()))


def _is_of_all_pistes(match: re.Match[str], lang: str) -> bool:
    """As "piste del Corno" is in Italian: the pistes of a place, and none of them."""
    return lang == "it" and match["of"] is not None and match["of"].startswith("piste ")


def _is_called_by_colour(clause: Clause, first: int, words: list[str]) -> bool:
    """As in "sui percorsi Verde e Giallo": a capital behind a word for ways, and no other colour's small letter."""
    if clause.lang not in _COLOUR_NAMES or len(words) > 1 or words[0].casefold() not in COLOURS:
        return False
    at = first - 1
    while at > 0 and (clause.tokens[at].fold in _LISTING or _is_capital_colour(clause, at)):
        at -= 1
    return at >= 0 and clause.tokens[at].fold in (LEADING_NOUNS | MANY)


def _is_capital_colour(clause: Clause, at: int) -> bool:
    token = clause.tokens[at]
    return token.fold in COLOURS and clause.text[token.start].isupper()


_COLOUR_NAMES = frozenset(["it", "fr"])
_LISTING = frozenset([",", "e", "ed", "et", "o", "ou"])


def may_be_a_title(words: list[str]) -> bool:
    """Whether a cell below "Route" may hold such a name: "Pra Sec", and not "All Open Runs", "See map"."""
    first = words[0] not in GENERIC or any(words[0] in articles for articles in _ARTICLES_OF.values())
    return first and words[-1] not in NEVER and not all(w in GENERIC | PLAIN | DATES for w in words)


def _is_generic(word: str, generic: frozenset[str]) -> bool:
    return word.casefold() in generic or (is_common(word) and word[0].isupper())


def _begins_with_its_article(clause: Clause, begin: int, words: list[str]) -> bool:
    """As in "la piste Les Belettes", "« La Combe »", or a line that is "La Combe" alone."""
    articles = _ARTICLES_OF.get(clause.lang, frozenset())
    if len(words) == 1 or not (words[1][0].isupper() or _COUNTED.match(words[1])):
        return False
    if clause.lang == "en" and words[0] in _FOREIGN_ARTICLES:
        return True
    if words[0].casefold() not in articles:
        return False
    if not OPENING.isdisjoint(clause.text[max(clause.start, begin - 2) : begin].rstrip()[-1:]):
        return True
    before = clause.text[clause.start : begin].rstrip(" «“„\"'‹")
    # a capital in mid-sentence is the name's own
    return not before or before[-1] not in ".!?" or before[-2:-1].isdigit()  # "1. La Combe"


def _is_proper(clause: Clause, first: int, words: list[str]) -> bool:
    """Whether a German word is a name: of several words, a compound for one run, or right behind "Route"."""
    if len(words) > 1:
        return not any(word.islower() for word in words)
    before = clause.tokens[first - 1].fold if first else ""
    if before in LEADING_NOUNS or before.endswith(_NAMING):
        return not is_common(words[0])
    return compound(words[0])


_NAMING = ("route", "routen", "spur", "spuren", "piste", "pisten", "abfahrt", "strecke")


@lru_cache(maxsize=4096)
def compound(word: str) -> bool:
    """Whether the word is the German name of one run: "Waldabfahrt", but not "Talabfahrt" nor "Skipisten"."""
    found = _COMPOUND.fullmatch(word.casefold())
    return found is not None and bool(found["of"]) and not found["many"] and not is_common(word)


def _is_one_run(word: str) -> bool:
    """As "Talabfahrt" is in "Talabfahrt 7"."""
    found = _COMPOUND.fullmatch(word.casefold())
    return found is not None and not found["many"]


@lru_cache(maxsize=4096)
def is_common(word: str) -> bool:
    """Whether a German compound is a kind of way and no name: "Aufstiegsspur", "Talabfahrt"."""
    found = _COMPOUND.fullmatch(word.casefold())
    if found is None:
        return False
    return bool(found["many"]) or all(part in COMMON_COMPOUNDS for part in found["of"].rstrip("-").split("-"))


def _is_quoted(clause: Clause, begin: int) -> bool:
    if OPENING.isdisjoint(clause.text[max(clause.start, begin - 2) : begin]):
        return False
    before = _QUOTED.search(clause.text[clause.start : begin])
    if before is None:
        return False
    words = before["words"].casefold().replace(",", "").split()
    return not NAMING_NOUNS.isdisjoint(words)


def _is_lettered(words: list[str]) -> bool:
    """As in "Route A", "Loop 2": the noun belongs to the name."""
    return (
        len(words) > 1
        and (words[0].casefold() in LEADING_NOUNS or _is_one_run(words[0]))
        and (
            (len(words[1]) <= _LETTERS and not words[1].islower())
            or words[1].startswith(("#", "Nr.", "No.", "n°"))
        )
    )


def _is_run_to_valley(words: list[str]) -> bool:
    """As in "Talabfahrt Grünau": the valley runs of a resort differ by what follows."""
    return len(words) > 1 and words[0].casefold() == "talabfahrt" and words[1][0].isupper()


def _is_linked(words: list[str]) -> bool:
    """As in "Piste des Lutins", "Pista dell'Orso": the noun and its link belong to the name."""
    return (
        len(words) > 1
        and words[0].casefold() in LEADING_NOUNS
        and words[1][0].islower()
        and not is_common(words[0])
        and NEVER.isdisjoint(word.casefold() for word in words)
    )


@lru_cache(maxsize=4096)
def _is_name(text: str) -> bool:
    words = [w.casefold() for w in _WORDS_OF.findall(text)]
    if not words or (
        all(w in GENERIC or w in NEVER or w.isdigit() for w in words) and not _is_lettered(text.split(" "))
    ):
        return False
    if any(w in DATES for w in words):
        return False
    of_part = len(words) > 1 and words[0] in _PARTS and words[1] not in ROUTE_NOUNS
    if all(w in GENERIC or w in PLAIN for w in words) and not (of_part or _is_lettered(text.split(" "))):
        return False
    if words[0] in PLACES_FIRST and words[-1] not in ROUTE_NOUNS:
        return False
    return (
        not (words[-1] in NEVER or (len(text) < 3 and not text.isdigit())) and not text.isupper()
    ) or _is_lettered(text.split(" "))


def _is_faint(text: str) -> bool:
    """Whether it is in capitals, as labels are, or tells which of several routes: "East Route", "Standard Route"."""
    words = text.casefold().split(" ")
    if len(words) == _LETTERS and words[0] in _SIDES and words[1] in ROUTE_NOUNS:
        return True
    if not text.isupper() or len(text) < _CAPITALS:
        return False
    return NO_LABELS.isdisjoint(_WORDS_OF.findall(text.casefold())) and not all(w in PLAIN for w in words)


def _beside_noun(clause: Clause, first: int, last: int, words: list[str]) -> bool:
    if (
        any(word.casefold() in ROUTE_NOUNS for word in words)
        or _is_lettered(words)
        or (len(words) == 1 and compound(words[0]))
        or (len(words) > 1 and words[0].casefold() in _PARTS and words[-1].casefold() not in PLACES)
    ):
        return True
    after = clause.tokens[last + 1].fold if last + 1 < len(clause.tokens) else ""
    before = clause.tokens[first - 1].fold if first else ""
    return after in ROUTE_NOUNS or before in LEADING_NOUNS or before in MANY
