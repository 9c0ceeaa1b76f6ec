import pytest

from uphill.errors import BadInput
from uphill.map_tiles import tile_host
from uphill.settings import load_settings

GOOD = "https://tiles.example/{z}/{x}/{y}.png"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        (GOOD, "https://tiles.example"),
        ("http://127.0.0.1:8081/{z}/{x}/{y}", "http://127.0.0.1:8081"),
        ("https://{s}.tiles.example/hill/{z}/{x}/{y}{r}.png?key=a-1", "https://*.tiles.example"),
    ],
)
def test_an_address_of_tiles_names_the_host_that_a_page_may_load_from(url, host):
    settings = load_settings({"UPHILL_MAP_TILES": url, "UPHILL_MAP_ATTRIBUTION": "© Hill Tiles"})
    assert tile_host(settings.map_tiles) == host


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("tiles", "write an http or https address"),
        ("ftp://tiles.example/{z}/{x}/{y}", "write an http or https address"),
        ("https://tiles.example; script-src *//{z}/{x}/{y}", "write an http or https address"),
        ("https://user@tiles.example/{z}/{x}/{y}", "write an http or https address"),
        ("https://tiles.example/{z}/{x}/{y}'", "write an http or https address"),
        ("https://a.{s}.example/{z}/{x}/{y}", "write an http or https address"),
        ("https://tiles.example/{z}/{x}.png", "{y} is missing"),
        ("https://tiles.example/{z}/{x}/{y}/{key}", "{key} can't be filled in"),
        ("https://tiles.example/{z}/{x}/{y}" + "a" * 500, "write an http or https address"),
    ],
)
def test_what_is_no_address_of_tiles_is_refused(url, said):
    with pytest.raises(BadInput, match="UPHILL_MAP_TILES is ") as refused:
        load_settings({"UPHILL_MAP_TILES": url, "UPHILL_MAP_ATTRIBUTION": "© Hill Tiles"})
    assert said in str(refused.value)


@pytest.mark.parametrize("words", [None, "", "  "])
def test_tiles_are_not_shown_without_their_source(words):
    environ = {"UPHILL_MAP_TILES": GOOD} | ({} if words is None else {"UPHILL_MAP_ATTRIBUTION": words})
    with pytest.raises(BadInput, match="not shown without their source"):
        load_settings(environ)


def test_there_are_no_tiles_unless_they_are_set():
    assert (load_settings({}).map_tiles, load_settings({}).map_attribution) == ("", "")
