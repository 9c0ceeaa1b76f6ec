"""Lines that are nothing but a time of operation, under a heading on going up: "Only outside lift hours"."""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.extract.document import Document
from crawler.extract.hours.linewords import LITTLE
from crawler.extract.hours.operations import Phase, phase_of
from crawler.extract.hours.phasetopics import NOT_TRAVEL
from crawler.extract.languages import of_all
from crawler.extract.once import once
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

_TIMES = ("during_ops", "outside_ops", "evening_event", "day_part")
_PARTS = (*_TIMES, "both_phases", "only", "neg", "uphill", "ascend")
_OTHERS = (
    *(concept for concept in NOT_TRAVEL if concept != "downhill"),
    *("any_pass_word", "uphill_pass", "facility", "park", "vehicle", "snowshoe", "foot", "waiver"),
    *("check_in", "equipment_heading", "other_topic", "race_news", "lodging", "rental", "machines"),
)
"""What a heading may name beside going up, so that a time below it may be that of something else."""
_LABEL = 3
"""Tokens of a line that may be a label of the one below it."""
_MARKS = frozenset(":|–—-")
_MERELY = of_all("merely")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A line that tells the one time at which one may go up (``only``), or may not."""

    scoped: Scoped
    phase: Phase
    only: bool


@once
def fragments(document: Document) -> dict[int, Fragment]:
    """Such lines by where they begin."""
    return {fragment.scoped.sentence.start: fragment for fragment in _found(document)}


def _found(document: Document) -> Iterator[Fragment]:
    before: Scoped | None = None
    for scoped in document.sentences:
        fragment = _fragment(scoped) if _stands_alone(scoped, before) else None
        if fragment is not None:
            yield fragment
        before = scoped


def _fragment(scoped: Scoped) -> Fragment | None:
    whole = scoped.whole
    if scoped.scope is not Scope.EXPLICIT or scoped.sentence.asks or not _is_headed(scoped):
        return None
    alone = whole.tokens_of("only")  # "exclusively" is a rule, too
    ruled = any(verdict.at not in alone for verdict in whole.verdicts)
    phase = phase_of(whole) if whole.has(*_TIMES) and not ruled and _is_bare(whole) else None
    if phase is None or whole.has("neg") == whole.has("only"):
        return None
    if whole.has("neg") and not (whole.first("neg") == 0 and whole.has("during_ops", "outside_ops")):
        return None  # "Not in the evening" leaves the morning unsaid
    return Fragment(scoped, phase, only=whole.has("only"))


def _is_bare(whole: Clause) -> bool:
    known = whole.tokens_of(*_PARTS)
    return all(
        index in known or token.is_mark or token.fold in LITTLE or token.fold in _MERELY
        for index, token in enumerate(whole.tokens)
    )


def _is_headed(scoped: Scoped) -> bool:
    """Whether the heading names going up and nothing else that has its times, or only asks when."""
    head = next(iter(scoped.headings), None)
    if head is not None and head.has("when_heading") and not head.travels and len(scoped.headings) > 1:
        if head.has(*_OTHERS):
            return False
        head = scoped.headings[1]
    return head is not None and head.travels and not head.has(*_OTHERS)


def _stands_alone(scoped: Scoped, before: Scoped | None) -> bool:
    """Whether it begins its line, under no label and behind no words before a list but such on going up."""
    block = scoped.sentence.block
    if block.level or scoped.sentence.start > block.start + 2:
        return False
    if scoped.intro is not None and not scoped.intro.travels:
        return False
    if before is None or before.sentence.block.level:
        return True
    whole = before.whole
    if whole.tokens[-1].fold == ":":
        return whole.travels
    marked = any(token.fold in _MARKS for token in whole.tokens)
    ruled = whole.verdicts or whole.numbered or whole.has("neg", "only")
    return bool(len(whole.tokens) > _LABEL or marked or ruled or whole.travels)
