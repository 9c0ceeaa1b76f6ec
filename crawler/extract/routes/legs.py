"""Names of ways up in prose: "Follow Birch Run to the midway station, then Sawmill to the top"."""

import re

from crawler.extract.automaton import Hit
from crawler.extract.languages import of_all
from crawler.extract.routes.directions import is_crossed, tells_down
from crawler.extract.routes.names import OPENING, Name, follows_an_arrow, is_numbered, names
from crawler.extract.routes.words import LEADING_NOUNS, ROUTE_NOUNS
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

_WAYS = frozenset(
    ["route_lead", "route_lead_weak", "route_noun", "route_heading", "uphill_route", "designated_route", "designated",
     "strict", "is_route"]
)  # fmt: skip
_JOINS = frozenset("to and or then & / > → und oder et ou puis e ed o poi bis dann , ; –".split())  # noqa: SIM905
_ANOTHER = frozenset(["celui", "celle"])
"""Words for a route that was just named."""
_ANDS = frozenset(["and", "or", "und", "oder", "et", "ou", "e", "ed", "o"])
_ARTICLES = of_all("articles") - {"a", "an", "dem"}
_OWN_ARTICLES = frozenset(["il", "lo", "la", "l'", "le", "les"])
"""Such as a name takes in Italian and French."""
"""Such as stand before a name."""
_LONGEST_LABEL = 5
"""Tokens."""
_NEAR = 5
"""Tokens between a word for the way down and the word that leads there."""
_APPOSING = frozenset(",(–—-:")
_AFTER_NAME = frozenset(["from", "is", "are", "von", "depuis", "dal", "dalla", "for", "pour", "per", "für"])
"""Words that go on after a name set beside its noun."""
_THEN = frozenset(["then", "dann", "puis", "poi"])
_PARKS = frozenset(["park", "parken", "parkt", "garez", "parcheggiate", "parcheggiare"])
_LEG_ENDS = frozenset(["to", "from", "bis", "von", "vom", "jusqu", "depuis", "fino", "dal", "dalla"])
"""Right behind a leg of the way up, before where it leads to."""
_SEPARATES = frozenset([*",;.|:(", "and", "et", "und", "e", "ed"])
"""Between a name and a word for the way down that belongs to another."""
_LABEL_ENDS = frozenset(":|")
_LONGEST_LEG = 14
"""Tokens between the names of two legs of the way up."""
_BOTH_WAYS = 2
"""Tokens from "up" to "down" in "up and down"."""
_BEHIND = 3
"""Tokens between a name and the word for the way down that it belongs to."""
_ANY_MORE = frozenset(["longer", "more", "mehr", "più"])
_WAYS_ON = frozenset(["routes", "trails", "tracks", "skintracks", "uptracks"])
"""Words behind which "on" tells the mountain that they lie on: "Two routes on Black Hollow"."""
_KEEPING = frozenset(["stick", "stay", "keep", "remain"])
"""As in "Stick to Birch Run"."""
_COLOURS = frozenset(["green", "blue", "black"])
_BETWEEN = frozenset(["up", "via", "on", "trail", "trails", "run", "runs", "route", "lower", "upper"])


def is_resort(name: Name, own: set[str]) -> bool:
    words = [w.casefold() for w in re.findall(r"\w+", name.text)]
    return not name.noun and all(word in own for word in words)


def is_another(clause: Clause, name: Name) -> bool:
    """As in "the Owl track, from the lot by the mill, and that of the Fox"."""
    return clause.tokens[name.first].fold in _ANOTHER


def may_lead_up(scoped: Scoped) -> bool:
    """Whether anything in the sentence may send the reader up a route that it names."""
    clause = scoped.whole
    if not clause.lacks(_WAYS) or (clause.lang == "de" and clause.travels):
        return True
    if any(token[0] in LEADING_NOUNS for token in clause.tokens):
        return True
    return any(mark in scoped.sentence.text for mark in OPENING)


def leads_up(scoped: Scoped, name: Name, accepted: Name | None, *, told: bool) -> bool:
    """Whether the sentence sends the reader up it; ``told`` is whether the one before speaks of the way up."""
    whole = scoped.whole
    if _is_subject(scoped, name) or _is_enumerated(scoped, name):
        return True
    if accepted is not None and _gives_a_reason(whole, accepted, name):
        return False
    if accepted is not None and is_another(whole, name):
        return True
    beside = accepted is not None or _apposed(whole, name)
    if name.heads or (name.place and not (beside or told)):
        return False
    if accepted is not None and (_joined(whole, accepted, name) or _parted_by_bars(scoped, accepted, name)):
        return True
    return _led(scoped, name, accepted, told=told)


def _led(scoped: Scoped, name: Name, accepted: Name | None, *, told: bool) -> bool:  # noqa: C901, PLR0911 - one return a rule, in their order
    """Whether the words before the name send the reader up it."""
    clause = scoped.whole
    at = name.first - 1
    article = False
    while at >= 0 and (clause.tokens[at].fold in _ARTICLES or _is_kind_of_way(clause, at)):
        at, article = at - 1, True
    # "lungo i percorsi Verde e Giallo": a colour's name may be part of what leads to it
    leads = any(
        hit.last == at or hit.first <= at < hit.last == name.first
        for hit in clause.hits.get("route_lead", ())
    )
    joined = at >= 0 and clause.tokens[at].fold in _ANDS  # "from the village and Elk Basin"
    weak = not joined and any(hit.last == at for hit in clause.hits.get("route_lead_weak", ()))
    if weak and at > 0 and clause.tokens[at].fold == "on" and clause.tokens[at - 1].fold in _WAYS_ON:
        weak = leads = False
    leads = leads or (weak and _climbs_by(clause, at))
    if not name.proper and not (
        name.landmark and leads and clause.has("only") and clause.has("ascend", "uphill", "stay_on_route")
    ):
        return False
    if not scoped.sentence.block.level and _labelled(clause, at, accepted):
        return True
    if not (scoped.scope is Scope.EXPLICIT or scoped.named or clause.has("stay_on_route")):
        return told and leads
    led_there = told and not (scoped.sentence.block.row or is_numbered(name))
    if name.led and (
        led_there or "permit" in scoped.sentence.kinds or clause.has("designated_route", "only")
    ):
        return True  # "Pista Lago is open to those who climb"
    stays = clause.hits.get("stay_on_route", ())
    if name.led and any(hit.covers(name.first) for hit in stays) and not scoped.sentence.rules("forbid"):
        return True  # "In lift hours please take the route Birch Run"
    if (
        at >= 0
        and clause.tokens[at].fold == ":"
        and clause.travels
        and clause.has("designated", "designated_route", "uphill_route", "strict")
    ):
        return True
    if name.quoted or _apposed(clause, name):
        return True
    signed = any(hit.last == name.first - 1 for hit in clause.hits.get("strict", ()))
    behind = name.first > 1 and clause.tokens[name.first - 2].fold in ROUTE_NOUNS
    if signed and ((clause.lang == "de" and name.noun) or (clause.lang in ("fr", "it") and behind)):
        return True  # "die beschilderte Waldspur", "il tracciato dedicato Colletta"
    if any(token.fold in _PARKS for token in clause.tokens[max(0, at - _BOTH_WAYS) : max(0, at)]):
        return False  # "Park along Badger Road"
    if leads and not (article and clause.lang == "de" and not name.noun and not name.landmark):
        timed = clause.has("during_ops", "outside_ops") and clause.rules("must")
        alone = clause.has("only") and clause.commands("confine") and not clause.has("downhill")
        kept = clause.tokens[0].fold in _KEEPING or accepted is not None
        kept = kept and not (name.place or clause.has("downhill"))
        return (
            told
            or timed
            or alone
            or kept
            or name.noun
            or clause.has("designated_route", "route_noun", "ascend")
        )
    return (
        weak
        and (
            bool(clause.verdicts)
            or clause.has("only")
            or (name.noun and clause.has("uphill_route", "designated_route"))
        )
        and (
            scoped.named
            or clause.has("you", "snowshoe", "foot", "uphill_route", "designated", "only")
            or (name.noun and clause.has("stay_on_route"))
        )
        and not (clause.lang == "de" and tells_down(clause, name))
        and (
            name.noun
            or clause.has("designated_route", "uphill_route", "only")
            or (scoped.named and _is_listed_with_a_run(clause, name))
        )
    )


def _is_kind_of_way(clause: Clause, at: int) -> bool:
    """As "green trails" is in "use the green trails Larkspur and Otter"."""
    words = [token.fold for token in clause.tokens[at : at + 2]]
    ways = clause.lang == "en" and words[0] in _WAYS_ON | {"runs"}
    return ways or (clause.lang == "en" and words[0] in _COLOURS and words[1] in _WAYS_ON | {"runs"})


def _gives_a_reason(whole: Clause, accepted: Name, name: Name) -> bool:
    """As in "by the Birch Run only, because they groom Maple Lane then"."""
    return any(token.fold in _REASONS for token in whole.tokens[accepted.last + 1 : name.first])


_REASONS = frozenset(
    ["because", "since", "weil", "denn", "car", "parce", "puisque", "perché", "poiché", "siccome"]
)


def _is_listed_with_a_run(clause: Clause, name: Name) -> bool:
    """As "Otter" is in "on Otter, Stoat and Lower Mink": a later name of the list has a word for a route."""
    for following in names(clause, heads_sentence=True):
        if following.first <= name.last:
            continue
        if not heads_list(clause, name, following):
            return False
        if following.noun:
            return True
        name = following
    return False


def _climbs_by(clause: Clause, at: int) -> bool:
    """As in "Ascend by", "go up by": a word for climbing, right before the one that leads to the name."""
    climbs = any(hit.last == at - 1 for hit in clause.hits.get("ascend", ()))
    return climbs and bool(clause.has("only") or clause.commands("ascend"))


def _is_enumerated(scoped: Scoped, name: Name) -> bool:
    """As in "The following pistes are open to climbers: Hirschkogel and Steinwand", with nothing but names behind."""
    clause = scoped.whole
    colons = [index for index, token in enumerate(clause.tokens) if token.fold == ":"]
    if len(colons) != 1 or name.first != colons[0] + 1 or not (clause.travels or clause.has("uphill_route")):
        return False
    told = any(hit.last < colons[0] for hit in clause.hits.get("designated_route", ()))
    behind = clause.tokens[name.first :]
    alone = all(t.is_mark or t.fold in _JOINS or clause.text[t.start].isupper() for t in behind)
    return told and alone and not scoped.sentence.rules("forbid")


def _is_subject(scoped: Scoped, name: Name) -> bool:
    """As in "Birch Run is the only route open to skinners", "Für Tourengeher ist die Waldabfahrt freigegeben"."""
    clause = scoped.whole
    if scoped.scope is not Scope.EXPLICIT or clause.has("dog", "snowshoe"):
        return False
    told = any(hit.first == name.last + 1 for hit in clause.hits.get("is_route", ()))
    if told and not clause.has("downhill"):
        return True
    only_permits = scoped.sentence.kinds == {"permit"} and clause.travels
    return clause.lang == "de" and name.proper and name.noun and only_permits and not tells_down(clause, name)


def _apposed(clause: Clause, name: Name) -> bool:
    """As in "stay on the designated uphill route, Birch Run", "the uphill trail (Birch Run)"."""
    at = name.first - 1
    if at > 1 and clause.tokens[at].fold in _OWN_ARTICLES and clause.tokens[at - 1].fold == ",":
        at -= 1  # "un percorso di risalita, lo Chalançon"
    if at < 1 or clause.tokens[at].fold not in _APPOSING:
        return False
    nouns = clause.hits_of("designated_route", "uphill_route", "route_noun", "designated")
    after = clause.tokens[name.last + 1 : name.last + 2]
    closed = not after or after[0].is_mark or after[0].fold in _JOINS or after[0].fold in _AFTER_NAME
    bound = clause.has("designated_route", "uphill_route", "designated") and not clause.has("trailhead")
    return closed and bound and any(hit.last == at - 1 for hit in nouns)


def _labelled(clause: Clause, at: int, accepted: Name | None) -> bool:
    """Whether token ``at`` ends a label such as "Uphill route:" or the first cell of "Route | Birch Run"."""
    return (
        0 < at <= _LONGEST_LABEL
        and clause.tokens[at].fold in _LABEL_ENDS
        and any(h.last < at for h in clause.hits_of("route_noun", "route_heading"))
        and not any(token.is_mark and token.fold != "?" for token in clause.tokens[:at])
        and not clause.has("downhill")
        and not (accepted is not None and accepted.last < at and not is_numbered(accepted))
    )


def _joined(clause: Clause, before: Name, name: Name) -> bool:
    between = [t.fold for t in clause.tokens[before.last + 1 : name.first]]
    if follows_an_arrow(clause, before, name):
        return True
    if 1 < len(between) <= _LONGEST_LEG and _THEN & set(between[-3:]):
        return True  # "Birch Run to the midway station, then Sawmill"
    if 1 < len(between) <= _LONGEST_LEG and between[0] in _LEG_ENDS and between[-1] in _ANDS:
        after = clause.tokens[name.last + 1 : name.last + 2]
        return (
            bool(after) and after[0].fold in _LEG_ENDS
        )  # "Birch Run to the midway station and Sawmill to the top"
    if between[:1] == ["("] and ")" in between:
        between = between[between.index(")") + 1 :]  # "Birch Run (beginner) and Sawmill (expert)"
    if clause.lang == "de" and not name.proper and not (between and name.last < len(clause.tokens)):
        return False
    if between in (["–"], ["-"], ["—"]) and not name.noun and " " not in name.text:
        return False
    return 0 < len(between) <= 4 and all(
        w in _JOINS or w in _ARTICLES or w in _BETWEEN or w in LEADING_NOUNS for w in between
    )


def _parted_by_bars(scoped: Scoped, before: Name, name: Name) -> bool:
    """As in "Uphill routes: Birch Run | Maple Lane", which is no row of a table."""
    between = [t.fold for t in scoped.whole.tokens[before.last + 1 : name.first]]
    after = [t.fold for t in scoped.whole.tokens[name.last + 1 : name.last + 2]]
    return between == ["|"] and after in ([], ["|"]) and not scoped.sentence.block.row


def heads_list(clause: Clause, name: Name, following: Name) -> bool:
    """As "Birch Run" does in "Birch Run, Maple Lane and Stoat are open to those who climb"."""
    between = [t.fold for t in clause.tokens[name.last + 1 : following.first]]
    joins = _ANDS | {",", "&"}
    listed = joins.intersection(between[:1]) and all(w in joins or w in _ARTICLES for w in between)
    return bool(listed) and name.proper and not name.place


def goes_up(scoped: Scoped, name: Name) -> bool:
    """Whether the nearest word of direction before the name is not a way down, nor right after it."""
    clause = scoped.whole
    up = max(
        (
            h.last
            for h in clause.hits_of("ascend", "uphill", "route_lead")
            if h.last < name.first and not (h.concept == "route_lead" and _leads_down(clause, h))
        ),
        default=-1,
    )
    downs = [
        h
        for h in clause.hits.get("downhill", ())
        if (h.last < name.first or h.first > name.last) and not _is_a_run(clause, h)
    ]
    down = max((h.last for h in downs if h.last < name.first), default=-1)
    after = any(
        0 < h.first - name.last <= _BEHIND
        and not any(t.fold in _SEPARATES for t in clause.tokens[name.last + 1 : h.first])
        for h in downs
    )
    start = clause.tokens[name.first].start
    part = next((c for c in scoped.clauses if c.start <= start <= c.end), clause)
    denied = _is_denied(part, start) or any(
        0 < name.first - _end_of_denial(clause, h) <= _BEHIND for h in clause.hits.get("neg", ())
    )
    only_down = down == up == -1 and bool(downs) and not clause.has("ascend", "uphill")
    climbs = {h.last for h in clause.hits_of("ascend", "uphill")}
    excepted = not clause.rules("forbid") and any(
        0 < name.first - h.last <= _BEHIND for h in clause.hits.get("except", ())
    )  # "Any run except Birch Run is open to skinners"
    denied = denied or excepted or is_crossed(clause, name)
    both = up in climbs and up < down <= up + _BOTH_WAYS  # "up and down by the Birch Run only"
    return not ((down > up and not both) or after or denied or only_down)


def _end_of_denial(clause: Clause, no: Hit) -> int:
    """Its last token, with the "longer" of "no longer"."""
    after = clause.tokens[no.last + 1 : no.last + 2]
    return no.last + 1 if after and after[0].fold in _ANY_MORE else no.last


def _is_a_run(clause: Clause, down: Hit) -> bool:
    """As in "climb over the Abfahrten Hirschkogel": the German word for the way down names a run here."""
    at = down.first - 1
    while at >= 0 and clause.tokens[at].fold in _ARTICLES:
        at -= 1
    led = any(hit.last == at for hit in clause.hits.get("route_lead", ()))
    after = clause.tokens[down.last + 1 : down.last + 2]
    called = bool(after) and clause.text[after[0].start].isupper()
    return led and called and any(h.last < at for h in clause.hits_of("ascend", "uphill"))


def _is_denied(part: Clause, start: int) -> bool:
    """Whether the clause forbids what it names; "Maple Lane, when Birch Run is closed" does not."""
    at = next(i for i, token in enumerate(part.tokens) if token.start >= start)
    conditions = [hit.first for hit in part.hits.get("if_strict", ()) if hit.first > at]
    if part.has("except") and part.first("except") < at:
        return False
    lead = part.lead
    if lead is not None and lead.has("except") and lead.rules("forbid") and lead.tokens[-1].end <= start:
        return False  # "Climbing is prohibited, except on two routes: Birch Run and Maple Lane"
    downs = [hit.first for hit in part.hits.get("downhill", ()) if hit.first > at]
    return any(
        v.kind == "forbid"
        and not any(c < v.at for c in conditions)
        and not any(v.at > at and 0 <= down - v.at <= _BEHIND for down in downs)
        for v in part.verdicts
    )


def _leads_down(clause: Clause, lead: Hit) -> bool:
    """As "via" does in "descend via", and a second one in "descend via the open runs, at night via"."""
    if any(0 < lead.first - hit.last <= _NEAR for hit in clause.hits.get("downhill", ())):
        return True
    slopes = any((hit.first, hit.last) == (lead.first, lead.last) for hit in clause.hits.get("slopes", ()))
    if not slopes and any(t.fold not in _EITHER_WAY for t in clause.tokens[lead.first : lead.last + 1]):
        return False
    before = [hit for hit in clause.hits_of("ascend", "uphill", "downhill") if hit.last < lead.first]
    nearest = max(before, key=lambda hit: hit.last, default=None)
    return nearest is not None and nearest.concept == "downhill" and not _is_a_run(clause, nearest)


_EITHER_WAY = frozenset(["via", "über", "par", "per"])
"""Words that lead up as well as down."""
