"""Dogs on the way up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import backed
from crawler.extract.document import Document, Scoped
from crawler.extract.operations import phases
from crawler.extract.page import Region
from crawler.extract.sentences import Clause
from crawler.extract.times import spans
from crawler.extract.weekdays import days_in
from uphill.vocabulary import Dogs

FIELD = "dogs"
NEEDS: tuple[str, ...] = ()

_AT_SOME, _AT_HOURS, _BY_PHASE = "at some times", "at some hours", "during or outside operations"
_AT_TIMES = (_AT_SOME, _AT_HOURS, _BY_PHASE)
_LABELLED = 4
"""Tokens of a row such as "Dogs | No"."""
_LABEL = 3
"""Tokens of a line such as "Dogs", and characters between it and what it heads."""
_NEAR_LEASH = 3
_OTHER_PLACES = ("other_place", "summer", "lodging", "other_page")
"""In a heading above what does not hold for the slopes in winter."""


def claims(document: Document) -> Iterator[Claim]:
    before: Scoped | None = None
    for scoped in document.sentences:
        previous, before = before, scoped
        if scoped.sentence.asks or not (scoped.scope or _on_the_slopes(scoped, document)):
            continue
        read = tuple(_in_sentence(scoped, previous))
        permits = any(c.value is not Dogs.PROHIBITED and clause.rules("permit") for c, clause in read)
        forbids = any(c.value is Dogs.PROHIBITED for c, _ in read)
        for claim, _ in read:
            # "allowed on leash on Birch Run, but not on Maple Lane"
            yield replace(claim, value=Dogs.LIMITED) if permits and forbids else claim


def _in_sentence(scoped: Scoped, previous: Scoped | None) -> Iterator[tuple[Claim, Clause]]:
    """Claims, each with the clause that it is read from."""
    carried = previous is not None and _goes_on(scoped, previous)
    asked = carried and previous is not None and previous.sentence.asks
    labelled = carried and previous is not None and previous.sentence.block is not scoped.sentence.block
    headed, in_sentence = scoped.headed("dog"), False
    for clause in scoped.clauses:
        in_sentence = in_sentence or clause.has("dog")
        subject = headed or labelled or clause.has("dog") or (in_sentence and not _has_other_subject(clause))
        # "Bringing a dog? Put it on a leash": a sentence that plainly goes on about dogs
        subject = subject or (
            carried and (clause.has("leash", "no_leash") or len(clause.tokens) <= _LABELLED)
        )
        value = _by_days(scoped) if asked else None
        value = value or (_read(clause) if subject else None)
        if value is None:
            continue
        limit = _limit(clause, scoped)
        if value is Dogs.LEASHED and _is_confined(clause, limit, asked=asked):
            value = Dogs.LIMITED  # "leashed dogs are allowed after hours"
        yield (
            Claim(
                FIELD,
                _limited(value) if limit and value is not Dogs.LEASHED else value,
                scoped.sentence.start,
                scoped.sentence.end,
                Strength.EXPLICIT if clause.has("dog") else Strength.PLAIN,
                why="the clause speaks of dogs",
                condition=limit,
            ),
            clause,
        )


def _on_the_slopes(scoped: Scoped, document: Document) -> bool:
    """Whether a page with a rule on going up says elsewhere what holds for dogs on its slopes."""
    block = scoped.sentence.block
    told = block.region is Region.MAIN and not block.linked and not scoped.whole.has("elsewhere", "summer")
    named = scoped.whole.all("dog", "slopes") and not scoped.whole.has("service_animal")
    elsewhere = any(head.has(*_OTHER_PLACES) for head in scoped.headings)
    return told and named and not elsewhere and bool(document.count("uphill"))


def _goes_on(scoped: Scoped, previous: Scoped) -> bool:
    """Whether the sentence before is a question or a label about dogs, or the sentence's own block is."""
    if not previous.whole.has("dog"):
        return False
    if previous.sentence.block is scoped.sentence.block:
        return True
    label = len(previous.whole.tokens) <= _LABEL and not previous.sentence.kinds
    return (previous.sentence.asks or label) and scoped.sentence.start - previous.sentence.end <= _LABEL


def _by_days(scoped: Scoped) -> Dogs | None:
    """As in "And the dog? Not on Saturdays": an answer that tells days apart."""
    told = scoped.whole.has("answer_no", "answer_yes") and days_in(scoped.whole)
    return Dogs.LIMITED if told else None


def _is_confined(clause: Clause, limit: str | None, *, asked: bool) -> bool:
    """Whether dogs on a leash may come at some hours or to some places only."""
    if _only_on_leash(clause):
        return False
    places = clause.has("nowhere_else") or (clause.has("only") and not clause.near("only", "leash", 1))
    times = limit in _AT_TIMES and not clause.rules("must")
    return (clause.rules("permit") and (places or times)) or (asked and times)


def _has_other_subject(clause: Clause) -> bool:
    return clause.has("snowshoe", "foot", "bike", "lights", "uphill_pass", "waiver", "check_in") or (
        clause.travels and not clause.has("leash")
    )


def _only_on_leash(clause: Clause) -> bool:
    """As in "on a leash only", but not in "on Birch Run only, on a leash"."""
    near = any(
        max(a.first - b.last, b.first - a.last) <= _NEAR_LEASH
        and "," not in {t.fold for t in clause.tokens[min(a.first, b.first) : max(a.last, b.last)]}
        for a in clause.hits.get("only", ())
        for b in clause.hits.get("leash", ())
    )
    return near and not phases(clause) and not spans(clause)


def _limited(value: Dogs) -> Dogs:
    return Dogs.LIMITED if value in (Dogs.ALLOWED, Dogs.PROHIBITED) else value


def _read(clause: Clause) -> Dogs | None:  # noqa: PLR0911 - one return a rule, in their order
    if clause.has("indoors", "other_place") and not clause.has("slopes", "uphill"):
        return None
    if (
        clause.first("dog") == 0
        and len(clause.tokens) <= _LABELLED
        and clause.has("neg")
        and not clause.verdicts
    ):
        return Dogs.PROHIBITED
    if clause.has("even") and clause.rules("forbid"):
        return Dogs.PROHIBITED  # "on or off leash"
    if _is_working(clause):
        # "only service animals are allowed" bans all others; what a patrol dog does says nothing
        alone = clause.rules("permit") or len(clause.tokens) <= _LABELLED
        bans_others = clause.has("only") and alone and not clause.has("no_leash")
        return Dogs.PROHIBITED if bans_others else None
    if clause.has("no_leash"):
        return Dogs.LEASHED if clause.rules("forbid") or clause.has("neg") else Dogs.ALLOWED
    if (
        clause.has("leash")
        and not clause.rules("need_not")
        and not (clause.has("even") and clause.rules("forbid"))
    ):
        return Dogs.LEASHED
    if clause.rules("forbid"):
        return Dogs.PROHIBITED
    if clause.has("dog") and clause.has("neg"):
        # "no dogs on the hill": the negation stands right before them
        near = any(0 < d.first - n.last <= 2 for d in clause.hits["dog"] for n in clause.hits["neg"])
        return Dogs.PROHIBITED if near else None
    if clause.rules("permit"):
        return Dogs.ALLOWED
    return None


def _is_working(clause: Clause) -> bool:
    """Whether service animals or the patrol's dogs are the only ones it names."""
    working = clause.hits.get("service_animal", ())
    named = clause.hits.get("dog", ())
    return bool(working) and all(any(w.first <= d.last and d.first <= w.last for w in working) for d in named)


def _limit(clause: Clause, scoped: Scoped) -> str | None:
    """The hours or places that the clause holds for."""
    found = phases(clause) or (
        {scoped.heading_phase} if scoped.heading_phase and not clause.has("dog") else set()
    )
    if clause.has("some_times"):
        return _AT_SOME
    if len(found) == 1:
        return _BY_PHASE
    if spans(clause) or days_in(clause):
        return _AT_HOURS
    if clause.has("even") and clause.rules("forbid"):
        return None  # "nor anywhere else"
    if clause.has("only", "except") and not clause.has("service_animal"):
        return "with exceptions"
    return "at some hours or places" if clause.has("limited_to") else None


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    values = {claim.value for claim in claims}
    if not values:
        return UNSTATED
    if Dogs.LIMITED in values or {Dogs.ALLOWED, Dogs.PROHIBITED} <= values:
        return backed(claims, Dogs.LIMITED, among=values)
    for value in (Dogs.PROHIBITED, Dogs.LEASHED, Dogs.ALLOWED):
        if value in values:
            return backed(claims, value)
    return UNSTATED
