"""Sums of money in a text: amount and ISO 4217 currency."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_CODES = {
    "USD": "us$ usd usd$",
    "CAD": "ca$ c$ cad cdn cad$ cdn$",
    "NZD": "nz$ nzd",
    "AUD": "a$ aud",
    "EUR": "€ eur euro euros",
    "CHF": "chf fr. sfr. franken francs franchi",
    "GBP": "£ gbp",
    "NOK": "nok",
    "SEK": "sek",
}
_SYMBOLS = {sign: code for code, signs in _CODES.items() for sign in signs.split()}
_CODED = {"usd": "USD", "us": "USD", "cad": "CAD", "can": "CAD", "aud": "AUD", "nzd": "NZD"}
"""Codes behind a sum that a bare "$" leads: "$25 CAD"."""
_SIGN = (
    r"us ?\$|usd ?\$|cad? ?\$|cdn ?\$|c\$|nz\$|a\$|\$|€|£|usd|cad|cdn|nzd|aud|gbp|nok|sek|dollars?"
    r"|euros?|eur|chf|s?fr\.|franken|francs|franchi"
)
_AMOUNT = r"(?:\d{1,2}[.,'’]\d{3}(?!\d)|\d{1,4}(?:[.,]\d{2}(?!\d))?)"
_THOUSANDS = re.compile(r"[.,'’](?=\d{3})")
_EURO = re.compile(r"\b(?:eur|euros?)\b", re.IGNORECASE)
"""Where it stands, "5.–" may be of euros; elsewhere nobody but the Swiss writes so."""
_DIGIT = re.compile(r"\d")
_SUM = re.compile(
    rf"(?<![\w.,])(?P<before>{_SIGN})\s?(?P<a>{_AMOUNT})(?:[.,][-–—]+)?(?![\d%])(?:\s?\(?(?P<code>usd|cad|aud|nzd|us|can)\b)?"
    rf"|(?<![\w.,$€])(?P<b>{_AMOUNT})(?:[.,]?[-–—]+)?\s?(?P<after>{_SIGN})(?!\w)"
    r"|(?<![\w.,$€'’-])(?P<bare>\d{1,3})\.[-–—](?![\w-])",
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
    if not _DIGIT.search(text, start, end):
        return
    for match in _SUM.finditer(text, start, end):
        if match["bare"] and not ("€" in text or _EURO.search(text)):
            yield Money(Decimal(match["bare"]), "CHF", match.start(), match.end())
        if match["bare"]:
            continue
        sign = (match["before"] or match["after"]).lower().replace(" ", "")
        amount = Decimal(_THOUSANDS.sub("", match["a"] or match["b"]).replace(",", "."))
        if amount > 0:
            currency = _SYMBOLS.get(sign) or _CODED.get((match["code"] or "").lower(), dollars)
            yield Money(amount, currency, match.start(), match.end())
