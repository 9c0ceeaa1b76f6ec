"""What changed in resorts' policies, in the words in which their pages tell the facts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from uphill.causes import Cause
from uphill.language import N_, gettext
from uphill.policy import LIST_FACTS, Policy
from uphill.recording.change_log import ChangeEntry
from uphill.search.answers import PolicyRevision, Proof, Proposal, ResortPage
from uphill.words.fact_words import fact_elements, value_elements
from uphill.words.wording import LABELS, NOT_STATED, each_once, label

CAUSES: dict[Cause, str] = {
    Cause.FIRST: N_("first reading of the resort’s own page"),
    Cause.PAGE: N_("the resort changed its page"),
    Cause.READING: N_("our reading changed, not the page"),
    Cause.CURATOR: N_("set by a curator"),
}


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """One fact, before and after; of a list only the elements that came or went, empty where none did."""

    label: str
    old: str
    new: str
    quote: str | None = None
    source_url: str | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """What changed at one time for one reason. ``first_stated`` counts facts that nobody had stated before."""

    at: datetime
    reason: str
    changes: tuple[ChangedFact, ...]
    resort: str
    resort_name: str
    source_url: str | None = None
    as_of: str | None = None
    first_stated: int = 0
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class ProposedFact:
    change: ChangedFact
    proofs: tuple[Proof, ...]


def timeline(page: ResortPage) -> tuple[Moment, ...]:
    """The resort's change log, newest first, and before it the versions from which it did not log yet."""
    logged = moments(page.changes)
    begins = logged[-1].at if logged else None
    befores: list[PolicyRevision | None] = [*page.history, None][1:]
    versions = tuple(
        _version(page, told, before)
        for told, before in zip(page.history, befores, strict=True)
        if begins is None or told.provenance.first_seen < begins
    )
    return logged + versions


def moments(entries: Iterable[ChangeEntry]) -> tuple[Moment, ...]:
    """The change log as it comes, what changed together told together."""
    together = groupby(entries, key=lambda entry: (entry.at, entry.resort, entry.cause))
    return tuple(_moment(list(group)) for _, group in together)


def proposed(proposal: Proposal, page: ResortPage) -> tuple[ProposedFact, ...]:
    """What a change that waits would make of each fact that it is about."""
    after = proposal.policy
    return tuple(
        ProposedFact(
            changed(
                change.field,
                fact_elements(page.policy, change.field),
                fact_elements(after, change.field) if after is not None else [],
            ),
            each_once(proposal.evidence.get(change.field, ())),
        )
        for change in proposal.changes
    )


def changed(name: str, before: Sequence[str], after: Sequence[str]) -> ChangedFact:
    """A fact's elements in words, before and after."""
    old, new = list(before) or [gettext(NOT_STATED)], list(after) or [gettext(NOT_STATED)]
    if name in LIST_FACTS:
        gone = [words for words in old if words not in new]
        came = [words for words in new if words not in old]
        old, new = (gone, came) if gone or came else (old, new)
    return ChangedFact(label(name) if name in LABELS else name, "; ".join(old), "; ".join(new))


def _moment(entries: list[ChangeEntry]) -> Moment:
    newest = entries[0]
    first = newest.cause is Cause.FIRST
    told = [entry for entry in entries if not first or entry.old is not None]
    sources = {entry.source_url for entry in entries}
    return Moment(
        newest.at,
        gettext(CAUSES[newest.cause]),
        tuple(map(_entry, reversed(told))),  # of one moment in the order of the facts
        newest.resort,
        newest.resort_name,
        sources.pop() if len(sources) == 1 else None,
        first_stated=len(entries) - len(told),
        cause=newest.cause,
    )


def _entry(entry: ChangeEntry) -> ChangedFact:
    words = changed(
        entry.field, value_elements(entry.field, entry.old), value_elements(entry.field, entry.new)
    )
    return ChangedFact(words.label, words.old, words.new, entry.quote, entry.source_url)


def _version(page: ResortPage, told: PolicyRevision, before: PolicyRevision | None) -> Moment:
    old = before.policy if before is not None else Policy()
    changes = tuple(
        changed(change.field, fact_elements(old, change.field), fact_elements(told.policy, change.field))
        for change in told.changes
    )
    origin = told.provenance
    return Moment(
        origin.first_seen,
        gettext("changed") if before is not None else gettext("first known"),
        changes,
        page.resort.slug,
        page.resort.name,
        origin.source_url,
        origin.as_of,
    )
