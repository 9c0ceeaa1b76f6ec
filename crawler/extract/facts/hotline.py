"""The number to call about uphill access."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.document import Document
from crawler.extract.phones import Phone, phones, region_of
from crawler.extract.scoped import Scope, Scoped
from crawler.extract.sentences import Clause
from crawler.extract.tagger import Token

FIELD = "hotline"
NEEDS: tuple[str, ...] = ()
_WAYS = ("route_noun", "uphill_route", "access_word")
_NAMES = 2
"""Capitalised words of a line that may be a name to ask for."""
_BARE = 8
"""Tokens of a line that holds hardly more than a number."""


def claims(document: Document) -> Iterator[Claim]:
    previous: Scoped | None = None
    for scoped in document.main:
        strength = _strength(scoped, previous) if scoped.whole.numbered else None
        if strength is not None:
            region = region_of(document.page, document.lang)
            found = phones(document.page.text, scoped.sentence.start, scoped.sentence.end, region)
            phone = next(found, None)
            if phone is not None and not _is_other(scoped, previous, phone):
                yield scoped.claim(FIELD, phone.raw, "a number to call", strength)
        previous = scoped


def _is_other(scoped: Scoped, previous: Scoped | None, phone: Phone) -> bool:
    """Whether the number is that of the rescue, a desk or an office."""
    whole = scoped.whole
    rescue = whole.has("emergency") and not _stands_before_the_rescue(whole, phone)
    if rescue or scoped.headed("emergency") or whole.has("lodging", "rental", "imprint"):
        return True
    if not _tells_of_routes(whole) and any(
        since <= phone.start < until for since, until in _parts(whole, "not_hotline")
    ):
        return True
    if previous is None:
        return False
    if previous.sentence.asks and previous.whole.has("lodging", "rental", "not_hotline"):
        return True  # "Questions about lodging? Call …"
    if not previous.whole.has("emergency"):
        return False
    # as in "Emergencies: 555-0110. Uphill info: 555-0111."
    told = whole.has("call") or whole.all("uphill", "info_heading") or whole.has("hotline")
    return previous.sentence.asks or not told


def _stands_before_the_rescue(whole: Clause, phone: Phone) -> bool:
    """As in "Call 555-0199 for uphill status; in an emergency call patrol at 555-0111"."""
    behind = all(since > phone.start for since, _ in _parts(whole, "emergency"))
    return behind and whole.has("uphill") and whole.has("asks_open", "info_heading")


def _tells_of_routes(whole: Clause) -> bool:
    """As in "For the state of the uphill routes call the snow phone"."""
    lines = whole.hits.get("hotline", ())
    snow = all(hit.overlaps_any(lines) for hit in whole.hits.get("not_hotline", ()))
    return snow and whole.all("asks_open", "uphill_route")


def _parts(whole: Clause, concept: str) -> Iterator[tuple[int, int]]:
    """Start and end of each part between commas that holds the concept."""
    commas = [-1, *(i for i, token in enumerate(whole.tokens) if token.fold in ",;"), len(whole.tokens)]
    for hit in whole.hits.get(concept, ()):
        since = max(i for i in commas if i < hit.first)
        until = min(i for i in commas if i > hit.last)
        yield whole.tokens[since + 1].start, whole.tokens[until - 1].end


def _strength(  # noqa: PLR0911 - one return a rule, in their order
    scoped: Scoped, previous: Scoped | None
) -> Strength | None:
    whole, heading = scoped.whole, scoped.heading
    if whole.has("hotline") and (whole.has("uphill") or not whole.has("other_topic")):
        return Strength.EXPLICIT
    if heading is not None and heading.has("hotline", "info_heading") and _is_told(whole):
        return Strength.EXPLICIT if heading.has("hotline", "uphill") else Strength.PLAIN
    if heading is not None and _is_of_contact(heading) and _is_told(whole):
        return Strength.PLAIN  # "State of the track": "We tell it each morning on …"
    if previous is not None and previous.sentence.asks and _is_asked(previous.whole) and _is_told(whole):
        return Strength.PLAIN  # "Questions about uphill travel? Call …"
    labelled = scoped.sentence.block.row and 0 in (whole.first("call"), whole.first("info_heading"))
    # "Information: 07281 555 41", which a contact's line is not
    labelled = labelled or (
        whole.first("info_heading") == 0 and any(t.fold == ":" for t in whole.tokens[1:4])
    )
    if labelled and scoped.scope is Scope.EXPLICIT and _is_told(whole) and len(whole.tokens) <= _BARE:
        return Strength.PLAIN  # "Info | 0536 555 210"
    calls = whole.has("call", "info_heading")
    if whole.has("uphill", "uphill_pass") and (calls or whole.has("asks_open")):
        return Strength.PLAIN
    told = scoped.scope is Scope.EXPLICIT and whole.has("asks_open", "ascent_noun")
    looks = whole.has("look_up", "look_there", "announce") and whole.has(*_WAYS)
    return Strength.PLAIN if told and (calls or looks) else None


def _is_of_contact(heading: Clause) -> bool:
    """As in "State of the track", "Contact for ski tourers"."""
    state = heading.has("asks_open", "status_word") and heading.has("uphill", "ascend", *_WAYS)
    state = state and not heading.has("during_ops", "outside_ops", "other_topic")
    return state or heading.all("call", "uphill")


def _is_asked(question: Clause) -> bool:
    return question.has("uphill", "ascent_noun", "info_heading") or (
        question.has("asks_open") and question.has(*_WAYS)
    )


def _is_told(whole: Clause) -> bool:
    """Whether it is a line with the number, or tells to call it."""
    words = [token for token in whole.tokens if token.fold[0].isalpha()]
    bare = len(words) <= _BARE and not _is_address(whole, words)
    return bare or whole.has("call", "asks_open", "info_heading")


def _is_address(whole: Clause, words: Sequence[Token]) -> bool:
    """As in "Sella Carnizza, Friuli Venezia Giulia, 0433 555 071"."""
    names = [word for word in words if whole.text[word.start].isupper()]
    return len(names) == len(words) > _NAMES


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    if not claims:
        return UNSTATED
    best = max(claims, key=lambda claim: (claim.strength, -claim.start))
    return Settled(best.value, (best,))
