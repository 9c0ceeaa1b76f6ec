"""Lists, tables and sections that name the ways up one by one."""

import re
from collections.abc import Iterator

from crawler.extract.columns import is_row
from crawler.extract.document import Document
from crawler.extract.hours.times import spans
from crawler.extract.lines.entries import begins_its_line
from crawler.extract.once import once
from crawler.extract.pages.page import Block
from crawler.extract.routes.called import STARTS, is_called, is_called_a_route
from crawler.extract.routes.heads import (
    NO_LIST,
    NO_PAGE,
    PAIR,
    is_of_another_pastime,
    is_of_others,
    is_of_the_report,
)
from crawler.extract.routes.names import (
    ARROWS,
    Name,
    follows_an_arrow,
    is_numbered,
    is_of_a_mountain,
    names,
    speaks,
)
from crawler.extract.routes.paths import behind_its_base, behind_its_mountain
from crawler.extract.routes.states import state
from crawler.extract.routes.tables import cell_of_routes, cells_of_routes, titled
from crawler.extract.routes.words import COLOURS
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

_SEVERAL = frozenset(["routes", "trails", "tracks", "uptracks", "routen", "spuren", "strecken"])
"""What a heading of several ways up ends in: "Daytime Routes"."""
_SECTION = 2
"""Level of a section's heading, which is no entry."""
_BEHIND_LABEL = 4
"""Tokens of a colour or number before the name: "Route 1 – Birch Run"."""
_JOINS = frozenset(["to", "and", "then", "&", "/", ">", "→", "und", "et", "puis", "e", "ed", ",", ";"])
_LABEL_MARKS = frozenset("–—-:.)")
_ENTRY_MARKS = frozenset(":–—-(|,")
_CLIMB = re.compile(
    r"\d ?(?:Hm|hm|Höhenmetern?|(?:m|mètres?) de (?:dénivelé|D\+)|(?:m|metri) di dislivello|vertical feet"
    r"|(?:ft|feet|m|metres) (?:of )?(?:vertical|climbing|gain|elevation|ascent))\b|\b[dD]énivelée? ?(?:: ?|de )?\d"
    r"|\bdislivello:? (?:di )?\d|\d ?m(?: de)? D\+"
    r"|\b(?:Höhendifferenz|Höhenunterschied|Höhenmeter|Dénivelée?|Dénivellation|Dislivello|Vertical(?: gain)?"
    r"|Elevation gain)(?: \||:) (?:ca\. )?\d"
)
"""How much one climbs: what is told of a way up."""
_LEADS_FROM = re.compile(STARTS, re.IGNORECASE)
"""What an entry tells first behind its name: "Birch Run – from the lower lot"."""
_FROM = re.compile(rf"[:–—(|,-]\s*{STARTS}", re.IGNORECASE)
_LEG = re.compile(
    r"[:–—-]\s?[^\W\d_][^,;:()|–—]{2,40}? (?:to|bis|à|au|a|al|alla|→|–) [^,;:()|]{3,40}, ?"
    r"\d[\d.,’' ]{0,6} ?(?:m|ft|feet|km|mi|miles|Hm|vertical|mètres|metri)\b"
)
"""Both ends and the length or climb: "Birch Run – Village to Cabin, 410 m"."""
_NEAR_BELOW = 160
"""Characters after a heading in which its climb is told."""
_LINKS = frozenset(["up", "the", "via"])
_LONGEST_JOINT = 3
"""Tokens."""
_DESCRIBED = re.compile(
    r"\d ?(?:m|km|Hm|hm|ft|feet|vertical|miles?|mi|Höhenmeter|mètres|metri|metres)\b"
    r"|\b(?:from|via|starts|begins|leaves|follows|climbs|steeper|easier|vom|von|zur|zum|Départ|Arrivée|Partenza|Arrivo|dislivello)\b",
    re.IGNORECASE,
)
_FAR = 300
"""Characters after a section's name in which it is described."""
_MOST_WORDS = 7
_OTHERS = (
    "dog", "lights", "reflective", "trailhead", "snowshoe", "foot", "bike", "ski_gear", "waiver", "uphill_pass",
    "any_pass", "downhill", "when_heading", "other_topic", "equipment_heading", "machines", "price_word", "must",
    "permit", "forbid", "should", "neg", "status_word", "date", "check_in", "leash", "confine", "lodging",
    "ascent_noun", "emergency", "call", "own_risk", "summer", "rental", "imprint", "look_up", "you", "hold", "minor",
)  # fmt: skip
"""What an entry's words may tell other than a name."""


def entries(scoped: Scoped, document: Document, confined: Block | None) -> tuple[Name, ...]:
    """The names that an entry of such a list begins with; none where it is no entry.

    ``confined`` is the last block before it that confines climbers to routes.
    """
    block = scoped.sentence.block
    if (block.row and block.level) or scoped.whole.has("imprint") or "©" in scoped.sentence.text:
        return ()  # the header of a table, the foot of the page
    if is_of_another_pastime(document, block) or is_of_the_report(scoped, document):
        return ()
    if not begins_its_line(scoped.sentence) and not _begins_with_a_route(scoped):
        return ()
    section = (
        _is_section(scoped, document)
        or _tells_its_climb(scoped, document)
        or is_called_a_route(scoped, document)
    )
    strict = section or _is_listed(scoped) or _is_led(scoped, confined)
    if not (strict or _is_status_row(scoped)):
        return ()
    if block.level and not (section or _is_described(scoped, document)):
        return ()
    parts = cells_of_routes(scoped) if block.row else []
    first, *further = parts or [(0, len(scoped.whole.tokens))]
    found = tuple(_heads(scoped, first, strict=strict))
    title = titled(scoped) if not found else None
    found = (title,) if title is not None else found
    return (*found, *(name for part in further if found for name in _heads(scoped, part, strict=strict)))


def _begins_with_a_route(scoped: Scoped) -> bool:
    """As in "The Pioneer Trail (red tags) goes up from the west lot.", further down a paragraph of routes."""
    if scoped.sentence.block.row or (scoped.sentence.rules("forbid") and not scoped.whole.has("except")):
        return False  # "Otter Bowl and Stoat Ridge are closed to uphill traffic"
    name = next(iter(names(scoped.whole, heads_sentence=False)), None)
    return name is not None and name.first <= 1 and name.noun


def _is_listed(scoped: Scoped) -> bool:
    """Whether the line stands right below a heading of ways up, or under a column of them."""
    block, heads = scoped.sentence.block, scoped.headings
    if 0 < block.level <= _SECTION or not heads or scoped.scope is Scope.OUT:
        return False
    near = heads[0]
    if block.row:
        if is_of_others(heads):
            return False
        about = any(head.has("route_heading", "uphill", "uphill_route") for head in heads[:2])
        known = about or scoped.intro is not None or scoped.scope is Scope.EXPLICIT
        return known and _is_row_of_routes(scoped)
    if block.level and not near.has("route_noun"):
        return False
    opened = near.travels and near.has("open") and len(near.tokens) <= _MOST_WORDS
    bare = scoped.scope is Scope.EXPLICIT and len(near.tokens) <= PAIR
    bare = bare and (near.first("where_heading") == 0 or near.first("route_noun") == 0)
    told = _names_alike(near, scoped) if _is_named(near) else near.has("route_heading") or opened or bare
    return told and not is_of_others(heads)


def _is_row_of_routes(scoped: Scoped) -> bool:
    near = scoped.headings[0]
    if is_row(near):
        return cell_of_routes(scoped) is not None
    if near.has("route_heading") and _tells_of_it(scoped):
        return True
    today = near.travels and near.has("status_word", "open", "closed")
    return today and state(scoped.whole) is not None


def _is_section(scoped: Scoped, document: Document) -> bool:
    """A heading right above the climb that it has: "Gämsi" above "Ab Talstation, 240 Hm"."""
    block, whole = scoped.sentence.block, scoped.whole
    led = whole.first("uphill_route") == 0  # "Aufstiegsroute Sonnegg"
    led = led or (document.about and whole.first("route_noun") == 0)
    if block.level <= _SECTION - led or scoped.scope is Scope.OUT or len(whole.tokens) > _MOST_WORDS:
        return False
    name = next(iter(names(whole, heads_sentence=False)), None)
    houses = whole.hits.get("lodging", ())  # "Percorso Malga Bassa – Cima Larice" is no inn's
    joined = name is not None and name.led and all(name.first < hit.first <= name.last for hit in houses)
    if whole.has(*NO_PAGE, "downhill", "other_topic") or (houses and not joined):
        return False
    if any(head.has(*NO_PAGE, "lodging") for head in scoped.headings):
        return False
    text = document.page.text
    if name is not None and name.led and not name.first and _is_described(scoped, document):
        return True  # "Itinerario Monte Piana"
    below = min(block.end + _NEAR_BELOW, document.page.end_below(block))
    return document.about and _CLIMB.search(text, block.end, below) is not None


def _tells_its_climb(scoped: Scoped, document: Document) -> bool:
    """A line with a name, and then its climb or where it leads from: "Birch Run – 390 m of ascent"."""
    block, whole = scoped.sentence.block, scoped.whole
    if block.level or block.row or scoped.scope is Scope.OUT or not document.about or whole.has("downhill"):
        return False
    if any(head.has(*NO_PAGE, "lodging") for head in scoped.headings):
        return False
    leg = whole.numbered and _LEG.search(scoped.sentence.text) is not None
    climb = whole.numbered and _CLIMB.search(scoped.sentence.text) is not None
    if not (leg or climb or _FROM.search(scoped.sentence.text)):
        return False
    name = next(iter(names(whole, heads_sentence=False, faint=True)), None)
    below_a_name = (
        bool(scoped.headings) and _is_named(scoped.headings[0]) and not _is_mountain(scoped.headings[0])
    )
    named = name is not None and (name.noun or not below_a_name)
    return (
        name is not None
        and named
        and name.first <= 1
        and not _is_other(whole, name)
        and _is_described_behind(scoped, name, led=name.noun or name.faint)
    )


def _is_described_behind(scoped: Scoped, name: Name, *, led: bool) -> bool:
    """Whether a mark and the climb stand behind the name; or where it is from, if it is ``led`` by a route's word."""
    after = scoped.whole.tokens[name.last + 1 : name.last + 2]
    if not after or after[0].fold not in _ENTRY_MARKS:
        return False
    told = scoped.sentence.text[after[0].end - scoped.sentence.start :].lstrip()
    if _LEG.search(scoped.sentence.text, after[0].start - scoped.sentence.start) is not None:
        return True
    return _CLIMB.search(told) is not None or (led and _LEADS_FROM.match(told) is not None)


def _tells_of_it(scoped: Scoped) -> bool:
    """Whether a row without a header tells a length, hours or a state, as rows of routes do."""
    found = state(scoped.whole) is not None or any(spans(clause) for clause in scoped.clauses)
    return found or scoped.whole.has("route_noun") or _DESCRIBED.search(scoped.sentence.text) is not None


@once
def _is_named(head: Clause) -> bool:
    """Whether the heading above is itself the name of a route, as of the entry before."""
    name = next(iter(names(head, heads_sentence=False)), None)
    if name is None or name.first or head.has(*_OTHERS) or head.tokens[name.last].fold in _SEVERAL:
        return False
    return name.last + 1 == len(head.tokens) or head.tokens[name.last + 1].is_mark


def _is_mountain(head: Clause) -> bool:
    """Whether the heading names a mountain, whose ways up are told below it."""
    name = next(iter(names(head, heads_sentence=False)), None)
    return name is not None and (name.place or is_of_a_mountain(name))


def _names_alike(head: Clause, scoped: Scoped) -> bool:
    """Whether a line is made as the heading before it: both a name and a word in brackets."""
    one, other = head.text[head.start : head.end + 1], scoped.sentence.text
    below = scoped.headings[1] if len(scoped.headings) > 1 else None
    return (
        one.rstrip().endswith(")")
        and other.rstrip().endswith(")")
        and below is not None
        and below.has("route_heading")
        and not below.has("downhill")
    )


def _is_led(scoped: Scoped, confined: Block | None) -> bool:
    """Whether it is an entry under "You may climb on the designated routes only:"."""
    intro = scoped.intro
    if intro is None or scoped.sentence.block.level:
        return False
    within = confined is not None and confined.start <= intro.start < confined.end
    if intro.has("downhill") and not intro.has("ascend", "uphill"):
        return within and not intro.has("ski_gear")
    if intro.has("dog", "lights", "ski_gear", "downhill") or intro.rules("forbid"):
        return False
    leads = intro.has("route_noun") and (
        intro.has("designated_route", "uphill_route", "route_heading", "designated") or intro.travels
    )
    return leads or within


def _is_status_row(scoped: Scoped) -> bool:
    """As in "Tracciato del Larice | Aperto": a route's word, a name and its state."""
    whole = scoped.whole
    if scoped.scope is Scope.OUT or scoped.sentence.block.level or whole.has("downhill", "other_topic"):
        return False
    if state(whole) is None or any(head.has(*NO_LIST) for head in scoped.headings[:2]):
        return False
    head = next(iter(names(whole, heads_sentence=False)), None)
    if head is None or head.first or not (head.led or head.noun):
        return False
    return head.last + 1 < len(whole.tokens) and whole.tokens[head.last + 1].fold in "|:"


def _is_described(scoped: Scoped, document: Document) -> bool:
    text, whole, block = document.page.text, scoped.whole, scoped.sentence.block
    after = text[block.end : min(block.end + _FAR, document.page.end_below(block))].strip()
    bracket = next((i for i, token in enumerate(whole.tokens) if token.fold == "("), 0)
    if 0 < bracket < _MOST_WORDS and _DESCRIBED.search(text, whole.tokens[bracket].start, whole.end):
        return True  # "Birch Run (1.8 mi, 1,200 ft)"
    return len(whole.tokens) <= _MOST_WORDS + 2 and _DESCRIBED.search(after) is not None


def _heads(scoped: Scoped, part: tuple[int, int], *, strict: bool) -> Iterator[Name]:
    """The names that a part of the sentence, from one token to before another, begins with."""
    whole = scoped.whole
    if whole.first("neg") == 0:
        return
    begin, end = part
    last: Name | None = None
    told = tuple(names(whole, heads_sentence=False, faint=True))
    for name in told:
        if last is None and name.first - begin <= 1:
            path = max(behind_its_mountain(whole, name, told), behind_its_base(whole, name))
            begin = max(begin, path)
        if name.faint and not _is_described_behind(scoped, name, led=True) and not _fills(scoped, name):
            continue
        if not begin <= name.first < end:
            continue
        begins = last is None and (name.first - begin <= 1 or _labels(whole, name))
        if _is_other(whole, name) or not (begins or (last is not None and _is_joined(whole, last, name))):
            if last is None and name.first - begin > _BEHIND_LABEL:
                return
            continue
        if speaks(name) or not _ends(whole, name) or not _is_sure(scoped, name, strict=strict):
            return
        if last is None and is_numbered(name) and _has_better(whole, name):
            continue
        yield name
        last = name


def _fills(scoped: Scoped, name: Name) -> bool:
    """Whether it is all that stands in its row's column of routes, as "Summer Road" may, or is called a route."""
    in_its_cell = scoped.sentence.block.row and _fills_its_cell(scoped, name) and name.noun
    return in_its_cell or is_called(scoped, name)


def _fills_its_cell(scoped: Scoped, name: Name) -> bool:
    return cell_of_routes(scoped) == (name.first, name.last + 1) and scoped.headings[0].has("route_noun")


def _labels(clause: Clause, name: Name) -> bool:
    """Whether a colour, number or weekday and a mark stand before the name: "Red – Birch Run"."""
    if not 0 < name.first <= _BEHIND_LABEL:
        return False
    before = [token.fold for token in clause.tokens[max(0, name.first - 2) : name.first]]
    return before[-1] in _LABEL_MARKS or (name.noun and before[0] in _LABEL_MARKS)


def _has_better(clause: Clause, name: Name) -> bool:
    following = clause.tokens[name.last + 1 : name.last + 2]
    after = next((n for n in names(clause, heads_sentence=False) if n.first == name.last + 2), None)
    return (
        bool(following) and following[0].fold in "–—-:" and after is not None and not _is_other(clause, after)
    )


def _ends(clause: Clause, name: Name) -> bool:
    """Whether the entry is the name alone, or the name and then a mark, a length or another name."""
    if name.last + 1 == len(clause.tokens):
        return True
    after = clause.tokens[name.last + 1]
    if after.fold in COLOURS and name.last + 2 == len(clause.tokens):
        return True  # "Gämsi blau"
    if clause.text[clause.tokens[name.last].end : after.start].strip() in ARROWS:
        return True
    if (
        after.fold == "up"
        and clause.tokens[name.last + 2 : name.last + 3]
        and clause.tokens[name.last + 2].fold == "to"
    ):
        return True  # "Birch Run up to Maple Lane"
    return after.is_mark or after.fold in _JOINS or after.fold[0].isdigit()


def _is_joined(clause: Clause, before: Name, name: Name) -> bool:
    """As "Maple Lane" is in "Birch Run to Maple Lane"; behind a comma only with a word for a route."""
    between = [t.fold for t in clause.tokens[before.last + 1 : name.first]]
    if between == [","]:
        alone = all(t.is_mark or t.fold in _JOINS or clause.text[t.start].isupper() for t in clause.tokens)
        return (name.noun or alone) and not any(token.fold == "|" for token in clause.tokens[: name.first])
    if not between:
        return follows_an_arrow(clause, before, name)
    return 0 < len(between) <= _LONGEST_JOINT and all(w in _JOINS or w in _LINKS for w in between)


def _is_other(clause: Clause, name: Name) -> bool:
    """Whether all words of it speak of something else: "Headlamp", "Snow Conditions"."""
    told = clause.tokens_of(*_OTHERS)
    words = [i for i in range(name.first, name.last + 1) if clause.tokens[i].fold[0].isalnum()]
    return not name.quoted and (
        (name.first in told and not (name.noun or len(words) > 1)) or all(i in told for i in words)
    )


def _counts_ways(intro: Clause) -> bool:
    """As in "We have laid out two tracks for you:", where each entry below names one."""
    counted = intro.has("hour_2", "hour_3", "hour_4", "hour_5", "hour_6") and intro.has("uphill_route")
    return counted and intro.tokens[-1].fold == ":"


def _is_sure(scoped: Scoped, name: Name, *, strict: bool) -> bool:
    if name.proper or scoped.sentence.block.level:
        dated = scoped.whole.has("date") and not scoped.sentence.block.row  # "Updated: 3 March"
        return name.noun or (strict and not name.place and not dated)
    if not strict or name.place:
        return False
    if scoped.intro is not None and _counts_ways(scoped.intro):
        return True
    # a German noun in a list of routes: a name where its entry tells how long it is, from where, or whether it is open
    after = scoped.sentence.text[scoped.whole.tokens[name.last].end - scoped.sentence.start :]
    told = _DESCRIBED.search(after) is not None or state(scoped.whole) is not None
    told = told or (scoped.sentence.block.row and _fills_its_cell(scoped, name) and bool(spans(scoped.whole)))
    return name.landmark or (told and after[:2].strip() in {"|", ":", "–", "(", "-", ","})
