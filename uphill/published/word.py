"""What a published document says of one resort, as the rest of the directory takes it."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from uphill.announced import STATUS_HOLDS
from uphill.errors import BadInput
from uphill.evidence import Evidence
from uphill.folding import fold
from uphill.policy import FACTS, LIST_FACTS, Policy
from uphill.published.entries import Entry, check
from uphill.reading import Reading
from uphill.stated import without_announced

_CLOCKS_DIFFER = timedelta(minutes=10)
_KINDS = frozenset(
    [
        "the",
        "ski",
        "skiing",
        "snow",
        "resort",
        "resorts",
        "area",
        "areas",
        "mountain",
        "mount",
        "mt",
        "skigebiet",
        "bergbahnen",
        "station",
        "domaine",
        "skiable",
        "comprensorio",
        "sciistico",
    ]
)
"""Words that a name may have or lack, and is of the same resort."""


@dataclass(frozen=True, slots=True)
class Published:
    """A resort's own word. ``text`` is what it says of this resort, a line a fact; ``evidence`` points into that.

    ``evidence`` has a quote for every known fact of ``policy``, for a list one an element: the sentence that the
    document gives, else the JSON of the fact. ``valid_from`` and ``valid_until`` are the first and last day of the
    rules by the resort's calendar. ``status_seen`` and ``status_until`` (aware) belong to what is announced in
    ``policy``; :meth:`at` leaves out what does not hold any more. ``warnings`` are sentences on what could not be
    taken.
    """

    url: str
    name: str
    policy: Policy
    evidence: Mapping[str, tuple[Evidence, ...]]
    text: str
    warnings: tuple[str, ...] = ()
    source: str | None = None
    website: str | None = None
    updated: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    status_seen: datetime | None = None
    status_until: datetime | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the rules are in force on ``day``, by the resort's calendar."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)

    def at(self, now: datetime) -> "Published":
        """The same without announcements that do not hold at ``now`` (aware), or that are of later."""
        if self.status_seen is not None:
            until = min(self.status_until or self.status_seen + STATUS_HOLDS, self.status_seen + STATUS_HOLDS)
            if self.status_seen - _CLOCKS_DIFFER <= now < until:
                return self
        text, evidence = _proved(self.name, standing := without_announced(self.policy), self._sentences())
        return replace(
            self, policy=standing, text=text, evidence=evidence, status_seen=None, status_until=None
        )

    def reading(self) -> Reading:
        """As the reading of a page; it is a policy where a rule is stated."""
        return Reading(
            source=self.url,
            lang=None,
            is_policy=bool(without_announced(self.policy).known()),
            policy=self.policy,
            evidence=dict(self.evidence),
        )

    def _sentences(self) -> dict[str, tuple[str, ...]]:
        """The sentences that the document gives: quotes that are no JSON of a fact."""
        return {
            name: tuple(quote.quote for quote in quotes)
            for name, quotes in self.evidence.items()
            if not any(quote.quote.startswith(f'"{name}": ') for quote in quotes)
        }


def read(
    body: bytes, *, url: str, resort_name: str, resort_slug: str, other_names: Collection[str] = ()
) -> Published:
    """What the document at ``url`` says of a resort, which it names by its name, its slug or one of ``other_names``.

    Raises BadInput where it can't be read, or says nothing of this resort.
    """
    checked = check(body)
    entry = _of_resort(checked.entries, (resort_name, resort_slug, *other_names))
    text, evidence = _proved(entry.name, entry.policy, entry.statements)
    return Published(
        url=url,
        name=entry.name,
        policy=entry.policy,
        evidence=evidence,
        text=text,
        warnings=checked.warnings,
        source=entry.source,
        website=entry.website,
        updated=entry.updated,
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
        status_seen=entry.status_seen,
        status_until=entry.status_until,
    )


def _of_resort(entries: tuple[Entry, ...], names: Collection[str]) -> Entry:
    """The only entry that bears one of the names; else the only one that does but for the kind of place."""
    for alike in (fold, _without_kind):
        wanted = {alike(name) for name in names} - {""}
        found = [
            entry for entry in entries if wanted & {alike(name) for name in (entry.name, *entry.aliases)}
        ]
        if len(found) == 1:
            return found[0]
        if found:
            raise BadInput(f"The document speaks {len(found)} times of a resort named {found[0].name!r}.")
    known = ", ".join(repr(entry.name) for entry in entries[:5]) or "no resort that could be read"
    raise BadInput(
        f"The document is about {known}, not about {next(iter(names))!r}. Add that name to 'aliases' if it is the same."
    )


def _without_kind(name: str) -> str:
    return " ".join(word for word in fold(name).split() if word not in _KINDS)


def _proved(
    name: str, policy: Policy, statements: Mapping[str, tuple[str, ...]]
) -> tuple[str, dict[str, tuple[Evidence, ...]]]:
    """A line for the name and one for each quote, and where in that text the quotes of each fact stand."""
    lines, length = [name], len(name)
    evidence: dict[str, tuple[Evidence, ...]] = {}
    for fact, element, count in _elements(policy):
        said = statements.get(fact, ())
        at = len(evidence.get(fact, ()))
        if said and at >= len(said) == 1:  # one sentence for all elements
            evidence[fact] = (*evidence[fact], evidence[fact][0])
            continue
        told = said[at] if len(said) in {1, count} else f'"{fact}": {json.dumps(element, ensure_ascii=False)}'
        evidence[fact] = (
            *evidence.get(fact, ()),
            Evidence(quote=told, start=length + 1, end=length + 1 + len(told)),
        )
        lines.append(told)
        length += 1 + len(told)
    return "\n".join(lines), evidence


def _elements(policy: Policy) -> Iterator[tuple[str, Any, int]]:
    """Each known fact, or each element of a list, as JSON, with how many of the fact there are."""
    facts, known = policy.model_dump(mode="json", exclude_defaults=True), policy.known()
    for name in FACTS:
        if name in known:
            elements = facts[name] if name in LIST_FACTS else [facts[name]]
            for element in elements:
                yield name, element, len(elements)
