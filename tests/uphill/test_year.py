"""A year of 600 resorts, by the rules alone: no clock, no network, no database.

``python tests/uphill/test_year.py`` prints what it comes to.
"""

import heapq
import random
from bisect import bisect_right
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from uphill.due import PageState, next_due
from uphill.due.budget import LOOKING_AROUND, REQUESTS_A_DAY, ROBOTS, Wish, within_budget
from uphill.outcomes import Outcome
from uphill.season import Location
from uphill.vocabulary import SourceKind

pytestmark = pytest.mark.slow

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TICK = 15 * MINUTE
A_TICK = 100
START = datetime(2026, 9, 1, tzinfo=UTC)
END = START + 365 * DAY
PLACES = (
    (Location("US-CO", 39.6, "America/Denver"), 12),
    (Location("US-VT", 44.1, "America/New_York"), 10),
    (Location("CA-BC", None, "America/Vancouver"), 5),
    (Location("CA-NL", 49.0, "America/St_Johns"), 1),
    (Location("AT-7", 47.2, "Europe/Vienna"), 14),
    (Location("CH-VS", 46.1, "Europe/Zurich"), 10),
    (Location("JP-01", 42.8, "Asia/Tokyo"), 2),
    (Location("NZ-OTA", -44.9, "Pacific/Auckland"), 3),
    (Location("CL-RM", None, "America/Santiago"), 2),
    (Location("AR-R", -41.1, None), 1),
)


@dataclass(slots=True)
class Page:
    """A page as the world has it (``changes``, ``outages``), and as it is known (the rest)."""

    url: str
    kind: SourceKind
    found: Outcome = Outcome.UNCHANGED
    changes: list[datetime] = field(default_factory=list)
    outages: list[tuple[datetime, datetime]] = field(default_factory=list)
    due: datetime = START
    failures: int = 0
    changed_at: datetime | None = None
    asked_at: datetime | None = None
    asked_in_season: bool = False
    sound: bool = False
    waits: bool = False
    seen: int = 0
    tries: list[datetime] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Resort:
    location: Location
    site: str
    main: Page
    status: Page | None = None
    busy: list[tuple[datetime, datetime]] = field(default_factory=list)
    pages: tuple[Page, ...] = ()


def some_world(resorts: int = 600, seed: int = 4) -> list[Resort]:
    """Two of five have a policy, one of 25 of these a status page; some fail for weeks, some ask for rest, and five
    share a site.
    """
    chance = random.Random(seed)  # noqa: S311 - weather, no secret
    places, weights = zip(*PLACES, strict=True)

    def spans(most: int, shortest: float, longest: float) -> list[tuple[datetime, datetime]]:
        begins = (START + chance.uniform(0, 365) * DAY for _ in range(chance.randint(1, most)))
        return [(begin, begin + chance.uniform(shortest, longest) * DAY) for begin in begins]

    world = []
    for n in range(resorts):
        site = "shared.example" if n % 120 == 0 else f"r{n}.example"
        (place,) = chance.choices(places, weights)
        if chance.random() < 0.4 or n % 120 == 0:
            changes = sorted(START + chance.uniform(0, 365) * DAY for _ in range(chance.randint(0, 6)))
            main = Page(f"https://{site}/{n}/uphill", SourceKind.POLICY, changes=changes)
            status = Page(f"https://{site}/{n}/status", SourceKind.STATUS)
            resort = Resort(place, site, main, status if chance.random() < 0.04 or n % 120 == 0 else None)
        else:
            resort = Resort(place, site, Page(f"https://{site}/{n}", SourceKind.HOME, Outcome.NO_POLICY))
        if chance.random() < 0.1:
            resort.main.outages = spans(3, 0.5, 40)
        if chance.random() < 0.05:
            resort.busy = spans(4, 0.1, 4)
        resort.pages = (resort.main,) if resort.status is None else (resort.main, resort.status)
        world.append(resort)
    return world


def within(spans: list[tuple[datetime, datetime]], now: datetime) -> bool:
    return bool(spans) and any(begins <= now < ends for begins, ends in spans)


class Year:
    """Crawls of what is due, one a tick, of ``A_TICK`` visits at most; and what was measured meanwhile."""

    def __init__(self, world: list[Resort]) -> None:
        self.world = world
        self.sharing = Counter(resort.site for resort in world if resort.status)
        self.rests: dict[str, datetime] = {}
        self.asked: dict[str, deque[tuple[datetime, int]]] = defaultdict(deque)
        self.spent: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.gaps: dict[str, timedelta] = defaultdict(timedelta)
        self.delays: dict[str, list[timedelta]] = defaultdict(list)
        self.visits: Counter[int] = Counter()
        self.requests: Counter[int] = Counter()
        self.disturbed = 0
        self.longest_back_off = timedelta()

    def run(self) -> "Year":
        waiting = [(START, n) for n in range(len(self.world))]
        while waiting and waiting[0][0] < END:
            now = START + -(-(waiting[0][0] - START) // TICK) * TICK
            wishes: list[Wish[int]] = []
            while waiting and waiting[0][0] <= now:
                self._wish(heapq.heappop(waiting)[1], now, wishes, waiting)
            chosen = within_budget(wishes, self.spent)[:A_TICK]
            for at, n in enumerate(chosen):
                self._visit(self.world[n], now + at * TICK / A_TICK, now)
            for wish in wishes:
                pages = self.world[wish.visit].pages
                again = max(min(page.due for page in pages), now + TICK)
                heapq.heappush(waiting, (again, wish.visit))
        return self

    def _wish(
        self, n: int, now: datetime, wishes: list[Wish[int]], waiting: list[tuple[datetime, int]]
    ) -> None:
        resort = self.world[n]
        if self.rests.get(resort.site, now) > now:
            heapq.heappush(waiting, (self.rests[resort.site], n))
            return
        asked = self.asked[resort.site]
        while asked and asked[0][0] <= now - DAY:
            self.spent[resort.site] -= asked.popleft()[1]
        since = min(page.due for page in resort.pages)
        wishes.append(Wish(n, since, frozenset((resort.site,)), resort.main.due > now))

    def _visit(self, resort: Resort, at: datetime, now: datetime) -> None:
        """A policy page that is gone makes the crawl look around, as a resort without one does."""
        main, status, requests, fails = resort.main, resort.status, ROBOTS, False
        if main.due <= now:
            fails = within(main.outages, at) or within(resort.busy, at)
            gone = fails and len(main.outages) > 1
            requests += LOOKING_AROUND - ROBOTS if gone or main.kind is SourceKind.HOME else 1
            self._ask(resort, main, at)
        if status is not None and status.due <= now and not fails:
            requests += 1
            self._ask(resort, status, at)
        self.asked[resort.site].append((at, requests))
        self.spent[resort.site] += requests
        self.most[resort.site] = max(self.most[resort.site], self.spent[resort.site])
        self.visits[(at - START).days] += 1
        self.requests[(at - START).days] += requests

    def _ask(self, resort: Resort, page: Page, at: datetime) -> None:
        self.disturbed += self.rests.get(resort.site, at) > at
        busy = within(resort.busy, at)
        if busy or within(page.outages, at):
            outcome, retry_at = Outcome.HTTP_STATUS, at + 9 * HOUR if busy else None
            if retry_at is not None:
                self.rests[resort.site] = retry_at
                for other in self.world if self.sharing[resort.site] > 1 else (resort,):
                    for each in other.pages if other.site == resort.site else ():
                        each.sound = False
            page.failures += 1
            page.tries.append(at)
        else:
            outcome, retry_at = page.found, None
            self._note_gap(resort, page, at)
            self._see(resort, page, at)
            if page.tries:
                self.longest_back_off = max(self.longest_back_off, at - page.tries[-1])
            page.failures, page.tries = 0, []
        page.asked_at, page.sound = at, not page.failures
        page.asked_in_season = resort.location.in_season(at)
        state = PageState(
            page.url, page.kind, outcome, page.failures, page.changed_at, page.waits, retry_at,
            self.sharing[resort.site] if page.kind is SourceKind.STATUS else 1,
        )  # fmt: skip
        page.due = next_due(state, resort.location, at)

    def _note_gap(self, resort: Resort, page: Page, at: datetime) -> None:
        """The longest waits between two fetches that worked, where nothing hindered the second."""
        if page.asked_at is None or not page.sound:
            return
        place, before = resort.location, page.asked_at
        if page.asked_in_season is not place.in_season(at):
            when = "over its edge"
        else:
            when = "in season" if page.asked_in_season else "out of season"
        kind = "no policy" if page.found is Outcome.NO_POLICY else str(page.kind)
        if page.kind is SourceKind.STATUS and when == "in season":
            local = before.astimezone(place.zone)
            by_day = local.hour >= 4 and local.date() == at.astimezone(place.zone).date()
            when += ", by day" if by_day else ", over night"
            when += ", shared site" if self.sharing[resort.site] > 1 else ""
        key = f"{kind} {when}"
        self.gaps[key] = max(self.gaps[key], at - before)

    def _see(self, resort: Resort, page: Page, at: datetime) -> None:
        """Every third change of a page is doubted: it waits for a second look."""
        there = bisect_right(page.changes, at)
        if page.waits:
            self.gaps["second look"] = max(self.gaps["second look"], at - (page.asked_at or at))
        page.waits = there > page.seen and there % 3 == 0
        for change in page.changes[page.seen : there]:
            hindered = within(page.outages, change) or any(
                begins - 7 * DAY <= change < ends for begins, ends in (*page.outages, *resort.busy)
            )
            if not hindered:
                when = "in season" if resort.location.in_season(change) else "out of season"
                self.delays[when].append(at - change)
        if there > page.seen:
            page.seen, page.changed_at = there, at


@pytest.fixture(scope="module")
def year() -> Year:
    return Year(some_world()).run()


def test_nobody_starves(year):
    late = 2 * TICK
    allowed = {
        "policy in season": DAY,
        "policy over its edge": 7 * DAY + late,
        "policy out of season": 7 * DAY + late,
        "no policy in season": 7 * DAY + late,
        "no policy over its edge": 7 * DAY + late,
        "no policy out of season": 7 * DAY + late,
        "status in season, by day": 64 * MINUTE + late,
        "status in season, over night": 8 * HOUR + late,
        "status over its edge": DAY,
        "status out of season": DAY,
        "second look": 7 * HOUR,
    }
    assert set(allowed) <= set(year.gaps), "all kinds of waits occurred"
    assert {name: gap for name, gap in year.gaps.items() if gap > allowed.get(name, DAY)} == {}
    for resort in year.world:
        for page in resort.pages:
            assert page.asked_at is not None
            assert page.due > END - late or within(resort.busy, END) or year.rests.get(resort.site, END) > END


def test_no_site_is_asked_more_than_stated(year):
    assert max(year.most.values()) <= REQUESTS_A_DAY
    assert year.most["shared.example"] > 40, "a site of five resorts is asked for all of them"
    assert year.disturbed == 0, "a site at rest was asked"


def test_a_change_is_seen_within_a_day_in_season_and_a_week_outside_it(year):
    assert len(year.delays["in season"]) > 300
    assert max(year.delays["in season"]) <= DAY
    assert max(year.delays["out of season"]) <= 7 * DAY + TICK


def test_failures_back_off(year):
    assert 5 * DAY < year.longest_back_off <= 7 * DAY + 2 * TICK


def _table(year: Year):
    from rich.table import Table

    def per_day(counts: Counter[int], month: int) -> str:
        days = [day for day in range(365) if (START + day * DAY).month == month]
        return f"{sum(counts[day] for day in days) / len(days):,.0f}"

    table = Table("600 resorts, a year", "")
    for name, month in (("January", 1), ("August", 8)):
        table.add_row(f"visits a day, {name}", per_day(year.visits, month))
        table.add_row(f"requests a day, {name}", per_day(year.requests, month))
    for name, gap in sorted(year.gaps.items()):
        table.add_row(f"longest wait, {name}", str(gap).partition(".")[0])
    for when, delays in year.delays.items():
        delays.sort()
        shown = (delays[len(delays) // 2], delays[len(delays) * 95 // 100], delays[-1])
        told = ", ".join(f"{delay / HOUR:.1f} h" for delay in shown)
        table.add_row(f"until one of {len(delays)} changes is seen, {when}: p50, p95, max", told)
    busiest = sorted(year.most.values())
    table.add_row("requests of a site in 24 h: median of sites' busiest day", str(busiest[len(busiest) // 2]))
    table.add_row(f"the same, busiest site of all (of {REQUESTS_A_DAY})", str(busiest[-1]))
    return table


if __name__ == "__main__":
    from rich.console import Console

    Console(width=110).print(_table(Year(some_world()).run()))
