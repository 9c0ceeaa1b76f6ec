"""Routes or trails that are open for the ascent, as the resort names them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pydantic import ValidationError

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.document import Document, Scope, Scoped
from crawler.extract.routenames import Name, names
from crawler.extract.sentences import Clause
from crawler.extract.tagger import Hit
from uphill.policy import Route
from uphill.vocabulary import Status

FIELD = "routes"
NEEDS: tuple[str, ...] = ()

_JOINS = frozenset(
    [
        "to",
        "and",
        "or",
        "then",
        "&",
        "/",
        ">",
        "→",
        "und",
        "oder",
        "et",
        "ou",
        "puis",
        "e",
        "ed",
        "o",
        "poi",
        "bis",
        "dann",
        ",",
        ";",
        "–",
    ]
)
_ARTICLES = frozenset(["the", "le", "la", "les", "l'", "die", "der", "den", "das", "il", "lo"])
_LONGEST_LABEL = 5
"""Tokens."""
_BEHIND_COLOUR = 2
_SECTION = 2
"""Level of a section's heading: only a name in quotation marks is one there."""
_NEAR = 5
"""Tokens between a word for the way down and the word that leads there."""
_APPOSING = frozenset(",(–—-:")
_AFTER_NAME = frozenset(["from", "is", "are", "von", "depuis", "dal", "dalla"])
"""Words that go on after a name set beside its noun."""
_THEN = frozenset(["then", "dann", "puis", "poi"])
_LABEL_ENDS = frozenset(":|")
_LONGEST_LEG = 9
"""Tokens between the names of two legs of the way up."""
_MOST = 25


def claims(document: Document) -> Iterator[Claim]:
    own = {word.casefold() for word in re.findall(r"\w+", document.page.title)}
    for scoped in document.main:
        level = scoped.sentence.block.level
        if scoped.sentence.asks or scoped.whole.has("dog", "lights") or level == 1:
            continue
        listed = _is_listed(scoped) or _is_led_list(scoped)
        accepted: Name | None = None
        for name in names(scoped.whole, heads_sentence=not listed):
            if _is_resort(name, own) or not _goes_up(scoped, name) or (level == _SECTION and not name.quoted):
                continue
            beside = accepted is not None or _apposed(scoped.whole, name) or listed
            leads = _is_subject(scoped, name) or (
                not name.heads
                and (beside or not name.place)
                and (_led(scoped, name) or (accepted is not None and _joined(scoped.whole, accepted, name)))
            )
            if leads or (listed and _is_first(scoped.whole, name) and _is_entry(scoped.whole, name)):
                accepted = name
                route = _route(name, scoped)
                if route:
                    yield Claim(
                        FIELD,
                        route,
                        scoped.sentence.start,
                        scoped.sentence.end,
                        Strength.PLAIN,
                        "named as a way up",
                    )


def _is_first(clause: Clause, name: Name) -> bool:
    """Whether the name begins the entry, but for an article or a colour: "Red – Birch Run"."""
    return name.first <= 1 or (name.first == _BEHIND_COLOUR and clause.tokens[1].is_mark)


def _is_entry(clause: Clause, name: Name) -> bool:
    """Whether a list's entry is the name alone, or the name and then a mark."""
    return name.last + 1 == len(clause.tokens) or clause.tokens[name.last + 1].is_mark


def _is_listed(scoped: Scoped) -> bool:
    """Whether the sentence is an entry of a list or table of ways up."""
    in_table = scoped.sentence.block.row and scoped.headed("route_noun")
    return (
        (in_table or scoped.headed("route_heading"))
        and not scoped.headed("downhill")
        and not scoped.sentence.block.level
    )


def _is_led_list(scoped: Scoped) -> bool:
    """Whether it is an entry under "You may climb on the designated routes only:"."""
    intro = scoped.intro
    if intro is None or intro.has("downhill") or not intro.has("route_noun"):
        return False
    return intro.has("designated_route", "uphill_route", "route_heading") or intro.travels


def _is_resort(name: Name, own: set[str]) -> bool:
    words = [w.casefold() for w in re.findall(r"\w+", name.text)]
    return not name.noun and all(word in own for word in words)


def _led(scoped: Scoped, name: Name) -> bool:  # noqa: PLR0911 - one return a rule, in their order
    """Whether the words before the name send the reader up it."""
    clause = scoped.whole
    at = name.first - 1
    while at >= 0 and clause.tokens[at].fold in _ARTICLES:
        at -= 1
    leads = any(hit.last == at for hit in clause.hits.get("route_lead", ()))
    weak = any(hit.last == at for hit in clause.hits.get("route_lead_weak", ()))
    if not scoped.sentence.block.level and _labelled(clause, at):
        return True
    if not (scoped.scope is Scope.EXPLICIT or scoped.named):
        return False
    if name.led and ("permit" in scoped.sentence.kinds or clause.has("designated_route", "only")):
        return True  # "Pista Lago is open to those who climb"
    if (
        at >= 0
        and clause.tokens[at].fold == ":"
        and clause.travels
        and clause.has("designated", "designated_route", "uphill_route", "strict")
    ):
        return True
    if name.quoted or _apposed(clause, name):
        return True
    if leads:
        return name.noun or clause.has("designated_route", "route_noun", "ascend")
    return (
        weak
        and bool(clause.verdicts)
        and (name.noun or clause.has("designated_route", "uphill_route", "only"))
    )


def _is_subject(scoped: Scoped, name: Name) -> bool:
    """As in "Birch Run is the only route open to skinners"."""
    clause = scoped.whole
    told = any(hit.first == name.last + 1 for hit in clause.hits.get("is_route", ()))
    return told and scoped.scope is Scope.EXPLICIT and not clause.has("downhill", "dog", "snowshoe")


def _apposed(clause: Clause, name: Name) -> bool:
    """As in "stay on the designated uphill route, Birch Run", "the uphill trail (Birch Run)"."""
    at = name.first - 1
    if at < 1 or clause.tokens[at].fold not in _APPOSING:
        return False
    nouns = [
        hit for c in ("designated_route", "uphill_route", "route_noun") for hit in clause.hits.get(c, ())
    ]
    after = clause.tokens[name.last + 1 : name.last + 2]
    closed = not after or after[0].is_mark or after[0].fold in _JOINS or after[0].fold in _AFTER_NAME
    bound = clause.has("designated_route", "uphill_route", "designated") and not clause.has("trailhead")
    return closed and bound and any(hit.last == at - 1 for hit in nouns)


def _labelled(clause: Clause, at: int) -> bool:
    """Whether token ``at`` ends a label such as "Uphill route:" or the first cell of "Route | Birch Run"."""
    return (
        0 < at <= _LONGEST_LABEL
        and clause.tokens[at].fold in _LABEL_ENDS
        and any(h.last < at for c in ("route_noun", "route_heading") for h in clause.hits.get(c, ()))
        and not any(token.is_mark and token.fold != "?" for token in clause.tokens[:at])
        and not clause.has("downhill")
    )


def _joined(clause: Clause, before: Name, name: Name) -> bool:
    between = [t.fold for t in clause.tokens[before.last + 1 : name.first]]
    if 1 < len(between) <= _LONGEST_LEG and _THEN & set(between[-2:]):
        return True  # "Birch Run to the midway station, then Sawmill"
    if between[:1] == ["("] and ")" in between:
        between = between[between.index(")") + 1 :]  # "Birch Run (beginner) and Sawmill (expert)"
    return 0 < len(between) <= 4 and all(
        w in _JOINS or w in _ARTICLES or w in {"up", "via", "on", "trail", "trails", "run", "runs", "route"}
        for w in between
    )


def _goes_up(scoped: Scoped, name: Name) -> bool:
    """Whether the nearest word of direction before the name is not a way down, nor right after it."""
    clause = scoped.whole
    up = max(
        (
            h.last
            for c in ("ascend", "uphill", "route_lead")
            for h in clause.hits.get(c, ())
            if h.last < name.first and not (c == "route_lead" and _leads_down(clause, h))
        ),
        default=-1,
    )
    down = max((h.last for h in clause.hits.get("downhill", ()) if h.last < name.first), default=-1)
    after = any(
        0 < h.first - name.last <= 3
        and not any(t.fold in ",;." for t in clause.tokens[name.last + 1 : h.first])
        for h in clause.hits.get("downhill", ())
    )
    start = clause.tokens[name.first].start
    part = next((c for c in scoped.clauses if c.start <= start <= c.end), clause)
    denied = part.rules("forbid") or any(0 < name.first - h.last <= 3 for h in clause.hits.get("neg", ()))
    only_down = down == up == -1 and clause.has("downhill") and not clause.has("ascend", "uphill")
    return not (down > up or after or denied or only_down)


def _leads_down(clause: Clause, lead: Hit) -> bool:
    """As "via" does in "descend via"."""
    return any(0 < lead.first - hit.last <= _NEAR for hit in clause.hits.get("downhill", ()))


def _route(name: Name, scoped: Scoped) -> Route | None:
    whole = scoped.whole
    status = Status.UNKNOWN
    if scoped.sentence.block.row or len(whole.tokens) <= 10:
        opened, closed = whole.has("open"), whole.has("closed")
        status = Status.UNKNOWN if opened == closed else Status.OPEN if opened else Status.CLOSED
    try:
        return Route(name=name.text, status=status)
    except ValidationError:
        return None


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    """Each name once, in the page's order."""
    kept: dict[str, Claim] = {}
    for claim in claims:
        key = _key(claim.value.name)
        if key and (
            key not in kept
            or (kept[key].value.status is Status.UNKNOWN and claim.value.status is not Status.UNKNOWN)
        ):
            kept[key] = claim
    chosen = list(kept.values())[:_MOST]
    return Settled(tuple(c.value for c in chosen), tuple(chosen)) if chosen else UNSTATED


_NOISE = frozenset(["the", "trail", "run", "route", "uphill", "piste", "pista"])


def _key(name: str) -> str:
    words = re.findall(r"\w+", name.casefold())
    return " ".join(w for w in words if w not in _NOISE) or " ".join(words)
