"""Exceptions from a ban of going up that are told behind it: "It is prohibited. Exception: Wednesdays"."""

from collections.abc import Iterator

from crawler.extract.document import Document
from crawler.extract.hours.times import spans
from crawler.extract.hours.weekdays import days_in
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

_LEADING = 3
"""Tokens of a sentence before the word that tells it an exception."""
_SHORT = 14
"""Tokens of a sentence that may tell its exception at its end: "Only on Wednesdays we make an exception"."""
_WHEN_OR_WHERE = ("evening_event", "uphill_route", "designated_route", "route_noun", "uphill", "outside_ops")
_FOR_FEW = ("staff", "not_except", "race_news", "not_permit", "may_ban", "emergency", "dog", "service_animal")


def exceptions(document: Document) -> Iterator[Scoped]:
    """Sentences that spare an evening, a time or a way from the ban in the sentence before, or in their own."""
    before: Scoped | None = None
    for scoped in document.main:
        if scoped.sentence.block.level:
            continue
        told = _spares(scoped.whole) and before is not None and _bans(before) and _goes_on(scoped, before)
        if told or any(_spares_behind(clause, scoped) for clause in scoped.clauses):
            yield scoped
        before = scoped


def _goes_on(scoped: Scoped, before: Scoped) -> bool:
    return scoped.headings == before.headings and scoped.scope is Scope.EXPLICIT


def _bans(scoped: Scoped) -> bool:
    banning = (clause for clause in scoped.clauses if clause.travels and clause.rules("forbid"))
    return not scoped.sentence.asks and any(not spans(clause) for clause in banning)


def _spares(whole: Clause) -> bool:
    """As "Exception: Wednesdays from 18:00", "Only on Wednesdays we make an exception"."""
    leads = 0 <= whole.first("except") <= _LEADING
    makes = whole.first("only") == 0 and whole.has("except") and len(whole.tokens) <= _SHORT
    return (leads or makes) and _names_one(whole)


def _spares_behind(clause: Clause, scoped: Scoped) -> bool:
    """As "except on Wednesday evenings", set apart by a dash or a comma from the ban."""
    at = next((i for i, one in enumerate(scoped.clauses) if one is clause), 0)
    led = at > 0 and clause.first("except") == 0 and not clause.travels and not clause.verdicts
    ban = scoped.clauses[at - 1]
    return led and ban.travels and ban.rules("forbid") and not spans(ban) and _names_one(clause)


def _names_one(clause: Clause) -> bool:
    if clause.has(*_FOR_FEW) or clause.rules("forbid") or clause.has("neg"):
        return False
    return clause.has(*_WHEN_OR_WHERE) or bool(spans(clause) or days_in(clause))
