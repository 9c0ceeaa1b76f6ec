"""The number to call about uphill access."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.document import Document, Scope
from crawler.extract.phones import phones, region_of

FIELD = "hotline"
NEEDS: tuple[str, ...] = ()


def claims(document: Document) -> Iterator[Claim]:
    region = region_of(document.page, document.lang)
    previous, asked = None, False
    for scoped in document.main:
        whole, sentence = scoped.whole, scoped.sentence
        for phone in phones(document.page.text, sentence.start, sentence.end, region):
            if whole.has("emergency", "lodging", "rental") or (
                previous is not None and previous.has("emergency") and (asked or not whole.has("call"))
            ):
                continue
            strength = None
            if whole.has("hotline"):
                strength = Strength.EXPLICIT
            elif whole.has("uphill") and whole.has("call"):
                strength = Strength.PLAIN
            elif scoped.scope is Scope.EXPLICIT and whole.has("call") and not whole.has("imprint"):
                strength = Strength.PLAIN
            if strength:
                yield Claim(FIELD, phone.raw, sentence.start, sentence.end, strength, "a number to call")
        previous, asked = whole, sentence.asks


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    if not claims:
        return UNSTATED
    best = max(claims, key=lambda claim: (claim.strength, -claim.start))
    return Settled(best.value, (best,))
