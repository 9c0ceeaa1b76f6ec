"""Phone numbers in a text, with the region they are read in."""

from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers

from crawler.extract.page import Page

_REGIONS = {"de": "AT", "fr": "FR", "it": "IT", "en": "US"}
_LEAST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is written, with its offsets in the text."""

    raw: str
    start: int
    end: int


def region_of(page: Page, lang: str) -> str:
    """ISO 3166 code in which numbers without a country code are read."""
    host = (page.url or "").split("//")[-1].split("/")[0].lower()
    top = host.rsplit(".", 1)[-1]
    if top in {"ca", "at", "de", "ch", "fr", "it", "nz", "au", "no", "se"}:
        return top.upper()
    if "Québec" in page.text or "(QC)" in page.text:
        return "CA"
    return _REGIONS.get(lang, "US")


def phones(text: str, start: int, end: int, region: str) -> Iterator[Phone]:
    """Numbers in ``text[start:end]``."""
    part = text[start:end]
    if sum(c.isdigit() for c in part) < _LEAST_DIGITS:
        return
    for match in phonenumbers.PhoneNumberMatcher(part, region, leniency=phonenumbers.Leniency.POSSIBLE):
        if sum(c.isdigit() for c in match.raw_string) >= _LEAST_DIGITS:
            yield Phone(match.raw_string.strip(), start + match.start, start + match.end)
