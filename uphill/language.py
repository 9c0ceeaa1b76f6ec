"""The language spoken: which one is in force, and how a message reads in it.

Messages are written in English in the code, and looked up when they are shown. What runs outside of
:func:`speaking` — the command line, the API, the logs — speaks English.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from types import MappingProxyType
from typing import Any

from babel import Locale
from babel.numbers import format_decimal

ENGLISH = "en"
LANGUAGES = MappingProxyType({ENGLISH: "English", "de": "Deutsch", "fr": "Français", "it": "Italiano"})
"""Languages of the site by their ISO 639-1 code, each by its own name."""

_TERRITORIES = {
    ENGLISH: ("GB", "US", "CA", "AU", "NZ", "IE"),
    "de": ("DE", "AT", "CH", "LI"),
    "fr": ("FR", "CH", "CA", "BE"),
    "it": ("IT", "CH"),
}
"""Whose habits of dates, clocks and numbers are followed; the first where another territory, or none, is named."""


@dataclass(frozen=True, slots=True)
class Speech:
    """What is spoken: the language, with the habits of a territory, and its messages."""

    language: str
    locale: Locale
    messages: NullTranslations


def gettext(message: str, **values: Any) -> str:
    """``message`` in the language in force; ``%(name)s`` stands for the value of that name, if any is given."""
    said = speech().messages.gettext(message)
    return said % values if values else said


def pgettext(context: str, message: str) -> str:
    """``message`` in the form that it takes when said of ``context``, else as :func:`gettext` has it."""
    messages = speech().messages
    said = messages.pgettext(context, message)
    return said if said != message else messages.gettext(message)


def ngettext(one: str, many: str, count: int, **values: Any) -> str:
    """As :func:`gettext`, in the form that ``count`` needs; ``%(num)s`` is the count itself."""
    said = speech().messages.ngettext(one, many, count)
    return said % {"num": number(count), **values}


def number(value: int) -> str:
    """``12,345``, or as the language in force groups it."""
    return str(value) if -1000 < value < 1000 else format_decimal(value, locale=current_locale())


def within(label: str) -> str:
    """A label as it stands within a sentence: German keeps the capitals of its nouns."""
    return label if current_language() == "de" else label[:1].lower() + label[1:]


def N_(message: str) -> str:  # noqa: N802 - its name everywhere
    """Marks a message that is kept in a table and looked up by :func:`gettext` when it is shown."""
    return message


def NP_(context: str, message: str) -> str:  # noqa: N802
    """Marks a message as :func:`N_` does, that takes a form of its own when said of ``context``."""
    del context
    return message


def current_locale() -> Locale:
    """Whose habits dates and numbers follow."""
    return speech().locale


def current_language() -> str:
    """The code of the language in force, one of :data:`LANGUAGES`."""
    return speech().language


@contextmanager
def speaking(language: str, territory: str | None = None) -> Iterator[Speech]:
    """Speaks ``language``, one of :data:`LANGUAGES`, with the habits of ``territory`` (ISO 3166) where we know them."""
    known = _TERRITORIES[language]
    chosen = _speech(language, territory if territory in known else known[0])
    token = _SPEECH.set(chosen)
    try:
        yield chosen
    finally:
        _SPEECH.reset(token)


def home_of(language: str) -> str:
    """The territory (ISO 3166) whose habits are followed where no other is known."""
    return _TERRITORIES[language][0]


def speech() -> Speech:
    """What is spoken now."""
    return _SPEECH.get() or _speech(ENGLISH, _TERRITORIES[ENGLISH][0])


_SPEECH: ContextVar[Speech | None] = ContextVar("speech", default=None)


@cache
def _speech(language: str, territory: str) -> Speech:
    return Speech(language, Locale(language, territory), messages(language))


@cache
def messages(language: str) -> NullTranslations:
    """The translations into ``language``; English needs none."""
    if language == ENGLISH:
        return NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - the command line never needs them
    from babel.messages.pofile import read_po  # noqa: PLC0415

    written = files("uphill").joinpath("translations", f"{language}.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(written), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
