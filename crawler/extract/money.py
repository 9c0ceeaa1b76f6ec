"""Sums of money in a text: amount and ISO 4217 currency."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_SYMBOLS = {
    "us$": "USD", "usd": "USD", "ca$": "CAD", "c$": "CAD", "cad": "CAD", "cdn": "CAD", "nz$": "NZD", "nzd": "NZD",
    "a$": "AUD", "aud": "AUD", "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "chf": "CHF", "fr.": "CHF",
    "sfr.": "CHF", "franken": "CHF", "francs": "CHF", "franchi": "CHF", "£": "GBP", "gbp": "GBP", "nok": "NOK", "sek": "SEK",
}  # fmt: skip
_SIGN = r"us\$|ca\$|c\$|nz\$|a\$|\$|€|£|usd|cad|cdn|nzd|aud|euros?|eur|chf|s?fr\.|franken|francs|franchi|gbp|nok|sek|dollars?"
_AMOUNT = r"\d{1,4}(?:[.,]\d{2}(?!\d))?"
_SUM = re.compile(
    rf"(?<![\w.,])(?P<before>{_SIGN})\s?(?P<a>{_AMOUNT})(?:[.,][-–—]+)?(?![\d%])"
    rf"|(?<![\w.,$€])(?P<b>{_AMOUNT})(?:[.,]?[-–—]+)?\s?(?P<after>{_SIGN})(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Money:
    amount: Decimal
    currency: str
    start: int
    end: int


def money(text: str, start: int, end: int, dollars: str) -> Iterator[Money]:
    """Sums in ``text[start:end]``; a bare "$" is ``dollars``. Zero is no sum."""
    for match in _SUM.finditer(text, start, end):
        sign = (match["before"] or match["after"]).lower()
        amount = Decimal((match["a"] or match["b"]).replace(",", "."))
        if amount > 0:
            yield Money(amount, _SYMBOLS.get(sign, dollars), match.start(), match.end())
