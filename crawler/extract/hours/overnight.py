"""A ban until the morning that begins at the closing told before it: "After closing … No access until 8:00"."""

from collections.abc import Sequence
from dataclasses import replace

from crawler.extract.hours.grounds import Told, forbids
from crawler.extract.hours.moments import moments
from crawler.extract.pages.page import Block
from crawler.extract.scoped import Scoped
from uphill.vocabulary import Event

_EARLIEST_CLOSING = 15 * 60
_LATEST_OPENING = "10:30"


def closing_told(scoped: Scoped) -> str | None:
    """When the slopes close, where the sentence tells it and nothing else of the time of day."""
    found = [one for one in moments(scoped.whole) if one.sure]
    whole = scoped.whole
    shuts = whole.has("closed", "outside_ops", "lift_close") or whole.all("slopes", "shuts_verb")
    shuts = shuts and not whole.has("except", "if_strict", "permit")
    if len(found) != 1 or not shuts or scoped.sentence.asks:
        return None
    one = found[0]
    late = one.event is Event.LIFT_CLOSE or (one.event is None and one.minutes >= _EARLIEST_CLOSING)
    return str(one) if late else None


class Closing:
    """The closing that was told last, for what follows in its block."""

    def __init__(self) -> None:
        self._block: Block | None = None
        self._at = ""

    def begins(self, scoped: Scoped, told: Sequence[Told]) -> list[Told]:
        """The sentence's hours, where a ban that ends in the morning begins at the closing told before it."""
        known = self._at if scoped.sentence.block is self._block else ""
        if (at := closing_told(scoped)) is not None:
            self._block, self._at = scoped.sentence.block, at
        return [
            replace(one, span=replace(one.span, start=known, open_ended=""))
            if known and _is_until_morning(one)
            else one
            for one in told
        ]


def _is_until_morning(told: Told) -> bool:
    span = told.span
    ends = span.open_ended == "start" and span.end[0].isdigit() and span.end <= _LATEST_OPENING
    return ends and forbids(told.clause) and not told.scoped.whole.rules("permit")
