"""When in the year uphill travel is allowed."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.combine import value_of
from crawler.extract.document import Document
from crawler.extract.hours.dates import NAMED_DAYS, Day, Days, days_of_year, may_name_days, spans_of_year
from crawler.extract.hours.weekdays import named_days
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause
from uphill.policy import Season
from uphill.vocabulary import Permission, SeasonMark

FIELD = "season"
NEEDS = ("during_operations",)
_LABEL_ENDS = frozenset(":|")
_WEEKLY = "on some evenings"
_LABEL = 4
"""Tokens of a label with the mark that ends it."""
_LEADS = 3
"""Tokens from "before" or "after" to the day."""


def claims(document: Document) -> Iterator[Claim]:
    for scoped in document.main:
        if not (scoped.whole.numbered or scoped.speaks_of(NAMED_DAYS)):
            continue
        if not any(may_name_days(part) for part in (scoped.whole, *scoped.clauses)):
            continue
        offered = _is_offered(scoped, document)
        if scoped.sentence.asks or not (scoped.scope is Scope.EXPLICIT or offered):
            continue
        if _is_of_another(scoped, offered=offered):
            continue
        weekly = _WEEKLY if scoped.whole.has("evening_event") else None
        # a dash between two dates may have parted them
        for parts in (scoped.clauses, (scoped.whole,)):
            found = [value for part in parts if (value := _read(part, scoped, document)) is not None]
            start, end = scoped.sentence.start, scoped.sentence.end
            for value in dict.fromkeys(found):
                why = "dates of uphill travel"
                yield Claim(FIELD, value, start, end, Strength.PLAIN, why, condition=weekly)
            if found:
                break


def _is_offered(scoped: Scoped, document: Document) -> bool:
    """As in the row "When | Thursdays, January 9 to March 13", or "Skinning nights: Mondays, January 9 – March 13"."""
    whole = scoped.whole
    if not document.about or not (named_days(whole) or whole.has("daily")):
        return False
    if whole.has("lift_hours", "closed", "lift_close", "other_product"):
        return False
    labels = [whole.first(label) for label in ("when_heading", "season_label")]
    if any(0 <= at < _LEADS for at in labels) and any(t.fold in _LABEL_ENDS for t in whole.tokens[:_LABEL]):
        return True
    return scoped.headed("when_heading", "season_label") or whole.has("uphill")


def _is_of_another(scoped: Scoped, *, offered: bool) -> bool:
    """Whether the dates are those of a pass, of lifts, of an event or of the page itself."""
    whole = scoped.whole
    if whole.has("evening_event") and not offered:
        return True
    if whole.has("facility", "other_service", "for_hire"):
        return True
    return whole.has("buy", "price_word", "race_news", "summer", "dog", "bike", "hotline", "not_season") or (
        whole.has("uphill_pass", "season_pass", "lift_ticket", "any_pass") and not whole.travels
    )


def _read(clause: Clause, scoped: Scoped, document: Document) -> Season | None:
    travels = clause.has("uphill", "ascend") or (scoped.named and scoped.whole.has("uphill", "ascend"))
    labelled = _is_labelled(clause, scoped)
    headed = scoped.headed("season_label") and scoped.headed("uphill")
    headed = headed or (document.about and scoped.headed("when_heading") and not scoped.sentence.kinds)
    offered = _is_offered(scoped, document)
    if not (travels or labelled or headed or offered):
        return None
    kinds = frozenset[str](verdict.kind for verdict in clause.verdicts) or scoped.sentence.kinds
    barred = "forbid" in kinds and not (offered and scoped.whole.has("except_day"))
    if barred or clause.has("closed", "neg"):
        return _outside(clause)
    found = list(spans_of_year(clause))
    if len(found) != 1 or not (_opens(clause, kinds) or labelled or headed or offered):
        return None
    only = found[0]
    if only.start is not None and only.end is not None:
        return _season(only)
    return _season(only) if "permit" in kinds and not clause.has("status_word") else None


def _is_labelled(clause: Clause, scoped: Scoped) -> bool:
    """As in the row "Season | December 1 – April 15", or "Uphill season: December 1 – April 15"."""
    if scoped.sentence.block.row and clause.first("season_label") == 0:
        return True
    ends = (hit.last + 1 for hit in clause.hits.get("season_label", ()))
    return clause.has("uphill") and any(
        at < len(clause.tokens) and clause.tokens[at].fold in _LABEL_ENDS for at in ends
    )


def _opens(clause: Clause, kinds: frozenset[str]) -> bool:
    return "permit" in kinds or clause.has("open", "season_runs")


def _outside(clause: Clause) -> Season | None:
    """The season's end that a ban tells: "not permitted before December 15", "no skinning after April 1"."""
    found = days_of_year(clause)
    if len(found) != 1 or clause.has("closed"):
        return None
    day = found[0]
    if clause.has("status_word") and day.text not in tuple(SeasonMark):
        return None
    if _led(clause, "before", day):
        return _season(Days(day, None))
    if _led(clause, "after", day) and day.text != SeasonMark.OPENING_DAY:
        return _season(Days(None, day))
    return None


def _led(clause: Clause, concept: str, day: Day) -> bool:
    return any(0 < day.first - hit.last <= _LEADS for hit in clause.hits.get(concept, ()))


def _season(days: Days) -> Season | None:
    start = days.start.text if days.start is not None else None
    end = days.end.text if days.end is not None else None
    return None if start == end else Season(start=start, end=end)


def settle(claims: Sequence[Claim], settled: Mapping[str, Settled]) -> Settled:
    """The one season told; of two that differ nobody knows which holds.

    Dates of an evening a week are the season where there is no other time to go up.
    """
    if value_of(settled, "during_operations") is Permission.ALLOWED:
        claims = [claim for claim in claims if claim.condition != _WEEKLY]
    values = {claim.value for claim in claims}
    whole = {value for value in values if value.start is not None and value.end is not None}
    chosen = whole or values
    if len(chosen) != 1:
        return UNSTATED
    value = chosen.pop()
    if any(_differs(value, other) for other in values):
        return UNSTATED
    return Settled(value, tuple(claim for claim in claims if claim.value == value)[:3])


def _differs(value: Season, other: Season) -> bool:
    return (other.start is not None and other.start != value.start) or (
        other.end is not None and other.end != value.end
    )
