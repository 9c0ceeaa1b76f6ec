"""A resort as a search shows it: what a reader sees at a glance."""

from dataclasses import dataclass
from datetime import datetime

from uphill.language import N_, gettext, within
from uphill.policy import Policy
from uphill.search.answers import Freshness, Listing
from uphill.search.parameters import OPENING_WORDS
from uphill.vocabulary import Access, Permission
from uphill.words.units import distance_words
from uphill.words.wording import age, by_clock, pending_words, price_words, value_words, window_words
from webapp.facts import Now, now_of
from webapp.marks import Mark, mark_of
from webapp.strip import Strip, strip_of

_ASKED = {"when": N_("When"), "pass": N_("Pass"), "waiver": N_("Waiver"), "dogs": N_("Dogs")}
_DURING = {
    Permission.ALLOWED: N_("during lift hours"),
    Permission.PROHIBITED: N_("not during lift hours"),
}
_OUTSIDE = {
    Permission.ALLOWED: N_("outside lift hours"),
    Permission.PROHIBITED: N_("not outside lift hours"),
}


@dataclass(frozen=True, slots=True)
class Glance:
    """One of the questions that everybody asks; ``words`` is empty where no source answers it."""

    name: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    listing: Listing
    mark: Mark
    glances: tuple[Glance, ...]
    """Empty where uphill travel is prohibited or nothing is known: there is nothing to ask."""
    now: Now
    today: Strip | None
    age: str
    stale: bool
    away: str
    """``91 km`` from the place that was searched around, or empty."""
    then: str
    """Whether it is open at the time that was asked for, and how sure that is; empty where none was."""
    pending: str
    """``page changed, being verified since …``; empty where nothing waits."""

    @property
    def answered(self) -> tuple[Glance, ...]:
        return tuple(glance for glance in self.glances if glance.words)

    @property
    def unanswered(self) -> str:
        """The questions that no source answers: ``waiver, dogs``."""
        return ", ".join(within(glance.label) for glance in self.glances if not glance.words)


def card_of(listing: Listing, now: datetime) -> Card:
    policy = listing.policy
    return Card(
        listing=listing,
        mark=mark_of(policy),
        glances=_glances(policy) if policy.access is not Access.PROHIBITED and policy.known() else (),
        now=now_of(listing, now),
        today=strip_of(policy.windows, listing.resort, now, days=1),
        age=age(listing.provenance, now),
        away=distance_words(listing.distance_km) if listing.distance_km is not None else "",
        then=gettext(OPENING_WORDS[listing.open_then]) if listing.open_then is not None else "",
        stale=listing.provenance is not None and listing.provenance.freshness is Freshness.STALE,
        pending=pending_words(listing.pending, listing.resort.timezone)
        if listing.pending is not None
        else "",
    )


def _glances(policy: Policy) -> tuple[Glance, ...]:
    return tuple(
        Glance(name, gettext(_ASKED[name]), ", ".join(words))
        for name, words in (
            ("when", _when(policy)),
            ("pass", _pass(policy)),
            ("waiver", _stated(policy, "waiver")),
            ("dogs", _stated(policy, "dogs")),
        )
    )


def _stated(policy: Policy, fact: str) -> list[str]:
    value = getattr(policy, fact)
    return [] if value == "unknown" else [value_words(fact, value)]


def _when(policy: Policy) -> list[str]:
    if policy.windows:
        return [window_words(window) for window in by_clock(policy.windows)]
    during, outside = policy.during_operations, policy.outside_operations
    if during is outside is Permission.ALLOWED:
        return [gettext("during and outside lift hours")]
    return [
        gettext(words)
        for wanted in (Permission.ALLOWED, Permission.PROHIBITED)
        for words, permission in ((_DURING[wanted], during), (_OUTSIDE[wanted], outside))
        if permission is wanted
    ]


def _pass(policy: Policy) -> list[str]:
    required = _stated(policy, "pass_required")
    cost = [price_words(price) for price in policy.prices] or _stated(policy, "pass_cost")
    return required + cost + accepted(policy)


def accepted(policy: Policy) -> list[str]:
    """The passes that are accepted, in one piece; none where no source names any."""
    passes = ", ".join(value_words("pass_accepts", each) for each in policy.pass_accepts)
    return [gettext("accepted: %(passes)s", passes=passes)] if passes else []
