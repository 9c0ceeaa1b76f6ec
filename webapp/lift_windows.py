"""The three windows that people ask for: before the lifts open, while they run, and after they close.

Few resorts state their lifts' hours where they state those of going up, so hours are sorted by when lifts usually
run. What is stated of lift hours as such goes before that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from uphill.hours import DAY_MINUTES, Place, Span, spans
from uphill.language import N_
from uphill.language import gettext as _
from uphill.opening import hours_of
from uphill.policy import Policy, Window
from uphill.vocabulary import Access, Permission
from uphill.words.wording import window_words
from webapp.marks import Mark

_OPEN, _CLOSE = 9 * 60, 16 * 60
"""When lifts usually open and close, in minutes of the day."""
_LEAST = 45
"""Minutes that a window must reach into a part of the day to be told there."""
_A_WEEK = tuple(date(2026, 1, 12) + timedelta(days=ahead) for ahead in range(7))
"""Any week of winter: which days a window has decides, not which week."""
_BEFORE, _DURING, _AFTER = (
    N_("Before the lifts open"),
    N_("While the lifts run"),
    N_("After the lifts close"),
)


@dataclass(frozen=True, slots=True)
class LiftWindow:
    """A part of the day: whether going up is allowed then, with the hours where they are stated."""

    label: str
    mark: Mark
    words: str


def lift_windows(policy: Policy, place: Place) -> tuple[LiftWindow, ...]:
    """Before, during and after lift hours; empty where nothing is stated of any, or all is prohibited."""
    windows = hours_of(policy)
    nothing = policy.during_operations is policy.outside_operations is Permission.UNKNOWN and not windows
    if policy.access is Access.PROHIBITED or nothing:
        return ()
    by_part = ((0, _OPEN), (_OPEN, _CLOSE), (_CLOSE, DAY_MINUTES))
    before, during, after = (_reaching(windows, place, *part) for part in by_part)
    outside = policy.outside_operations
    return (
        _told(_BEFORE, outside, before, any_hours=bool(windows)),
        _told(_DURING, policy.during_operations, during, any_hours=bool(windows)),
        _told(_AFTER, outside, after, any_hours=bool(windows)),
    )


def _told(title: str, permission: Permission, windows: Sequence[Window], *, any_hours: bool) -> LiftWindow:
    hours = ", ".join(map(window_words, windows))
    if permission is Permission.PROHIBITED:
        return LiftWindow(_(title), Mark.PROHIBITED, _("prohibited"))
    if hours:
        return LiftWindow(_(title), Mark.ALLOWED, _("allowed %(hours)s", hours=hours))
    if any_hours and title is not _DURING:
        return LiftWindow(_(title), Mark.UNKNOWN, _("not in the stated hours"))
    if permission is Permission.ALLOWED:
        return LiftWindow(_(title), Mark.ALLOWED, _("allowed, hours not stated"))
    return LiftWindow(_(title), Mark.UNKNOWN, _("not stated"))


def _reaching(windows: Sequence[Window], place: Place, begin: int, end: int) -> list[Window]:
    """Those of ``windows`` that reach into the part of the day from ``begin`` to ``end``."""
    return [
        window
        for window in windows
        if any(min(span.end, end) - max(span.start, begin) >= _LEAST for span in _in_a_week(window, place))
    ]


@lru_cache(maxsize=4096)
def _in_a_week(window: Window, place: Place) -> tuple[Span, ...]:
    return tuple(span for day in _A_WEEK for span in spans((window,), place, day))
