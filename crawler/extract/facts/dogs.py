"""Dogs on the way up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import backed
from crawler.extract.document import Document
from crawler.extract.dogs.labels import is_label, is_led_to
from crawler.extract.dogs.loose import bans_the_loose_only
from crawler.extract.dogs.places import (
    are_told_apart,
    is_banned_from_all,
    is_banned_on_the_pistes_alone,
    is_leashed_on_the_way_alone,
    is_working,
    names_slopes,
    on_the_slopes,
    on_the_slopes_too,
    place_of,
)
from crawler.extract.dogs.times import is_label_of_times, is_of_a_part_of_day, names_hours
from crawler.extract.hours.operations import phases
from crawler.extract.hours.times import spans
from crawler.extract.hours.weekdays import days_in
from crawler.extract.pronouns import is_told_of_others
from crawler.extract.rules import ClauseRule, Rule, decided
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Dogs

FIELD = "dogs"
NEEDS: tuple[str, ...] = ()

_TOLD = frozenset(["dog"])
_AT_SOME, _AT_HOURS, _BY_PHASE = "at some times", "at some hours", "during or outside operations"
_AT_TIMES = (_AT_SOME, _AT_HOURS, _BY_PHASE)
_LABELLED = 4
"""Tokens of a row such as "Dogs | No"."""
_LABEL = 3
"""Tokens of a line such as "Dogs", and characters between it and what it heads."""
_NEAR_LEASH = 4
_BUT = frozenset(["but", "aber", "mais", "ma", "jedoch"])
_PRONOUNS = ("they", "price_pronoun")
_NEGATED = 2
"""Tokens between a negation and the dogs that it bans."""


def claims(document: Document) -> Iterator[Claim]:
    before: Scoped | None = None
    for scoped in document.sentences:
        previous, before = before, scoped
        above = previous is not None and previous.whole.has("dog")
        if not (above or scoped.speaks_of(_TOLD) or scoped.headed("dog")):
            continue
        if scoped.sentence.asks or not (
            scoped.scope or on_the_slopes(scoped, document) or is_banned_from_all(scoped, document)
        ):
            continue
        if scoped.whole.has("summer") and not scoped.sentence.rules("forbid"):
            continue
        read = _without_alternatives(tuple(_in_sentence(scoped, previous)), scoped.whole)
        permits = any(c.value is not Dogs.PROHIBITED and clause.rules("permit") for c, clause in read)
        # "Banned on the pistes, to be kept on a leash on the footpaths"
        banned = any(c.value is Dogs.PROHIBITED and names_slopes(clause) for c, clause in read)
        permits = permits or (banned and any(c.value is Dogs.LEASHED for c, _ in read))
        but_not = any(_excepts(clause) for clause in scoped.clauses[1:])
        forbids = but_not or any(c.value is Dogs.PROHIBITED for c, _ in read)
        for claim, _ in read:
            # "allowed on leash on Birch Run, but not on Maple Lane"
            yield replace(claim, value=Dogs.LIMITED) if permits and forbids else claim


def _without_alternatives(
    read: tuple[tuple[Claim, Clause], ...], whole: Clause
) -> tuple[tuple[Claim, Clause], ...]:
    """Of "Dogs must be on a leash or left at home" the rule, and not what else those may do who don't follow it."""
    if not any(claim.value is Dogs.LEASHED for claim, _ in read):
        return read
    ors = {whole.tokens[hit.last].end + 1 for hit in whole.hits.get("either", ())}
    return tuple(one for one in read if one[0].value is not Dogs.PROHIBITED or one[1].start not in ors)


def _excepts(clause: Clause) -> bool:
    """As in "Dogs are allowed, but not in lift hours", and with the verb's end: "auf der Piste nicht"."""
    first = clause.first("neg")
    last = max((hit.last for hit in clause.hits.get("neg", ())), default=-1)
    words = [index for index, token in enumerate(clause.tokens) if not token.is_mark]
    if clause.has("slopes", "route_noun") and not clause.verdicts and words and last == words[-1]:
        return not clause.has("leash", "no_leash")
    leads = first == 0 or (first == 1 and clause.tokens[0].fold in _BUT)
    return leads and not clause.verdicts


def _in_sentence(scoped: Scoped, previous: Scoped | None) -> Iterator[tuple[Claim, Clause]]:
    """Claims, each with the clause that it is read from."""
    carried = previous is not None and is_led_to(scoped, previous)
    asked = carried and previous is not None and previous.sentence.asks
    labelled = carried and previous is not None and is_label(previous, scoped)
    headed, in_sentence = scoped.headed("dog"), False
    for clause in scoped.clauses:
        in_sentence = in_sentence or clause.has("dog")
        other = _has_other_subject(clause) and not _is_bare_place(clause)
        subject = headed or labelled or clause.has("dog") or (in_sentence and not other)
        subject = subject or (is_told_of_others(clause, "dog") and not phases(clause))
        # "Bringing a dog? Put it on a leash": a sentence that plainly goes on about dogs
        subject = subject or (
            carried
            and (clause.has("leash", "no_leash") or len(clause.tokens) <= _LABELLED)
            and (asked or not clause.has("snowshoe", "foot", "bike"))  # "Leash your dog. No walkers"
        )
        goes_on = asked or (carried and place_of(clause) is not None)  # "On the pistes it is not admitted"
        subject = subject or (goes_on and clause.has(*_PRONOUNS) and not _has_other_subject(clause))
        value = _by_times(scoped) if asked or _answers_its_label(scoped) else None
        rule = decided(_RULES, clause, scoped) if subject and value is None else None
        value = rule.value if rule is not None else value
        if value is None or (clause.all("even", "leash") and not (clause.verdicts or clause.has("dog"))):
            continue  # "leashed or not", behind a ban
        limit = _limit(clause, scoped)
        if value is Dogs.LEASHED and _is_confined(clause, scoped.whole, limit, asked=asked):
            value = Dogs.LIMITED  # "leashed dogs are allowed after hours"
        yield (
            Claim(
                FIELD,
                _limited(value) if limit and value is not Dogs.LEASHED else value,
                scoped.sentence.start,
                scoped.sentence.end,
                Strength.EXPLICIT if clause.has("dog") else Strength.PLAIN,
                why=rule.why if rule is not None else "an answer that tells times apart",
                condition=limit or (None if phases(clause) else scoped.heading_phase or place_of(clause)),
            ),
            clause,
        )


def _by_times(scoped: Scoped) -> Dogs | None:
    """As in "And the dog? Not on Saturdays": an answer that tells days or hours apart."""
    whole = scoped.whole
    told = whole.has("answer_no", "answer_yes") and (days_in(whole) or phases(whole) or spans(whole))
    return Dogs.LIMITED if told or is_label_of_times(whole) else None


def _answers_its_label(scoped: Scoped) -> bool:
    """As in "Dogs: yes before 8, no after", "With a dog? Monday to Thursday, yes"."""
    label = scoped.whole.hits.get("dog", ())
    behind = scoped.whole.tokens[label[0].last + 1 :] if label and label[0].first < _LABEL else ()
    answers = bool(behind) and behind[0].fold in ":|?" and not scoped.whole.has("leash", "no_leash")
    return answers and (scoped.whole.has("answer_yes", "answer_no") or is_label_of_times(scoped.whole))


def _is_confined(clause: Clause, whole: Clause, limit: str | None, *, asked: bool) -> bool:
    """Whether dogs on a leash may come at some hours or to some places only."""
    if _only_on_leash(clause):
        return False
    only = clause.has("only") and not clause.near("only", "leash", 1)
    if only and (limit in _AT_TIMES or spans(whole)):
        return True
    places = whole.has("nowhere_else") or (clause.has("only") and not clause.near("only", "leash", 1))
    times = limit in _AT_TIMES and not clause.rules("must")
    return (clause.rules("permit") and (places or times)) or (asked and times)


def _has_other_subject(clause: Clause) -> bool:
    return clause.has(
        "snowshoe", "foot", "bike", "lights", "uphill_pass", "waiver", "check_in", "removal"
    ) or (_names_travel(clause) and not clause.has("leash"))


def _is_bare_place(clause: Clause) -> bool:
    """As the "pas sur les pistes" of "admitted in the village, not on the slopes"."""
    return 0 <= clause.first("neg") <= 1 and clause.has("slopes") and not clause.has("uphill")


def _names_travel(clause: Clause) -> bool:
    """Whether it speaks of going up by more than a place: "they are not admitted on the slopes" does not."""
    if not clause.travels:
        return False
    aside = clause.hits_of("slopes", "evening_event", "uphill_route")
    travels = clause.hits_of("uphill", "ascend")
    goes = any(not up.overlaps_any(aside) for up in travels)
    # "Leashed dogs are tolerated on the track, banned on the slopes"
    leads = any(verdict.at == 0 for verdict in clause.verdicts)
    return goes or not (leads or clause.has(*_PRONOUNS))


def _only_on_leash(clause: Clause) -> bool:
    """As in "on a leash only", but not in "on Birch Run only, on a leash"."""
    near = any(
        max(a.first - b.last, b.first - a.last) <= _NEAR_LEASH
        and "," not in {t.fold for t in clause.tokens[min(a.first, b.first) : max(a.last, b.last)]}
        for a in clause.hits.get("only", ())
        for b in clause.hits.get("leash", ())
    )
    return near and not (phases(clause) or spans(clause) or is_of_a_part_of_day(clause))


def _limited(value: Dogs) -> Dogs:
    return Dogs.LIMITED if value in (Dogs.ALLOWED, Dogs.PROHIBITED) else value


def _is_elsewhere(clause: Clause, _scoped: Scoped) -> bool:
    stays = any(
        ban.overlaps(inside)
        for ban in clause.hits.get("forbid", ())
        for inside in clause.hits.get("indoors", ())
    )  # "Dogs stay in the parking lot"
    other = clause.has("indoors") or (clause.has("other_place") and not clause.has("only", "either"))
    return other and not (stays or names_slopes(clause))


def _is_left_behind(clause: Clause, _scoped: Scoped) -> bool:
    """As in "Without dogs" in a list of what is allowed."""
    lacking, dogs = clause.hits.get("without", ()), clause.hits.get("dog", ())
    return any(0 < dog.first - no.last <= _NEGATED for no in lacking for dog in dogs)


def _is_refused(clause: Clause, scoped: Scoped) -> bool:
    """As in "Dogs: no", "No" below "Dogs"."""
    below = scoped.headed("dog") and clause.first("neg") == 0
    short = (clause.first("dog") == 0 or below) and len(clause.tokens) <= _LABELLED
    return short and clause.has("neg") and not clause.verdicts


def _is_banned_even_so(clause: Clause, _scoped: Scoped) -> bool:
    """As in "not allowed, on or off leash"."""
    if clause.has("even") and _is_negated(clause, _scoped):
        return True  # "No dogs, even on a leash"
    return clause.rules("forbid") and (clause.has("even") or clause.all("included", "leash"))


def _is_banned_at_times(clause: Clause, _scoped: Scoped) -> bool:
    """As in "prohibited while lifts run and leashed at other times"."""
    times = bool(phases(clause) or spans(clause) or days_in(clause))
    leash = clause.first("leash")
    first = any(v.kind == "forbid" and v.at < leash for v in clause.verdicts)
    # "to be kept on a leash, and not admitted in the evening"
    then = any(v.kind == "forbid" and 0 <= leash < v.at for v in clause.verdicts)
    then = then and phases(clause) != {"during", "outside"}
    return (first or then) and times and not clause.has("no_leash")


def _is_allowed_in_part(clause: Clause, _scoped: Scoped) -> bool:
    """As in "allowed on Birch Run but not on Maple Lane"."""
    negations = [hit.first for hit in clause.hits.get("neg", ()) if hit.first]
    butted = any(clause.tokens[at - 1].fold in _BUT for at in negations)
    parts = clause.has("leash") or phases(clause) or spans(clause) or days_in(clause)
    return clause.has("dog", "leash") and bool(parts) and butted and bool(clause.hits.get("permit"))


def _is_kept_off(clause: Clause, _scoped: Scoped) -> bool:
    """As in "We love dogs, but not on our slopes"."""
    at = clause.first("neg")
    butted = at > 0 and clause.tokens[at - 1].fold in (*_BUT, ",") and clause.first("dog") < at
    leads = 0 <= at <= 1 and not clause.has("dog")
    behind = any(hit.first > at for hit in clause.hits.get("slopes", ()))
    return (leads or butted) and behind and not clause.has("only", "except") and not clause.verdicts


def _admits_working_dogs_only(clause: Clause, _scoped: Scoped) -> bool:
    words = clause.length
    alone = clause.rules("permit") or words <= _LABELLED
    return is_working(clause) and clause.has("only") and alone and not clause.has("no_leash")


def _is_of_working_dogs(clause: Clause, _scoped: Scoped) -> bool:
    return is_working(clause)


def _bans_loose_dogs(clause: Clause, _scoped: Scoped) -> bool:
    loose = clause.has("no_leash") and (clause.rules("forbid") or clause.has("neg", "removal", "fine"))
    threatened = clause.has("removal", "fine") and not clause.verdicts  # "… will be impounded"
    return loose and (threatened or bans_the_loose_only(clause))


def _lets_run_loose(clause: Clause, _scoped: Scoped) -> bool:
    either_way = clause.has("even") and not clause.rules("permit")  # "Dogs are not allowed (on or off leash)"
    threatened = clause.has("removal", "fine") or any(t.fold == "will" for t in clause.tokens)
    return clause.has("no_leash") and not clause.rules("forbid") and not (either_way or threatened)


def _is_on_a_leash(clause: Clause, _scoped: Scoped) -> bool:
    waived = clause.rules("need_not") and not clause.rules("must")
    loose = clause.hits.get("no_leash", ())
    return not waived and any(not hit.within_any(loose) for hit in clause.hits.get("leash", ()))


def _is_banned(clause: Clause, _scoped: Scoped) -> bool:
    return clause.rules("forbid")


def _is_negated(clause: Clause, _scoped: Scoped) -> bool:
    """As in "no dogs on the hill": the negation stands right before them."""
    dogs, negations = clause.hits.get("dog", ()), clause.hits.get("neg", ())
    return any(0 < d.first - n.last <= _NEGATED for d in dogs for n in negations)


def _is_about_something_else(clause: Clause, _scoped: Scoped) -> bool:
    times = clause.hits_of("during_ops", "outside_ops")
    loose = [n for n in clause.hits.get("neg", ()) if not any(t.covers(n.first) for t in times)]
    return clause.has("dog") and bool(loose)


def _is_permitted(clause: Clause, _scoped: Scoped) -> bool:
    """By more than the word "open", which a trail called "Bird Dog" may be."""
    opens, permits = clause.hits.get("open", ()), clause.hits.get("permit", ())
    named = any(not any(o.covers(p.first) for o in opens) for p in permits)
    return clause.rules("permit") and (named or not permits)


def _is_at_times_only(clause: Clause, _scoped: Scoped) -> bool:
    """As in "Dogs: Mon–Thu only"."""
    return (
        clause.has("only")
        and clause.kinds <= {"must"}
        and bool(days_in(clause) or spans(clause) or phases(clause) or clause.has("route_noun"))
        and not clause.has("leash")
    )


def _is_at_places_only(clause: Clause, _scoped: Scoped) -> bool:
    """As in "Dogs: only on the Birch Run", "With a dog: on the forest track only, on a leash"."""
    placed = any(
        0 <= hit.first - only.last <= 1
        for only in clause.hits.get("only", ())
        for hit in clause.hits_of("via_run", "route_noun")
    )
    return placed and clause.kinds <= {"must"} and not _only_on_leash(clause)


_RULES: tuple[ClauseRule[Dogs], ...] = (
    Rule("indoors or elsewhere", _is_elsewhere),
    Rule("refused", _is_refused, Dogs.PROHIBITED),
    Rule("banned even on a leash", _is_banned_even_so, Dogs.PROHIBITED),
    Rule("banned at times, leashed at others", _is_banned_at_times, Dogs.LIMITED),
    Rule("banned on the pistes alone", lambda clause, _: is_banned_on_the_pistes_alone(clause), Dogs.LIMITED),
    Rule("allowed in part", _is_allowed_in_part, Dogs.LIMITED),
    Rule("leashed on the way up alone", lambda c, _: is_leashed_on_the_way_alone(c), Dogs.LIMITED),
    Rule("working dogs only", _admits_working_dogs_only, Dogs.PROHIBITED),
    Rule("about working dogs", _is_of_working_dogs),
    Rule("loose dogs are banned", _bans_loose_dogs, Dogs.LEASHED),
    Rule("allowed off the leash", _lets_run_loose, Dogs.ALLOWED),
    Rule("at some places only", _is_at_places_only, Dogs.LIMITED),
    Rule("on a leash", _is_on_a_leash, Dogs.LEASHED),
    Rule("banned", _is_banned, Dogs.PROHIBITED),
    Rule("no dogs", _is_negated, Dogs.PROHIBITED),
    Rule("not on the slopes", _is_kept_off, Dogs.PROHIBITED),
    Rule("a negation of something else", _is_about_something_else),
    Rule("to be left behind", lambda c, s: c.lead is not None and _is_left_behind(c, s), Dogs.PROHIBITED),
    Rule("going up without them is allowed", _is_left_behind),
    Rule("allowed", _is_permitted, Dogs.ALLOWED),
    Rule("at some times only", _is_at_times_only, Dogs.LIMITED),
)


def _limit(clause: Clause, scoped: Scoped) -> str | None:
    """The hours or places that the clause holds for."""
    if clause.rules("forbid") and on_the_slopes_too(clause):
        return None
    found = phases(clause) or (
        {scoped.heading_phase} if scoped.heading_phase and not scoped.whole.has("dog") else set()
    )
    some = clause.has("some_times") or (not found and is_of_a_part_of_day(clause))
    if some or len(found) == 1:
        return _AT_SOME if some else _BY_PHASE
    if names_hours(clause) or (days_in(clause) and not clause.has("opening_day", "closing_day")):
        return _AT_HOURS
    if clause.has("even") and clause.rules("forbid"):
        return None  # "nor anywhere else"
    bans = clause.hits.get("forbid", ())
    excepts = [
        hit
        for hit in clause.hits.get("except", ())
        if not any(ban.covers(hit.first) for ban in bans)  # "Dogs are excluded"
    ]
    if (excepts or clause.has("only")) and not clause.has("service_animal"):
        return "with exceptions"
    return "at some hours or places" if clause.has("limited_to") else None


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    values = {claim.value for claim in claims}
    if not values:
        return UNSTATED
    if Dogs.LIMITED in values or {Dogs.ALLOWED, Dogs.PROHIBITED} <= values:
        return backed(claims, Dogs.LIMITED, among=values)
    if Dogs.PROHIBITED in values and are_told_apart(claims):
        return backed(claims, Dogs.LIMITED, among=values)
    for value in (Dogs.PROHIBITED, Dogs.LEASHED, Dogs.ALLOWED):
        if value in values:
            return backed(claims, value)
    return UNSTATED
