"""What a page's hours say of the time while the lifts run, and of the time outside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from crawler.extract.claims import UNDER_HEADING, UNSTATED, Claim, Settled, Strength
from crawler.extract.hours.operations import Phase
from uphill.policy import Window
from uphill.vocabulary import Permission

_ALLOWED, _PROHIBITED = Permission.ALLOWED, Permission.PROHIBITED
_BY_LIFTS = {"lift_open": "08:30", "lift_close": "16:30"}
"""When lifts open and close, where nothing tells it."""
_EARLY, _LATE, _MORNING, _NOON, _EVENING = 9 * 60, 16 * 60, 8 * 60, 12 * 60, 17 * 60
_MIDEVENING, _DAY = 19 * 60, 24 * 60
_MOST_DAYS = 4
"""Days whose nights alone tell nothing of the others'."""
_WEEKLY = 3
"""Most days of a weekly evening, which tells nothing of the day."""


def evening_hours(settled: Mapping[str, Settled]) -> Claim | None:
    """Hours of some days, or of the morning, told outright, that lie outside operations."""
    return next(
        (
            claim
            for claim in settled.get("windows", UNSTATED).claims
            if (claim.value.days or _is_morning(claim.value))
            and claim.strength > Strength.IMPLIED
            and claim.condition == "open"
            if not any("lift" in moment for moment in (claim.value.start, claim.value.end))
            and (_outside(claim.value) or _lasts_into_the_evening(claim.value))
        ),
        None,
    )


@dataclass(frozen=True)
class Hours:
    """The page's windows, with the claims that carry them, and the time of operation that is asked for."""

    settled: Settled
    windows: tuple[Window, ...]
    phase: Phase

    @property
    def outside(self) -> bool:
        """Whether all of them lie outside operations."""
        return all(_beside_lifts(window) for window in self.windows)

    @property
    def named_lifts(self) -> bool:
        return any("lift" in window.start + window.end for window in self.windows)


def by_hours(settled: Mapping[str, Settled], phase: Phase) -> Settled:
    """What the first rule that holds makes of the hours."""
    told = settled.get("windows", UNSTATED)
    hours = Hours(told, told.value or (), phase)
    for why, holds, during, outside in _RULES if hours.windows else ():
        if holds(hours):
            value = during if phase == "during" else outside
            return UNSTATED if value is None else Settled(value, told.claims[:1], why)
    return UNSTATED


def _closed_until_closing(hours: Hours) -> bool:
    """As in "No uphill access from 8:30 until the lifts close"."""
    claims = hours.settled.claims
    return bool(claims) and all(
        c.condition == "closed" and c.value.start == "lift_close" and _is_by_opening(c.value.end)
        for c in claims
    )


def _under_heading(hours: Hours) -> bool:
    """Such hours are their heading's, and not the only ones."""
    return hours.outside and all(claim.why.endswith(UNDER_HEADING) for claim in hours.settled.claims)


def _until_the_lifts(hours: Hours) -> bool:
    return hours.named_lifts and hours.outside


def _until_the_lifts_on_some_days(hours: Hours) -> bool:
    """As in "Mondays 6:00 to 22:00, other days 6:00 until the lifts open"."""
    return hours.named_lifts and any(_beside_lifts(window) for window in hours.windows)


def _through_the_lifts(hours: Hours) -> bool:
    begins = any(w.end == "lift_close" and _is_early(w.start) for w in hours.windows)
    runs = any(w.start == "lift_open" or w.end == "lift_close" for w in hours.windows)
    return hours.named_lifts and (begins if hours.phase == "outside" else runs)


def _some_outside(hours: Hours) -> bool:
    """As in "8:30 to 16:00, on Tuesdays 17:30 to 21:00 as well"."""
    return any(_beside_lifts(window) for window in hours.windows)


def _left_by_a_ban(hours: Hours) -> bool:
    return hours.phase == "outside" and all(_is_closed_at_night(claim) for claim in hours.settled.claims)


def _left_by_a_ban_at_closing(hours: Hours) -> bool:
    """As in "From closing until 8:00 the slopes are closed", which leaves the day."""
    return hours.named_lifts and all(_is_closed_at_night(claim) for claim in hours.settled.claims)


def _weekly(hours: Hours) -> bool:
    return hours.outside and all(0 < len(w.days) <= _WEEKLY for w in hours.windows)


def _through_the_day(hours: Hours) -> bool:
    timed = [w for w in hours.windows if "lift" not in w.start + w.end]
    if hours.phase == "during" and all(claim.why.endswith(UNDER_HEADING) for claim in hours.settled.claims):
        return False
    return any(_through(w) or (hours.phase == "during" and _midday(w)) for w in timed)


def _into_the_evening(hours: Hours) -> bool:
    """As in "Wednesdays until 10 pm": from when on is not said."""
    ends = [window.end for window in hours.windows]
    return all(end[0].isdigit() and _MIDEVENING <= _minutes(end, sun_early=0) < _DAY for end in ends)


_RULES: tuple[tuple[str, Callable[[Hours], bool], Permission | None, Permission | None], ...] = (
    ("closed until the lifts close", _closed_until_closing, _PROHIBITED, _ALLOWED),
    ("hours under a heading of the time outside operations", _under_heading, None, _ALLOWED),
    ("closed from the evening to the morning", _left_by_a_ban_at_closing, _ALLOWED, _PROHIBITED),
    ("until or after the lifts run", _until_the_lifts, None, _ALLOWED),
    ("the hours begin before the lifts close", _through_the_lifts, _ALLOWED, _ALLOWED),
    ("some of the hours end before the lifts run", _until_the_lifts_on_some_days, None, _ALLOWED),
    ("of hours beside those of the lifts", lambda hours: hours.named_lifts, None, None),
    ("closed from the evening to the morning", _left_by_a_ban, None, _PROHIBITED),
    ("evenings of some days", _weekly, None, _ALLOWED),
    ("the only hours lie outside operations", lambda hours: hours.outside, _PROHIBITED, _ALLOWED),
    ("the hours run through the day", _through_the_day, _ALLOWED, _ALLOWED),
    ("some of the hours lie outside operations", _some_outside, None, _ALLOWED),
    ("the hours end long after the lifts close", _into_the_evening, None, _ALLOWED),
)
"""Why, when, and what it says of the time while the lifts run and of the time outside it."""


def _beside_lifts(window: Window) -> bool:
    """Whether the hours end before the lifts run or begin after them."""
    named = "lift" in window.start + window.end
    return _outside(window) if not named else window.end == "lift_open" or window.start == "lift_close"


def _lasts_into_the_evening(window: Window) -> bool:
    """As in "Thursdays 8:00 to 21:00", on some days."""
    return window.end[0].isdigit() and _MIDEVENING <= _minutes(window.end, sun_early=0) < _DAY


def _is_morning(window: Window) -> bool:
    return "lift" not in window.start + window.end and window.start < window.end <= "09:00"


def _minutes(moment: str, *, sun_early: int) -> int:
    if moment in ("sunrise", "dawn"):
        return 7 * 60
    if moment in ("sunset", "dusk"):
        return sun_early
    return int(moment[:2]) * 60 + int(moment[3:])


def closed_by_day(settled: Mapping[str, Settled]) -> bool:
    """Whether the page names daytime hours in which going up is banned, and no others."""
    hours = settled.get("windows", UNSTATED)
    named = [c for c in hours.claims if "lift" not in c.value.start + c.value.end]
    return bool(named) and all(c.condition == "closed" and _outside(c.value) for c in named)


def _midday(window: Window) -> bool:
    """Whether the hours hold noon, and so some of the time that lifts run."""
    if not (window.start[0].isdigit() and window.end[0].isdigit()):
        return False
    return _MORNING <= _minutes(window.start, sun_early=0) < _NOON < _minutes(window.end, sun_early=0)


def _is_closed_at_night(claim: Claim) -> bool:
    """Whether the hours are what a ban from the evening to the morning leaves."""
    window: Window = claim.value
    start, end = _BY_LIFTS.get(window.start, window.start), _BY_LIFTS.get(window.end, window.end)
    if (
        claim.condition != "closed"
        or 0 < len(window.days) <= _MOST_DAYS
        or not (start[0].isdigit() and end[0].isdigit())
    ):
        return False
    return _MORNING <= _minutes(start, sun_early=0) < _minutes(end, sun_early=0) <= _EVENING + 60


def _is_early(start: str) -> bool:
    return start in ("sunrise", "dawn") or (start[0].isdigit() and _minutes(start, sun_early=0) < _MORNING)


def _is_by_opening(end: str) -> bool:
    return end[0].isdigit() and _minutes(end, sun_early=0) <= _EARLY


def _outside(window: Window) -> bool:
    start, end = _minutes(window.start, sun_early=17 * 60), _minutes(window.end, sun_early=17 * 60)
    if end <= start:
        return start >= _LATE and end <= _EARLY
    return end <= _EARLY or start >= _LATE


def _through(window: Window) -> bool:
    start, end = _minutes(window.start, sun_early=17 * 60), _minutes(window.end, sun_early=17 * 60 + 1)
    if end <= start:
        return False
    spans_day = start < 12 * 60 < end and (start > 0 or window.end == "24:00")
    return spans_day and (start < _MORNING or end > _EVENING)
