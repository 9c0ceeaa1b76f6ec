"""What uphill products cost."""

import re
from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.columns import column_of
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

_SEVERAL = 2
_SEPARATOR = re.compile(r"[,;•·]|\b(?:or|and|oder|und|ou|et|soit|o|e|oppure|ovvero|bzw)\b")


def claims(document: Document) -> Iterator[Claim]:
    dollars = _DOLLARS.get(region_of(document.page, document.lang), "USD")
    before: Scoped | None = None
    for scoped in document.main:
        follows = before is not None and _follows(before, scoped)
        # "Uphill pass | $20 / month" and below it "$65 / season"
        goes_on = follows and scoped.sentence.block.row
        before = before if goes_on else scoped
        sums = list(money(document.page.text, scoped.sentence.start, scoped.sentence.end, dollars))
        for number, sum_ in enumerate(sums):
            if _is_uphill(scoped, sum_, follows=follows) and not _is_aside(scoped, sums, sum_):
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


def _follows(before: Scoped, scoped: Scoped) -> bool:
    """Whether a sentence goes on from one on an uphill pass, or a row without a label from such a row."""
    if not before.whole.has("uphill_pass"):
        return False
    if before.sentence.block is scoped.sentence.block:
        # "Lift tickets start at $72" is another matter; "The day pass costs $10" is not
        lifts = scoped.whole.has("lift_ticket") and not scoped.whole.has("per_day", "uphill")
        return not lifts
    rows = before.sentence.block.row and scoped.sentence.block.row
    first = scoped.whole.tokens[0].fold
    return rows and (first.isdigit() or first in "$€£")


def _is_aside(scoped: Scoped, sums: Sequence[Money], sum_: Money) -> bool:
    """Whether one of several sums is that of something else: "$89, plus a $5 processing fee"."""
    clause = scoped.whole
    since = max((s.end for s in sums if s.end <= sum_.start), default=clause.start)
    if _of_lifts(clause, since, sum_.start):
        return True
    if len(sums) == 1:
        return False
    for hit in clause.hits.get("not_price", ()):
        start, end = _span(clause, hit)
        nearest = min(sums, key=lambda s: min(abs(s.start - end), abs(start - s.end)))
        if nearest is sum_:
            return True
    return False


def _of_lifts(clause: Clause, since: int, until: int) -> bool:
    """Whether the words before a sum name a lift ticket, or a season pass that includes uphill travel."""
    between = {
        concept: [hit for hit in clause.hits.get(concept, ()) if since <= _span(clause, hit)[0] < until]
        for concept in ("lift_ticket", "season_pass", "uphill_pass", "per_day", "uphill")
    }
    if between["uphill_pass"] or between["uphill"]:
        return False
    days = between["per_day"]
    lifts = any(
        not any(d.first <= t.last and t.first <= d.last for d in days) for t in between["lift_ticket"]
    )
    return lifts or (bool(between["season_pass"]) and clause.has("included"))


def _is_uphill(scoped: Scoped, sum_: Money, *, follows: bool) -> bool:  # noqa: PLR0911 - one return a rule, in their order
    clause = next((c for c in scoped.clauses if c.start <= sum_.start <= c.end), scoped.whole)
    if any(c.has("uphill_pass") for c in scoped.clauses if c.end < sum_.start) and not clause.has(
        "lift_hours"
    ):
        return True  # "Touring ticket: day card 10 €, season card 100 €"
    named = scoped.whole.has("uphill_pass") or scoped.whole.has("uphill") or clause.has("uphill_pass")
    aside = clause.has("not_price") and scoped.whole.text.count("$", clause.start, clause.end) < _SEVERAL
    if aside or (clause.lead is not None and clause.lead.has("not_price")):
        return False
    if clause.has("trailhead") and not clause.has("uphill_pass"):
        return False
    asked = scoped.headed("price_question") and scoped.scope >= Scope.NEUTRAL
    if asked and _sole(clause) is not None and not scoped.whole.has("other_product", "lift_hours"):
        return True  # "How much is it?" "Day: $10"
    if follows and not scoped.whole.has("lift_hours", "rental"):
        return True  # "A touring pass is needed. The day pass costs …"
    if clause.has("other_product") and not clause.has("uphill_pass", "uphill"):
        return False
    if clause.has("rental") and not clause.has("uphill_pass"):
        return False  # gear for hire, even where it is gear for going up
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
    for sole in (_period_above(scoped, sum_), _sole(clause)):
        if sole is not None:
            return sole
    for heading in scoped.headings[:2]:
        told = {period for concept, period in _PERIODS.items() if heading.has(concept)}
        if len(told) == 1:
            return told.pop()
    return Period.UNKNOWN


def _period_above(scoped: Scoped, sum_: Money) -> Period | None:
    """The period at the head of the table's column that the sum stands in."""
    above = column_of(scoped, sum_.start)
    if above is None:
        return None
    head, first, past = above
    told = {
        period
        for concept, period in _PERIODS.items()
        if any(first <= hit.first and hit.last < past for hit in head.hits.get(concept, ()))
    }
    return told.pop() if len(told) == 1 else None


def _sole(clause: Clause) -> Period | None:
    """The period of a sentence that names one only: "Uphill season pass: adults $49, juniors $29"."""
    told = {
        period
        for concept, period in _PERIODS.items()
        for hit in clause.hits.get(concept, ())
        if not _names_other_pass(clause, hit)
    }
    return told.pop() if len(told) == 1 else None


def _names_other_pass(clause: Clause, period: Hit) -> bool:
    """As in "a season pass or an uphill ticket ($15)": the season is the other pass's."""
    uphill = clause.hits.get("uphill_pass", ())
    return bool(uphill) and any(
        _overlap(period, other) and not any(_overlap(other, own) for own in uphill)
        for other in clause.hits.get("season_pass", ())
    )


def _overlap(one: Hit, other: Hit) -> bool:
    return one.first <= other.last and other.first <= one.last


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
