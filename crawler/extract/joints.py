"""Marks that join the words beside them, and end no statement."""

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from crawler.extract.automaton import Hit
from crawler.extract.daynames import DAYS
from crawler.extract.languages import of_all
from crawler.extract.stops import MERIDIEM
from crawler.extract.tagger import Token

_LONGEST_ASIDE = 24
"""Tokens between brackets or dashes that may stand within a statement."""
_PREDICATE_NEAR = 14
"""Tokens from the dash that ends an aside to the verdict of the statement around it."""
_SHORT_ROW = 10
"""Tokens of a table's row that reads as one statement, such as "Dogs | not allowed"."""
_PHASES = ("during_ops", "outside_ops")
_JOINERS = of_all("joiners")
_DASHES = frozenset("-–—")
_COLON = frozenset(":")
_TRAVELS = ("uphill", "ascend")
_LONGEST_LABEL, _LONGEST_LINE = 6, 12
"""Tokens of a label before its colon, and of the whole line."""
_WAYS_UP = ("uphill", "ascend", "foot", "snowshoe", "bike")
_RULES = ("permit", "forbid")
_LISTING = _JOINERS | {","}
_ANSWERS = ("answer_yes", "answer_no")
_TELLS = ("permit", "forbid", "must", "should")

_DAY_MARKS = 2
"""Marks between the two weekdays of a span of days."""
_CLOCKS = ("oclock", "from", "between", "until", "before", "after")
_OF_TIME = frozenset(
    [
        *_CLOCKS,
        *("ante", "post", "noon", "midnight", "sunrise", "sunset", "dawn", "dusk", "offset", "daily"),
        *("lift_open", "lift_close", "during_ops", "outside_ops", "evening_event", "weekdays", "weekend"),
        *DAYS,
    ]
)
_OF_WORK = frozenset(["machines", "closed"])
_LITTLE = of_all("articles") | of_all("joiners") | of_all("also") | {"uhr", "h", "am", "pm"}
_LONGEST_TIME, _RULE_NEAR, _AT_ONCE = 24, 14, 3
"""Tokens of hours before their colon, and from it to the verdict that holds in them, for all at once."""


def joining_marks(
    tokens: tuple[Token, ...],
    found: Mapping[str, tuple[Hit, ...]],
    hits: list[Hit],
    joints: list[int],
    modal: list[int],
) -> set[int]:
    """Joints that lie within a phrase, a span of days, a label and its value, or around an aside."""
    marks = {tokens[index][0] for index in joints}
    out = {i for _, first, last in hits if last > first for i in range(first + 1, last + 1)}
    if not marks.isdisjoint("(-–—"):
        out |= asides(tokens, hits, modal)
    if not found.keys().isdisjoint(DAYS):
        out.update(between_days(tokens, hits))
    times = [hit for concept in _PHASES for hit in found.get(concept, ())]
    if len(times) > 1:
        out.update(_between_times(tokens, times, joints, modal))
    out.update(_between_things_ruled(tokens, hits))
    if ":" in marks:
        out |= joining_colons(tokens, hits)
    elif not marks.isdisjoint(_DASHES):
        out.add(label_mark(tokens, hits, _DASHES))
    for season in found.get("whole_season", ()):  # no clause, though "während" begins one elsewhere
        out |= {season.first - 1, season.last + 1}
    if "|" in marks and len(tokens) <= _SHORT_ROW:
        out.update(index for index in joints if tokens[index][0] == "|")
    return out


def _between_things_ruled(tokens: tuple[Token, ...], hits: list[Hit]) -> Iterator[int]:
    """What parts the ways of "The resort prohibits hiking, snowshoeing or skinning up the slopes at all times"."""
    ways = {hit.first: hit.last for hit in hits if hit.concept in _WAYS_UP}
    for verb in hits:
        at = verb.last + 1
        while verb.concept in _RULES and at in ways:
            mark = ways[at] + 1
            parts = [i for i in (mark, mark + 1) if i < len(tokens) and tokens[i].fold in _LISTING]
            at = parts[-1] + 1 if parts else -1
            if at in ways:
                yield from parts


def joining_colons(tokens: tuple[Token, ...], hits: list[Hit]) -> set[int]:
    """The colons that part no statements: behind a label, and behind the hours that a rule holds in."""
    return {label_mark(tokens, hits, _COLON), *_colons_of_hours(tokens, hits)}


def _colons_of_hours(tokens: tuple[Token, ...], hits: list[Hit]) -> Iterator[int]:
    """The colon of "8:30 to 17:00: no climbing", "From 20:00 the pistes are groomed: access prohibited"."""
    colons = [i for i, token in enumerate(tokens) if token.fold == ":" and not between_numbers(tokens, i)]
    for colon in colons[:1]:
        before = [hit for hit in hits if hit.last < colon]
        clocks = [hit for hit in before if hit.concept in _CLOCKS]
        numbered = any(token.fold[0].isdigit() for token in tokens[:colon])
        rules = [hit.first for hit in hits if hit.concept in ("permit", "forbid")]
        ruled = any(colon < at <= colon + _RULE_NEAR for at in rules) and min(rules) > colon
        if colon > _LONGEST_TIME or not (numbered and ruled):
            continue
        known = {i for hit in before if hit.concept in _OF_TIME for i in range(hit.first, hit.last + 1)}
        bare = all(
            i in known or token.is_mark or token.fold[0].isdigit() or token.fold in _LITTLE
            for i, token in enumerate(tokens[:colon])
        )
        works = bool(clocks) and clocks[0].first == 0 and any(hit.concept in _OF_WORK for hit in before)
        works = works and min(rules) <= colon + _AT_ONCE  # "… : the Pine Run is closed" is of that run
        if bare or works:
            yield colon


def label_mark(tokens: tuple[Token, ...], hits: list[Hit], marks: Collection[str]) -> int:
    """The mark of a line such as "Dogs: no", "Uphill in lift hours – not allowed", which is one statement, or -1."""
    colons = [i for i, token in enumerate(tokens) if token.fold in marks]
    if len(colons) != 1 or len(tokens) > _LONGEST_LINE:
        return -1
    colon = colons[0]
    if not 0 < colon <= _LONGEST_LABEL or any(token.is_mark for token in tokens[:colon]):
        return -1
    value = [hit for hit in hits if hit.first == colon + 1]
    answers = any(hit.concept in _ANSWERS and _ends(tokens, hit.last) for hit in value)
    ruled = any(hit.concept in (*_TELLS, "neg") and hit.last < colon for hit in hits)
    alone = any(
        hit.concept == "only" and (hit.first == colon + 1 or hit.last >= len(tokens) - 2) for hit in hits
    )  # "Dogs: only outside lift hours"
    # as in "Uphill pass: not really required"
    denied = any(hit.concept == "neg" for hit in value) and any(
        hit.concept in _TELLS and hit.first > colon for hit in hits
    )
    told = alone or denied or any(hit.concept in _TELLS for hit in value)
    return colon if answers or (told and not ruled) else -1


def _ends(tokens: tuple[Token, ...], last: int) -> bool:
    return last + 1 >= len(tokens) or tokens[last + 1].is_mark


def between_days(tokens: tuple[Token, ...], hits: list[Hit]) -> Iterator[int]:
    """Marks that stand between two weekdays, as in "Mon.–Thu."."""
    days = [hit for hit in hits if hit[0] in DAYS]
    for one, other in pairwise(days):
        between = range(one.last + 1, other.first)
        if 0 < len(between) <= _DAY_MARKS and all(tokens[index].fold in ".-–—" for index in between):
            yield from between


def _between_times(
    tokens: tuple[Token, ...], times: list[Hit], joints: list[int], modal: list[int]
) -> Iterator[int]:
    """The "or" of "Uphill travel before the lifts open or after the lifts close is prohibited"."""
    begins, ends = {hit.first for hit in times}, {hit.last for hit in times}
    ruled = min((at for at in modal if not any(hit.covers(at) for hit in times)), default=-1)
    joins = (at for at in joints if tokens[at].fold in _JOINERS)
    return (at for at in joins if at < ruled and at - 1 in ends and at + 1 in begins)


def asides(tokens: tuple[Token, ...], hits: list[Hit], modal: list[int]) -> set[int]:
    """Marks around and in an aside that lays down nothing, which parts no subject from its predicate.

    As in "Uphill travel (skinning, hiking) is not allowed", "Skinning on any run – even at its edge – is banned".
    """
    out: set[int] = set()
    for opened, closed in (*_brackets(tokens), *_dashes(tokens, hits, modal)):
        told = any(opened < m < closed for m in modal)
        if not told and closed - opened <= _LONGEST_ASIDE and opened > 0 and closed < len(tokens) - 2:
            out.update(range(opened, closed + 1))
    return out


def without_alternatives(tokens: tuple[Token, ...], hits: list[Hit], modal: Collection[str]) -> list[Hit]:
    """The hits less those of an aside such as "– open or closed –", "(groomed or not)", which lays down nothing."""
    beside = {at for hit in hits if hit.concept == "either" for at in (hit.first - 1, hit.last + 1)}
    told = [hit.first for hit in hits if hit.concept in modal and hit.first not in beside]
    within = [*_brackets(tokens), *_dashes(tokens, hits, told)]
    return [
        hit
        for hit in hits
        if hit.concept not in modal
        or hit.first not in beside
        or not any(opened < hit.first < closed for opened, closed in within)
    ]


def _brackets(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    opened = -1
    for index, token in enumerate(tokens):
        if token.fold == "(":
            opened = index
        elif token.fold == ")" and opened >= 0:
            yield opened, index
            opened = -1


def _dashes(tokens: tuple[Token, ...], hits: list[Hit], modal: list[int]) -> Iterator[tuple[int, int]]:
    """Two dashes between those who go up and the verdict on them; three are a list."""
    dashes = [i for i, token in enumerate(tokens) if token.fold in _DASHES and not between_numbers(tokens, i)]
    dashes = [i for i in dashes if i + 1 not in dashes]  # "--" is one
    if len(dashes) != 2:
        return
    first, last = dashes
    travels = [hit.first for hit in hits if hit.concept in _TRAVELS]
    opens = first - 1 if first and tokens[first - 1].fold in _DASHES else first
    denied = {
        hit.first for hit in hits if hit.concept == "neg" and hit.last == opens - 1
    }  # "not – ever – allowed"
    begun = any(t < first for t in travels) and not any(m < first and m not in denied for m in modal)
    ended = not any(t > last for t in travels) and any(last < m <= last + _PREDICATE_NEAR for m in modal)
    if begun and ended:
        yield opens, last


def in_word(text: str, dot: Token) -> bool:
    """Whether the full stop belongs to "a.m." or the like."""
    return text[dot.end : dot.end + 1].isalnum() or MERIDIEM.search(text[dot.end - 6 : dot.end]) is not None


def between_numbers(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a mark stands in a time, a range or a sum, such as in ``9-4`` or ``8:30 AM – 4 PM``."""
    if not 0 < index < len(tokens) - 1:
        return False
    before, after = tokens[index - 1].fold, tokens[index + 1].fold
    near = tokens[index - 2].fold if index > 1 else ""
    time_before = before[0].isdigit() or before in {"am", "pm", "m", "a", "p", "h", "uhr", "."} or near == "m"
    return tokens[index].fold not in "!?;" and time_before and (after[0].isdigit() or after in _TIME_WORDS)


_TIME_WORDS = frozenset({"noon", "midnight", "sunrise", "sunset", "dusk", "dawn", "close", "opening"})
