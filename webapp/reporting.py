"""The form for what is wrong: what it asks, what was typed into it, and who may send it.

No cookie is needed. A signed token tells which resort and fact a form was made for, and when: it can't be made up,
sent within a moment, or kept for long. That it is sent from one of our own pages is told by the browser itself
(``Sec-Fetch-Site``, or ``Origin`` where a browser does not send that); a page elsewhere can't make it tell otherwise.
There is no account that such a page could act for: what is guarded is that nobody reports in a stranger's name.
"""

from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from urllib.parse import urlsplit

from flask import Request
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.datastructures import MultiDict

from uphill.curating.pins import value_json
from uphill.curating.report_values import EXAMPLES, Kind, choices, kind_of, read_value, written
from uphill.curating.reports import LONGEST_CONTACT, LONGEST_NOTE, LONGEST_URL, Given, check_address
from uphill.errors import BadInput
from uphill.language import gettext as _
from uphill.search.answers import ResortPage
from uphill.words.wording import value_words

TRAP = "more_words"
"""A field that no reader sees: who fills it in is a program."""
LEAST_SECONDS = 3
MOST_SECONDS = 24 * 3600
_CANNOT_SAY = "cannot_say"
_FIELDS = ("source_url", "note", "contact")
_LONGEST = {"note": LONGEST_NOTE, "contact": LONGEST_CONTACT, "source_url": LONGEST_URL}


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    words: str
    chosen: bool


@dataclass(slots=True)
class Typed:
    """What a reader has typed. ``mistakes`` are sentences by the name of the field they are about."""

    values: tuple[str, ...] = ()
    cannot_say: bool = False
    source_url: str = ""
    note: str = ""
    contact: str = ""
    mistakes: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n".join(self.values)


@dataclass(frozen=True, slots=True)
class Question:
    """How the form asks for a fact: what kind of field, and an example where it is written."""

    kind: Kind
    example: str

    @classmethod
    def about(cls, name: str) -> "Question":
        return cls(kind_of(name), _(EXAMPLES[name]) if name in EXAMPLES else "")


def choices_of(page: ResortPage, name: str, typed: Typed) -> tuple[Choice, ...]:
    """The values to choose from: of one that holds, all but what we say."""
    ours = str(getattr(page.policy, name)) if kind_of(name) == "one" else None
    return tuple(
        Choice(
            value,
            _("the resort does not state it") if value == "unknown" else value_words(name, value),
            value in typed.values,
        )
        for value in choices(name)
        if value != ours
    )


def untouched(page: ResortPage, name: str | None) -> Typed:
    """The form as it is first seen: lists and lines begin with what we say."""
    if name is None or kind_of(name) == "one":
        return Typed()
    if kind_of(name) == "several":
        return Typed(values=tuple(getattr(page.policy, name)))
    text = written(page.policy, name)
    return Typed(values=(text,) if text else ())


def typed_in(form: MultiDict[str, str]) -> Typed:
    values = tuple(plain_text(value) for value in form.getlist("value"))
    typed = Typed(values=values, cannot_say=_CANNOT_SAY in form or values == (_CANNOT_SAY,))
    for name in _FIELDS:
        setattr(typed, name, plain_text(form.get(name, "")))
    return typed


def plain_text(text: str) -> str:
    """Without what can't be seen, such as characters that steer a terminal or turn the direction of writing."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(
        "".join(filter(str.isprintable, line.replace("\t", " "))).rstrip() for line in lines
    ).strip()


def given(page: ResortPage, name: str | None, typed: Typed) -> Given | None:
    """The report, or ``None`` where ``typed`` has mistakes, which are noted there."""
    value = None
    if name is not None and not typed.cannot_say:
        value = _value(page, name, typed)
    if name is None and not typed.note:
        typed.mistakes["note"] = _("Say in the note what is wrong.")
    if typed.source_url:
        try:
            check_address(typed.source_url)
        except BadInput as error:
            typed.mistakes["source_url"] = str(error)
    for field_name, longest in _LONGEST.items():
        if len(getattr(typed, field_name)) > longest:
            typed.mistakes[field_name] = _("That is too long: at most %(most)s characters.", most=longest)
    if typed.mistakes:
        return None
    said = value_json(page.policy, name) if name is not None else None
    return Given(
        slug=page.resort.slug,
        field=name,
        said=said,
        value=value,
        source_url=typed.source_url or None,
        note=typed.note,
        contact=typed.contact or None,
    )


def _value(page: ResortPage, name: str, typed: Typed) -> str | None:
    try:
        value = read_value(name, typed.values, page.policy, page.resort.country)
    except BadInput as error:
        typed.mistakes["value"] = str(error)
        return None
    if value == value_json(page.policy, name):
        typed.mistakes["value"] = _("That is what we say already. Change it, or tick that you can’t say.")
    return value


class Tokens:
    """Signs forms and knows them again."""

    def __init__(self, secret: str) -> None:
        self._serializer = URLSafeSerializer(secret, salt="report")

    def sign(self, slug: str, name: str | None, now: datetime) -> str:
        signed = self._serializer.dumps([slug, name or "", int(now.timestamp())])
        return signed if isinstance(signed, str) else signed.decode()

    def mistake(self, token: str, slug: str, name: str | None, now: datetime) -> str:
        """Why a form is not taken, as a sentence; empty where it is."""
        if self.is_worn(token, slug, name, now):
            return _("This form is not one of ours any more. Look it over, and send it again.")
        if self._age(token, slug, name, now) < LEAST_SECONDS:
            return _("That was quicker than anyone can read. Look it over, and send it again.")
        return ""

    def is_worn(self, token: str, slug: str, name: str | None, now: datetime) -> bool:
        """Whether the token is no good any more, or never was."""
        return self._age(token, slug, name, now) > MOST_SECONDS

    def _age(self, token: str, slug: str, name: str | None, now: datetime) -> float:
        """In seconds; without end for one that was not made for this form."""
        try:
            signed_slug, signed_name, at = self._serializer.loads(token)
        except (BadData, ValueError, TypeError):
            return inf
        return now.timestamp() - at if (signed_slug, signed_name) == (slug, name or "") else inf


def sent_from_here(request: Request) -> bool:
    """Whether the browser says that a page of ours sends this; one that says nothing is no browser of today."""
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
