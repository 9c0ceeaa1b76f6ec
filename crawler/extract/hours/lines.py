"""What the lines above leave to a line of hours: weekdays, a label, or somebody else's name."""

from dataclasses import replace

from crawler.extract.hours.times import Span, spans
from crawler.extract.hours.weekdays import days_in, is_days_only
from crawler.extract.languages import of_all
from crawler.extract.pages.page import Block
from crawler.extract.routes.names import names
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Day

_LABEL, _LINES, _LINE = 4, 14, 12
"""Tokens of a label of hours, how many lines it may label, and tokens of another's line, or words of such a line."""


_STATE = 3
"""Words of a line that tells a state and no more."""
_OWN = (
    "uphill",
    "ascend",
    "route_noun",
    "uphill_route",
    "when_heading",
    "period",
    "evening_event",
    "hours_label",
)
"""What a line names that is of hours for going up."""
_OF_OTHERS = ("lift_hours", "downhill", "dog", "snowshoe", "bike")
_SUBJECTLESS = of_all("subjectless")
_FIRST = 3
"""Tokens within which a sentence has its verb, behind a number such as "2."."""


def goes_on(before: Scoped | None, scoped: Scoped) -> bool:
    """Whether the sentence may go on from one on going up: it stands in its block, or below it without a subject."""
    if before is None or not before.whole.travels:
        return False
    block, above = scoped.sentence.block, before.sentence.block
    # "1. Climbing is allowed on the Lake Run alone." and below it "2. Is allowed from 18 to 21"
    begins = any(token.fold in _SUBJECTLESS for token in scoped.whole.tokens[:_FIRST])
    return block is above or (begins and not above.level and block.headings == above.headings)


class Lines:
    """Reads a page's sentences in order, and keeps what those without hours tell of those that follow."""

    def __init__(self) -> None:
        self._days: tuple[Day, ...] = ()
        self._block: Block | None = None
        self._alone = self._foreign = False
        self._last: Scoped | None = None
        self._label = 0
        self._ways: tuple[int, ...] | None = None
        self._begins: Scoped | None = None
        self.of_ways = False
        """Whether the sentence goes on about routes told above: "They are open from 8:30 to 16"."""

    @property
    def labelled(self) -> bool:
        """Whether a line such as "Uphill hours" stands above."""
        return self._label > 0

    @property
    def behind_a_route(self) -> bool:
        """Whether its block begins with a route's name: "Birch Route – From the lodge. Open 9am to 3pm."."""
        begins = self._begins
        if begins is None or begins.scope is not Scope.EXPLICIT or begins.whole.has(*_OF_OTHERS):
            return False
        name = next(iter(names(begins.whole, heads_sentence=False, faint=True)), None)
        return name is not None and name.noun and not name.first

    def skips(self, scoped: Scoped) -> bool:
        """Whether the sentence is out of scope, or hours that a line out of scope labels: "Rental shop"."""
        whole = scoped.whole
        if not scoped.scope:
            self._label = 0
            self._foreign = len(whole.tokens) <= _LABEL and not scoped.sentence.block.level
            return True
        if self._foreign and len(whole.tokens) <= _LINE and not whole.travels and spans(whole):
            return True
        self._foreign = _is_label_of_others(scoped) or _is_state_of_another(scoped, self._last)
        self._last = scoped
        if self._begins is None or self._begins.sentence.block is not scoped.sentence.block:
            self._begins = scoped
        self._keep_ways(scoped)
        return False

    def _keep_ways(self, scoped: Scoped) -> None:
        whole, above = scoped.whole, scoped.sentence.block.headings
        self.of_ways = whole.first("they") == 0 and self._ways == above
        if whole.has("uphill_route", "designated_route") and scoped.scope is Scope.EXPLICIT:
            self._ways = above
        elif whole.has("facility", "other_topic", "lift_hours", "dog"):
            self._ways = None

    def read(self, scoped: Scoped, found: list[tuple[Clause, Span]]) -> list[tuple[Clause, Span]]:
        """The spans, with the weekdays that the lines above tell of them."""
        if scoped.sentence.block.level and not found:
            return found
        self._count(scoped)
        if not found:
            self._keep_days(scoped)
            return found
        goes_on = self._alone or self._goes_on(scoped.sentence.block)
        self._alone = False
        if goes_on and not scoped.whole.has("daily") and not any(span.days for _, span in found):
            return [(clause, replace(span, days=self._days)) for clause, span in found]
        return found

    def _count(self, scoped: Scoped) -> None:
        whole, block = scoped.whole, scoped.sentence.block
        if not block.level and whole.has("when_heading_uphill") and len(whole.tokens) <= _LABEL:
            self._label = _LINES
        elif block.level or whole.length > _LINE or whole.has("facility", "other_topic"):
            self._label = 0
        else:
            self._label = max(self._label - 1, 0)

    def _keep_days(self, scoped: Scoped) -> None:
        """Of "Days | Monday, Friday", of a line "Monday – Friday", of "Skin with us on Fridays!"."""
        block = scoped.sentence.block
        self._alone = is_days_only(scoped.whole) or _is_labelled_days(scoped)
        leads = block.row or block.listed or scoped.whole.travels or self._alone or _is_season_of_days(scoped)
        # "From Monday, 12/1, uphill travel is suspended" tells of no weekday's hours
        banned = scoped.sentence.kinds == {"forbid"} or scoped.whole.has("closed", "now")
        leads = leads and not (scoped.whole.travels and banned)
        self._days = days_in(scoped.whole) if leads else ()
        self._block = block

    def _goes_on(self, block: Block) -> bool:
        before = self._block
        listed = before is not None and ((before.row and block.row) or (before.listed and block.listed))
        return before is block or listed


def _is_labelled_days(scoped: Scoped) -> bool:
    """Whether it stands under a heading such as "Days"."""
    heading = scoped.heading
    return heading is not None and heading.first("period") == 0 and len(heading.tokens) <= _LABEL


def _is_season_of_days(scoped: Scoped) -> bool:
    """As "Every Thursday from 18 December to 26 March." before "The piste is open from 17:30 to 22:00."."""
    whole = scoped.whole
    told = whole.has("date") and len(whole.tokens) <= _LINE and scoped.scope is Scope.EXPLICIT
    return told and not whole.verdicts and not whole.has("facility", "other_topic", "race_news", "lift_hours")


def _is_label_of_others(scoped: Scoped) -> bool:
    """Whether it is a line such as "Mountain hours" or "Ticket office", which labels the hours below it."""
    whole, block = scoped.whole, scoped.sentence.block
    short = len(whole.tokens) <= _LABEL and not (block.level or block.row)
    short = short and not any(token.fold == ":" for token in whole.tokens[:-1])  # "Start: Base Lodge"
    named = whole.has("facility", "lift_hours", "now") and not whole.has("outside_ops", "when_heading_uphill")
    return short and named and not whole.travels and not whole.verdicts and not spans(whole)


def _is_state_of_another(scoped: Scoped, before: Scoped | None) -> bool:
    """As "open" below "Double Chair" and above its hours, each in a line of its own."""
    if before is None or scoped.whole.length > _STATE or not scoped.whole.has("open", "closed", "weekend"):
        return False
    blocks = (before.sentence.block, scoped.sentence.block)
    bare = blocks[0] is not blocks[1] and not any(b.level or b.row or b.listed for b in blocks)
    named = before.whole.length <= _LINE // 2 and not (before.whole.verdicts or before.whole.has(*_OWN))
    return bare and named and before.sentence.start == blocks[0].start
