"""Names of regions and countries, and the words people look for them by."""

import pytest

from uphill.errors import BadInput
from uphill.regions import country_name, country_of, names_to_search, region_name


@pytest.mark.parametrize(
    ("code", "name"), [("US-CO", "Colorado"), ("AT-7", "Tirol"), ("CA-QC", "Quebec"), ("CH-GR", "Graubünden")]
)
def test_a_region_has_its_name_of_iso_3166_2(code, name):
    assert region_name(code) == name


@pytest.mark.parametrize(("code", "name"), [("US", "United States"), ("CH", "Switzerland"), ("CA", "Canada")])
def test_a_country_has_an_everyday_name(code, name):
    assert country_name(code) == name


@pytest.mark.parametrize("code", ["US-XX", "us-co", "Colorado", "", "US"])
def test_what_is_no_region_is_refused(code):
    with pytest.raises(BadInput, match="not an ISO 3166-2 code such as US-CO"):
        region_name(code)


@pytest.mark.parametrize("code", ["XX", "us", "USA", ""])
def test_what_is_no_country_is_refused(code):
    with pytest.raises(BadInput, match="not an ISO 3166-1 code"):
        country_name(code)


def test_a_region_lies_in_a_country():
    assert country_of("FR-ARA") == "FR"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("AT-7", {"Tirol", "Tyrol", "Austria", "AT-7"}),
        ("US-VT", {"Vermont", "United States", "US-VT"}),
        ("IT-32", {"South Tyrol", "Südtirol", "Italy"}),
    ],
)
def test_a_region_is_looked_for_by_all_its_names(code, words):
    said = names_to_search(code)
    assert all(word in said for word in words)
