"""Lists, tables and sections that name the ways up one by one."""

import re
from collections.abc import Iterator

from crawler.extract.columns import column_of
from crawler.extract.document import Document, Scope, Scoped
from crawler.extract.page import Block
from crawler.extract.routenames import Name, names
from crawler.extract.sentences import Clause
from crawler.extract.times import spans
from crawler.extract.weekdays import days_in
from uphill.policy import Window
from uphill.vocabulary import Status

_SECTION = 2
"""Level of a section's heading, which is no entry."""
_BEHIND_LABEL = 4
"""Tokens of a colour or number before the name: "Route 1 – Birch Run"."""
_JOINS = frozenset(["to", "and", "then", "&", "/", ">", "→", "und", "et", "puis", "e", "ed", ",", ";"])
_LINKS = frozenset(["up", "the", "via"])
_LONGEST_JOINT = 3
"""Tokens."""
_DESCRIBED = re.compile(
    r"\d ?(?:m|km|Hm|hm|ft|feet|vertical|miles?|mi|Höhenmeter|mètres|metri)\b"
    r"|\b(?:starts|begins|leaves|follows|climbs|steeper|easier|vom|von|zur|zum|Départ|Arrivée|Partenza|Arrivo|dislivello)\b",
    re.IGNORECASE,
)
_FAR = 300
"""Characters after a section's name in which it is described."""
_MOST_WORDS = 7
_STATUS_WITHIN = 12
"""Tokens of an entry that may hold a status."""
_OTHERS = (
    "dog", "lights", "reflective", "trailhead", "snowshoe", "foot", "bike", "ski_gear", "waiver", "uphill_pass",
    "any_pass", "downhill", "when_heading", "other_topic", "equipment_heading", "machines", "price_word", "must",
    "permit", "forbid", "should", "neg", "status_word", "date", "check_in", "leash", "confine", "lodging",
    "ascent_noun", "emergency", "call", "own_risk", "summer", "rental", "imprint", "look_up", "you", "hold", "minor",
)  # fmt: skip
"""What an entry's words may tell other than a name."""
_NO_PAGE = ("bike", "summer", "other_place", "race_news")
"""In any heading above a list that is not of ways up in winter."""
_NO_LIST = ("downhill", "other_topic", "closed", "race_news", "rental", "lodging", "summer")


def entries(scoped: Scoped, document: Document, confined: Block | None) -> tuple[Name, ...]:
    """The names that an entry of such a list begins with; none where it is no entry.

    ``confined`` is the last block before it that confines climbers to routes.
    """
    block = scoped.sentence.block
    if block.row and block.level:
        return ()  # the header of a table
    if scoped.sentence.start > block.start + 1 and document.page.text[block.start] not in "•▪●✓*–-»":
        return ()
    strict = _is_listed(scoped) or _is_led(scoped, confined)
    if not (strict or _is_status_row(scoped)):
        return ()
    if block.level and not _is_described(scoped, document):
        return ()
    return tuple(_heads(scoped, strict=strict))


def _is_listed(scoped: Scoped) -> bool:
    """Whether the line stands right below a heading of ways up, or under a column of them."""
    block, heads = scoped.sentence.block, scoped.headings
    if 0 < block.level <= _SECTION or not heads or scoped.scope is Scope.OUT:
        return False
    if any(head.has(*_NO_PAGE) for head in heads):
        return False
    if any(head.has(*_NO_LIST) or head.rules("forbid") for head in heads[:2]):
        return False
    near = heads[0]
    if block.row:
        column = near.first("route_noun")
        bar = next((i for i, token in enumerate(near.tokens) if token.fold == "|"), -1)
        of_routes = 0 <= column < bar if bar >= 0 else near.has("route_heading")
        about = any(head.has("route_heading", "uphill", "uphill_route") for head in heads[:2])
        return of_routes and (about or scoped.intro is not None or scoped.scope is Scope.EXPLICIT)
    opened = near.travels and near.has("open") and len(near.tokens) <= _MOST_WORDS
    return (
        near.has("route_heading")
        or opened
        or (_is_named(near) and _names_alike(near, scoped) and heads[1:2] != ())
    )


def _is_named(head: Clause) -> bool:
    """Whether the heading above is itself the name of a route, as of the entry before."""
    return any(name.first == 0 for name in names(head, heads_sentence=False)) and not head.has(*_OTHERS)


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
    if any(head.has(*_NO_LIST) for head in scoped.headings[:2]):
        return False
    head = next(iter(names(whole, heads_sentence=False)), None)
    if head is None or head.first or not (head.led or head.noun):
        return False
    return (
        head.last + 1 < len(whole.tokens)
        and whole.tokens[head.last + 1].fold in "|:"
        and _status(whole) is not None
    )


def _is_described(scoped: Scoped, document: Document) -> bool:
    text = document.page.text
    after = text[scoped.sentence.block.end : scoped.sentence.block.end + _FAR].strip()
    return len(scoped.whole.tokens) <= _MOST_WORDS + 2 and _DESCRIBED.search(after) is not None


def _heads(scoped: Scoped, *, strict: bool) -> Iterator[Name]:
    whole = scoped.whole
    if whole.first("neg") == 0:
        return
    last: Name | None = None
    for name in names(whole, heads_sentence=False):
        begins = last is None and (name.first <= 1 or _labels(whole, name))
        if _is_other(whole, name) or not (begins or (last is not None and _is_joined(whole, last, name))):
            if last is None and name.first > _BEHIND_LABEL:
                return
            continue
        if not _ends(whole, name) or not _is_sure(scoped, name, strict=strict):
            return
        if last is None and _is_numbered(name) and _has_better(whole, name):
            continue
        yield name
        last = name


def _labels(clause: Clause, name: Name) -> bool:
    """Whether a colour or a number and a mark stand before the name: "Red – Birch Run"."""
    return 0 < name.first <= _BEHIND_LABEL and clause.tokens[name.first - 1].fold in "–—-:.|)"


def _is_numbered(name: Name) -> bool:
    """As "Route 1" is, or "Nr. 3": a name only where no other follows."""
    return re.fullmatch(r"(?:\w+ )?(?:#|Nr\. ?|No\. ?|n° ?)?\d{1,2}[a-z]?|\w+ [A-Z]", name.text) is not None


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
    return after.is_mark or after.fold in _JOINS or after.fold[0].isdigit()


def _is_joined(clause: Clause, before: Name, name: Name) -> bool:
    """As "Maple Lane" is in "Birch Run to Maple Lane"; behind a comma only with a word for a route."""
    between = [t.fold for t in clause.tokens[before.last + 1 : name.first]]
    if between == [","]:
        return name.noun and not any(token.fold == "|" for token in clause.tokens[: name.first])
    return 0 < len(between) <= _LONGEST_JOINT and all(w in _JOINS or w in _LINKS for w in between)


def _is_other(clause: Clause, name: Name) -> bool:
    """Whether all words of it speak of something else: "Headlamp", "Snow Conditions"."""
    told = {
        index
        for concept in _OTHERS
        for hit in clause.hits.get(concept, ())
        for index in range(hit.first, hit.last + 1)
    }
    words = [i for i in range(name.first, name.last + 1) if clause.tokens[i].fold[0].isalnum()]
    return not name.quoted and (
        (name.first in told and not (name.noun or len(words) > 1)) or all(i in told for i in words)
    )


def _is_sure(scoped: Scoped, name: Name, *, strict: bool) -> bool:
    if name.proper:
        return strict or name.noun
    if not strict or name.place:
        return False
    # a German noun in a list of routes: a name where its entry tells how long it is, from where, or whether it is open
    after = scoped.sentence.text[scoped.whole.tokens[name.last].end - scoped.sentence.start :]
    told = _DESCRIBED.search(after) is not None or _status(scoped.whole) is not None
    return name.landmark or (told and after[:2].strip() in {"|", ":", "–", "(", "-", ","})


def _status(clause: Clause, since: int = -1) -> Status | None:
    opened, closed = (any(hit.first > since for hit in clause.hits.get(c, ())) for c in ("open", "closed"))
    if opened == closed or len(clause.tokens) > _STATUS_WITHIN:
        return None
    return Status.OPEN if opened else Status.CLOSED


def status_of(scoped: Scoped, name: Name) -> Status:
    """What an entry tells of its route's state, behind the name and a mark."""
    marked = any(t.fold in ":|–—-(" for t in scoped.whole.tokens[name.last + 1 :])
    return (_status(scoped.whole, name.last) if marked else None) or Status.UNKNOWN


def windows_of(scoped: Scoped) -> tuple[Window, ...]:
    """The hours that an entry gives its route."""
    whole = scoped.whole
    if whole.has("duration", "dog", "lift_hours") or whole.rules("forbid") or whole.has("closed"):
        return ()
    days = days_in(whole)
    told = [
        span
        for clause in scoped.clauses
        for span in spans(clause)
        if not _is_others_column(scoped, clause.tokens[span.first].start)
    ]
    found = [
        Window(days=days if len(told) == 1 else span.days or days, start=span.start, end=span.end)
        for span in told
    ]
    return tuple({str(window): window for window in found}.values())


def _is_others_column(scoped: Scoped, offset: int) -> bool:
    above = column_of(scoped, offset)
    if above is None:
        return False
    head, begin, end = above
    return any(
        begin <= h.first < end for c in ("duration", "lift_hours", "downhill") for h in head.hits.get(c, ())
    )
