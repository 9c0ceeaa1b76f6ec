"""What all the hours that a page tells come to together: open ones, ended by deadlines, or what closed ones leave."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from pydantic import ValidationError

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from uphill.policy import Window
from uphill.vocabulary import Day

OPEN, CLOSED, DEADLINE, LAST_START = "open", "closed", "deadline", "last start"
AFTER_CLOSING = "after closing"
"""Open once the lifts have closed, until a time that another sentence may tell."""
CLOSED_DAYS = "closed days"
UNTOLD_END = "told without their end: "
_LATEST_OPENING = "10:30"
"""The latest end of a night in which the slopes are closed."""
_NEXT = 250
"""Characters from hours without an end to the deadline that tells it."""
_DAY = 1440
"""Minutes."""
_TABLE = 600
"""Characters from the first to the last line of a table of days."""
_NEAR = 120
"""How many minutes a deadline may lie from the end of the hours that it ends."""
_LATE, _MORNING = 960, 570
"""Minutes at which an evening begins at the earliest, and a morning ends at the latest."""
_WEEKLY, _NOON, _EVENING = 3, 720, 1020
"""Most days of an evening that is an exception, and minutes until noon and until the earliest end of one."""


def settled_hours(claims: Sequence[Claim]) -> Settled:
    """Open hours, ended by last starts and deadlines; closed hours only where no open ones are told."""
    opened = [c for c in claims if c.condition == OPEN]
    # a line that names nobody counts where no other hours are told to be those of going up
    best = max((c.strength for c in opened), default=Strength.IMPLIED)
    hours = _distinct(_joined([_ended_next(c, claims) for c in opened if c.strength >= best]))
    hours = [_closed_before(_closed_off(c, claims), claims) for c in hours]
    if hours and all(0 < len(c.value.days) <= _WEEKLY for c in hours):
        # closed from 17:00 to 7:30, but for two evenings a week
        closed = [c for c in claims if c.condition == CLOSED and not c.value.days]
        left = [replace(c, value=w) for c in closed if (w := _complement(c.value)) and _is_by_day(w)]
        hours = _distinct([*left, *hours])
    if not hours:
        hours = _between_closed(claims) or _distinct(
            [replace(c, value=w) for c in claims if c.condition == CLOSED if (w := _complement(c.value))]
        )
    hours = _distinct(_around_the_night(hours, claims))
    evening = _from_closing(hours, claims)
    hours += evening
    for kind in () if evening and len(hours) == 1 else (DEADLINE, LAST_START):
        ends = [c for c in claims if c.condition == kind]
        hours = _distinct(_ended(hours, ends, wide=kind == LAST_START))
    hours = [c for c in hours if c.value.end != "24:00" or not c.why.startswith(UNTOLD_END)]
    closed_on = {day for c in claims if c.condition == CLOSED_DAYS for day in c.value.days}
    hours = [_but_on(c, closed_on) for c in hours] if closed_on else hours
    hours = [c for c in hours if not _is_told_again(c.value, [other.value for other in hours])]
    hours = _with_days_joined(hours)
    if not hours:
        return UNSTATED
    return Settled(tuple(c.value for c in hours), tuple(hours))


def _with_days_joined(hours: Sequence[Claim]) -> list[Claim]:
    """As in a table of a line a day, where Monday and Thursday have the same hours; its lines are the proof."""
    out: list[Claim] = []
    for claim in hours:
        one: Window = claim.value
        at = next(
            (
                index
                for index, known in enumerate(out)
                if known.condition == OPEN == claim.condition
                and (known.value.start, known.value.end) == (one.start, one.end)
                and len(one.days) == 1
                and known.value.days
                and _are_single_days(known, hours)
                and known.end <= claim.start
                and claim.end - known.start <= _TABLE
            ),
            None,
        )
        if at is None:
            out.append(claim)
            continue
        known = out[at]
        days = (*known.value.days, *one.days)
        out[at] = replace(known, value=Window(days=days, start=one.start, end=one.end), end=claim.end)
    return out


def _are_single_days(joined: Claim, hours: Sequence[Claim]) -> bool:
    """Whether each of its days is told by itself, not as "Mo-Fr"."""
    own = [c for c in hours if joined.start <= c.start and c.end <= joined.end]
    return all(len(c.value.days) == 1 for c in own)


def _but_on(claim: Claim, closed: Collection[Day]) -> Claim:
    """The hours on the days that are left; such that are told of a closed day alone stay as they are."""
    window: Window = claim.value
    left = tuple(day for day in window.days or Day if day not in closed)
    return replace(claim, value=window.model_copy(update={"days": left})) if left else claim


def _around_the_night(hours: Sequence[Claim], claims: Sequence[Claim]) -> list[Claim]:
    """Evening hours without an end, where the same sentence tells by when all are off the hill in the morning.

    Told behind them, it ends the night: "Start no earlier than 17:30, and be off by 7:00 the next day"; told
    before, it ends a morning: "Mornings, all have to be clear by 8:00; evenings, skinning begins at 17:00".
    """
    out: list[Claim] = []
    for claim in hours:
        window: Window = claim.value
        late = window.end == "24:00" and (_minutes(window.start) or 0) >= _LATE and not window.days
        own = [c for c in claims if c.start == claim.start and c.condition in (OPEN, CLOSED)]
        ends = [
            c
            for c in claims
            if c.condition == DEADLINE and c.start == claim.start and _is_of_morning(c.value)
        ]
        if not late or len(own) != 1 or len(ends) != 1 or any(c.value.start == "00:00" for c in hours):
            out.append(claim)
        elif claims.index(ends[0]) < claims.index(own[0]):
            out += [replace(ends[0], condition=OPEN), claim]
        else:
            out.append(replace(claim, value=_window_or(window, ends[0].value.end)))
    return out


def _is_of_morning(window: Window) -> bool:
    end = _minutes(window.end)
    return end is not None and end <= _MORNING and not window.days


def _from_closing(hours: Sequence[Claim], claims: Sequence[Claim]) -> list[Claim]:
    """As in "Climb after the lifts close", where "All have to be off the hill by 21:00" tells the end."""
    ends = [
        c.value.end
        for c in claims
        if c.condition == DEADLINE and (_minutes(c.value.end) or 0) >= _EVENING and not c.value.days
    ]
    known = any(c.value.start == "lift_close" or c.value.end in ends for c in hours)
    begins = [c for c in claims if c.condition == AFTER_CLOSING]
    late = [c for c in hours if c.value.end == "24:00" or (_minutes(c.value.start) or 0) >= _NOON]
    if known or late or not ends or not begins:
        return []
    return [replace(begins[0], value=_window_or(begins[0].value, ends[0]))]


def _ended_next(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """As in "The route reopens at 17:30, and has to be empty at 21:00", beside other hours without an end."""
    window: Window = claim.value
    begin = _minutes(window.start)
    if window.end != "24:00" or not begin:
        return claim
    ends = [
        other.value.end
        for other in claims
        if other.condition in (DEADLINE, LAST_START)
        and -1 < other.start - claim.start <= _NEXT
        and (limit := _minutes(other.value.end)) is not None
        and limit > begin
        and not any(c.condition == OPEN and claim.start < c.start <= other.start for c in claims)
    ]
    return replace(claim, value=_window_or(window, ends[0])) if ends else claim


def _is_told_again(window: Window, hours: Sequence[Window]) -> bool:
    """Whether others of them tell the end that this one leaves open: "from 16:30" and "16:30 to 21:00"."""
    if window.end == "24:00" and window.start == "00:00":
        return False
    return any(
        other.days == window.days
        and (
            (window.end == "24:00" and other.start == window.start != "00:00" and other.end != "24:00")
            or (window.start == "00:00" and other.end == window.end != "24:00" and other.start != "00:00")
        )
        for other in hours
    )


def _distinct(claims: Sequence[Claim]) -> list[Claim]:
    return list({str(claim.value): claim for claim in reversed(claims)}.values())[::-1]


def _joined(hours: Sequence[Claim]) -> list[Claim]:
    """As in "We start at 17:00. The piste is open until 21:00", which is one span."""
    out: list[Claim] = []
    for claim in hours:
        last = out[-1].value if out else None
        one = claim.value
        halves = last is not None and last.end == "24:00" and one.start == "00:00" and last.start < one.end
        if (
            last is not None
            and halves
            and last.start != "00:00"
            and one.end != "24:00"
            and one.days in ((), last.days)
        ):
            window = _window_or(last, one.end)
            out[-1] = replace(out[-1], value=window)
        elif last is not None and _is_opened_behind(last, one) and claim.start == out[-1].start:
            days = last.days or one.days
            out[-1] = replace(out[-1], value=Window(days=days, start=one.start, end=last.end))
        else:
            out.append(claim)
    return out


def _is_opened_behind(ends: Window, begins: Window) -> bool:
    """As in "Open until 23:00 (from 17:30)", one sentence that tells the end first."""
    halves = (ends.start, begins.end) == ("00:00", "24:00") and begins.days in ((), ends.days)
    end, begin = _minutes(ends.end), _minutes(begins.start)
    return halves and end is not None and begin is not None and 0 < begin < end < _DAY


def _between_closed(claims: Sequence[Claim]) -> list[Claim]:
    """As in "No uphill travel after 22:00 or before 05:00" leaves one span open."""
    closed = [c for c in claims if c.condition == CLOSED]
    if left := _left_by_several(closed):
        return left
    late = [c for c in closed if c.value.end == "24:00"]
    early = [c for c in closed if c.value.start == "00:00"]
    if len(closed) != 2 or len(late) != 1 or len(early) != 1:
        return []
    window = _window_or(Window(start=early[0].value.end), late[0].value.start)
    return [replace(early[0], value=window)]


def _left_by_several(closed: Sequence[Claim]) -> list[Claim]:
    """As in "No uphill travel from 8:30 to 17:00 and from 22:30 to 6:30": what one sentence leaves between."""
    told = [(c.start, c.end) for c in closed]
    clocks = [(_minutes(c.value.start), _minutes(c.value.end)) for c in closed]
    spans = sorted((start, end) for start, end in clocks if start is not None and end is not None)
    if len(set(told)) != 1 or not 1 < len(spans) == len(closed) or any(c.value.days for c in closed):
        return []
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        return []
    left = [(end % _DAY, spans[(i + 1) % len(spans)][0]) for i, (_, end) in enumerate(spans)]
    return [replace(closed[0], value=_clocked(start, end or _DAY)) for start, end in left if start != end]


def _clocked(start: int, end: int) -> Window:
    return Window(start=f"{start // 60:02d}:{start % 60:02d}", end=f"{end // 60:02d}:{end % 60:02d}")


def _complement(window: Window) -> Window | None:
    overnight = window.start == "lift_close" and "00:00" < window.end <= _LATEST_OPENING
    until_opening = window.end == "lift_open" and (_minutes(window.start) or 0) >= _LATE
    if ("lift" in window.start and not overnight) or (window.end == "lift_open" and not until_opening):
        return None
    start = "00:00" if window.end == "24:00" else window.end
    end = "24:00" if window.start == "00:00" else window.start
    try:
        return Window(days=window.days, start=start, end=end)
    except ValidationError:
        return None


def _ended(hours: list[Claim], ends: Sequence[Claim], *, wide: bool) -> list[Claim]:
    """``hours`` with the end that a deadline or last start sets."""
    if ends and not hours:
        first = ends[0]
        # as in "Be off the hill by 8:30 on weekdays and by 7:30 on weekends"
        by_days = [c for c in ends if c.start == first.start and c.value.days] if first.value.days else []
        told = [c for c in by_days or [first] if "lift" not in c.value.end and c.strength > Strength.IMPLIED]
        return [] if wide else told
    out = list(hours)
    for end in ends:
        limit = _minutes(end.value.end)
        for index, claim in enumerate(out):
            stop = _minutes(claim.value.end)
            if end.value.days and end.value.days != claim.value.days:
                continue
            if limit is None:
                if claim.value.end == "24:00":
                    out[index] = replace(claim, value=_window_or(claim.value, end.value.end))
                continue
            endless = claim.value.end == "24:00"
            alone = endless and (len(out) == 1 or (wide and _is_lone(claim, out)))
            near = stop is None or abs(stop - limit) <= _NEAR or alone
            begin = _minutes(claim.value.start)
            overnight = begin is not None and stop is not None and limit < stop < begin
            if (
                near
                and not (claim.value.end == "lift_open" and limit > _NOON)
                and (begin is None or begin < limit or overnight)
                and (wide or stop is not None or claim.value.end == "lift_open")
            ):
                window = _window_or(claim.value, end.value.end)
                out[index] = replace(claim, value=window)
    return out


def _is_lone(claim: Claim, hours: Sequence[Claim]) -> bool:
    """Whether only these of the hours have no end."""
    return all(other is claim or other.value.end != "24:00" for other in hours)


def _closed_off(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """As in "Open from 8:30", where "All pistes are closed from 16:30" tells the end."""
    window: Window = claim.value
    begin = _minutes(window.start)
    if window.end != "24:00" or window.start == "00:00" or begin is None:
        return claim
    stops = [
        c.value.start
        for c in claims
        if c.condition == CLOSED
        and not c.value.days
        and (c.value.end == "24:00" or c.value.end < c.value.start)
        if (stop := _minutes(c.value.start)) is not None and stop > begin
    ]
    return replace(claim, value=_window_or(window, min(stops))) if stops else claim


def _closed_before(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """As in "The slopes close at 17:00", where "No uphill travel until 8:00" tells when they open."""
    window: Window = claim.value
    end = _minutes(window.end)
    if window.start != "00:00" or window.end == "24:00" or end is None:
        return claim
    stops = [
        c.value.end
        for c in claims
        if c.condition == CLOSED and not c.value.days and c.value.start in ("00:00", window.end)
        if (stop := _minutes(c.value.end)) is not None and 0 < stop < min(end, _NOON)
    ]
    if not stops:
        return claim
    return replace(claim, value=Window(days=window.days, start=max(stops), end=window.end))


def _is_by_day(window: Window) -> bool:
    start, end = _minutes(window.start), _minutes(window.end)
    return start is not None and end is not None and 0 < start < _NOON < end


def _window_or(window: Window, end: str) -> Window:
    try:
        return Window(days=window.days, start=window.start, end=end)
    except ValidationError:
        return window


def _minutes(moment: str) -> int | None:
    return int(moment[:2]) * 60 + int(moment[3:]) if moment[0].isdigit() else None
