"""Precision and recall of readings against labels.

A fact is one known value: a field that is not unknown, or one element of a list. Precision is right
facts by facts claimed, recall right facts by facts in the labels. Route names match by their words,
phone numbers by their last nine digits, windows by their set of weekdays and their span. Of a fact of
several parts (parking, season) every part that is told counts as one.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from uphill.policy import FACTS, LIST_FACTS, Window

_NOISE = frozenset(
    [
        "the",
        "route",
        "trail",
        "run",
        "uphill",
        "piste",
        "strecke",
        "tour",
        "via",
        "to",
        "and",
        "aufstiegsroute",
        "skiroute",
        "le",
        "la",
        "les",
        "der",
        "die",
        "das",
        "sentier",
        "itineraire",
        "parcours",
        "pista",
        "percorso",
        "skitour",
        "skitourenroute",
    ]
)
ALWAYS_LABELLED = frozenset(
    [
        "access",
        "status",
        "during_operations",
        "outside_operations",
        "windows",
        "pass_required",
        "pass_accepts",
        "pass_cost",
        "prices",
        "waiver",
        "check_in",
        "designated_routes_only",
        "routes",
        "dogs",
        "lights",
        "snowshoes",
        "foot",
        "bikes",
        "hotline",
    ]
)
"""Facts that labels leave out only where the page does not state them; any other fact, left out, is not scored."""
ROUTE_STATUS = "route_status"
"""Scored beside the facts: which of the routes are open and closed, by name."""
SCORED = (*FACTS, ROUTE_STATUS)
_UNTOLD = (None, "", "unknown")
_SHARED_WORDS = 0.6
"""Least part of the longer route name's words that the shorter one must share."""


@dataclass
class Score:
    """Right, claimed and known facts, by field."""

    right: Counter[str] = field(default_factory=Counter)
    claimed: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)

    def add(self, labels: Mapping[str, Any], policy: Mapping[str, Any]) -> None:
        """Count one page: its labels and the policy that was read, as JSON values."""
        for name in SCORED:
            if name not in labels and name not in ALWAYS_LABELLED:
                continue
            wanted, got = elements(name, labels.get(name)), elements(name, told(policy, name))
            self.right[name] += matched(name, wanted, got)
            self.claimed[name] += len(got)
            self.known[name] += len(wanted)

    def precision(self, name: str | None = None) -> float:
        return _ratio(_sum(self.right, name), _sum(self.claimed, name))

    def recall(self, name: str | None = None) -> float:
        return _ratio(_sum(self.right, name), _sum(self.known, name))


def _sum(counts: Counter[str], name: str | None) -> int:
    return counts.total() if name is None else counts[name]


def told(policy: Mapping[str, Any], name: str) -> Any:
    """What a policy says of a scored field."""
    return policy.get("routes") if name == ROUTE_STATUS else policy.get(name)


def _ratio(part: int, whole: int) -> float:
    """Of nothing claimed, or nothing to find, all is right."""
    return part / whole if whole else 1.0


def elements(name: str, value: Any) -> list[Any]:
    """The facts that a field's value holds, in a form in which they compare."""
    if value in _UNTOLD:
        return []
    if name == ROUTE_STATUS:
        return [
            (_element("routes", route), route["status"])
            for route in value
            if route.get("status", "unknown") != "unknown"
        ]
    if isinstance(value, Mapping):
        return [(part, _part(part, told)) for part, told in value.items() if told not in _UNTOLD]
    if name not in LIST_FACTS:
        return [re.sub(r"\D", "", str(value))[-9:] if name == "hotline" else value]
    return [_element(name, item) for item in value]


def _element(name: str, item: Any) -> Any:
    if name == "windows":
        return Window.parse(str(item))
    if name == "prices":
        return (round(float(item["amount"]), 2), item["currency"].upper(), item.get("period", "unknown"))
    if name == "routes":
        named = item["name"] if isinstance(item, Mapping) else item
        return frozenset(_words(named)) or frozenset([str(named).lower()])
    return item


def _part(part: str, told: Any) -> Any:
    return frozenset(_words(told)) or frozenset([str(told).lower()]) if part == "place" else told


def _words(text: Any) -> list[str]:
    plain = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode().lower()
    return [word for word in re.findall(r"[a-z0-9]+", plain) if word not in _NOISE]


def matched(name: str, wanted: Sequence[Any], got: Sequence[Any]) -> int:
    """How many of the claimed facts are among those wanted, each used once."""
    left, hits = list(wanted), 0
    for claim in got:
        found = next((want for want in left if _same(name, want, claim)), None)
        if found is not None:
            left.remove(found)
            hits += 1
    return hits


def _same(name: str, one: Any, other: Any) -> bool:
    if name == ROUTE_STATUS:
        return bool(one[1] == other[1]) and _same("routes", one[0], other[0])
    if name == "routes":
        shared = len(one & other)
        return bool(one == other or (shared and shared / max(len(one), len(other)) >= _SHARED_WORDS))
    return bool(one == other)
