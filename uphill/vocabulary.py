"""The words a policy is made of.

Every enum of facts has the member ``UNKNOWN``: the source does not say. It is a value of its own and
never means "no".
"""

from enum import StrEnum


class Access(StrEnum):
    """Permitted at least somewhere, at some time; or never, to nobody."""

    ALLOWED = "allowed"
    PROHIBITED = "prohibited"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """What is announced for now; a standing rule is not a status."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Permission(StrEnum):
    ALLOWED = "allowed"
    PROHIBITED = "prohibited"
    UNKNOWN = "unknown"


class PassRequired(StrEnum):
    """When a credential, paid or free, must be held before going up."""

    ALWAYS = "always"
    DURING_OPERATIONS = "during_operations"
    OUTSIDE_OPERATIONS = "outside_operations"
    NEVER = "never"
    UNKNOWN = "unknown"


class Credential(StrEnum):
    UPHILL_PASS = "uphill_pass"
    SEASON_PASS = "season_pass"
    LIFT_TICKET = "lift_ticket"


class Cost(StrEnum):
    """For a visitor who holds no season pass."""

    FREE = "free"
    PAID = "paid"
    UNKNOWN = "unknown"


class Period(StrEnum):
    """How long a price buys."""

    DAY = "day"
    NIGHT = "night"
    SEASON = "season"
    MONTH = "month"
    VISIT = "visit"
    UNKNOWN = "unknown"


class Requirement(StrEnum):
    REQUIRED = "required"
    NOT_REQUIRED = "not_required"
    UNKNOWN = "unknown"


class YesNo(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Dogs(StrEnum):
    """``LIMITED``: only at some hours or places."""

    ALLOWED = "allowed"
    LEASHED = "leashed"
    LIMITED = "limited"
    PROHIBITED = "prohibited"
    UNKNOWN = "unknown"


class Gear(StrEnum):
    """What one is told to wear or carry."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"
    UNKNOWN = "unknown"


class Descent(StrEnum):
    """Where those who went up ski down: a run of their own, the open runs, or the way they came."""

    OWN_ROUTE = "own_route"
    OPEN_RUNS = "open_runs"
    SAME_AS_UP = "same_as_up"
    UNKNOWN = "unknown"


class Minors(StrEnum):
    """What a minor needs: an adult's signature, an adult's company, or both."""

    SIGNATURE = "signature"
    COMPANY = "company"
    SIGNATURE_AND_COMPANY = "signature_and_company"
    PROHIBITED = "prohibited"
    UNKNOWN = "unknown"


class Patrol(StrEnum):
    """When patrol helps those who go up."""

    ALWAYS = "always"
    DURING_OPERATIONS = "during_operations"
    NEVER = "never"
    UNKNOWN = "unknown"


class Penalty(StrEnum):
    """What breaking the rules costs."""

    LOSS_OF_PASS = "loss_of_pass"
    FINE = "fine"
    REMOVAL = "removal"
    PROSECUTION = "prosecution"


class Difficulty(StrEnum):
    EASY = "easy"
    INTERMEDIATE = "intermediate"
    DIFFICULT = "difficult"
    EXPERT = "expert"
    UNKNOWN = "unknown"


class Serves(StrEnum):
    """Which way a route may be taken."""

    UP = "up"
    DOWN = "down"
    BOTH = "both"
    UNKNOWN = "unknown"


class SeasonMark(StrEnum):
    """Ends of a season that have no date."""

    OPENING_DAY = "opening_day"
    CLOSING_DAY = "closing_day"


class Day(StrEnum):
    """Weekdays as OSM opening_hours writes them."""

    MONDAY = "Mo"
    TUESDAY = "Tu"
    WEDNESDAY = "We"
    THURSDAY = "Th"
    FRIDAY = "Fr"
    SATURDAY = "Sa"
    SUNDAY = "Su"


class Event(StrEnum):
    """Times of day that are not on the clock: the sun's and the lifts'."""

    DAWN = "dawn"
    SUNRISE = "sunrise"
    SUNSET = "sunset"
    DUSK = "dusk"
    LIFT_OPEN = "lift_open"
    LIFT_CLOSE = "lift_close"


class SourceKind(StrEnum):
    """What a URL of a resort turned out to be."""

    HOME = "home"
    POLICY = "policy"
    STATUS = "status"
    CANDIDATE = "candidate"
    NO_POLICY = "no_policy"
    RESORT = "resort"
    LIST = "list"
    NEWS = "news"
    PUBLISHED = "published"
    """The document that a resort publishes for programs, or the place where it might."""


class Origin(StrEnum):
    """Where a policy comes from: our own crawl of the resort, or the compiled baseline."""

    CRAWL = "crawl"
    BASELINE = "baseline"
