"""Phone numbers in a text, with the region they are read in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers

from crawler.extract.languages import language
from crawler.extract.once import once
from crawler.extract.pages.page import Page

_NEIGHBOURS = {"AT": ("AT", "DE", "CH"), "FR": ("FR", "CA", "CH"), "IT": ("IT", "CH"), "US": ("US", "GB")}
_COUNTRIES = frozenset({"CA", "AT", "CH", "NZ", "AU"})
"""Countries that a language tag is believed on; "en-GB" and "en-US" stand on anybody's pages."""
_LEAST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is written, with its offsets in the text."""

    raw: str
    start: int
    end: int


_CANADIAN = re.compile(
    r"Québec|\(QC\)|, (?:British Columbia|Alberta|Ontario|Manitoba|Saskatchewan|Nova Scotia|New Brunswick)\b"
    r"|\b[ABCEGHJ-NPRSTVXY]\d[A-Z] \d[A-Z]\d\b"
    r"|(?:\+|\bplus|\bapplicable) ?(?:GST|HST|PST)\b"
)
"""A Canadian address: the province behind a comma, or the postal code; taxes that only Canada adds to a price."""


@once
def _has_canadian_address(page: Page) -> bool:
    return _CANADIAN.search(page.text) is not None


def region_of(page: Page, lang: str) -> str:
    """ISO 3166 code in which numbers without a country code are read."""
    host = (page.url or "").split("//")[-1].split("/")[0].lower()
    top = host.rsplit(".", 1)[-1]
    if top in {"ca", "at", "de", "ch", "fr", "it", "nz", "au", "no", "se"}:
        return top.upper()
    if page.country in _COUNTRIES:
        return page.country
    if _has_canadian_address(page):
        return "CA"
    return language(lang).phone_region


def _balanced(raw: str) -> str:
    """The number without a bracket that its surroundings opened."""
    return raw.strip().lstrip("(") if raw.count("(") > raw.count(")") else raw.strip()


_AMERICAN = re.compile(r"(?<!\d)(?:1[-. ])?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)")


def _written(part: str, start: int) -> Iterator[Phone]:
    """Numbers in the American way of writing, be their exchange assigned or not."""
    for match in _AMERICAN.finditer(part):
        yield Phone(match[0], start + match.start(), start + match.end())


def phones(text: str, start: int, end: int, region: str) -> Iterator[Phone]:
    """Numbers in ``text[start:end]``."""
    if start and text[start - 1] == "(":  # which begins a sentence of "(970) 555-0142", and is no part of it
        start -= 1
    part = text[start:end]
    if sum(map(str.isdigit, part)) < _LEAST_DIGITS:
        return
    for guess in _NEIGHBOURS.get(region, (region,)):
        found = [
            Phone(_balanced(match.raw_string), start + match.start, start + match.end)
            for match in phonenumbers.PhoneNumberMatcher(part, guess, leniency=phonenumbers.Leniency.VALID)
            if sum(c.isdigit() for c in match.raw_string) >= _LEAST_DIGITS
        ] or list(_written(part, start))
        if found:
            yield from found
            return
