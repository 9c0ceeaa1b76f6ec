"""Lengths in the reader's units. Everything is kept in metres and kilometres; only words are in feet and miles."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum

from babel.numbers import format_decimal

from uphill.language import current_locale, home_of, number

_FEET_A_METRE = 3.280839895
_FEET_A_MILE = 5280
_KM_A_MILE = 1.609344


class Units(StrEnum):
    METRES = "metres"
    FEET = "feet"


_UNITS: ContextVar[Units] = ContextVar("units", default=Units.METRES)


def units_of(territory: str | None) -> Units:
    """What people measure hills with in a territory (ISO 3166); metres where none is known."""
    return Units.FEET if territory == "US" else Units.METRES


def territory_of(units: Units, language: str) -> str:
    """One whose people measure in ``units``, of those that speak ``language`` where there is one."""
    return "US" if units is Units.FEET else home_of(language)


def current_units() -> Units:
    return _UNITS.get()


@contextmanager
def measured_in(units: Units) -> Iterator[None]:
    token = _UNITS.set(units)
    try:
        yield
    finally:
        _UNITS.reset(token)


def length_words(metres: int) -> str:
    """The length of a route: ``850 m``, ``2.4 km``; ``2,790 ft``, ``1.5 mi``."""
    if _UNITS.get() is Units.METRES:
        return f"{metres} m" if metres < 1000 else f"{_one_decimal(metres / 1000)} km"
    feet = metres * _FEET_A_METRE
    return f"{number(_tens(feet))} ft" if feet < _FEET_A_MILE else f"{_one_decimal(feet / _FEET_A_MILE)} mi"


def height_words(metres: int) -> str:
    """An elevation or an ascent: ``1,420 m``, ``4,660 ft``."""
    if _UNITS.get() is Units.METRES:
        return f"{number(metres)} m"
    return f"{number(_tens(metres * _FEET_A_METRE))} ft"


def elevations_words(base_m: int, summit_m: int) -> str:
    """``2,790–3,980 m``."""
    low = height_words(base_m).rpartition(" ")[0]
    return f"{low}–{height_words(summit_m)}"


def distance_words(kilometres: float) -> str:
    """How far something is: ``91 km``, ``57 mi``; below ten with a decimal."""
    metric = _UNITS.get() is Units.METRES
    far, unit = (kilometres, "km") if metric else (kilometres / _KM_A_MILE, "mi")
    return f"{_one_decimal(far) if far < 10 else number(round(far))} {unit}"


def _tens(feet: float) -> int:
    """Feet made of metres are no more exact than the metres were."""
    return int(round(feet, -1))


def _one_decimal(value: float) -> str:
    return format_decimal(round(value, 1), format="#,##0.0", locale=current_locale())
