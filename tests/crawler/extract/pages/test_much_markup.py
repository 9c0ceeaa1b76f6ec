"""A megabyte of one element is walked in time that grows with its length alone."""

import pytest

from crawler.extract import parse_page, read

pytestmark = pytest.mark.slow

_PIECES = {
    "cells": ("<table><tr>", "<td>uphill</td>"),
    "lines": ("<p>", "and <br>"),
    "sidebars": ("", f"<div class=side>{'Uphill is closed. ' * 30}</div>"),
    "rows": ("<table>", "<tr><td>uphill</td></tr>"),
    "definitions": ("<dl>", "<dt>Dogs<dd>no"),
}


@pytest.mark.parametrize(("head", "piece"), _PIECES.values(), ids=_PIECES)
def test_a_megabyte_of_it(head, piece, alarm):
    assert parse_page(head + piece * (1_000_000 // len(piece))).text


@pytest.mark.parametrize("menu", [0, 80_000])
@pytest.mark.parametrize(("text", "is_read"), [(50_000, True), (70_000, False)])
def test_menus_take_nothing_from_the_text_that_is_read(menu, text, is_read):
    links = "<li><a href='/x'>Snow report</a></li>" * (menu // 12)
    story = "<p>The valley lies wide.</p>" * (text // 22)
    page = (
        f"<title>Uphill policy</title><nav><ul>{links}</ul></nav>{story}<p>Uphill travel is prohibited.</p>"
    )
    assert (read(page, source="-").policy.access == "prohibited") is is_read
