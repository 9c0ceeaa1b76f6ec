"""Single parameters of a search, read from words; each mistake is a sentence that says what is taken."""

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

import pycountry

from uphill.errors import BadFilter
from uphill.folding import fold
from uphill.language import N_
from uphill.language import gettext as _
from uphill.search.filters import FILTERS

MAX_TEXT = 200
MAX_WORDS = 16
MAX_VALUES = 60
MAX_SIZE = 200
MAX_PAGE = 100_000
AMOUNT = r"^[0-9]{1,6}(\.[0-9]{1,2})?$"
_LOCAL_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII)


class Sort(StrEnum):
    """``RELEVANCE``: what was searched for by name first, else what is nearest, else as ``POLICY``: resorts with
    a known policy first. All go by name where they are equal.
    """

    RELEVANCE = "relevance"
    POLICY = "policy"
    NAME = "name"
    REGION = "region"
    FRESHNESS = "freshness"
    DISTANCE = "distance"
    PRICE = "price"


class Opening(StrEnum):
    """How sure it is that going up is allowed at a time: ``POSSIBLY`` where it hinges on the lifts' hours."""

    OPEN = "open"
    POSSIBLY = "possibly"


OPENING_WORDS: dict[str, str] = {
    Opening.OPEN: N_("open by the stated hours"),
    Opening.POSSIBLY: N_("open, depending on the lifts' hours"),
}


def listed(name: str, raw: Sequence[str]) -> tuple[str, ...]:
    """The values given, each once; one text may hold several, joined by commas. Raises BadFilter for too many."""
    if len(raw) > MAX_VALUES or sum(map(len, raw)) > MAX_VALUES * 40:
        raise BadFilter(
            name, _("%(name)s takes at most %(most)s values; leave some out.", name=name, most=MAX_VALUES)
        )
    words = tuple(dict.fromkeys(part.strip() for text in raw for part in text.split(",") if part.strip()))
    if len(words) > MAX_VALUES:
        raise BadFilter(
            name,
            _(
                "%(name)s takes at most %(most)s values, not %(count)s; leave some out.",
                name=name,
                most=MAX_VALUES,
                count=len(words),
            ),
        )
    return words


def text_of(raw: Sequence[str]) -> str:
    text = " ".join(" ".join(raw).split())
    if len(text) > MAX_TEXT:
        raise BadFilter(
            "text",
            _(
                "The text is %(count)s characters long; at most %(most)s are searched.",
                count=len(text),
                most=MAX_TEXT,
            ),
        )
    if (words := len(fold(text).split())) > MAX_WORDS:
        raise BadFilter(
            "text",
            _("The text has %(count)s words; at most %(most)s are searched.", count=words, most=MAX_WORDS),
        )
    return text


def choices(name: str, raw: Sequence[str]) -> tuple[str, ...]:
    return _among(name, listed(name, raw), FILTERS[name].values)


def openings(raw: Sequence[str]) -> tuple[str, ...]:
    chosen = _among("open", listed("open", raw), tuple(Opening))
    return tuple(str(word) for word in Opening if word in chosen)


def region_codes(raw: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(region_code, listed("region", raw))))


def _among(name: str, words: tuple[str, ...], allowed: tuple[str, ...]) -> tuple[str, ...]:
    for word in words:
        if word not in allowed:
            raise BadFilter(
                name,
                _(
                    "%(name)s can't be %(word)s. Try one of: %(allowed)s.",
                    name=name,
                    word=repr(word),
                    allowed=", ".join(allowed),
                ),
                allowed,
            )
    return words


def region_code(word: str) -> str:
    """A country or ISO 3166-2 code, in capitals. Raises BadFilter."""
    code = word.upper()
    if pycountry.subdivisions.get(code=code) is None and pycountry.countries.get(alpha_2=code) is None:
        raise BadFilter(
            "region",
            _(
                "Region %(code)s is not known. Try a code such as US-CO, CA-QC or AT-7, or a country: CH.",
                code=word,
            ),
        )
    return code


def currency(word: str) -> str:
    """An ISO 4217 code, in capitals. Raises BadFilter."""
    code = word.upper()
    if len(code) != 3 or pycountry.currencies.get(alpha_3=code) is None:
        raise BadFilter(
            "currency",
            _("currency can't be %(word)s. Write an ISO 4217 code: USD, CAD, EUR or CHF.", word=repr(word)),
        )
    return code


def amount(name: str, word: str) -> Decimal:
    """An amount of money that is not zero. Raises BadFilter."""
    if not re.fullmatch(AMOUNT, word) or not Decimal(word):
        raise BadFilter(
            name,
            _(
                "%(name)s must be an amount such as 25 or 19.50, not %(word)s.",
                name=name,
                word=repr(word[:20]),
            ),
        )
    return Decimal(word).normalize()


def local_time(word: str) -> datetime:
    """A time of each resort's own clocks, so without a zone. Raises BadFilter."""
    try:
        if _LOCAL_TIME.fullmatch(word):
            return datetime.fromisoformat(word)
    except ValueError:
        pass  # such a date or time does not exist: the sentence below says what is taken
    raise BadFilter(
        "at",
        _(
            "at can't be %(word)s. Write a date and time of the resorts' clocks: 2026-11-28T06:00.",
            word=repr(word[:40]),
        ),
    )


def sort(word: str) -> Sort:
    if word not in tuple(Sort):
        raise BadFilter(
            "sort",
            _(
                "Results can't be sorted by %(word)s. Try one of: %(allowed)s.",
                word=repr(word),
                allowed=", ".join(Sort),
            ),
            tuple(Sort),
        )
    return Sort(word)


def whole_number(name: str, word: str, most: int) -> int:
    """The value of the parameter ``name``, from 1 to ``most``. Raises BadFilter."""
    if not (word.isascii() and word.isdigit() and len(word) <= len(str(most)) and 1 <= int(word) <= most):
        raise BadFilter(
            name,
            _(
                "%(name)s must be a whole number from 1 to %(most)s, not %(word)s.",
                name=name,
                most=most,
                word=repr(word),
            ),
        )
    return int(word)
