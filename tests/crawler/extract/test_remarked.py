"""The same page in other markup says the same: labelled pages, each changed in ways that a reader does not see."""

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from crawler.extract import read
from crawler.extract.pages import plain
from tests.crawler.extract.remarked import trees, words
from tests.crawler.extract.remarked.trees import Change, made

_CRAWLER = Path(__file__).parents[1]
_FOLDERS = ("corpus", "own", "plain", "varied")
_KNOWN = tomllib.loads((Path(__file__).parent / "remarked" / "known.toml").read_text("utf-8"))
"""Pages, by change, that are read otherwise."""
_EACH = 9
"""Every so manieth page is looked at."""
_MOST = 2
"""Pages for each change."""


def _details(head, body, number):
    return [made("details", "", made("summary", "", text=head.text_content()), body)]


def _button(head, body, number):
    body.set("id", f"panel-{number}")
    body.set("hidden", "")
    opener = made("button", f'aria-expanded="false" aria-controls="panel-{number}"', text=head.text_content())
    return [opener, body]


def _old_button(head, body, number):
    body.set("style", "display:none")
    return [made("button", 'class="accordion"', text=head.text_content()), body]


def _bootstrap(head, body, number):
    opener = made(
        "button",
        f'class="accordion-button" data-bs-target="#c{number}" aria-expanded="false"',
        text=head.text_content(),
    )
    title = made("h2", 'class="accordion-header"', opener)
    panel = made("div", f'id="c{number}" class="accordion-collapse collapse"', body)
    return [made("div", 'class="accordion-item"', title, panel)]


def _squarespace(head, body, number):
    opener = made("button", f'aria-expanded="false" aria-controls="d{number}"', text=head.text_content())
    title = made("h4", 'class="accordion-item__title-wrapper"', opener)
    panel = made("div", f'class="accordion-item__dropdown" id="d{number}" role="region"', body)
    return [made("li", 'class="accordion-item"', title, panel)]


def _elementor(head, body, number):
    title = made("a", 'class="elementor-accordion-title"', text=head.text_content())
    opener = made("div", f'class="elementor-tab-title" role="button" aria-controls="t{number}"', title)
    body.set("class", "elementor-tab-content")
    body.set("id", f"t{number}")
    return [made("div", 'class="elementor-accordion-item"', opener, body)]


def _question(head, body, number):
    return [
        made("div", 'class="faq-item"', made("div", 'class="faq-question"', text=head.text_content()), body)
    ]


def _article(head, body, number):
    return [made("article", 'class="node"', made("header", "", head), body)]


def _columns(head, body, number):
    return [
        made("div", 'class="row"', made("div", 'class="col-4"', head), made("div", 'class="col-8"', body))
    ]


def _apart(head, body, number):
    return [made("div", 'class="row"', head), made("div", 'class="row"', body)]


_TREES: dict[str, Change] = {
    "nothing": lambda _: None,
    "headings: bold paragraphs": trees.heading_as("p", "strong"),
    "headings: large type": trees.heading_as("p", "span", style="font-size:22px;font-weight:700"),
    "headings: a class": trees.heading_as("div", class_="block__title"),
    "headings: their levels as classes": trees.headings_by_class,
    "headings: a role": trees.heading_as("div", role="heading", aria_level="2"),
    "headings: wrapped": trees.heading_in("div.elementor-widget-heading", "div.elementor-widget-container"),
    "headings: a head": trees.heading_in("header.section-header"),
    "headings: a group": trees.heading_in("hgroup"),
    "headings: filled": trees.heading_filled("strong", style="color:red"),
    "headings: links": trees.heading_filled("a", href="#here"),
    "headings: one level lower": trees.headings_lower,
    "headings: links to themselves": trees.headings_with_anchor,
    "headings: icons": trees.headings_with_icon,
    "headings: capitals": trees.headings_in_capitals,
    "lists: lines with bullets": trees.list_in_lines("• "),
    "lists: lines with dashes": trees.list_in_lines("– "),
    "lists: lines with dots": trees.list_in_lines("·\xa0"),
    "lists: paragraphs": trees.list_as("div", "p"),
    "lists: paragraphs with bullets": trees.list_as("div", "p", "▪ "),
    "lists: roles": trees.list_as("div", "div", roles=True),
    "lists: definitions": trees.list_as("dl", "dd"),
    "lists: paragraphs in their entries": trees.entry_filled("p"),
    "lists: wrapped entries": trees.entry_filled("span", "div"),
    "lists: one for each entry": trees.each_entry_its_list,
    "tables: roles": trees.table_of(table="div@table", tr="div@row", td="div@cell", th="div@columnheader"),
    "tables: classes": trees.table_of(
        table="div.divTable", tr="div.divTableRow", td="div.divTableCell", th="div.divTableHead"
    ),
    "tables: paragraphs": trees.cell_filled("p"),
    "tables: wrapped cells": trees.cell_filled("span", "div"),
    "tables: bold heads": trees.head_cells_bold,
    "tables: an empty column": trees.table_with_empty_column,
    "tables: framed": trees.tables_framed,
    "laid out in a table": trees.laid_out_in_a_table,
    "Elementor": trees.blocks_in("div.elementor-widget elementor-widget-text-editor", "div.elementor-widget-container"),
    "Divi": trees.blocks_in("div.et_pb_module et_pb_text", "div.et_pb_text_inner"),
    "Squarespace": trees.blocks_in("div.sqs-block html-block", "div.sqs-block-content", "div.sqs-html-content"),
    "Bootstrap": trees.blocks_in("section.section", "div.container", "div.row", "div.col-md-8"),
    "Wix": trees.paragraph_as("p", "span"),
    "paragraphs: divs": trees.paragraph_as("div"),
    "paragraphs: old type": trees.paragraph_as("p", "font"),
    "paragraphs: parted by breaks": trees.paragraphs_parted_by_breaks,
    "sections: details": trees.each_section(_details),
    "sections: buttons": trees.each_section(_button),
    "sections: old buttons": trees.each_section(_old_button),
    "sections: Bootstrap": trees.each_section(_bootstrap),
    "sections: Squarespace": trees.each_section(_squarespace),
    "sections: Elementor": trees.each_section(_elementor),
    "sections: questions": trees.each_section(_question),
    "sections: articles": trees.each_section(_article),
    "sections: columns": trees.each_section(_columns),
    "sections: heads apart": trees.each_section(_apart),
    "no classes": trees.without_classes,
    "no landmarks": trees.without_landmarks,
    "a framework's classes": trees.with_classes_of_a_framework,
    "in a form": trees.all_in("form", 'action="/" method="post"'),
    "in a banner": trees.all_in("div", 'class="page-banner"'),
    "in a sidebar's content": trees.all_in("div", 'class="sidebar-content"'),
    "in old markup": trees.all_in("center"),
    "twice": trees.said_twice,
    "amid links to share": trees.behind_blocks('<div class="tools"><a href="#">Share</a> <a href="#">Print</a></div>'),
    "amid links to more": trees.behind_blocks('<p><a href="/more">Read more</a></p>'),
    "amid links to the top": trees.behind_blocks('<p><a href="#top">Back to top</a></p>'),
    "amid advertisements": trees.behind_blocks('<div class="slot"><span>Advertisement</span></div>'),
    "amid buttons": trees.behind_blocks('<button type="button">Close</button>'),
    "amid pictures": trees.behind_blocks('<figure><img src="a.jpg" alt="A view"><p>Photo: J. Miller</p></figure>'),
    "amid lines": trees.behind_blocks("<hr>"),
    "amid empty paragraphs": trees.behind_blocks("<p>&nbsp;</p>"),
    "amid scripts": trees.behind_blocks('<script>window.open = {"a": "<p>Closed</p>"}</script>'),
    "words: bold": words.words_in("strong"),
    "words: emphasis": words.words_in("em"),
    "words: links": words.words_in('a href="/x"'),
    "words: spans": words.words_in("span", 0.6),
    "words: marked": words.words_in("mark"),
    "words: small": words.words_in("small"),
    "times: half bold": words.replaced(r"\b(\d{1,2})([:.]\d\d)\b", rf"{words.markup('<b>')}\1{words.markup('</b>')}\2"),
    "times: elements": words.words_in("time", 1.0, r"\d{1,2}[:.]\d\d"),
    "times: small halves of the day": words.replaced(
        r"(?<=\d)\s?([ap]\.?m\b\.?)", rf"{words.markup('<small>')}\1{words.markup('</small>')}"
    ),
    "times: another colon": words.replaced(r"(?<=\d):(?=\d\d)", "\u2236"),
    "spans: hyphens": words.spans_with("-"),
    "spans: hyphens that do not break": words.spans_with("\u2011"),
    "spans: minus signs": words.spans_with("\u2212"),
    "prices: raised currencies": words.replaced(r"([$€])(?=\d)", rf"{words.markup('<sup>')}\1{words.markup('</sup>')}"),
    "prices: full width": words.translated({"$": "\uff04"}),
    "quotation marks: typed": words.translated({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"'}),
    "accents apart": words.rewritten(words.composed_of_accents),
    "ligatures": words.replaced("fi", "\ufb01"),
    "soft hyphens": words.replaced(r"([^\W\d_]{4})([^\W\d_]{5,})", "\\1\u00ad\\2"),
    "breaks in words": words.replaced(r"([^\W\d_]{4})([^\W\d_]{5,})", rf"\1{words.markup('<wbr>')}\2"),
    "hard spaces": words.replaced(" ", "\u00a0", 0.4),
    "hard spaces before marks": words.replaced(r"(?<=\w)(?=[:;?!](?:\s|$))", "\u202f"),
    "spaces of no width": words.replaced(" ", " \u200b", 0.4),
    "lines broken": words.replaced(" ", "\n\t\t", 0.2),
    "comments": words.replaced(" ", f" {words.markup('<!-- seen -->')}", 0.2),
    "notes": words.replaced(r"(?<=[a-z]{4}[.,;])(?=\s|$)", words.markup('<sup><a href="#n">[1]</a></sup>'), 0.4),
}  # fmt: skip
_BYTES: dict[str, Callable[[str], str | bytes]] = {
    "a byte order mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "Latin letters": words.in_latin,
    "numbered entities": lambda text: text.encode("ascii", "xmlcharrefreplace"),
    "named entities": words.with_named_entities,
    "minified": words.minified,
    "unclosed": words.unclosed,
    "tags in capitals": words.with_tags_in_capitals,
    "no quotes": words.without_quotes,
    "XHTML": words.as_xhtml,
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
}


@cache
def _pages() -> dict[str, str]:
    found = [file for folder in _FOLDERS for file in sorted((_CRAWLER / folder / "pages").glob("*.html"))]
    return {f"{file.parents[1].name}/{file.stem}": plain.decode(file.read_bytes()) for file in found[::_EACH]}


def _written(name: str, change: Change) -> str:
    parser = lxml.html.HTMLParser(encoding="utf-8")
    root = lxml.html.document_fromstring(_pages()[name].encode(), parser=parser)
    change(root)
    return words.with_markup(lxml.html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>"))


@cache
def _as_it_is(name: str) -> str:
    return _written(name, _TREES["nothing"])


def _told(page: str | bytes) -> dict[str, Any]:
    reading = read(page if isinstance(page, bytes) else page.encode(), source="-")
    facts = reading.policy.model_dump_json().replace("’", "'")
    return {"lang": reading.lang, "policy": reading.is_policy, "facts": facts}


@cache
def _told_as_it_is(name: str) -> dict[str, Any]:
    return _told(_as_it_is(name))


def _changed(name: str) -> list[tuple[str, str | bytes]]:
    """The first pages, from another one on for each change, that it makes a difference to."""
    pages = list(_pages())
    turn = 7 * [*_TREES, *_BYTES].index(name) % len(pages)
    found: list[tuple[str, str | bytes]] = []
    for page in pages[turn:] + pages[:turn]:
        as_it_is = _as_it_is(page)
        new = _written(page, _TREES[name]) if name in _TREES else _BYTES[name](as_it_is)
        if new != as_it_is and len(found) < _MOST:
            found.append((page, new))
        if len(found) == _MOST:
            break
    return found


@pytest.mark.parametrize("name", [name for name in (*_TREES, *_BYTES) if name != "nothing"])
def test_the_same_page_in_other_markup_says_the_same(name):
    changed = _changed(name)
    assert changed, "it changes no page"
    assert [page for page, new in changed if _told(new) != _told_as_it_is(page)] == _KNOWN.get(name, [])


def test_what_is_known_is_of_a_change():
    assert set(_KNOWN) <= {*_TREES, *_BYTES}
