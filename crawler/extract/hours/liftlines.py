"""Lines of hours that name nobody, and which are those of the lifts where going up is banned by day."""

from collections.abc import Sequence

from crawler.extract.hours.grounds import Ground, Told, ground
from crawler.extract.scoped import Scoped


def without_the_lifts(read: Sequence[tuple[Scoped, list[Told]]]) -> Sequence[tuple[Scoped, list[Told]]]:
    """The lines of hours, where going up is banned while the lifts run, less those that may be the lifts'."""
    if not any(_is_shut_by_day(scoped) for scoped, _ in read):
        return read
    return [
        (scoped, [one for one in told if not (ground(one) is Ground.LINE and _looks_like_lifts(one))])
        for scoped, told in read
    ]


def _is_shut_by_day(scoped: Scoped) -> bool:
    """Whether it bans going up while the lifts run."""
    return any(
        c.has("during_ops") and c.travels and c.kinds == {"forbid"} and not c.has("except", "only", "without")
        for c in scoped.clauses
    )


def _looks_like_lifts(told: Told) -> bool:
    """As "9 am to 4 pm" under "Hours": what names nobody, at the time that lifts run, is theirs."""
    start, end = told.span.start, told.span.end
    by_day = (
        start[0].isdigit() and end[0].isdigit() and "08:00" <= start <= "10:30" and "15:00" <= end <= "17:00"
    )
    return by_day and not (told.scoped.whole.travels or told.clause.verdicts or told.goes_on or told.labelled)
