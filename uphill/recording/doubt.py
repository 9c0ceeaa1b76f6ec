"""Whether what a visit found is to be believed at once: pure, over the facts and how the page was found.

A doubtful finding waits. It is about what the page now says as a whole; what is announced for the day is never
doubtful, nor is a fact more, nor one changed among many.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from uphill.causes import DOUBT_SENTENCES, Doubt
from uphill.outcomes import Outcome
from uphill.policy import Policy
from uphill.recording.differences import same_facts
from uphill.recording.visit import FetchedPage, ResortVisit
from uphill.stated import without_announced
from uphill.vocabulary import (
    Access,
    Cost,
    Dogs,
    Minors,
    PassRequired,
    Patrol,
    Permission,
    Requirement,
    YesNo,
)
from uphill.words.wording import label, value_words

Camps = tuple[frozenset[StrEnum], frozenset[StrEnum]]

_PERMISSION: Final[Camps] = (frozenset({Permission.ALLOWED}), frozenset({Permission.PROHIBITED}))
_REQUIREMENT: Final[Camps] = (frozenset({Requirement.REQUIRED}), frozenset({Requirement.NOT_REQUIRED}))

OPPOSITES: Final[dict[str, Camps]] = {
    "access": (frozenset({Access.ALLOWED}), frozenset({Access.PROHIBITED})),
    "during_operations": _PERMISSION,
    "outside_operations": _PERMISSION,
    "pass_required": (
        frozenset({PassRequired.ALWAYS, PassRequired.DURING_OPERATIONS, PassRequired.OUTSIDE_OPERATIONS}),
        frozenset({PassRequired.NEVER}),
    ),
    "pass_cost": (frozenset({Cost.FREE}), frozenset({Cost.PAID})),
    "waiver": _REQUIREMENT,
    "check_in": _REQUIREMENT,
    "designated_routes_only": (frozenset({YesNo.YES}), frozenset({YesNo.NO})),
    "dogs": (frozenset({Dogs.ALLOWED, Dogs.LEASHED, Dogs.LIMITED}), frozenset({Dogs.PROHIBITED})),
    "snowshoes": _PERMISSION,
    "foot": _PERMISSION,
    "bikes": _PERMISSION,
    "minors": (
        frozenset({Minors.SIGNATURE, Minors.COMPANY, Minors.SIGNATURE_AND_COMPANY}),
        frozenset({Minors.PROHIBITED}),
    ),
    "patrol": (frozenset({Patrol.ALWAYS, Patrol.DURING_OPERATIONS}), frozenset({Patrol.NEVER})),
}
"""Facts that have an opposite: two camps of values each. From one camp to the other is doubtful."""

AWAY: Final = "redirects away from the site"
"""How the reason of a refused redirect tells that it led to another site, rather than in a circle."""

_BARRIERS: Final = {Outcome.BLOCKED: Doubt.BLOCKED, Outcome.PARKED: Doubt.PARKED}
_GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_TELLS_NOTHING: Final = frozenset({Outcome.NO_POLICY, Outcome.EMPTY})
_BY_VISITS: Final = frozenset({Doubt.EMPTIED, Doubt.GONE})


@dataclass(frozen=True, slots=True)
class Doubtful:
    """``detail`` is a sentence for people, without its full stop."""

    doubt: Doubt
    detail: str


def settled_by_visits(doubt: Doubt, *, proposes: bool) -> bool:
    """Whether a second visit that finds the same decides it; a failure must never lose the record by itself."""
    return proposes or doubt in _BY_VISITS


def doubt_of_policy(
    old: Policy, new: Policy, *, moved_to: str = "", pinned: Collection[str] = (), misread: bool = True
) -> Doubtful | None:
    """Why ``new`` does not replace ``old`` at once.

    ``moved_to`` is the page's URL if it is on another site than before. Facts that are ``pinned`` raise no
    doubt: a curator has seen to them. What can't be ``misread``, since the resort wrote it for programs, may be the
    opposite at once.
    """
    old, new = without_announced(old), without_announced(new)
    if same_facts(old, new):
        return None
    if moved_to:
        return Doubtful(Doubt.MOVED, f"{DOUBT_SENTENCES[Doubt.MOVED]}: {moved_to}")
    if misread and (
        reversals := [name for name in OPPOSITES if name not in pinned and _is_reversed(name, old, new)]
    ):
        told = ", ".join(_reversal(name, old, new) for name in reversals)
        return Doubtful(Doubt.OPPOSITE, f"{DOUBT_SENTENCES[Doubt.OPPOSITE]}: {told}")
    before = old.known().keys() - set(pinned)
    lost = before - new.known().keys()
    if lost and len(lost) * 2 >= len(before):
        told = f"{len(lost)} of {len(before)} facts are no longer stated"
        return Doubtful(Doubt.HALF_LOST, f"{DOUBT_SENTENCES[Doubt.HALF_LOST]}: {told}")
    return None


def doubt_of_absence(visit: ResortVisit, policy_url: str) -> Doubtful | None:
    """Why a visit that read no policy casts doubt on the one that was read at ``policy_url``.

    None for a plain failure: a site that does not answer says nothing.
    """
    page = page_at(visit, policy_url)
    if page is None:
        return None
    if (barrier := _BARRIERS.get(page.outcome)) is not None:
        return _told(barrier, page)
    if leads_away(page):
        return _told(Doubt.MOVED, page)
    if page.outcome in _TELLS_NOTHING:
        return Doubtful(Doubt.EMPTIED, f"{DOUBT_SENTENCES[Doubt.EMPTIED]}: {page.url}")
    looked_around = visit.outcome is Outcome.NO_POLICY or all(map(is_gone, visit.pages))
    if is_gone(page) and looked_around:
        return _told(Doubt.GONE, page)
    return None


def page_at(visit: ResortVisit, url: str) -> FetchedPage | None:
    """What came of asking for ``url``, or of being led there."""
    asked = [page for page in visit.fetched if page.requested_url == url]
    led = [page for page in visit.fetched if page.url == url]
    return next(iter(asked + led), None)


def is_gone(page: FetchedPage) -> bool:
    return page.outcome is Outcome.HTTP_STATUS and page.http_status in _GONE


def leads_away(page: FetchedPage) -> bool:
    return page.outcome is Outcome.REDIRECT and AWAY in page.detail


def _told(doubt: Doubt, page: FetchedPage) -> Doubtful:
    return Doubtful(doubt, f"{DOUBT_SENTENCES[doubt]}: {page.detail or page.requested_url}")


def _is_reversed(name: str, old: Policy, new: Policy) -> bool:
    before, after = getattr(old, name), getattr(new, name)
    one, other = OPPOSITES[name]
    return (before in one and after in other) or (before in other and after in one)


def _reversal(name: str, old: Policy, new: Policy) -> str:
    before, after = (value_words(name, getattr(policy, name)) for policy in (old, new))
    return f"{label(name)}: {after} instead of {before}"
