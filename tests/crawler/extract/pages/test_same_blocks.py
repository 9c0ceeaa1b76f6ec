"""What looks the same on the screen is the same blocks, however it is marked up."""

import unicodedata

import pytest

from crawler.extract import parse_page, read
from crawler.extract.pages.page import Region

_TABLE = "<table><tr><th>Route</th><th>Status</th></tr><tr><td>Larkspur</td><td>Open</td></tr></table>"
_TABLES = {
    "roles": '<div role="table"><div role="rowgroup"><div role="row"><span role="columnheader">Route</span>'
    '<span role="columnheader">Status</span></div></div><div role="row"><div role="cell">Larkspur</div>'
    '<div role="cell">Open</div></div></div>',
    "classes": '<div class="divTable"><div class="divTableRow"><div class="divTableHead">Route</div>'
    '<div class="divTableHead">Status</div></div><div class="divTableRow"><div class="divTableCell">Larkspur</div>'
    '<div class="divTableCell">Open</div></div></div>',
    "paragraphs in its cells": _TABLE.replace("<td>", "<td><p>").replace("</td>", "</p></td>"),
    "wrapped cells": _TABLE.replace("<td>", "<td><div><p><span>").replace("</td>", "</span></p></div></td>"),
    "a bold first row": _TABLE.replace("<th>", "<td><p><b>").replace("</th>", "</b></p></td>"),
    "an empty column": _TABLE.replace("</tr>", "<td></td></tr>"),
}


def _told(markup):
    page = parse_page(f"<html><body><main>{markup}</main></body></html>")
    return [(page.words(block), block.row, bool(block.level), block.headings) for block in page.blocks]


@pytest.mark.parametrize("markup", _TABLES.values(), ids=_TABLES)
def test_a_table_is_one_whatever_it_is_made_of(markup):
    assert _told(markup) == _told(_TABLE)


def test_paragraphs_of_one_cell_are_not_run_together():
    told = _told(
        "<table><tr><td>Larkspur</td><td><p>Open at 5 am.</p><p>Dogs on a leash.</p></td></tr></table>"
    )
    assert "Dogs on a leash." in [words for words, *_ in told]


_HEADINGS = {
    "two lines": "<h2>Uphill<br>routes</h2>",
    "a link to itself": '<h2>Uphill routes<a href="#a">#</a></h2>',
    "a picture": '<h2><img src="a.png" alt="Uphill routes"></h2>',
    "a class": '<div class="h2">Uphill routes</div>',
    "a question's class": '<div class="faq-question">Uphill routes</div>',
    "a button": '<button class="accordion">Uphill routes</button>',
    "the head of a section": "<section><header><h2>Uphill routes</h2></header></section>",
}


@pytest.mark.parametrize("heading", _HEADINGS.values(), ids=_HEADINGS)
def test_a_heading_is_one_whatever_it_is_made_of(heading):
    page = parse_page(
        f"<html><body><main>{heading}<div><p>Larkspur and Tamarack.</p></div></main></body></html>"
    )
    head, below = page.blocks
    assert (page.words(head), head.region, bool(head.level)) == ("Uphill routes", Region.MAIN, True)
    assert below.headings == (0,)


def test_lines_of_a_class_that_tells_their_height_are_no_headings():
    markup = "".join(f'<div class="t m0 x1 h2 y{at}">Line {at}</div>' for at in range(3))
    assert not any(level for _, _, level, _ in _told(markup))


def test_two_lines_of_a_heading_that_tell_hours_stay_two():
    assert len(_told("<h3>Monday 5-8<br>Tuesday 6-9</h3>")) == 2


def test_a_label_amid_a_sentence_does_not_part_it():
    assert [words for words, *_ in _told("<p>No <label>uphill</label> travel.</p>")] == ["No uphill travel."]


@pytest.mark.parametrize("named", ["page-banner", "status-page", "alert", "ui-state-default"])
def test_what_the_whole_page_stands_in_is_no_notice(named):
    page = parse_page(
        f'<div class="{named}"><h1>Uphill</h1><p>{"Stay on the marked routes. " * 30}</p></div>'
    )
    assert not any(block.alert for block in page.blocks)


def test_a_notice_is_one():
    page = parse_page('<div class="alert"><p>Uphill is closed.</p></div><h1>Uphill</h1><p>Stay right.</p>')
    assert [block.alert for block in page.blocks] == [True, False, False]


@pytest.mark.parametrize(
    "line", ["Share", "Read more…", "Anzeige", "En savoir plus »", "Photo: J. Miller", "Chiudi"]
)
def test_furniture_is_no_part_of_the_text(line):
    page = parse_page(f"<h2>Routes</h2><p>{line}</p><p>Larkspur Way</p>")
    assert [block.region for block in page.blocks] == [Region.MAIN, Region.CHROME, Region.MAIN]


def test_what_only_begins_like_furniture_is_told():
    page = parse_page("<h2>Routes</h2><p>Close to the lodge</p><p>Share the trail: climbers keep right.</p>")
    assert {block.region for block in page.blocks} == {Region.MAIN}


_WRITTEN = {
    "17:00": ["17\u223600", "17\uff1a00", "\uff11\uff17:00", "17&#8758;00"],
    "8:30–16:00": ["8:30\u221216:00", "8:30\u201516:00", "8:30\u301c16:00", "8:30&#8210;16:00"],
    "ski-touring": ["ski\u2011touring", "ski\u2010touring", "ski&#8209;touring"],
    "first official": ["\ufb01rst o\ufb03cial"],
    "über Höhe": [unicodedata.normalize("NFD", "über Höhe"), "u&#776;ber Ho&#776;he"],
    "$20": ["\uff0420"],
}


@pytest.mark.parametrize(
    ("plain", "other"), [(p, other) for p, others in _WRITTEN.items() for other in others]
)
def test_signs_that_look_alike_are_alike(plain, other):
    assert parse_page(f"<p>Uphill {other}.</p>").text == f"Uphill {plain}."


def test_letters_with_combining_accents_are_not_dismissed():
    rule = "<h1>Ski de randonnée</h1><p>La montée en ski de randonnée est interdite.</p>"
    page = f"<html lang='fr'><title>Règles</title>{rule}"
    assert read(unicodedata.normalize("NFD", page), source="-").policy.access == "prohibited"


@pytest.mark.parametrize("tag", ["h2", "h4", "p><b"])
def test_the_first_heading_is_the_title_where_the_page_is_called_so(tag):
    page = parse_page(
        f"<title>Uphill Access | Larkspur Mountain</title><{tag}>Uphill Access</{tag[:2]}><p>Stay right.</p>"
    )
    assert page.blocks[0].level == 1


def test_another_first_heading_is_no_title():
    page = parse_page(
        "<title>Uphill Access | Larkspur</title><h2>Tickets</h2><p>$20.</p><h2>Uphill Access</h2>"
    )
    assert [block.level for block in page.blocks] == [2, 0, 2]


def test_a_title_in_a_box_of_its_own_stands_above_the_lists_behind_it():
    box = "<div><div><h1>Uphill</h1><p>Two routes:</p></div></div>"
    page = parse_page(f"{box}<ul><li>Larkspur</li><li>Tamarack</li></ul><p>Stay right.</p>")
    assert {block.headings for block in page.blocks[1:]} == {(0,)}
