"""Routes or trails that are open for the ascent, as the resort names them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pydantic import ValidationError

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.document import Document
from crawler.extract.hours.times import spans
from crawler.extract.pages.page import Block
from crawler.extract.routes.answers import answering, asks_which_way, confining
from crawler.extract.routes.chains import is_end_of_a_leg
from crawler.extract.routes.counts import counted
from crawler.extract.routes.details import detailed
from crawler.extract.routes.heads import is_of_the_report
from crawler.extract.routes.legs import goes_up, heads_list, is_another, is_resort, leads_up, may_lead_up
from crawler.extract.routes.lists import entries
from crawler.extract.routes.names import Name, is_a_point, is_numbered, is_of_a_mountain, names
from crawler.extract.routes.numbered import numbered_ways
from crawler.extract.routes.numbers import without_numbers
from crawler.extract.routes.states import status_of, windows_of
from crawler.extract.routes.words import KINDS
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause
from uphill.policy import Route, Window
from uphill.vocabulary import Status

FIELD = "routes"
NEEDS: tuple[str, ...] = ()

_BADGES = frozenset(["yellow", "blue", "black", "green", "red", "easy", "intermediate", "advanced", "expert"])
_DOTS = frozenset("●•■◆")
_CELLS = frozenset("|:")
_ENDS = frozenset("|,(\n")
_SECTION = 2
"""Level of a section's heading: only a name in quotation marks is one there."""
_MOST = 25
_ENTRY = "an entry of a list of ways up"


def claims(document: Document) -> Iterator[Claim]:
    yield from detailed(document, without_numbers(_named(document), document.page.text))


def _named(document: Document) -> Iterator[Claim]:
    own = {word.casefold() for word in re.findall(r"\w+", document.page.title)}
    own.update(word for name in document.own_names for word in name)
    confined: Block | None = None
    on_the_way_up: Block | None = None
    previous: Scoped | None = None
    for scoped in document.main:
        block = scoped.sentence.block
        before, on_the_way_up = on_the_way_up, _way_up(scoped, on_the_way_up)
        asked, previous = previous is not None and asks_which_way(previous), scoped
        if _names_none(scoped, document):
            continue
        for name in (*counted(scoped), *numbered_ways(scoped)):
            yield from _claim(name, scoped, status=_announced(scoped), why="one of the ways that are counted")
        listed = tuple(
            name for name in entries(scoped, document, confined) if not _is_of_the_next(scoped.whole, name)
        )
        if scoped.whole.has("designated_route"):
            confined = block
        if listed:
            on_the_way_up = block
            status, hours = status_of(scoped, listed[-1]), windows_of(scoped) if len(listed) == 1 else ()
            yield from (
                claim
                for name in listed
                if not is_resort(name, own)
                for claim in _claim(name, scoped, status=status, windows=hours, why=_ENTRY)
            )
        for name in () if listed else answering(scoped) if asked else confining(scoped):
            if not is_resort(name, own):
                yield from _claim(name, scoped, status=_announced(scoped), why="told to be the way up")
        if not scoped.whole.has("dog", "lights"):
            told = before is block or scoped.headed("route_heading")
            found = _in_prose(scoped, own, listed[-1] if listed else None, told=told)
            for name in found:
                on_the_way_up = block
                yield from _claim(name, scoped, status=_announced(scoped), why="named as a way up")


def _names_none(scoped: Scoped, document: Document) -> bool:
    """Whether it is a question, the page's title or a row of the day's report on runs and lifts."""
    block = scoped.sentence.block
    # "Where", "When" above what is told of it
    label = block.level and 0 in (scoped.whole.first("where_heading"), scoped.whole.first("when_heading"))
    if label and len(scoped.whole.tokens) == 1:
        return True
    title = block.level == 1 or (block.level and document.page.words(block) == document.page.title)
    return scoped.sentence.asks or bool(title) or (block.row and is_of_the_report(scoped, document))


def _way_up(scoped: Scoped, before: Block | None) -> Block | None:
    """The block, where it speaks of the way up."""
    told = scoped.whole.has("uphill_route", "designated_route") and not scoped.whole.has("downhill")
    return scoped.sentence.block if told else before


_NEAR = 2
"""Tokens from "at the edge of" to the run."""


def _in_prose(scoped: Scoped, own: set[str], accepted: Name | None, *, told: bool) -> Iterator[Name]:
    """Names behind ``accepted``, which the sentence begins with as an entry of a list."""
    if accepted is None and not may_lead_up(scoped):
        return
    waiting: list[Name] = []
    listed = accepted is not None
    for name in names(scoped.whole, heads_sentence=True):
        if accepted is not None and name.first <= accepted.last:
            continue
        if _is_no_candidate(scoped, name) or (listed and is_end_of_a_leg(scoped.whole, name)):
            continue
        if is_resort(name, own) or not goes_up(scoped, name):
            continue
        if is_of_a_mountain(name) or is_a_point(scoped.whole, name):
            continue
        if leads_up(scoped, name, accepted, told=told):
            accepted = name
            if not is_another(scoped.whole, name):
                yield from _listed_before(scoped, waiting, name)
            yield name
            waiting = []
        else:
            waiting.append(name)


def _is_no_candidate(scoped: Scoped, name: Name) -> bool:
    in_title = scoped.sentence.block.level == _SECTION and not name.quoted
    others = _names_people(scoped.whole, name) or _is_what_its_edge_belongs_to(scoped, name)
    return in_title or others or _is_count(scoped.whole, name) or _is_of_the_next(scoped.whole, name)


def _names_people(whole: Clause, name: Name) -> bool:
    """As "Tourengängerinnen", which German writes with a capital."""
    people = whole.hits_of("uphill", "ascend", "you")
    german = whole.lang == "de" and not (name.noun or name.quoted)
    return german and any(hit.first == hit.last == name.last for hit in people)


def _is_what_its_edge_belongs_to(scoped: Scoped, name: Name) -> bool:
    """As the run of "Up at the edge of the Maibrand run", below the name of a route of its own."""
    if scoped.heading is None or not scoped.headed("uphill_route", "route_noun"):
        return False
    own = any(one.noun and one.text != name.text for one in names(scoped.heading, heads_sentence=True))
    return own and any(0 < name.first - hit.last <= _NEAR for hit in scoped.whole.hits.get("edge", ()))


def _is_count(whole: Clause, name: Name) -> bool:
    """As in "more than 30 Skitouren"."""
    travels = whole.hits_of("uphill", "ascend")
    return name.text[0].isdigit() and any(hit.covers(name.last) for hit in travels)


def _is_of_the_next(whole: Clause, name: Name) -> bool:
    """As the number in "Piste 7 (Sattelabfahrt)", which is that of the name beside it."""
    if not is_numbered(name):
        return False
    before = whole.tokens[name.first - 1].fold if name.first else ""
    if before == "(" and any(other.last == name.first - 2 for other in names(whole, heads_sentence=True)):
        return True  # "Familienabfahrt (Piste 6)"
    opens = whole.tokens[name.last + 1 : name.last + 2]
    return (
        bool(opens)
        and opens[0].fold == "("
        and any(other.first == name.last + 2 for other in names(whole, heads_sentence=True))
    )


def _listed_before(scoped: Scoped, waiting: Sequence[Name], name: Name) -> Sequence[Name]:
    """Of the names that wait for a word that leads up, those in one list with the name that has it."""
    joined: list[Name] = []
    for before in reversed(waiting):
        if not heads_list(scoped.whole, before, name):
            break
        joined.insert(0, before)
        name = before
    return joined


def _announced(scoped: Scoped) -> Status:
    """What a notice tells of today; that a route "is open to skinners" is a rule."""
    whole = scoped.whole
    told_now = scoped.sentence.block.alert or whole.has("now", "status_word")
    if not (told_now or (scoped.sentence.block.row and not spans(whole))):  # "Birch Run | Open 7 to 16"
        return Status.UNKNOWN
    opened, closed = whole.has("open"), whole.has("closed")
    return Status.UNKNOWN if opened == closed else Status.OPEN if opened else Status.CLOSED


def _claim(
    name: Name, scoped: Scoped, *, status: Status, windows: tuple[Window, ...] = (), why: str
) -> Iterator[Claim]:
    try:
        told = _with_noun(_without_badge(_without_state(name, scoped.whole), scoped, name), scoped, name)
        route = Route(name=told, status=status, windows=windows)
    except ValidationError:
        return
    yield Claim(FIELD, route, scoped.sentence.start, scoped.sentence.end, Strength.PLAIN, why)


def _with_noun(told: str, scoped: Scoped, name: Name) -> str:
    """The name as its own line or cell writes it: "Aufstiegsspur Maibrand", which prose calls "der Maibrand"."""
    whole, block = scoped.whole, scoped.sentence.block
    apart = block.level or (block.listed and not block.row)
    if whole.lang != "de" or not apart or name.quoted or not name.first:
        return told
    noun, text = whole.tokens[name.first - 1], whole.text
    nouns = whole.hits_of("route_noun", "uphill_route")
    end = whole.tokens[name.last].end
    begins = name.first == 1 or whole.tokens[name.first - 2].fold in _CELLS
    ends = text[end : block.end].lstrip()[:1] in ("", *_ENDS)
    called = any(hit.first == hit.last == name.first - 1 for hit in nouns) and text[noun.start].isupper()
    return text[noun.start : noun.end] + " " + told if begins and ends and called else told


def _without_badge(told: str, scoped: Scoped, name: Name) -> str:
    """The name less how hard it is, as a badge in its heading writes it: "Birch Run Blue", or a dot: "● Yellow Elm"."""
    words = told.split(" ")
    if len(words) > 1 and scoped.sentence.block.level and words[-1].casefold() in _BADGES:
        return " ".join(words[:-1])
    start = scoped.whole.tokens[name.first].start
    dotted = scoped.whole.text[:start].rstrip()[-1:] in _DOTS
    return " ".join(words[1:]) if len(words) > 1 and dotted and words[0].casefold() in _BADGES else told


def _without_state(name: Name, clause: Clause) -> str:
    """The name less the state behind it, as a badge on its line writes it: "Birch Run Closed"."""
    states = clause.hits_of("open", "closed")
    behind = next((hit for hit in states if hit.last == name.last and hit.first > name.first), None)
    if behind is None:
        return name.text
    return clause.text[clause.tokens[name.first].start : clause.tokens[behind.first - 1].end]


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    """Each name once, in the page's order, with the first status and the first hours told of it."""
    kept: dict[str, Claim] = {}
    for claim in claims:
        key = _key(claim.value.name)
        if not key:
            continue
        known = kept.setdefault(key, claim)
        if known is not claim:
            kept[key] = _merged(known, claim)
    chosen = list(kept.values())[:_MOST]
    return Settled(tuple(c.value for c in chosen), tuple(chosen)) if chosen else UNSTATED


def _merged(known: Claim, other: Claim) -> Claim:
    """One claim of the two: the quote that tells the status is kept."""
    one, two = known.value, other.value
    status = one.status if one.status is not Status.UNKNOWN else two.status
    rows = known.why == other.why == _ENTRY  # "Birch Run | Mon-Fri | 5-8" and "Birch Run | Sat | 5-7"
    hours = dict.fromkeys((*one.windows, *two.windows)) if rows else one.windows or two.windows
    route = one.model_copy(update={"status": status, "windows": tuple(hours)})
    proof = known if status is one.status else other
    return Claim(FIELD, route, proof.start, proof.end, proof.strength, proof.why)


def _key(name: str) -> str:
    words = re.findall(r"\w+", name.casefold())
    return " ".join(w for w in words if w not in KINDS) or " ".join(words)
