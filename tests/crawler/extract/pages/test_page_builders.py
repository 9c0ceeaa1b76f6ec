"""The same rules in the markup of the page builders that resorts use: what is read is the same."""

from pathlib import Path

import pytest

from crawler.extract import parse_page, read
from crawler.extract.pages.page import Region

BUILDERS = sorted((Path(__file__).parent / "builders").glob("*.html"))
RULES = (
    "Uphill travel is allowed from 5:00 am to 8:30 am on the designated route.",
    "An uphill pass is required at all times.",
    "Dogs are not allowed.",
    "Headlamps are required.",
)
PARTS = {
    "HEADING": "Uphill Access",
    "MENU": "<li><a href='/uphill'>Uphill</a></li><li><a href='/dogs'>Dogs welcome</a></li>",
    "FOOT": "Lifts 9 am - 4 pm. Tickets $89. Ticket office (555) 555-0100.",
    "TEXT": "".join(f"<p>{rule}</p>" for rule in RULES),
    "ITEMS": "".join(f"<li>{rule}</li>" for rule in RULES),
    "BREAKS": "<br><br>".join(RULES),
} | {f"RULE{number}": rule for number, rule in enumerate(RULES, 1)}
TOLD = {
    "access": "allowed",
    "pass_required": "always",
    "dogs": "prohibited",
    "lights": "required",
    "designated_routes_only": "yes",
    "prices": (),
    "hotline": None,
}


@pytest.mark.parametrize("file", BUILDERS, ids=lambda file: file.stem)
def test_every_builders_markup_tells_the_same(file):
    body = file.read_text("utf-8")
    for name, part in PARTS.items():
        body = body.replace(f"{{{{{name}}}}}", part)
    assert "{{" not in body
    head = "<head><title>Uphill Access | Copper Ridge</title></head>"
    page = f"<!DOCTYPE html><html lang='en'>{head}<body>{body}</body></html>"
    policy = read(page, source=file.name).policy
    assert {name: getattr(policy, name) for name in TOLD} == TOLD
    assert [str(window) for window in policy.windows] == ["05:00-08:30"]


@pytest.mark.parametrize("name", ["elementor-toggle", "bootstrap-tabs", "webflow-accordion", "divi-toggles"])
def test_what_a_panel_holds_is_no_heading_and_has_one(name):
    body = (Path(__file__).parent / "builders" / f"{name}.html").read_text("utf-8")
    page = parse_page(f"<html lang='en'><body>{body}</body></html>")
    told = [block for block in page.blocks if page.words(block).startswith("{{RULE")]
    assert len(told) == len(RULES)
    assert [block for block in told if block.level or block.region is not Region.MAIN] == []
    assert page.words(page.blocks[told[1].headings[-1]]) == "Passes"


def test_a_page_laid_out_in_sections_keeps_its_title_above_them():
    page = parse_page(
        "<body><section><h1>Uphill</h1><p>All winter long.</p></section>"
        "<section><h3>Mornings</h3><p>5 to 8</p></section></body>"
    )
    (hours,) = [block for block in page.blocks if page.words(block) == "5 to 8"]
    assert [page.words(page.blocks[index]) for index in hours.headings] == ["Uphill", "Mornings"]
