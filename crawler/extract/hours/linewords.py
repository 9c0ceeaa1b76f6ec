"""Words that a line of hours may hold beside them, and still name nobody whose hours they are."""

from crawler.extract.daynames import DAYS

LABELS = (
    *(*DAYS, "weekdays", "weekend", "daily"),
    *("date", "ante", "post", "evening_event", "from", "between", "until", "before", "after", "oclock"),
    *(
        "when_heading",
        "when_heading_uphill",
        "uphill",
        "ascend",
        "permit",
        "open",
        "closed",
        "only",
        "period",
    ),
    *(
        "every_day",
        "other_times",
        "whole_season",
        "some_times",
        "sunrise",
        "sunset",
        "dawn",
        "dusk",
        "noon",
        "midnight",
    ),
    *(
        "deadline",
        "start_limit",
        "offset",
        "you",
        "access_word",
        "additional",
        "outside_ops",
        "lift_close",
        "lift_open",
        "forbid",
        "slopes",
    ),
)
"""What a line of hours may hold before them and still name nobody whose hours they are."""
_LITTLE_WORDS = (
    "the a an and or of in on at for is are from to each every both all our only also am pm m p "
    "der die das den dem des und oder an im vom zum zur von ab um ist sind jeden jeder alle allen uhr auch "
    "le la les l' de du d' et ou en au aux à un une est sont dès chaque tous toutes h jusqu' que qu' aussi "
    "il lo i gli di del della dei delle e o al alle dalle dal da ogni tutti tutte ore è sono nei nelle anche"
)
LITTLE = frozenset(_LITTLE_WORDS.split())
"""Words without weight, in all languages: none of them is a noun in another."""
