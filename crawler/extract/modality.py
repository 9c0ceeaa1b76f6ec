"""What a clause lays down: permits, forbids, requires, advises, or says is not needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from crawler.extract.automaton import Hit
from crawler.extract.languages import language, of_all
from crawler.extract.tagger import Token

Kind = Literal["permit", "forbid", "must", "should", "need_not"]

Answer = Literal["yes", "no"]
ANSWERS: tuple[tuple[str, Answer], ...] = (("answer_yes", "yes"), ("answer_no", "no"))

_HEADS: tuple[Kind, ...] = ("forbid", "must", "permit", "should")
_LISTED = ("foot", "snowshoe", "bike", "either")
_LAYING_DOWN = frozenset([*_HEADS, "neg", "needless"])
_NEGATION_BEFORE = 9
_MERELY = of_all("merely")
_JOINING = frozenset([",", "–", "—"]) | of_all("joiners")
_OF = frozenset(["de", "d'", "di"])
"""As in "pas de montée"."""
_LEADING = frozenset(":.|?–—")
"""Marks before an answer: "Short answer: no, skinning is prohibited"."""
_PLACES = ("slopes", "route_noun")
_ASKING = frozenset(["ask", "asks", "asked", "request", "requests", "requested"])
_POLITE = frozenset(["please", "bitte", "prego"])
"""Words that ask for what the sentence bans: "No uphill traffic, please"."""
_BEHIND = 3
"""Tokens from those whom a run is closed to, to others."""
_NEGATION_REACH = 4
"""Tokens from a negation to the end of the place that it excepts."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A modal word at token ``at``, its negation resolved."""

    kind: Kind
    at: int


def verdicts(
    tokens: tuple[Token, ...], hits: Mapping[str, tuple[Hit, ...]], lang: str
) -> tuple[Verdict, ...]:
    """The clause's verdicts in order. A longer phrase swallows what lies inside it ("not allowed")."""
    if hits.keys().isdisjoint(_LAYING_DOWN):
        return ()
    # "when we are closed", "while the lifts are not open" tell the time and lay down nothing
    times = tuple(
        time
        for time in (*hits.get("during_ops", ()), *hits.get("outside_ops", ()))
        if not _ends_in(time, hits.get("open_to", ()))  # "The mountain is not open to skinners" does
    )
    # "whether the lifts run or not"; "neither by day nor by night" bans
    either = tuple(
        hit
        for hit in hits.get("both_phases", ())
        if not any(n.first == hit.first for n in hits.get("neg", ()))
    )
    climbs = (*hits.get("uphill", ()), *hits.get("ascend", ()))
    # "The run is closed to alpine skiers", and not "to skiers and skinners"
    for_others = tuple(
        hit
        for hit in hits.get("closed_to_others", ())
        if not any(one.overlaps(hit) or 0 < one.first - hit.last <= _BEHIND for one in climbs)
    )
    # what "may be closed at any time" is not closed
    aside = (*times, *either, *for_others, *hits.get("may_close", ()))
    heads = [hit for kind in _HEADS for hit in hits.get(kind, ()) if not hit.within_any(aside)]
    heads = [head for head in heads if not _is_about_a_ban(head, hits)]
    outer = [h for h in heads if not any(_inside(h, other) for other in heads if other is not h)]
    bans = [h for h in outer if h.concept == "forbid"]
    outer = [h for h in outer if h.concept != "permit" or not any(b.first < h.first <= b.last for b in bans)]
    outer = [h for h in outer if not _is_of_no_way(h, hits)]
    breaches = hits.get("violation", ())  # "those who do not respect the ban"
    even = [hit for hit in hits.get("even", ()) if not any(n.first == hit.first for n in hits.get("neg", ()))]
    # "on a leash or not" denies nothing; "neither on a leash nor off it" does
    no_denials = (*times, *either, *breaches, *even)
    loose = [n for n in hits.get("neg", ()) if not n.within_any(no_denials)]
    negations = [n for n in loose if not any(_inside(n, head) for head in outer if head.concept != "permit")]
    negations = [n for n in negations if not (_only_follows(tokens, n) or _is_answer(tokens, n))]
    denials = [n for n in negations if not n.within_any(hits.get("not_always", ()))]
    partly = [n for n in negations if n not in denials]
    outer = [h for h in outer if not _is_denied_in_part(h, partly, denials, hits, tokens, lang)]
    found = [Verdict(_resolved(head, negations, tokens, lang), head.first) for head in outer]
    listed = [hit for kind in _LISTED for hit in hits.get(kind, ())]  # "No hiking or skinning"
    nouns = [n for n in negations if not _negates_a_verb(tokens[n.last].fold)]
    nouns = [n for n in nouns if not _is_contrast(n, tokens, hits)]
    nouns = [n for n in nouns if not n.within_any(hits.get("free", ()))]  # "There is no cost to skin"
    travels = [t for c in ("uphill", "ascend") for t in hits.get(c, ()) if not _is_of_a_marked_route(t, hits)]
    asked = all(tokens[verdict.at].fold in _POLITE for verdict in found)
    if asked and any(_bans(n, t, (*times, *listed), tokens) for n in nouns for t in travels):
        found = [Verdict("forbid", negations[0].first)]
    needless = hits.get("needless", ())
    if needless:
        found = [v for v in found if v.kind != "must" or any(hit.last < v.at for hit in needless)]
        found += [Verdict(_of_needless(hit, negations, lang), hit.first) for hit in needless]
    if "befalls" in hits:  # "Skinners can be hit by a cable" permits nothing
        can = {hit.first for hit in hits.get("can", ())}
        found = [v for v in found if v.kind != "permit" or v.at not in can]
    if _of_others(hits):
        found = [verdict for verdict in found if verdict.kind != "permit"]
    return tuple(sorted(found, key=lambda v: v.at))


def _is_of_no_way(head: Hit, hits: Mapping[str, tuple[Hit, ...]]) -> bool:
    """As in "existe pas d'itinéraire", where what there is none of permits nothing."""
    ways = [way for way in hits.get("route_noun", ()) if way.within(head)]
    denied = any(head.first < no.first <= head.last for no in hits.get("neg", ()))
    return head.concept == "permit" and bool(ways) and denied


def _is_about_a_ban(head: Hit, hits: Mapping[str, tuple[Hit, ...]]) -> bool:
    """As the "ist … zu" of "ist verboten zu jeder Zeit", beside that of "ist zu tragen": no duty."""
    if head.concept != "must":
        return False
    always = (*hits.get("at_no_time", ()), *hits.get("every_time", ()), *hits.get("not_always", ()))
    if any(head.first < time.first <= head.last < time.last for time in always):
        return True
    return any(head.first < ban.first and ban.last < head.last for ban in hits.get("forbid", ()))


def _is_denied_in_part(
    head: Hit,
    partly: list[Hit],
    denials: list[Hit],
    hits: Mapping[str, tuple[Hit, ...]],
    tokens: tuple[Token, ...],
    lang: str,
) -> bool:
    """As in "not always required", "not required at all times": sometimes it is, and sometimes not."""
    if head.concept == "forbid":  # as "nicht jederzeit erlaubt", one phrase
        return any(time.overlaps(head) for time in hits.get("not_always", ()))
    if head.concept not in ("must", "permit"):
        return False
    if any(_governs(negation, head, lang) for negation in partly):
        return True
    if head.concept == "permit":
        return False  # "not permitted at all times" is often meant as a ban
    denied = [n for n in denials if _governs(n, head, lang)]
    return any(
        n.last < time.first and not any(token.is_mark for token in tokens[n.last : time.first])
        for n in denied
        for time in hits.get("every_time", ())
    )


def _of_needless(hit: Hit, negations: list[Hit], lang: str) -> Kind:
    """A thing that is "optional" need not be; a leash that is "not optional" must."""
    denied = any(_governs(negation, hit, lang) for negation in negations)
    return "must" if denied else "need_not"


def _ends_in(time: Hit, others: Sequence[Hit]) -> bool:
    return any(time.first + 1 == other.first == time.last for other in others)


def _is_of_a_marked_route(travel: Hit, hits: Mapping[str, tuple[Hit, ...]]) -> bool:
    """As in "no marked uphill route": it is the marking that there is none of."""
    return any(told.first < travel.first and travel.last <= told.last for told in hits.get("designated", ()))


def _is_contrast(negation: Hit, tokens: tuple[Token, ...], hits: Mapping[str, tuple[Hit, ...]]) -> bool:
    """As in "Climb by the marked trails, never on the pistes": of what was told to do, it excepts a place."""
    told = (hit for c in ("stay_on_route", "confine") for hit in hits.get(c, ()))
    joined = tokens[negation.first - 1].fold in _JOINING if negation.first else False
    placed = any(
        0 < place.last - negation.last <= _NEGATION_REACH for c in _PLACES for place in hits.get(c, ())
    )
    return joined and placed and any(hit.last < negation.first for hit in told)


def _of_others(hits: Mapping[str, tuple[Hit, ...]]) -> bool:
    """Whether what is permitted was so once, or is so to those alone who work there."""
    return "past" in hits or ("staff" in hits and "only" in hits)


def _bans(negation: Hit, travel: Hit, times: tuple[Hit, ...], tokens: tuple[Token, ...]) -> bool:
    """As in "No uphill travel while …", "No after-hours skinning": a ban without a verb."""
    between = range(negation.last + 1, travel.first)
    told = {index for time in times for index in range(time.first, time.last + 1)}
    away = 1 + sum(index not in told and tokens[index].fold not in _OF for index in between)
    # "no fee to skin" and "no pass to skin" ban nothing
    bare = travel.concept == "uphill" and tokens[travel.first].fold != "to"
    return travel.first > negation.last and away <= (2 if bare else 1)


def _negates_a_verb(word: str) -> bool:
    """As the "doesn't" of "the membership doesn't cover touring", and not the "no" of "no touring"."""
    return word.endswith(("n't", "n’t"))


def _inside(hit: Hit, other: Hit) -> bool:
    if (hit.concept, other.concept) == ("should", "must") and hit.first > other.first:
        return False  # "Take a headlamp, if possible, with you"
    within = hit.within(other)
    return within and (other.last - other.first, other.concept == "forbid") > (
        hit.last - hit.first,
        hit.concept == "forbid",
    )


def _only_follows(tokens: tuple[Token, ...], negation: Hit) -> bool:
    """As in "Not only", "nicht nur", "non solo", "non è solo" do not negate."""
    after = [token.fold for token in tokens[negation.last + 1 : negation.last + 3]]
    return any(word in _MERELY for word in after[: 2 if after[:1] == ["è"] else 1])


def _is_answer(tokens: tuple[Token, ...], negation: Hit) -> bool:
    """As in "No, skinning is prohibited": it answers the question before, and negates nothing behind it."""
    leads = negation.first == 0 or tokens[negation.first - 1].fold in _LEADING
    return leads and negation.last + 1 < len(tokens) and tokens[negation.last + 1].fold == ","


def _resolved(head: Hit, negations: list[Hit], tokens: tuple[Token, ...], lang: str) -> Kind:
    if head.concept == "must" and any(_is_asked_not_to(n, head, tokens) for n in negations):
        return "forbid"
    negated = any(_governs(negation, head, lang) for negation in negations)
    if not negated:
        return head.concept  # type: ignore[return-value]
    if head.concept == "permit":
        return "forbid"
    if head.concept == "must":
        # "No uphill travel shall take place" forbids it
        return "forbid" if tokens[head.first].fold == "shall" else "need_not"
    if head.concept == "forbid":
        return "forbid" if head.last > head.first or len(negations) != 1 else "permit"
    return "should"


def _is_asked_not_to(negation: Hit, asks: Hit, tokens: tuple[Token, ...]) -> bool:
    """As in "We ask that you not climb", and not "We ask that you climb on the edge, not in the middle"."""
    asked = any(token.fold in _ASKING for token in tokens[asks.first : asks.last + 1])
    near = asked and 0 < negation.first - asks.last <= _NEGATION_BEFORE
    return near and tokens[negation.first - 1].fold not in _JOINING


def _governs(negation: Hit, head: Hit, lang: str) -> bool:
    before = 0 < head.first - negation.last <= _NEGATION_BEFORE
    after = 0 < negation.first - head.last <= language(lang).negation_reach
    return before or after


def answered(asked: tuple[Verdict, ...], answer: Answer) -> Verdict:
    """What a question and its answer lay down: "Do I need a pass?" "No" is a need_not."""
    at = asked[0].at if asked else 0
    kinds = {verdict.kind for verdict in asked}
    if kinds & {"must", "need_not"}:
        return Verdict("must" if answer == "yes" else "need_not", at)
    forbids = ("forbid" in kinds) == (answer == "yes")
    return Verdict("forbid" if forbids else "permit", at)
