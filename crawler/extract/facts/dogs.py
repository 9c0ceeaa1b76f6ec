"""Dogs on the way up."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import backed
from crawler.extract.document import Document, Scoped
from crawler.extract.operations import phases
from crawler.extract.sentences import Clause, Sentence
from crawler.extract.times import days_in, spans
from uphill.vocabulary import Dogs

FIELD = "dogs"
NEEDS: tuple[str, ...] = ()

_AT_SOME, _AT_HOURS, _BY_PHASE = "at some times", "at some hours", "during or outside operations"
_AT_TIMES = (_AT_SOME, _AT_HOURS, _BY_PHASE)
_LABELLED = 4
"""Tokens of a row such as "Dogs | No"."""


def claims(document: Document) -> Iterator[Claim]:
    before: Sentence | None = None
    for scoped in document.main:
        if scoped.sentence.asks:
            before = scoped.sentence
            continue
        block = scoped.sentence.block
        carried = before is not None and before.block is block and before.has("dog")
        before = scoped.sentence
        headed, in_sentence = scoped.headed("dog"), False
        for clause in scoped.clauses:
            in_sentence = in_sentence or clause.has("dog")
            subject = headed or clause.has("dog") or (in_sentence and not _has_other_subject(clause))
            # "Bringing a dog? Put it on a leash": a sentence that plainly goes on about dogs
            subject = subject or (
                carried and (clause.has("leash", "no_leash") or len(clause.tokens) <= _LABELLED)
            )
            if subject and (value := _read(clause)) is not None:
                limit = _limit(clause, scoped)
                confined = clause.has("nowhere_else") or (limit in _AT_TIMES and not clause.rules("must"))
                if (
                    value is Dogs.LEASHED
                    and clause.rules("permit")
                    and confined
                    and not _only_on_leash(clause)
                ):
                    value = Dogs.LIMITED  # "leashed dogs are allowed after hours"
                yield Claim(
                    FIELD,
                    _limited(value) if limit and value is not Dogs.LEASHED else value,
                    scoped.sentence.start,
                    scoped.sentence.end,
                    Strength.EXPLICIT if clause.has("dog") else Strength.PLAIN,
                    why="the clause speaks of dogs",
                    condition=limit,
                )


def _has_other_subject(clause: Clause) -> bool:
    return clause.has("snowshoe", "foot", "bike", "lights", "uphill_pass", "waiver", "check_in") or (
        clause.travels and not clause.has("leash")
    )


def _only_on_leash(clause: Clause) -> bool:
    return clause.near("only", "leash", 3) and not phases(clause) and not spans(clause)


def _limited(value: Dogs) -> Dogs:
    return Dogs.LIMITED if value in (Dogs.ALLOWED, Dogs.PROHIBITED) else value


def _read(clause: Clause) -> Dogs | None:  # noqa: PLR0911 - one return a rule, in their order
    if clause.has("indoors") and not clause.has("slopes", "uphill"):
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
        bans_others = clause.has("only") and clause.rules("permit") and not clause.has("no_leash")
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
