"""Numbers of ways up that have a name, too: "Route 1: Birch Run" is told of as "Route 1" further down."""

import re
from collections.abc import Iterable

from crawler.extract.claims import Claim

_NUMBERED = re.compile(r"\b\w+ (?:#|Nr\. ?|No\. ?|n° ?)?(?:\d{1,2}|[A-Z])")
_MARK = r"\s?[:–—(|-]\s?"


def without_numbers(claims: Iterable[Claim], text: str) -> list[Claim]:
    """The claims less those on a mere number that stands before another claim's name anywhere on the page."""
    told = list(claims)
    names = "|".join(re.escape(claim.value.name) for claim in told)
    numbers = {claim.value.name for claim in told if _NUMBERED.fullmatch(claim.value.name)}
    named = {
        number
        for number in numbers
        if re.search(rf"(?<!\w){re.escape(number)}{_MARK}(?:{names})(?!\w)", text, re.IGNORECASE)
    }
    return [claim for claim in told if claim.value.name not in named]
