"""What a sum of money pays for: going uphill, or another of the many things that a resort sells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.extract.automaton import Hit
from crawler.extract.columns import column_of
from crawler.extract.passes.heads import OTHERS, PERIODS, is_bare_head, is_light, overlaps_a_hit_of
from crawler.extract.passes.money import Money
from crawler.extract.passes.several import ends_a_range, is_given_on, is_of_several_visits
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause

_NO_PASS = ("not_price", "rental", "trailhead")
"""Others that are no pass, be they for a day: "Tagesparkplatz"."""
_PAID = ("buy", "price_question")
_BREAKS = frozenset(",;•·-–—|") | frozenset(
    ["or", "and", "plus", "oder", "und", "sowie", "ou", "et", "soit", "o", "e", "oppure", "ovvero", "bzw"]
)
"""Tokens that part what belongs to a sum from what belongs to the next."""
_NEAR = 3
_BESIDE = 2
"""Tokens from "incl." and its full stop to what is included."""
_SEASON = 8
"""Days' prices that a season's card for climbers costs at most."""
_CHEAP, _SEASON_OF_CHEAP = 15, 20
"""A day's price that no lifts have, and days' prices that the season costs beside it."""
_DAYS = 3
"""Times that a season for climbers costs what a day does, at least."""
_LIFTS = ("lift", "chair", "bahn", "remont", "impiant", "seggiov", "skipass", "forfait")
"""How words begin that tell of another day's ticket."""
_LISTING = frozenset(":|(")
_ASIDES = frozenset(",;(")


@dataclass(frozen=True, slots=True)
class Around:
    """The tokens that speak of one of a sentence's sums: ``since`` to ``at`` before it, ``past`` to ``until`` after."""

    since: int
    at: int
    past: int
    until: int


def uphill_sums(scoped: Scoped, sums: Sequence[Money], *, follows: bool) -> Iterator[Money]:
    """The sums that pay for going up; ``follows`` where the sentence before speaks of an uphill pass."""
    around = list(_around(scoped.whole, sums))
    named = [_named(scoped, sum_, near) for sum_, near in zip(sums, around, strict=True)]
    told = next((one for one in named if one is not None), None) if named[:1] == [None] else None
    day: Money | None = None
    for sum_, near, one in zip(sums, around, named, strict=True):
        before = scoped.whole.tokens[near.since : near.at]
        if is_of_several_visits(before) or is_given_on(scoped.whole, near.at, near.past):
            continue
        if near.since > 0 and ends_a_range(before):
            if told:
                yield sum_
            continue
        told = _goes_on(scoped, sum_, near, told=told, follows=follows) if one is None else one
        if told:
            day = sum_ if one is not False else day
            yield sum_
        elif day is not None and one is None and _goes_with(scoped.whole, near, day, sum_):
            yield sum_


def _goes_with(whole: Clause, around: Around, told: Money, other: Money) -> bool:
    """Whether a season's or a day's price is that of the same product as the sum told before it."""
    return _is_its_season(whole, around, told, other) or _is_its_day(whole, around, told, other)


def _is_its_season(whole: Clause, around: Around, day: Money, season: Money) -> bool:
    """As in "The touring ticket is € 12 a day, the season card € 90": a season on the lifts costs far more."""
    kinds = list(_hits_around(whole, around, "season_pass"))
    bare = all(hit.first == hit.last and overlaps_a_hit_of(hit, whole, PERIODS) for hit in kinds)
    bare = bare and (bool(kinds) or any(True for _ in _hits_around(whole, around, "per_season")))
    most = (_SEASON if day.amount > _CHEAP else _SEASON_OF_CHEAP) * day.amount
    alike = day.currency == season.currency and day.amount < season.amount <= most
    return bare and alike and not any(True for _ in _hits_around(whole, around, "holder_word", "free"))


def _is_its_day(whole: Clause, around: Around, season: Money, day: Money) -> bool:
    """As in "The pass costs $74 for the season; a one-day pass is $15": no lifts run for that."""
    kinds = list(_hits_around(whole, around, "lift_ticket", "season_pass"))
    daily = bool(kinds) and all(overlaps_a_hit_of(hit, whole, ("per_day",)) for hit in kinds)
    alike = day.currency == season.currency and day.amount * _DAYS <= season.amount
    lifts = any(t.fold.startswith(_LIFTS) for t in whole.tokens[around.since : around.until])
    return (
        daily
        and alike
        and not lifts
        and not any(True for _ in _hits_around(whole, around, "holder_word", "free"))
    )


def _around(whole: Clause, sums: Sequence[Money]) -> Iterator[Around]:
    tokens = whole.tokens
    places = [
        (
            next((i for i, t in enumerate(tokens) if t.end > sum_.start), len(tokens)),
            next((i for i, t in enumerate(tokens) if t.start >= sum_.end), len(tokens)),
        )
        for sum_ in sums
    ]
    since = 0
    for number, (at, past) in enumerate(places):
        until = places[number + 1][0] if number + 1 < len(places) else len(tokens)
        cut = until
        if number + 1 < len(places):
            cut = next((i for i in range(past, until) if tokens[i].fold in _BREAKS), until)
        yield Around(since, at, past, cut)
        since = min(cut, until) if cut < until else past


def _named(scoped: Scoped, sum_: Money, around: Around) -> bool | None:
    """Whether the words around the sum name an uphill product (or another); ``None`` where they name neither."""
    whole = scoped.whole
    found = list(_hits_around(whole, around, *OTHERS))
    passes = list(_hits_around(whole, around, "uphill_pass"))
    passes += [hit for hit in found if overlaps_a_hit_of(hit, whole, PERIODS) and _is_for_uphill(whole, hit)]
    others = [
        hit
        for hit in found
        if hit not in passes and _is_product(whole, hit) and not _is_bracketed(whole, hit)
    ]
    sure = [hit for hit in others if hit.concept in _NO_PASS or not overlaps_a_hit_of(hit, whole, PERIODS)]
    if _is_aside(scoped, sure, sum_) or _is_bracketed_behind(whole, around):
        return False
    if passes:
        own = min(_distance(whole, hit, sum_) for hit in passes)
        rivals = sure if _listed_under_pass(whole, around.at) else others
        return all(own <= _distance(whole, hit, sum_) for hit in rivals)
    # a "season pass" is of whatever the list is about
    return False if sure else None


def _is_bracketed(whole: Clause, hit: Hit) -> bool:
    """As in "The touring pass costs € 5 (giornaliero) or € 60 (stagionale)": how long it lasts, and nothing else."""
    beside = [whole.tokens[i].fold for i in (hit.first - 1, hit.last + 1) if 0 <= i < len(whole.tokens)]
    return hit.first == hit.last and beside == ["(", ")"] and overlaps_a_hit_of(hit, whole, PERIODS)


def _is_bracketed_behind(whole: Clause, around: Around) -> bool:
    """As in "It is included with the season pass ($499)"."""
    before = around.at - 1
    return before > 0 and whole.tokens[before].fold == "(" and _ends_at(whole, before - 1)


def _ends_at(whole: Clause, last: int) -> bool:
    uphill = whole.hits.get("uphill_pass", ())
    others = whole.hits_of("season_pass", "lift_ticket")
    return any(hit.last == last and not hit.overlaps_any(uphill) for hit in others)


def _is_aside(scoped: Scoped, hits: Sequence[Hit], sum_: Money) -> bool:
    """As in "Lost uphill passes are replaced for $5": a word before the sum undoes the product's name."""
    clause, tokens = _clause_of(scoped, sum_), scoped.whole.tokens
    label = clause.lead if clause.lead is not None and len(clause.lead.tokens) <= _NEAR + 1 else None
    since = label.start if label is not None else clause.start  # "Replacement armbands: $15"
    return any(hit.concept == "not_price" and since <= tokens[hit.first].start < sum_.start for hit in hits)


def _clause_of(scoped: Scoped, sum_: Money) -> Clause:
    return next((c for c in scoped.clauses if c.start <= sum_.start < c.end), scoped.whole)


def _is_product(whole: Clause, hit: Hit) -> bool:
    """Not where it is part of the uphill pass's name, who holds it, or where one buys."""
    if overlaps_a_hit_of(hit, whole, ("uphill_pass", "holder_word", "sold_at")):
        return False
    # "Access: € 6 a day, included in the skipass" sells no skipass
    includes = whole.hits.get("included", ()) if whole.first("access_word") == 0 else ()
    if any(0 < hit.first - one.last <= _NEAR for one in includes):
        return False
    if any(0 < hit.first - one.last <= _BESIDE for one in whole.hits.get("included", ())):
        return False  # "The touring ticket is € 12, parking included" in German: "inkl. Parken"
    if any(0 < hit.first - told.last <= _NEAR for told in whole.hits.get("included", ())):
        return False  # as in "They cost $60 and are included with every season pass"
    lacking = whole.hits.get("without", ()) + whole.hits.get("neg", ())
    return not any(
        0 < hit.first - n.last <= _NEAR and not any(t.is_mark for t in whole.tokens[n.last : hit.first])
        for n in lacking
    )


def _is_for_uphill(whole: Clause, hit: Hit) -> bool:
    """As in "Tageskarte für Tourengeher" and "Uphill Card stagionale"."""
    talk = whole.tokens_of("price_talk")
    for concept in ("uphill", "uphill_pass"):
        for other in whole.hits.get(concept, ()):
            since, until = sorted((hit, other), key=lambda h: h.first)
            between = range(since.last + 1, until.first)
            if len(between) < _NEAR and all(i in talk and not whole.tokens[i].is_mark for i in between):
                return True
    return False


def is_uphill_ticket(whole: Clause) -> bool:
    """As in "Giornaliero skialp 7 €": a bare word for how long it lasts beside the topic is no lift ticket."""
    tickets = whole.hits.get("lift_ticket", ())
    return bool(tickets) and all(
        hit.first == hit.last and overlaps_a_hit_of(hit, whole, PERIODS) and _is_for_uphill(whole, hit)
        for hit in tickets
    )


def _goes_on(scoped: Scoped, sum_: Money, around: Around, *, told: bool | None, follows: bool) -> bool:
    """Whether a sum with no product beside it is that of what was spoken of before it."""
    whole = scoped.whole
    # as in "Parking is $6 a day, after 16:00 $3"; "free for season pass holders (passes from $499)"
    another = told is False and not any(True for _ in _hits_around(whole, around, "uphill", "ascend"))
    if another or any(around.since <= hit.first < around.at for hit in whole.hits.get("free", ())):
        return False
    headed = _heading_sells(scoped) or _column_sells(scoped, sum_)
    kinds = _hits_around(whole, around, "season_pass", "lift_ticket", "other_product")
    # "Biglietto: € 5 giornaliero": a bare word for how long it lasts names no other product
    kinds = (
        hit
        for hit in kinds
        if not (follows and hit.first == hit.last and overlaps_a_hit_of(hit, whole, PERIODS))
    )
    if any(_is_product(whole, hit) for hit in kinds):
        lead = _clause_of(scoped, sum_).lead
        labelled = lead is not None and (lead.has(*_PAID) or len(lead.tokens) <= _NEAR)
        priced_list = lead is not None and lead.has("uphill") and labelled
        under_uphill = len(scoped.headings) > 1 and scoped.headed("uphill") and scoped.sentence.block.row
        cheap = sum_.amount <= _CHEAP and _is_kind_of_token(scoped, around)
        return headed or priced_list or under_uphill or cheap or _listed_under_pass(whole, around.at)
    bare = is_light(whole, around.since, around.at) and (
        around.at > around.since or is_light(whole, around.past, _until_a_comma(whole, around))
    )
    if bare and told is not None:
        return told
    if _is_led_by_a_demand(scoped, sum_, around) or (follows and _is_led_by_a_sale(scoped, sum_, around)):
        return True
    if headed or follows:
        entry = scoped.intro is not None and scoped.intro.has("credential_list")
        return bare or entry or speaks_on(whole)
    return _is_fee(scoped, sum_, around, bare=bare)


def _is_kind_of_token(scoped: Scoped, around: Around) -> bool:
    """As in "Day pass 5 euros" on what is about going up: no lifts run for that."""
    whole = scoped.whole
    if scoped.scope is not Scope.EXPLICIT or not scoped.headed("uphill") or whole.has("other_purpose"):
        return False
    tokens = {hit.first for hit in whole.hits.get("uphill_token", ())}
    return all(
        overlaps_a_hit_of(hit, whole, ("per_day", "per_night")) and {hit.first, hit.first - 1} & tokens
        for hit in _hits_around(whole, around, "season_pass", "lift_ticket", "other_product")
    )


def _is_led_by_a_demand(scoped: Scoped, sum_: Money, around: Around) -> bool:
    """As in "The pass is mandatory, on sale at the desk: € 6 a night, € 50 for the season"."""
    clause, whole = _clause_of(scoped, sum_), scoped.whole
    lead = clause.lead
    if lead is None or scoped.scope is not Scope.EXPLICIT or not lead.rules("must"):
        return False
    begin = next(i for i, token in enumerate(whole.tokens) if token.start >= clause.start)
    bare = is_light(whole, max(begin, around.since), around.at)
    # as in "Pass required: € 8 a night"
    named = lead.has("uphill_token") or (lead.has("any_pass_word") and len(lead.tokens) <= _NEAR)
    return bare and named and not lead.has(*OTHERS)


def _is_led_by_a_sale(scoped: Scoped, sum_: Money, around: Around) -> bool:
    """As in "You can buy it online: € 7 a day", "The card is for the whole season: € 45", behind the pass's name."""
    clause, whole = _clause_of(scoped, sum_), scoped.whole
    if clause.lead is None or clause.lead.has(*OTHERS):
        return False
    begin = next(i for i, token in enumerate(whole.tokens) if token.start >= clause.start)
    bare = is_light(whole, max(begin, around.since), around.at)
    return bare and clause.lead.has("obtain", "uphill_token", "price_pronoun", "sold_at")


def _until_a_comma(whole: Clause, around: Around) -> int:
    """As of "CHF 8, payable at the desk or by Twint": what follows the comma tells how it is paid."""
    words = range(around.past, around.until)
    return next((index for index in words if whole.tokens[index].fold in _ASIDES), around.until)


def _is_fee(scoped: Scoped, sum_: Money, around: Around, *, bare: bool) -> bool:
    """As in "Uphill access is $20 per visit", or "Day: $10" below "How much is it?"."""
    told = scoped.headed("price_question") or scoped.whole.first("price_question") == 0
    asked = told and scoped.scope >= Scope.NEUTRAL
    titled = len(scoped.headings) > 1 and scoped.headed("uphill")
    if bare and (asked or titled):
        return True
    whole = scoped.whole
    speaks = whole.has("uphill") or whole.all("ascend", "per_visit")
    # "The ticket is € 5", where all is about going up
    own = 0 <= whole.first("uphill_token") <= 1 or whole.all("access_word", "uphill_route")
    own = own or whole.first("access_word") == 0 or _is_of_the_token_before(whole, sum_, around)
    speaks = speaks or (own and scoped.scope is Scope.EXPLICIT)
    sum_or_shop = [*range(around.at, around.past), *whole.tokens_of("sold_at")]
    paid = any(hit.first not in sum_or_shop for hit in whole.hits_of(*_PAID))
    return speaks and (bare or asked or paid or _is_of_the_token_before(whole, sum_, around))


def _is_of_the_token_before(whole: Clause, sum_: Money, around: Around) -> bool:
    """As in "Entry is with the ticket of € 5"; "the card is $ 90" may be of the lifts."""
    tokens = [hit for hit in whole.hits.get("uphill_token", ()) if around.since <= hit.last < around.at]
    near = sum_.amount <= _CHEAP and any(around.at - hit.last <= _NEAR for hit in tokens)
    return near and not whole.has("other_purpose")


def speaks_on(whole: Clause) -> bool:
    """Whether it begins with a word for what was named before: "It costs …"."""
    if whole.has("buy") and whole.near("price_pronoun", "buy", 1):
        return True
    return whole.first("price_pronoun") == 0


def _heading_sells(scoped: Scoped) -> bool:
    """Whether the nearest heading, or the line before the list, names an uphill pass and nothing else."""
    title = next((h for h in scoped.headings if not is_bare_head(h)), None)
    page = scoped.headings[-1] if scoped.headings else None
    # "Uphill-Karte", the title of a shop's page
    named = page if page is not None and len(page.tokens) <= _NEAR and not page.has(*OTHERS) else None
    plain = all(not head.has(*OTHERS, "uphill") for head in scoped.headings[:-1])
    named = named if named is not None and named.has("uphill_pass") and plain else None
    above = [clause for clause in (scoped.heading, title, scoped.intro, named) if clause is not None]
    return any(
        (clause.has("uphill_pass") or clause.all("uphill", "credential_list") or _prices_travel(clause))
        and not clause.has("rental")
        for clause in above
    )


def _prices_travel(heading: Clause) -> bool:
    """As "Ski touring rates"."""
    return heading.all("uphill", "price_question") and not heading.has(*OTHERS)


def _column_sells(scoped: Scoped, sum_: Money) -> bool:
    above = column_of(scoped, sum_.start)
    if above is None:
        return False
    head, first, past = above
    return any(first <= hit.first and hit.last < past for hit in head.hits.get("uphill_pass", ()))


def _listed_under_pass(whole: Clause, at: int) -> bool:
    """As in "Touring ticket: day card 10 €, season card 100 €"."""
    passes = [hit.last for hit in whole.hits.get("uphill_pass", ()) if hit.last < at]
    if not passes:
        return False
    listing = [t.fold for t in whole.tokens[passes[-1] : at] if t.fold in _LISTING]
    climbs = any(passes[-1] < hit.first < at for hit in whole.hits.get("ascend", ()))
    own_label = listing.count(":") > 1 and whole.tokens[at - 1].fold == ":"  # "… – Lift ticket: $48"
    return bool(listing) and (climbs or not own_label)


def _hits_around(whole: Clause, around: Around, *concepts: str) -> Iterator[Hit]:
    for concept in concepts:
        for hit in whole.hits.get(concept, ()):
            if around.since <= hit.first < around.until:
                yield hit


def _distance(whole: Clause, hit: Hit, sum_: Money) -> int:
    start, end = whole.tokens[hit.first].start, whole.tokens[hit.last].end
    return sum_.start - end if end <= sum_.start else max(start - sum_.end, 0)
