"""What one is told to wear or carry: shared by the facts on lights, reflective clothing and avalanche gear."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from crawler.extract.claims import Claim, Settled, Strength
from crawler.extract.combine import backed, strongest
from crawler.extract.document import Document
from crawler.extract.gear.adjectives import told_of_each
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause, Sentence
from uphill.vocabulary import Gear

_INFINITIVE = frozenset(["zu", "einzuschalten", "mitzuführen", "mitzunehmen", "mitzubringen"])
_COMMA = 2
"""Characters from one clause to the next."""
_BARE = 3
"""Tokens of an aside such as "(recommended)"."""
_ADDS = frozenset([",", "and", "und", "sowie", "et", "e", "ed"])
_VERB = 2
"""Tokens from those who go up to what they do."""


def claims(
    document: Document, field: str, names: Callable[[Clause, Scoped], bool], concept: str, *parts: str
) -> Iterator[Claim]:
    """Claims on gear that ``names`` finds in a clause that holds ``concept``, as a heading may, or its ``parts``."""
    for scoped in document.telling({concept, *parts}, headed=concept):
        if scoped.sentence.asks:
            continue
        # "Groomers are out and need to see you" tells what they need
        subject = scoped.headed(concept) and not scoped.whole.has("machines")
        for clause in scoped.clauses:
            if not names(clause, scoped) and not (subject and clause.rules("must")):
                continue
            value = told_of_each(scoped.whole, clause, (concept, *parts))
            value = value or _read(clause, scoped.sentence)
            if value is not None:
                start, end = scoped.sentence.start, scoped.sentence.end
                yield Claim(field, value, start, end, Strength.PLAIN, why="asked for")


def _read(clause: Clause, sentence: Sentence) -> Gear | None:
    of_machines = clause.has("machines") and not clause.has("you", "avalanche_kit")
    if clause.rules("need_not") or of_machines or _is_lacking(clause):
        return None
    kinds = {v.kind for v in clause.verdicts} or sentence.kinds
    if "should" in kinds or _is_advised(clause, sentence):
        return Gear.RECOMMENDED
    if _is_either(clause):
        return Gear.RECOMMENDED
    only_with = clause.travels and clause.near("only", "lights", _BARE)  # "After dark with a headlamp only"
    if "must" in kinds or only_with or ("forbid" in kinds and clause.has("without")):
        return Gear.REQUIRED
    if clause.commands("hold") or clause.commands("gear_command") or _is_custom(clause):
        return Gear.REQUIRED
    return None


def _is_either(clause: Clause) -> bool:
    """As in "Lights or reflective clothing", and not "Headlamp and bright or reflective clothing"."""
    for one in clause.hits.get("lights", ()):
        for other in clause.hits.get("reflective", ()):
            since, until = min(one.last, other.last), max(one.first, other.first)
            joins = any(since < hit.first < until for hit in clause.hits.get("either", ()))
            if joins and _ADDS.isdisjoint(token.fold for token in clause.tokens[since + 1 : until]):
                return True
    return False


def _is_lacking(clause: Clause) -> bool:
    """As in "Expect machines without lights", and not "Nobody may climb without a headlamp"."""
    lacks = [
        lamp.first - without.last
        for without in clause.hits.get("without", ())
        for lamp in clause.hits.get("lights", ())
    ]
    return clause.has("machines") and any(0 < gap <= _VERB for gap in lacks) and not clause.rules("forbid")


def _is_custom(clause: Clause) -> bool:
    """As in "At night every climber wears a headlamp": what those who go up do is told as a rule."""
    return any(
        0 < max(verb.first - who.last, who.first - verb.last) <= _VERB
        for who in clause.hits_of("you", "uphill", "ascend")
        for verb in clause.hits.get("gear_command", ())
    )


def _is_advised(clause: Clause, sentence: Sentence) -> bool:
    """As in "wear a headlamp (recommended)", "Es empfiehlt sich, eine Stirnlampe zu tragen"."""
    # "headlamp mandatory, helmet recommended" are two things
    own = "must" in clause.kinds
    asides = (c for c in sentence.clauses[1:] if c.kinds == {"should"} and len(c.tokens) <= _BARE)
    if any(not own or _is_bracketed(c) for c in asides):
        return True
    before = next((c for c in sentence.clauses if 0 < clause.start - c.end <= _COMMA), None)
    if (
        before is not None
        and before.kinds == {"should"}
        and len(before.tokens) <= _BARE
        and not (own and _names(before))
    ):
        return True  # "Ideally, take a headlamp along"
    advises = (
        before is not None and before.kinds == {"should"} and "," in clause.text[before.end : clause.start]
    )
    return advises and any(token.fold in _INFINITIVE for token in clause.tokens)


def _names(clause: Clause) -> bool:
    """Whether it names a thing: "Helmet recommended", and not "Ideally"."""
    advice = clause.hits.get("should", ())
    return any(not any(hit.covers(i) for hit in advice) for i in range(len(clause.tokens)))


def _is_bracketed(clause: Clause) -> bool:
    return clause.text[: clause.start].rstrip().endswith("(")


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    if {claim.value for claim in claims} == {Gear.REQUIRED, Gear.RECOMMENDED}:
        return backed(claims, Gear.REQUIRED)
    return strongest(claims)
