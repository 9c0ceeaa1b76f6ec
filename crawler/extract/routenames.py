"""Proper names of routes in a clause: runs of capitalised words, and what stands beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.extract.sentences import Clause

_LETTER = r"[^\W\d_]"
_UPPER = r"[A-ZÀ-ÖØ-ÞŠŽ]"
_WORD = rf"(?:{_UPPER}[\w’']*(?:[-&.’'/]{_LETTER}[\w’']*)*|(?:#|Nr\. ?|No\. ?|n° ?)?\d{{1,2}}[A-Za-z]?(?![\w:.]*\d)(?!\s?(?:%|€|\$|am|pm|AM|PM|a\.m|p\.m|ft|feet|m|km|min|Uhr|h|hours?|years?)\b))"
_SMALL = r"(?:of|de|du|des|la|le|les|di|del|della|zum|zur|am|im|von|&|o['’])"
_NAME = re.compile(rf"{_WORD}(?: (?:{_SMALL} )?{_WORD}){{0,5}}")

_NOUNS = frozenset(
    "trail trails run runs route routes road loop way catwalk track trace skinway skintrack uptrack face bowl gulch glade "
    "piste pistes pista abfahrt strecke weg sentier itinéraire parcours percorso sentiero tracciato chemin montée traverse".split()
)
_LEADING_NOUNS = frozenset(
    "route trail run loop piste pista abfahrt strecke sentier itinéraire parcours percorso sentiero tracciato itinerario pisten tour".split()
)
_NEVER = frozenset(
    """
    lodge base chair chairs lift lifts express quad triple double gondola tram summit patrol parking lot lots center centre
    restaurant hut office resort mountain ski area village services guest pass passes ticket tickets policy map season
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december am pm i no yes it we you they he she uphill access travel hours forest county state national
    code park hill club school shop rental store building house plaza lounge pub bar grill cafe report page website hotline
    facebook instagram twitter app covid resorts valley hiking skinning skiing christmas thanksgiving easter day eve holiday
    please note important phone email usfs skin skis at mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep oct nov dec
    lodge's hall yurt hotel inn condos depot station waiver release liability act noaa vermont colorado utah montana route's
    seilbahn bergstation talstation gondelbahn sessellift hütte berghütte gasthof parkplatz uhr
    télésiège télécabine remontée chalet refuge sommet stationnement gare billetterie
    seggiovia cabinovia funivia rifugio parcheggio baita biglietteria impianto
    """.split()
)
_GENERIC = frozenset(
    """
    the a an our your this that these those all any each every please use via take follow from to on up and or if in at for
    with by when while before after during only no not climb ascend start stay keep go hike skin trails
    runs designated approved uphill ascent access travel travelers travellers skiers riders guests status open closed note map
    dogs there must following how what where who why once each every please both if all
    die der das den dem ein eine auf bei ab über im am zum zur und oder nur pisten routen
    aufstieg aufstiegsroute skiroute skitourenroute tourenroute aufstiegsspur
    le la les un une du de des sur par via et ou pistes montée
    il lo gli i una un su per e o piste percorsi
    """.split()
)
_PLAIN = frozenset(
    "route trail run piste pista abfahrt strecke sentier itinéraire parcours percorso itinerario sentiero tracciato "
    "winter summer new main lower upper easy standard primary alternate alternative morning evening afternoon day night daily "
    "green yellow red blue black beginner intermediate expert uphill east west north south front back".split()
)
_DATES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december january's mondays fridays saturdays sundays montag dienstag mittwoch donnerstag freitag
    samstag sonntag januar jänner februar märz mai juni juli oktober dezember janvier février mars avril juin juillet
    octobre novembre décembre gennaio febbraio marzo aprile dicembre
    """.split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A candidate: ``text`` as written, tokens ``first`` to ``last`` of the clause."""

    text: str
    first: int
    last: int
    noun: bool
    """Whether a word for a route is part of it or right beside it."""


def names(clause: Clause, *, heads_sentence: bool) -> Iterator[Name]:
    """Candidates in the clause; a sentence's first word is capitalised anyway and counts for nothing."""
    starts = {token.start: i for i, token in enumerate(clause.tokens)}
    for match in _NAME.finditer(clause.text, clause.start, clause.end):
        begin = match.start()
        words = match[0].split(" ")
        while words and (
            words[0].casefold() in _GENERIC
            and not _is_lettered(words)
            or begin == clause.start
            and heads_sentence
            and len(words) == 1
            and words[0][0].isalpha()
        ):
            begin += len(words[0]) + 1
            words = words[1:]
        first = starts.get(begin)
        text = " ".join(words).rstrip(".,'’")
        if first is None or not _is_name(text):
            continue
        last = max(i for i, token in enumerate(clause.tokens) if token.start < begin + len(text))
        yield Name(text, first, last, noun=_beside_noun(clause, first, last, words))


def _is_lettered(words: list[str]) -> bool:
    """ "Route A", "Loop 2": the noun belongs to the name."""
    return (
        len(words) > 1
        and words[0].casefold() in _LEADING_NOUNS
        and (len(words[1]) <= 2 or words[1][:1] in "#")
    )  # noqa: PLR2004


def _is_name(text: str) -> bool:
    words = [w.casefold() for w in re.findall(r"[\w'’]+", text)]
    if (
        not words
        or all(w in _GENERIC or w in _NEVER or w.isdigit() for w in words)
        and not _is_lettered(text.split(" "))
    ):
        return False
    if any(w in _DATES for w in words):
        return False
    if all(w in _GENERIC or w in _PLAIN for w in words) and not _is_lettered(text.split(" ")):
        return False
    return (
        not (words[-1] in _NEVER or (len(text) < 3 and not text.isdigit()))
        and not text.isupper()
        or _is_lettered(text.split(" "))
    )  # noqa: PLR2004


def _beside_noun(clause: Clause, first: int, last: int, words: list[str]) -> bool:
    if any(word.casefold() in _NOUNS for word in words):
        return True
    after = clause.tokens[last + 1].fold if last + 1 < len(clause.tokens) else ""
    before = clause.tokens[first - 1].fold if first else ""
    return after in _NOUNS or before in _LEADING_NOUNS
