"""What uphill products cost."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from crawler.extract.automaton import Hit
from crawler.extract.claims import UNSTATED, Claim, Settled
from crawler.extract.columns import cells, column_of, is_row
from crawler.extract.document import Document
from crawler.extract.languages import language
from crawler.extract.once import once
from crawler.extract.passes.cards import sells_uphill, sum_of, sums_below
from crawler.extract.passes.money import Money, money
from crawler.extract.passes.products import speaks_on, uphill_sums
from crawler.extract.passes.rates import are_of_no_lifts, is_uphill_rate
from crawler.extract.phones import region_of
from crawler.extract.scoped import Scoped
from crawler.extract.sentences import Clause
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

_YEAR = 4
"""Digits of a year."""
_LABEL = 6
"""Tokens of a line that names a product."""
_SIGNS = frozenset(["$", "€", "£", "chf", "cad", "usd", "eur"])
_SEPARATOR = re.compile(r"[,;•·]|\s[-–—|]\s|\b(?:or|and|oder|und|ou|et|soit|o|e|oppure|ovvero|bzw)\b")
_HOLDERS = 2
"""Tokens from "holders" to the season that their pass is for."""


def claims(document: Document) -> Iterator[Claim]:
    text = document.page.text
    before: Scoped | None = None
    cards = sums_below(document)
    yield from _of_cards(document)
    for scoped in document.sentences:
        rate = is_uphill_rate(scoped, document)
        if not (scoped.scope or rate):
            continue
        if scoped.sentence.start in cards:
            before = None
            continue
        numbered = scoped.whole.numbered
        sums = (
            list(money(text, scoped.sentence.start, scoped.sentence.end, _dollars(document)))
            if numbered
            else []
        )
        if not sums and not scoped.sentence.block.row:
            before = before if before is not None and _speaks_of_it(before, scoped) else scoped
            continue
        follows = before is not None and _follows(before, scoped)
        follows = follows or (rate and are_of_no_lifts(sums))
        ends = [sum_.start for sum_ in sums[1:]] + [scoped.sentence.end]
        found = False
        lent = scoped.headed("rental") and not scoped.whole.has("uphill_pass")
        for sum_ in () if lent else uphill_sums(scoped, sums, follows=follows):
            found = True
            number = sums.index(sum_)
            since = sums[number - 1].end if number else scoped.sentence.start
            period = _period(scoped, sum_, since, ends[number], sums[0].start)
            if period is Period.UNKNOWN and follows and before is not None and _is_label(before):
                end = before.whole.end
                period = _sole(before.whole, before.whole.start, end, before.whole) or period
            price = Price(amount=sum_.amount, currency=sum_.currency, period=period)
            yield scoped.claim(FIELD, price, "an uphill product's price")
        # "Uphill pass | $20 / month" and below it "$65 / season"; "Season: $55. Day: $15."
        goes_on = follows and (scoped.sentence.block.row or found)
        before = before if goes_on else scoped


def _of_cards(document: Document) -> Iterator[Claim]:
    """As "$99" above "Uphill season pass"."""
    heads = {scoped.sentence.start: scoped for scoped in document.sentences if scoped.sentence.block.level}
    for start, below in sums_below(document).items():
        sum_ = sum_of(heads[start], _dollars(document)) if sells_uphill(below.whole) and below.scope else None
        if sum_ is None:
            continue
        told = {
            period
            for concept, period in _PERIODS.items()
            if below.whole.has(concept) or heads[start].whole.has(concept)
        }
        period = told.pop() if len(told) == 1 else Period.UNKNOWN
        price = Price(amount=sum_.amount, currency=sum_.currency, period=period)
        yield Claim(FIELD, price, start, below.sentence.end, why="a sum above an uphill product")


@once
def _dollars(document: Document) -> str:
    """The currency that a bare "$" means on the page."""
    region = region_of(document.page, document.lang)
    return _DOLLARS.get(region) or language(document.lang).dollar


def _is_label(scoped: Scoped) -> bool:
    return len(scoped.whole.tokens) <= _LABEL


def _speaks_of_it(before: Scoped, scoped: Scoped) -> bool:
    """As in "You need an uphill pass. It's included in every season pass. Otherwise it's $35"."""
    here = before.sentence.block is scoped.sentence.block
    return here and before.whole.has("uphill_pass") and scoped.whole.first("price_pronoun") == 0


def _demands_ticket(whole: Clause) -> bool:
    """As in "Every tourer has to buy a ticket"."""
    return (
        whole.all("uphill", "uphill_token")
        and whole.rules("must")
        and not whole.has("lift_ticket", "season_pass")
    )


def _follows(before: Scoped, scoped: Scoped) -> bool:
    """Whether a sentence goes on from one on an uphill pass, or a row without a label from such a row."""
    # "Uphill pass: adult $55, youth $35" and below it "Day: $12"
    listed = before.sentence.block.listed and scoped.sentence.block.listed
    label = before.sentence.block.row or _is_label(before) or (listed and _begins_with_a_period(scoped))
    first = scoped.whole.tokens[0].fold
    priced = first.isdigit() or first in _SIGNS or (listed and _begins_with_a_period(scoped))
    if before.sentence.asks and before.whole.has("price_question"):
        return True  # "How much is it? $20 a day."
    if before.whole.has("paid_access") and before.sentence.block is scoped.sentence.block:
        return True  # "Access is for a fee. Day $6, season $70."
    if not before.whole.has("uphill_pass") and not _demands_ticket(before.whole):
        # "Daily uphill access" and below it "$20"
        return label and priced and before.whole.has("uphill") and before.whole.has(*_PERIODS)
    if before.sentence.block is scoped.sentence.block or speaks_on(scoped.whole):
        return True
    return label and priced


def _begins_with_a_period(scoped: Scoped) -> bool:
    return any(scoped.whole.first(concept) == 0 for concept in _PERIODS)


def _period(scoped: Scoped, sum_: Money, since: int, until: int, first: int) -> Period:
    """The period told nearest to the sum, after it or before it."""
    clause = scoped.whole
    found: list[tuple[int, Period]] = []
    for concept, period in _PERIODS.items():
        for hit in clause.hits.get(concept, ()):
            start, end = _span(clause, hit)
            if since <= start and end <= until and not (_of_holders(clause, hit) or _is_of_now(clause, hit)):
                after = start >= sum_.end
                gap = clause.text[sum_.end : start] if after else clause.text[end : sum_.start]
                bracketed = (")" if after else "(") in gap
                # as in "an Uphill Day Ticket ($18)" it is the name of the pass
                bracketed = bracketed and (after or not hit.within_any(clause.hits.get("uphill_pass", ())))
                if not _SEPARATOR.search(gap) and not bracketed:
                    found.append((len(gap), period))
    if found:
        return min(found, key=lambda item: item[0])[1]
    own = next((c for c in scoped.clauses if c.start <= sum_.start < c.end), clause)
    parted = _SEPARATOR.search(clause.text, sum_.end, until) if until < clause.end else None
    last = clause.end if clause.has("minor") else parted.start() if parted else until
    soles = (_sole(part, first, last, clause) for part in (own, clause))
    for sole in (_period_of_row(scoped), _period_above(scoped, sum_), *soles):
        if sole is not None:
            return sole
    return _period_of_heading(scoped)


def _period_of_heading(scoped: Scoped) -> Period:
    for heading in scoped.headings[:2]:
        if any(len(token.fold) == _YEAR and token.fold.isdigit() for token in heading.tokens):
            continue  # "Season 2024/2025"
        told = {period for concept, period in _PERIODS.items() if heading.has(concept)}
        if len(told) == 1:
            return told.pop()
    return Period.UNKNOWN


def _period_of_row(scoped: Scoped) -> Period | None:
    """That of "Day pass | $15 | $20", below two parts of the season."""
    if not scoped.sentence.block.row or not is_row(scoped.whole):
        return None
    begin, end = cells(scoped.whole)[0]
    told = {
        period
        for concept, period in _PERIODS.items()
        if any(begin <= hit.first < end for hit in scoped.whole.hits.get(concept, ()))
    }
    return told.pop() if len(told) == 1 else None


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


def _sole(clause: Clause, first: int, until: int, whole: Clause | None = None) -> Period | None:
    """The period of a sentence that names one only: "Uphill season pass: adults $49, juniors $29".

    It stands before the ``first`` sum, or before ``until``, where the next sum's words begin.
    """
    told = {
        period
        for concept, period in _PERIODS.items()
        for hit in clause.hits.get(concept, ())
        if not (_names_other_pass(clause, hit) or _is_of_now(clause, hit))
        and not (whole is not None and _is_of_another(whole, _span(clause, hit)[0], first))
        and _span(clause, hit)[1] <= max(first, until)
    }
    return told.pop() if len(told) == 1 else None


def _is_of_another(whole: Clause, period: int, first: int) -> bool:
    """Whether the period (at an offset) names another pass, beside the ``first`` sum."""
    uphill = whole.hits.get("uphill_pass", ())
    passes = [hit for c in ("season_pass", "lift_ticket") for hit in _around(whole, c, period)]
    passes = [hit for hit in passes if hit.first < hit.last and not hit.overlaps_any(uphill)]
    if any(0 < hit.first - told.last <= _LABEL for hit in passes for told in whole.hits.get("included", ())):
        return True  # "They cost $60 and are included with every season pass"
    if not uphill:
        return False
    # as in "a day ticket or an uphill pass ($20)", "Uphill tickets: $25, season passes accepted"
    before = any(hit.last < up.first and _span(whole, up)[0] < first for hit in passes for up in uphill)
    return before or any(_span(whole, hit)[0] > first for hit in passes)


def _around(whole: Clause, concept: str, offset: int) -> list[Hit]:
    hits = whole.hits.get(concept, ())
    return [hit for hit in hits if _span(whole, hit)[0] <= offset < _span(whole, hit)[1]]


def _is_of_now(clause: Clause, period: Hit) -> bool:
    """As in "From this season on a ticket is needed: € 7", which is no season's price."""
    return period.first > 0 and clause.tokens[period.first - 1].fold in _THIS


_THIS = frozenset(
    [
        "this",
        "next",
        "diese",
        "dieser",
        "diesem",
        "nächste",
        "nächster",
        "cette",
        "questa",
        "quest'",
        "prossima",
    ]
)


def _names_other_pass(clause: Clause, period: Hit) -> bool:
    """As in "a season pass or an uphill ticket ($15)": the season is the other pass's."""
    uphill = clause.hits.get("uphill_pass", ())
    other_pass = bool(uphill) and any(
        period.overlaps(other) and not other.overlaps_any(uphill)
        for other in clause.hits.get("season_pass", ())
    )
    return other_pass or _of_holders(clause, period)


def _of_holders(clause: Clause, period: Hit) -> bool:
    holders = clause.hits.get("holder_word", ())
    if any(period.within(p) and p.overlaps_any(holders) for p in clause.hits.get("season_pass", ())):
        return True  # "(season passholders exempt)"
    if period.within_any(clause.hits_of("counter", "sold_at")):
        return True  # "at the season pass office"
    return any(
        period.overlaps(hit) or 0 < period.first - hit.last <= _HOLDERS
        for hit in holders
        if not any(token.is_mark for token in clause.tokens[hit.last + 1 : period.first])
    )


def _span(clause: Clause, hit: Hit) -> tuple[int, int]:
    return clause.tokens[hit.first].start, clause.tokens[hit.last].end


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    """Each sum once; a sum with its period told beats the same without."""
    order = {id(claim): number for number, claim in enumerate(claims)}
    kept: dict[tuple[object, object], Claim] = {}
    for claim in sorted(claims, key=lambda c: (c.value.period is Period.UNKNOWN, c.start)):
        key = (claim.value.amount, claim.value.currency)
        twice = key in kept and (
            claim.value.period is Period.UNKNOWN or kept[key].value.period == claim.value.period
        )
        if not twice:
            kept[key if key not in kept else (*key, claim.value.period)] = claim  # type: ignore[index]
    ordered = _beside_day_tickets(sorted(kept.values(), key=lambda c: order[id(c)]))
    return Settled(tuple(c.value for c in ordered), tuple(ordered)) if ordered else UNSTATED


def _beside_day_tickets(claims: Sequence[Claim]) -> Sequence[Claim]:
    """A pass without a period, priced beside a cheaper day ticket, is for the season."""
    periods = [claim.value.period for claim in claims]
    days = [claim.value.amount for claim in claims if claim.value.period is Period.DAY]
    if not days or Period.SEASON in periods or periods.count(Period.UNKNOWN) != 1:
        return claims
    return [
        replace(claim, value=claim.value.model_copy(update={"period": Period.SEASON}))
        if claim.value.period is Period.UNKNOWN and claim.value.amount > max(days)
        else claim
        for claim in claims
    ]
