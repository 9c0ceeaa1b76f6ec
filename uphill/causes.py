"""Why a fact of a policy changed, why a change waits, and how it was decided: three closed lists."""

from enum import StrEnum

from uphill.language import N_


class Cause(StrEnum):
    """Who is behind a change: the resort, our rules, a curator, or a first look at the resort's own page."""

    FIRST = "first"
    PAGE = "page"
    READING = "reading"
    CURATOR = "curator"


class Doubt(StrEnum):
    """Why what a visit found does not take effect at once."""

    EMPTIED = "emptied"
    GONE = "gone"
    MOVED = "moved"
    BLOCKED = "blocked"
    PARKED = "parked"
    OPPOSITE = "opposite"
    HALF_LOST = "half_lost"


class Decision(StrEnum):
    """How what was waiting was decided: by a second visit, by a curator, or because the page is as it was."""

    SECOND_VISIT = "second_visit"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    BACK_AGAIN = "back_again"
    REPLACED = "replaced"


DOUBT_SENTENCES: dict[Doubt, str] = {
    Doubt.EMPTIED: N_("the page no longer speaks of uphill travel"),
    Doubt.GONE: N_("the page is gone"),
    Doubt.MOVED: N_("the page leads to another site"),
    Doubt.BLOCKED: N_("the site shows its visitors a barrier in place of the page"),
    Doubt.PARKED: N_("the domain is parked or for sale"),
    Doubt.OPPOSITE: N_("the page says the opposite of what it said"),
    Doubt.HALF_LOST: N_("the page no longer states half of what it stated"),
}
