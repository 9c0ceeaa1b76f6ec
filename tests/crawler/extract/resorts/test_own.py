"""The resort's own name means nothing of what its words would: "Sunday River" no day, "Stevens Pass" no pass."""

import pytest

from crawler.extract import read
from crawler.extract.pages.page import parse_page
from crawler.extract.resorts.own import own_names


def _policy(title, text, *, head="", foot=""):
    page = f"<head><title>{title}</title>{head}</head><h1>Uphill Access</h1><p>{text}</p>{foot}"
    return read(page, source="-", lang="en").policy


@pytest.mark.parametrize(
    ("title", "text", "fact", "value"),
    [
        (
            "Uphill | Sunday River",
            "Sunday River allows uphill travel from 6 am to 4 pm.",
            "windows",
            "06:00-16:00",
        ),
        (
            "Uphill | Sunrise Bowl",
            "Sunrise Bowl allows uphill access until 8 a.m.",
            "windows",
            "00:00-08:00",
        ),
        (
            "Uphill at Stevens Pass",
            "Stevens Pass requires uphill travelers to stay on the side.",
            "pass_required",
            "unknown",
        ),
        (
            "Uphill | Snowshoe Mountain",
            "Uphill travel is allowed at Snowshoe Mountain before 8 a.m.",
            "snowshoes",
            "unknown",
        ),
        (
            "Elk Park Ski Area: Uphill",
            "Elk Park is closed to uphill travel from opening day to closing day.",
            "access",
            "prohibited",
        ),
        (
            "Lark Bowl | Uphill",
            "Lark Bowl is closed to uphill traffic while the lifts run.",
            "during_operations",
            "prohibited",
        ),
        (
            "Uphill | Lark Bowl",
            "North Bowl is closed to uphill traffic. Uphill travel is allowed on Ridge Run.",
            "access",
            "allowed",
        ),
    ],
)
def test_its_words_tell_nothing(title, text, fact, value):
    told = getattr(_policy(title, text), fact)
    assert (", ".join(map(str, told)) if fact == "windows" else told) == value


def test_it_is_known_by_the_sites_name_and_by_who_holds_the_rights():
    text = "Larch Basin does not allow any uphill travel during the season. Larch Basin is closed to uphill traffic."
    site = '<meta property="og:site_name" content="Larch Basin Ski Area">'
    for parts in ({"head": site}, {"foot": "<footer>© 2025 Larch Basin. All rights reserved.</footer>"}):
        assert _policy("Uphill", text, **parts).access == "prohibited", parts


def test_it_is_no_route():
    foot = "<footer>© 2025 Larch Basin</footer>"
    told = _policy("Uphill", "Larch Basin is open to uphill travel when lifts are closed.", foot=foot)
    assert told.routes == ()


@pytest.mark.parametrize(
    "title", ["Season Pass | Uphill", "Uphill Access", "Uphill Travel Policy | Mountain Safety", ""]
)
def test_other_titles_name_none(title):
    assert own_names(parse_page(f"<title>{title}</title><h1>Uphill</h1><p>Text.</p>"), "en") == ()


@pytest.mark.parametrize(
    ("lang", "page"),
    [
        (
            "de",
            "<h1>Pistentouren</h1><p>In Sonntag Stein ist der Aufstieg von 17 bis 21 Uhr erlaubt.</p>",
        ),
        ("fr", "<h1>Ski de randonnée</h1><p>À Sonntag Stein, la montée est autorisée de 17h à 21h.</p>"),
        ("it", "<h1>Scialpinismo</h1><p>A Sonntag Stein la risalita è consentita dalle 17 alle 21.</p>"),
    ],
)
def test_a_name_tells_of_no_day_in_any_language(lang, page):
    named = f"<html lang='{lang}'><meta property='og:site_name' content='Sonntag Stein'>{page}"
    assert [str(window) for window in read(named, source="-", lang=lang).policy.windows] == ["17:00-21:00"]
