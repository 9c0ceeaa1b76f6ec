"""What uphill products cost."""

import re
from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.document import Document, Scope, Scoped
from crawler.extract.money import Money, money
from crawler.extract.phones import region_of
from crawler.extract.sentences import Clause
from crawler.extract.tagger import Hit
from uphill.policy import Price
from uphill.vocabulary import Period

FIELD = "prices"
NEEDS: tuple[str, ...] = ()

_DOLLARS = {"CA": "CAD", "NZ": "NZD", "AU": "AUD"}
_PERIODS = {
    "per_day": Period.DAY,
    "per_night": Period.NIGHT,
    "per_season": Period.SEASON,
    "per_month": Period.MONTH,
    "per_visit": Period.VISIT,
}

_SEPARATOR = re.compile(r"[,;•·]|\b(?:or|and|oder|und|ou|et|soit|o|e|oppure|ovvero|bzw)\b")


def claims(document: Document) -> Iterator[Claim]:
    dollars = _DOLLARS.get(region_of(document.page, document.lang), "USD")
    before: Scoped | None = None
    for scoped in document.main:
        follows = (
            before is not None
            and before.sentence.block is scoped.sentence.block
            and before.whole.has("uphill_pass")
        )
        before = scoped
        sums = list(money(document.page.text, scoped.sentence.start, scoped.sentence.end, dollars))
        for number, sum_ in enumerate(sums):
            if _is_uphill(scoped, sum_, follows=follows):
                since = sums[number - 1].end if number else scoped.sentence.start
                until = sums[number + 1].start if number + 1 < len(sums) else scoped.sentence.end
                price = Price(
                    amount=sum_.amount, currency=sum_.currency, period=_period(scoped, sum_, since, until)
                )
                yield Claim(
                    FIELD,
                    price,
                    scoped.sentence.start,
                    scoped.sentence.end,
                    Strength.PLAIN,
                    "an uphill product's price",
                )


def _is_uphill(scoped: Scoped, sum_: Money, *, follows: bool) -> bool:  # noqa: PLR0911 - one return a rule, in their order
    clause = next((c for c in scoped.clauses if c.start <= sum_.start <= c.end), scoped.whole)
    if any(c.has("uphill_pass") for c in scoped.clauses if c.end < sum_.start) and not clause.has(
        "lift_hours"
    ):
        return True  # "Touring ticket: day card 10 €, season card 100 €"
    named = scoped.whole.has("uphill_pass") or scoped.whole.has("uphill") or clause.has("uphill_pass")
    if clause.has("not_price") or (clause.lead is not None and clause.lead.has("not_price")):
        return False
    asked = scoped.headed("price_question") and scoped.scope >= Scope.NEUTRAL
    if asked and _sole(clause) is not None and not scoped.whole.has("other_product", "lift_hours"):
        return True  # "How much is it?" "Day: $10"
    if follows and not scoped.whole.has("lift_hours", "rental"):
        return True  # "A touring pass is needed. The day pass costs …"
    if clause.has("other_product") and not clause.has("uphill_pass", "uphill"):
        return False
    if scoped.whole.has("other_product") and not named:
        return False
    return (
        named
        or scoped.headed("uphill_pass")
        or (scoped.scope is Scope.EXPLICIT and scoped.whole.has("any_pass", "buy"))
    )


def _period(scoped: Scoped, sum_: Money, since: int, until: int) -> Period:
    """The period told nearest to the sum, after it or before it."""
    clause = scoped.whole
    found: list[tuple[int, Period]] = []
    for concept, period in _PERIODS.items():
        for hit in clause.hits.get(concept, ()):
            start, end = _span(clause, hit)
            if since <= start and end <= until:
                gap = clause.text[sum_.end : start] if start >= sum_.end else clause.text[end : sum_.start]
                if not _SEPARATOR.search(gap):
                    found.append((len(gap), period))
    if found:
        return min(found, key=lambda item: item[0])[1]
    if (sole := _sole(clause)) is not None:
        return sole
    for heading in scoped.headings[:2]:
        told = {period for concept, period in _PERIODS.items() if heading.has(concept)}
        if len(told) == 1:
            return told.pop()
    return Period.UNKNOWN


def _sole(clause: Clause) -> Period | None:
    """The period of a sentence that names one only: "Uphill season pass: adults $49, juniors $29"."""
    told = {period for concept, period in _PERIODS.items() if clause.has(concept)}
    return told.pop() if len(told) == 1 else None


def _span(clause: Clause, hit: Hit) -> tuple[int, int]:
    return clause.tokens[hit.first].start, clause.tokens[hit.last].end


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    """Each sum once; a sum with its period told beats the same without."""
    kept: dict[tuple[object, object], Claim] = {}
    for claim in sorted(claims, key=lambda c: (c.value.period is Period.UNKNOWN, c.start)):
        key = (claim.value.amount, claim.value.currency)
        twice = key in kept and (
            claim.value.period is Period.UNKNOWN or kept[key].value.period == claim.value.period
        )
        if not twice:
            kept[key if key not in kept else (*key, claim.value.period)] = claim  # type: ignore[index]
    ordered = sorted(kept.values(), key=lambda c: c.start)
    return Settled(tuple(c.value for c in ordered), tuple(ordered)) if ordered else UNSTATED
