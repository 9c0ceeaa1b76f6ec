"""Weekdays on which nobody goes up, told in a sentence of its own: "The route is closed on Mondays"."""

from crawler.extract.hours.weekdays import NAMED_DAYS, days_in
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause
from uphill.vocabulary import Day

_OF_OTHERS = (
    *("facility", "lift_hours", "other_topic", "machines", "dog", "snowshoe", "foot", "bike", "obtain"),
    *("minor_person", "any_pass_word", "race_news", "other_place", "special_place", "park", "vehicle"),
)
_AT_TIMES = (
    *("date", "now", "status_word", "cause", "except", "only", "during_ops", "outside_ops", "evening_event"),
    *("ante", "post", "then_time", "past", "planned", "future", "may_ban", "conduct", "downhill"),
)
"""What makes it a ban of one day, or of a part of days."""
_BARE = 8
"""Tokens of a sentence such as "Closed on Mondays"."""


def closed_days(scoped: Scoped, before: Scoped | None) -> tuple[Day, ...]:
    """The weekdays; ``before`` is the sentence before it, of which a bare "Closed on Mondays" tells."""
    whole = scoped.whole
    if whole.lacks(NAMED_DAYS) or scoped.scope is not Scope.EXPLICIT:
        return ()
    if whole.has(*_OF_OTHERS) or whole.has(*_AT_TIMES) or scoped.sentence.asks or scoped.sentence.block.level:
        return ()
    kinds = scoped.sentence.kinds
    if kinds - {"forbid"} or not (kinds or whole.has("closed")) or not _is_of_every_week(whole):
        return ()
    bare = whole.first("closed") >= 0 and len(whole.tokens) <= _BARE and not whole.has("route_noun", "slopes")
    follows = before is not None and before.whole.travels and not before.whole.has("facility", "lift_hours")
    return days_in(whole) if whole.has("uphill", "ascend", "uphill_route") or (bare and follows) else ()


def _is_of_every_week(whole: Clause) -> bool:
    """Whether the days are those of each week: "on Saturday" is the next one, "on Saturdays" is not."""
    if whole.lang != "en" or whole.has("every_day", "daily"):
        return True
    named = whole.hits_of(*NAMED_DAYS)
    each = {index + 1 for index, token in enumerate(whole.tokens) if token.fold in ("every", "each")}
    return all(whole.tokens[hit.last].fold.endswith("s") or hit.first in each for hit in named)
