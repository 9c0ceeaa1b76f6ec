"""A resort's facts as its page shows them: every fact, stated or not, with its proof beneath."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from uphill.announced import elements_now, short_status_words, status_words
from uphill.language import N_
from uphill.language import gettext as _
from uphill.policy import Policy
from uphill.search.answers import Announcement, Freshness, Listing, Proof, ResortPage
from uphill.vocabulary import Cost, SourceKind, Status
from uphill.words.dates import clock, local, local_day, seen_words
from uphill.words.fact_words import value_elements
from uphill.words.wording import NOT_STATED, each_once, label, pin_words

GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "when": (N_("When"), ("access", "season", "during_operations", "outside_operations", "windows")),
    "pass": (
        N_("Pass and price"),
        ("pass_required", "pass_accepts", "pass_cost", "prices", "pass_url"),
    ),
    "before": (
        N_("Before you start"),
        ("waiver", "waiver_url", "check_in", "avalanche_gear", "lights", "reflective", "parking"),
    ),
    "who": (N_("Who may come along"), ("minors", "dogs", "snowshoes", "foot", "bikes")),
    "hill": (
        N_("On the hill"),
        ("designated_routes_only", "routes", "map_url", "descent", "patrol", "penalty"),
    ),
    "ask": (N_("Whom to ask"), ("status", "status_url", "hotline")),
}
"""All facts with the title of their group, in the order of the questions that people ask."""

_ERRANDS = {
    "status_url": N_("Check today’s status"),
    "waiver_url": N_("Sign the waiver"),
    "map_url": N_("See the resort’s map"),
}


@dataclass(frozen=True, slots=True)
class PinnedFact:
    """Who set a fact, and what the resort's own page says against it; ``otherwise`` is empty where nothing."""

    words: str
    source_url: str
    otherwise: str = ""
    readings: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact: its value in words (several for a list), and why it is believed.

    ``errand`` is set where the value is an address to go to: what one does there. ``old`` says since when the fact
    was not confirmed, where that is too long. ``later`` are the words that are true from ``until`` on.
    """

    name: str
    label: str
    words: tuple[str, ...]
    stated: bool
    proofs: tuple[Proof, ...]
    errand: str = ""
    old: str = ""
    pin: PinnedFact | None = None
    until: datetime | None = None
    later: str = ""


@dataclass(frozen=True, slots=True)
class FactGroup:
    title: str
    rows: tuple[FactRow, ...]


@dataclass(frozen=True, slots=True)
class Now:
    """What is announced for now. ``seen_at`` is set where a status was ever seen; ``fresh`` while it holds.

    ``expiry`` says until when it does.

    ``last_seen`` says the same from ``until`` on, or of a page that was kept: not known, and what was seen when.
    """

    words: str
    status: Status
    seen_at: datetime | None = None
    seen: str = ""
    source_url: str | None = None
    fresh: bool = False
    until: datetime | None = None
    last_seen: str = ""
    expiry: str = ""


def fact_groups(page: ResortPage, apart: Collection[str] = ()) -> dict[str, FactGroup]:
    """All facts by the key of their group, but those that the page shows ``apart`` from the others."""
    return {
        key: FactGroup(_(title), tuple(fact_row(page, name) for name in names if name not in apart))
        for key, (title, names) in GROUPS.items()
    }


def fact_row(page: ResortPage, name: str) -> FactRow:
    stated = name in page.policy.known()
    words = tuple(elements_now(page, name)) or (_(NOT_STATED),)
    pin = pinned_fact(page, name)
    proofs = (proof for proof in each_once(page.proofs_of(name)) if pin is None or not proof.pinned)
    return FactRow(
        name,
        label(name),
        words,
        stated,
        tuple(proofs),
        errand(page.policy, name) if stated else "",
        _unconfirmed(page, name),
        pin,
        *(_later(page) if name == "status" else ()),
    )


def _later(page: ResortPage) -> tuple[datetime | None, str]:
    """Until when the status of a page holds, and how it is told from then on."""
    if page.announced is None or not page.announced.holds:
        return None, ""
    gone = page.announced.model_copy(update={"holds": False})
    return page.announced.until, status_words(gone, page.resort.timezone)


def pinned_fact(page: ResortPage, name: str) -> PinnedFact | None:
    pin = page.pins.get(name)
    if pin is None:
        return None
    words = pin_words(pin, page.resort.timezone)
    if not pin.contradicted:
        return PinnedFact(words, pin.source_url)
    otherwise = "; ".join(value_elements(name, pin.read))
    return PinnedFact(words, pin.source_url, otherwise, each_once(pin.readings))


def _unconfirmed(page: ResortPage, name: str) -> str:
    """Said of single facts only; of a policy that is old as a whole its age is told once."""
    if (
        name not in page.stale_facts
        or page.provenance is None
        or page.provenance.freshness == Freshness.STALE
    ):
        return ""
    newest = max(proof.seen_at for proof in page.evidence[name] if proof.seen_at is not None)
    return _("not confirmed since %(day)s", day=local_day(newest, page.resort.timezone))


def errand(policy: Policy, name: str) -> str:
    """What one does at the address that the fact ``name`` holds; empty for all other facts."""
    if name == "pass_url":
        paid = policy.pass_cost is Cost.PAID or policy.prices
        return _("Buy the pass") if paid else _("Get the pass")
    return _(_ERRANDS[name]) if name in _ERRANDS else ""


def errands(page: ResortPage) -> tuple[tuple[str, str], ...]:
    """What there is to do before one starts, with its address.

    Where the policy names no status page, it is the one that we found.
    """
    found = next((source.url for source in page.sources if source.kind is SourceKind.STATUS), None)
    urls = {
        "status_url": page.policy.status_url or found,
        "waiver_url": page.policy.waiver_url,
        "pass_url": page.policy.pass_url,
        "map_url": page.policy.map_url,
    }
    return tuple((errand(page.policy, name), url) for name, url in urls.items() if url is not None)


def now_of(listing: Listing, now: datetime) -> Now:
    """The status announced for now; one that has expired is said to be not known, with when it was last seen."""
    return told(listing.announced, listing, now)


def told(announcement: Announcement | None, listing: Listing, now: datetime) -> Now:
    """A status of the resort or of one of its routes, as it was when it was last seen."""
    if announcement is None:
        return Now(_(NOT_STATED), Status.UNKNOWN)
    return Now(
        short_status_words(announcement),
        announcement.status if announcement.holds else Status.UNKNOWN,
        announcement.seen_at,
        seen_words(announcement.seen_at, now, listing.resort.timezone),
        announcement.source_url,
        announcement.holds,
        announcement.until,
        status_words(announcement.model_copy(update={"holds": False}), listing.resort.timezone),
        _expiry(announcement, now, listing.resort.timezone),
    )


def _expiry(announcement: Announcement, now: datetime, timezone: str | None) -> str:
    """``holds until 18:00 today``; empty where it holds no longer."""
    if not announcement.holds or announcement.until is None:
        return ""
    zone = ZoneInfo(timezone) if timezone else UTC
    until, today = announcement.until.astimezone(zone), now.astimezone(zone).date()
    if until.date() == today:
        return _("holds until %(clock)s today", clock=clock(until.hour * 60 + until.minute))
    if until.time() == time() and until.date() - today == timedelta(days=1):
        return _("holds until midnight")
    return _("holds until %(when)s", when=local(announcement.until, timezone))


def is_old(page: ResortPage) -> bool:
    """Whether the policy should be read with doubt: stale, or never checked by us."""
    return page.provenance is not None and page.provenance.freshness is not Freshness.CHECKED
