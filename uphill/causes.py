"""Why a fact of a policy changed, why a change waits, and how it was decided: three closed lists."""

from enum import StrEnum


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
    Doubt.EMPTIED: "the page no longer speaks of uphill travel",
    Doubt.GONE: "the page is gone",
    Doubt.MOVED: "the page leads to another site",
    Doubt.BLOCKED: "the site shows its visitors a barrier in place of the page",
    Doubt.PARKED: "the domain is parked or for sale",
    Doubt.OPPOSITE: "the page says the opposite of what it said",
    Doubt.HALF_LOST: "the page no longer states half of what it stated",
}
