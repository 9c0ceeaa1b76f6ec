"""A URL's fragment that names a section on going up."""

import pytest

from crawler.extract import read

_URL = "https://bald-knoll.example/guest-info"
_ABOVE = "<title>Guest info</title><h1>Guest info</h1><h2>Lodge</h2><p>Dogs are welcome in the lodge.</p>"
_RULES = (
    "<p>Skinning is permitted before 8 a.m.</p><p>Dogs must be leashed.</p><p>A headlamp is required.</p>"
)
_BELOW = (
    "<h2>Terrain park</h2><p>A helmet is required. Drones are prohibited.</p><p>A waiver must be signed.</p>"
)
_PAGES = {
    "a heading": f'<h2 id="uphill-access">Earn it</h2>{_RULES}',
    "a container": f'<div id="uphill-access"><h2>Earn it</h2>{_RULES}</div>',
    "an anchor before a heading": f'<a name="uphill-access"></a><h2>Earn it</h2>{_RULES}',
    "an anchor in a heading": f'<h2><a name="uphill-access"></a>Earn it</h2>{_RULES}',
}


def _told(body: str, url: str | None) -> dict[str, object]:
    reading = read(body, source="-", url=url, lang="en")
    return reading.policy.known()


@pytest.mark.parametrize("section", _PAGES.values(), ids=_PAGES)
def test_the_section_is_read_and_nothing_else(section):
    told = _told(_ABOVE + section + _BELOW, f"{_URL}#uphill-access")
    assert (told["dogs"], told["lights"]) == ("leashed", "required")
    assert "waiver" not in told


@pytest.mark.parametrize("url", [None, _URL, f"{_URL}#nowhere", f"{_URL}#lodge", "https://[broken#uphill"])
def test_any_other_url_changes_nothing(url):
    page = f'<h2 id="lodge">Lodge</h2><p>Uphill travel is a theme at our bar.</p>{_PAGES["a heading"]}'
    assert _told(_ABOVE + page + _BELOW, url) == _told(_ABOVE + page + _BELOW, None)


@pytest.mark.parametrize("part", ["uphill-hours", "uphill-dogs"])
def test_a_page_about_going_up_is_read_whole(part):
    body = (
        "<title>Uphill policy</title><h1>Uphill policy</h1><p>Uphill travel is allowed with an uphill pass.</p>"
        '<h2 id="uphill-hours">Hours</h2><p>Skinning is allowed from 5 a.m. to 8 a.m.</p>'
        '<h2 id="uphill-dogs">Dogs</h2><p>Dogs are not allowed on uphill routes.</p>'
    )
    assert _told(body, f"{_URL}#{part}") == _told(body, None)


def test_a_section_that_tells_nothing_of_it_is_no_section():
    body = f'{_ABOVE}<h2 id="uphill">Coming soon</h2><p>Dogs must be leashed.</p>{_BELOW}'
    assert _told(body, f"{_URL}#uphill") == _told(body, None) == {}
