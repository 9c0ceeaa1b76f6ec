"""A megabyte of one element is walked in time that grows with its length alone."""

import pytest

from crawler.extract import parse_page

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
