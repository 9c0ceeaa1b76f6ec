"""The number to call about uphill access."""

from collections.abc import Iterator, Mapping, Sequence

from crawler.extract.claims import UNSTATED, Claim, Settled, Strength
from crawler.extract.document import Document, Scope, Scoped
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
            elif whole.has("call") and _is_about_uphill(scoped):
                strength = Strength.PLAIN
            if strength:
                yield Claim(FIELD, phone.raw, sentence.start, sentence.end, strength, "a number to call")
        previous, asked = whole, sentence.asks


def _is_about_uphill(scoped: Scoped) -> bool:
    imprint = scoped.whole.has("imprint")
    return scoped.whole.has("uphill") or (scoped.scope is Scope.EXPLICIT and not imprint)


def settle(claims: Sequence[Claim], _settled: Mapping[str, Settled]) -> Settled:
    if not claims:
        return UNSTATED
    best = max(claims, key=lambda claim: (claim.strength, -claim.start))
    return Settled(best.value, (best,))
