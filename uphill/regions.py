"""Names of countries and of their first-level subdivisions, as pycountry has them from ISO 3166."""

from functools import cache

import pycountry
from babel import Locale

from uphill.errors import BadInput
from uphill.folding import fold
from uphill.language import current_locale

_EVERYDAY = {"US": "United States"}
_ALSO_CALLED = {
    "AT-2": "Carinthia", "AT-3": "Lower Austria", "AT-4": "Upper Austria", "AT-6": "Styria", "AT-7": "Tyrol",
    "CA-QC": "Québec", "CH-BE": "Bern", "CH-GR": "Grisons", "CH-LU": "Lucerne", "CH-SG": "St. Gallen",
    "CH-TI": "Tessin", "CH-VD": "Waadt", "CH-VS": "Wallis", "DE-BY": "Bavaria",
    "FR-ARA": "Savoie Haute-Savoie Isère", "FR-PAC": "Provence Hautes-Alpes", "IT-21": "Piedmont",
    "IT-23": "Aosta Valley", "IT-25": "Lombardy", "IT-32": "South Tyrol Südtirol Trentino",
}  # fmt: skip


@cache
def country_name(code: str) -> str:
    """English name of an ISO 3166-1 alpha-2 country. Raises BadInput for an unknown code."""
    country = pycountry.countries.get(alpha_2=code)  # found in any case
    if country is None or country.alpha_2 != code:
        raise BadInput(f"Country {code!r} is not an ISO 3166-1 code such as US or AT.")
    return _EVERYDAY.get(code) or str(country.name)


@cache
def region_name(code: str) -> str:
    """ISO 3166-2's name of a region. Raises BadInput for an unknown code."""
    subdivision = pycountry.subdivisions.get(code=code)
    if subdivision is None or subdivision.code != code:
        raise BadInput(f"Region {code!r} is not an ISO 3166-2 code such as US-CO or AT-7.")
    return str(subdivision.name)


def country_words(code: str) -> str:
    """The country's name in the language in force. Raises BadInput for an unknown code."""
    return _country_words(code, current_locale())


def country_order(code: str) -> str:
    """Sorts countries by their names in the language in force: Österreich before Schweiz."""
    return fold(country_words(code))


@cache
def _country_words(code: str, locale: Locale) -> str:
    name = country_name(code) if locale.language == "en" else locale.territories.get(code)
    return name or country_name(code)


def country_of(region: str) -> str:
    """ISO 3166-1 alpha-2 code of the country that an ISO 3166-2 region lies in."""
    return region.partition("-")[0]


def names_to_search(region: str) -> str:
    """All the words by which people look for a region: its names and its country's."""
    country = country_of(region)
    words = (region_name(region), _ALSO_CALLED.get(region, ""), country_name(country), region)
    return " ".join(word for word in words if word)
