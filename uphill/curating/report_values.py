"""A fact as a reader writes it into a form, and as it is stored: chosen from the vocabulary, or read from a line.

Lines are read generously (``Mon–Fri 5am to 8:30``, ``$15 a day``, ``15 Nov to closing day``), in English and with the
names that days and months have in the language in force.
"""

import json
import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, Literal

from pydantic import ValidationError

from uphill.curating.pins import value_json
from uphill.curating.report_times import season_of, window_of
from uphill.errors import BadInput
from uphill.language import N_, gettext
from uphill.policy import FACTS, Policy
from uphill.recording.differences import stated_values
from uphill.stated import without_announced
from uphill.vocabulary import Cost, Credential, Penalty, Period

Kind = Literal["one", "several", "line", "lines"]

_SEVERAL: dict[str, type[StrEnum]] = {"pass_accepts": Credential, "penalty": Penalty}
_LINES = ("windows", "prices", "routes")
_ADDRESSES = ("status_url", "waiver_url", "pass_url", "map_url")
_LINE = ("hotline", "season", "parking", *_ADDRESSES)
MOST_LINES = 40
LONGEST_VALUE = 4000
LONGEST_LINE = 200
"""Of letters; addresses may be longer."""

EXAMPLES: dict[str, str] = {
    "windows": N_("One span a line, such as: Mon–Fri 5:00–8:30, or 16:30–22:00, or 5:00 – lifts open"),
    "prices": N_("One price a line, such as: 15 USD a day"),
    "routes": N_("One route a line, by its name"),
    "hotline": N_("A telephone number, such as: 970-555-0142"),
    "season": N_("Such as: 15 Nov to 30 Apr, or: opening day to closing day"),
    "parking": N_("Such as: Lot B, free, until 8:30"),
    **dict.fromkeys(_ADDRESSES, N_("An address that begins with https://")),
}
"""How to write what is not chosen."""

_NOT_READ: dict[str, str] = {
    "windows": N_("“%(line)s” can’t be read as hours. Write them like this: Mon–Fri 5:00–8:30"),
    "prices": N_("“%(line)s” can’t be read as a price. Write it like this: 15 USD a day"),
    "season": N_("“%(line)s” can’t be read as a season. Write it like this: 15 Nov to 30 Apr"),
    "parking": N_("“%(line)s” can’t be read as parking. Write it like this: Lot B, free, until 8:30"),
    "routes": N_("“%(line)s” is too long for the name of a route."),
    "hotline": N_("“%(line)s” is too long for a telephone number."),
}
_NO_ADDRESS = N_("“%(line)s” is no address of a page. It has to begin with http:// or https://")

_PRICE = re.compile(r"\d+(?:[.,]\d{1,2})?")
_CODE = re.compile(r"\b[A-Za-z]{3}\b")
_SIGNS = {"€": "EUR", "£": "GBP", "us$": "USD", "ca$": "CAD", "c$": "CAD", "fr.": "CHF", "sfr": "CHF"}
_DOLLARS = {"US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD"}
_PERIODS = {
    Period.DAY: ("day", "daily", "tag", "jour", "giorno", "journée", "giornata"),
    Period.NIGHT: ("night", "nacht", "nuit", "notte", "evening", "abend", "soir", "sera"),
    Period.SEASON: ("season", "saison", "stagione", "seasonal"),
    Period.MONTH: ("month", "monat", "mois", "mese"),
    Period.VISIT: ("visit", "time", "mal", "besuch", "visite", "fois", "volta", "visita"),
}
_COSTS = {
    Cost.FREE: ("free", "kostenlos", "gratis", "frei", "gratuit", "gratuito"),
    Cost.PAID: ("paid", "kostenpflichtig", "payant", "a pagamento"),
}
_UNTIL = re.compile(r"(?:until|till|bis|jusqu['’]à|fino alle|fino a)\s+(.+)", re.IGNORECASE)


def kind_of(field: str) -> Kind:
    """How a fact is given: one or several words of the vocabulary, or a line or several of text."""
    if field in _SEVERAL:
        return "several"
    if field in _LINES:
        return "lines"
    return "line" if field in _LINE else "one"


def choices(field: str) -> tuple[str, ...]:
    """The words that the fact can be chosen from, ``unknown`` last; none where it is written."""
    if field in _SEVERAL:
        return tuple(word.value for word in _SEVERAL[field])
    if kind_of(field) == "one":
        return tuple(word.value for word in type(getattr(Policy(), field)))
    return ()


def written(policy: Policy, field: str) -> str:
    """The fact as it would be written into the form; empty where it is not stated."""
    value = stated_values(policy).get(field)
    if value is None or kind_of(field) not in ("line", "lines"):
        return ""
    return _WRITTEN.get(field, str)(value)


def _season_line(season: dict[str, str]) -> str:
    start, end = (season.get(name, "").replace("_", " ") for name in ("start", "end"))
    if start and end:
        return f"{start} to {end}"
    return f"from {start}" if start else f"until {end}"


def _parking_line(parking: dict[str, str]) -> str:
    until = f"until {parking['until']}" if "until" in parking else ""
    cost = parking.get("cost", "").replace(Cost.UNKNOWN, "")
    return ", ".join(part for part in (parking.get("place"), cost, until) if part)


def _price_line(price: dict[str, Any]) -> str:
    period = "" if price.get("period", "unknown") == "unknown" else f" a {price['period']}"
    return f"{price['amount']} {price['currency']}{period}"


_WRITTEN: dict[str, Callable[[Any], str]] = {
    "windows": "\n".join,
    "prices": lambda prices: "\n".join(map(_price_line, prices)),
    "routes": lambda routes: "\n".join(route["name"] for route in routes),
    "season": _season_line,
    "parking": _parking_line,
}


def read_value(field: str, given: Sequence[str], ours: Policy, country: str) -> str:
    """What was chosen or written, as JSON. Raises BadInput with a sentence in the language in force.

    ``ours`` is the policy that is doubted: a route of the same name keeps what is known of it. ``country`` (ISO 3166)
    tells which dollars are meant.
    """
    if field not in FACTS:
        raise BadInput(gettext("There is no fact of that name."))
    if sum(map(len, given)) > LONGEST_VALUE:
        raise BadInput(gettext("That is too long: at most %(most)s characters.", most=LONGEST_VALUE))
    kind = kind_of(field)
    if kind == "one":
        return _chosen(field, given[:1])
    if kind == "several":
        return _chosen_several(field, given)
    lines = [" ".join(line.split()) for text in given for line in text.splitlines()]
    lines = [line for line in lines if line]
    if kind == "line":
        lines = [" ".join(lines)] if lines else []
    if len(lines) > MOST_LINES:
        raise BadInput(gettext("That is too long: at most %(most)s lines.", most=MOST_LINES))
    values = [_read(field, line, ours, country) for line in lines]
    if not values:
        raise BadInput(gettext("Say what is right, or that you can’t say."))
    return _checked(field, values if kind == "lines" else values[0], lines)


def _chosen(field: str, given: Sequence[str]) -> str:
    if not given or given[0] not in choices(field):
        raise BadInput(gettext("Choose what is right, or that you can’t say."))
    return json.dumps(given[0])


def _chosen_several(field: str, given: Sequence[str]) -> str:
    chosen = [word for word in choices(field) if word in given]
    if not chosen:
        raise BadInput(gettext("Choose what is right, or that you can’t say."))
    return json.dumps(chosen)


def _checked(field: str, value: Any, lines: Sequence[str]) -> str:
    try:
        policy = Policy.model_validate({field: value})
    except ValidationError as error:
        at = next((place for place in error.errors()[0]["loc"] if isinstance(place, int)), 0)
        raise _not_read(field, lines[at]) from error
    stored = value_json(policy, field)
    if stored is None:
        raise _not_read(field, lines[0])
    return stored


def _not_read(field: str, line: str) -> BadInput:
    return BadInput(gettext(_NOT_READ.get(field, _NO_ADDRESS), line=line[:80]))


def _read(field: str, line: str, ours: Policy, country: str) -> Any:
    if len(line) > LONGEST_LINE and not field.endswith("_url"):
        raise _not_read(field, line)
    found: Any = line
    match field:
        case "windows":
            found = window_of(line)
        case "prices":
            found = _price(line, country)
        case "season":
            found = season_of(line)
        case "parking":
            found = _parking(line)
        case "routes":
            known = {route["name"].casefold(): route for route in _routes(ours)}
            found = known.get(line.casefold(), {"name": line})
    if found is None:
        raise _not_read(field, line)
    return found


def _routes(policy: Policy) -> list[dict[str, Any]]:
    return list(stated_values(without_announced(policy)).get("routes", ()))


def _price(line: str, country: str) -> dict[str, str] | None:
    amount = _PRICE.search(line)
    currency = _currency(line, country)
    if amount is None or currency is None:
        return None
    words = re.findall(r"\w+", line.casefold())
    period = next((period for period, names in _PERIODS.items() if set(names) & set(words)), Period.UNKNOWN)
    return {"amount": amount[0].replace(",", "."), "currency": currency, "period": period.value}


def _currency(line: str, country: str) -> str | None:
    folded = line.casefold()
    for sign, code in _SIGNS.items():
        if sign in folded:
            return code
    named: set[str] = {code.upper() for code in _CODE.findall(line)} & {*_SIGNS.values(), *_DOLLARS.values()}
    if named:
        return named.pop()
    return _DOLLARS.get(country) if "$" in line else None


def _parking(line: str) -> dict[str, str] | None:
    told: dict[str, str] = {}
    place: list[str] = []
    for part in (part.strip() for part in line.split(",")):
        cost = next((cost for cost, names in _COSTS.items() if part.casefold() in names), None)
        until = _UNTIL.fullmatch(part)
        if cost is not None:
            told["cost"] = cost.value
        elif until is not None:
            window = window_of(f"00:00-{until[1]}")
            if window is None:
                return None
            told["until"] = str(window).rpartition("-")[2]
        elif part:
            place.append(part)
    if place:
        told["place"] = ", ".join(place)
    return told or None
