"""Which of a sentence's adjectives is each thing's: "Helmet and headlamp mandatory, beacon recommended"."""

from collections.abc import Sequence
from itertools import pairwise

from crawler.extract.automaton import Hit
from crawler.extract.languages import of_all
from crawler.extract.modality import Verdict
from crawler.extract.sentences import Clause
from uphill.vocabulary import Gear

_ARTICLES = of_all("articles")
_PARTING = frozenset(";:.–—|")
_LISTING = of_all("joiners") | of_all("articles") | {","}
_PEOPLE = frozenset(
    [
        *("we", "you", "everyone", "everybody", "all", "please"),
        *("wir", "sie", "ihr", "man", "jeder", "alle", "bitte"),
        *("nous", "vous", "on", "chacun", "tous", "si", "tutti"),
    ]
)
"""Words right before a verb that tells what to wear."""
_IT_IS = frozenset(["it", "it's", "is", "es", "ist", "il", "c'", "ce", "est", "è", "e'"])
"""Words before an adjective that tells of what follows: "È obbligatorio avere la frontale"."""
_VALUES = {"must": Gear.REQUIRED, "should": Gear.RECOMMENDED}
_TOGETHER = 2
"""Tokens between two words that lay down one thing."""
_LACKED = 3
"""Tokens from "without" to what may not be lacking."""
_END = 2
"""Tokens from the last adjective to the end of what it stands in."""


def told_of_each(whole: Clause, clause: Clause, concepts: Sequence[str]) -> Gear | None:
    """What the sentence tells of the things in the clause, where it demands one thing and advises another."""
    if whole.has("neg", "without"):
        return _told_between_commas(whole, clause, concepts)
    return _told_in_the_sentence(whole, clause, concepts)


def _told_in_the_sentence(whole: Clause, clause: Clause, concepts: Sequence[str]) -> Gear | None:
    """By the adjective that is each thing's."""
    if not whole.kinds >= {"must", "should"} or whole.kinds - set(_VALUES):
        return None
    if any(0 < other.at - one.at <= _TOGETHER for one, other in pairwise(whole.verdicts)):
        return None  # "Ideally, take a headlamp along" is one thing
    found = set[str]()
    labels = {verdict.at + 1 for verdict in whole.verdicts}  # "Recommended: beacon, mandatory: headlamp"
    marks = [
        i for i, t in enumerate(whole.tokens) if t.fold in _PARTING and not (t.fold == ":" and i in labels)
    ]
    things = _things(whole, concepts)
    for mark, past in pairwise([-1, *marks, len(whole.tokens)]):
        verdicts = [verdict for verdict in whole.verdicts if mark < verdict.at < past]
        for first, last in things:
            in_clause = whole.tokens[first].start < clause.end and whole.tokens[last].end > clause.start
            if mark < first < past and in_clause and verdicts:
                found.add(_adjective_of(whole, (first, last), verdicts, mark + 1, past).kind)
    return _VALUES[found.pop()] if len(found) == 1 else None


def _told_between_commas(whole: Clause, clause: Clause, concepts: Sequence[str]) -> Gear | None:
    """What each entry tells of itself beside another's "no": "No dogs, headlamp mandatory, beacon recommended"."""
    commas = [i for i, token in enumerate(whole.tokens) if token.fold == ","]
    if not commas or whole.has("machines"):
        return None
    found = set[Gear]()
    for begin, end in pairwise([-1, *commas, len(whole.tokens)]):
        things = [
            hit
            for hit in whole.hits_of(*concepts)
            if begin < hit.first < end
            and clause.start <= whole.tokens[hit.first].start
            and whole.tokens[hit.last].end <= clause.end
        ]
        told = _told_of_entry(whole, things, begin, end) if things else None
        found |= {told} if told is not None else set()
    return found.pop() if len(found) == 1 else None


def _told_of_entry(whole: Clause, things: Sequence[Hit], begin: int, end: int) -> Gear | None:
    inside = {
        concept: [hit for hit in whole.hits.get(concept, ()) if begin < hit.first < end]
        for concept in ("neg", "without", "must", "should", "need_not")
    }
    lacking = any(0 < thing.first - no.last <= _LACKED for no in inside["without"] for thing in things)
    if lacking and (inside["neg"] or whole.rules("forbid")):
        return Gear.REQUIRED  # "Nobody climbs without a headlamp, a beacon is recommended"
    if lacking or inside["neg"] or inside["need_not"] or bool(inside["must"]) == bool(inside["should"]):
        return None
    return Gear.REQUIRED if inside["must"] else Gear.RECOMMENDED


def _things(whole: Clause, concepts: Sequence[str]) -> list[tuple[int, int]]:
    """Where the things stand, parts of one kit together: "beacon, shovel and probe"."""
    out: list[tuple[int, int]] = []
    for first, last in sorted({(hit.first, hit.last) for hit in whole.hits_of(*concepts)}):
        gap = whole.tokens[out[-1][1] + 1 : first] if out else ()
        if out and all(token.fold in _LISTING for token in gap):
            out[-1] = out[-1][0], max(last, out[-1][1])
        else:
            out.append((first, last))
    return out


def _adjective_of(
    whole: Clause, thing: tuple[int, int], verdicts: Sequence[Verdict], begin: int, past: int
) -> Verdict:
    """The nearest behind it, or before it where what they tell of stands behind the adjectives."""
    first, last = thing
    before = [verdict for verdict in verdicts if verdict.at < first]
    behind = [verdict for verdict in verdicts if verdict.at > last]
    if not (before and behind):
        return (behind or before[::-1])[0]
    leading = verdicts[0].at
    leads = all(token.fold in _IT_IS for token in whole.tokens[begin:leading])
    leads = leads or whole.tokens[leading - 1].fold in _PEOPLE
    # "Per la salita serale è obbligatorio l'uso della frontale e si consiglia …"
    after = whole.tokens[leading + 1].fold if leading + 1 < past else ""
    leads = leads or (whole.tokens[leading - 1].fold in _IT_IS and after in _ARTICLES)
    if not leads:
        return behind[0]
    ends = past - verdicts[-1].at <= _END
    own = all(t.fold not in _LISTING for t in whole.tokens[last + 1 : behind[0].at])
    return behind[0] if ends and own else before[-1]
