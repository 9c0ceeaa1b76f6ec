"""Tables with spans and tables on their side: rows below one row of heads."""

import pytest

from crawler.extract import parse_page


def _table(*rows):
    """Rows of cells; "!" before a cell's words makes a head of it, "2>" or "2v" spans columns or rows."""

    def cell(told):
        tag = "th" if told.startswith("!") else "td"
        told = told.removeprefix("!")
        span = ""
        if told[1:2] in (">", "v"):
            span = f" {'colspan' if told[1] == '>' else 'rowspan'}={told[0]}"
            told = told[2:]
        return f"<{tag}{span}>{told}</{tag}>"

    body = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
    return parse_page(f"<title>Uphill</title><h1>Uphill Access</h1><table>{body}</table>").text.split("\n")[
        1:
    ]


def test_a_cell_that_spans_rows_stands_in_each():
    assert _table(("!Route", "!Days", "!Hours"), ("2vLarkspur", "Mo", "5-8"), ("Tu", "2v6-7"), ("Otter", "We")) == [
        "Route | Days | Hours",
        "Larkspur | Mo | 5-8",
        "Larkspur | Tu | 6-7",
        "Otter | We | 6-7",
    ]  # fmt: skip


def test_a_cell_that_spans_columns_stands_in_each():
    rows = (("!Route", "!Mo", "!Tu"), ("Larkspur", "2>Closed"), ("Otter", "5-8", "6-7"))
    assert _table(*rows) == ["Route | Mo | Tu", "Larkspur | Closed | Closed", "Otter | 5-8 | 6-7"]


def test_two_rows_of_heads_are_one():
    rows = (("!2vAge", "!2>2026"), ("!Day", "!Season"), ("Adult", "$15", "$99"))
    assert _table(*rows) == ["Age | 2026 Day | 2026 Season", "Adult | $15 | $99"]


def test_a_row_that_names_the_rows_below_it_stays_one():
    rows = (("2>Uphill travel",), ("Hours", "5-8"), ("2>Dogs",), ("Leash", "Yes"))
    assert _table(*rows) == ["Uphill travel", "Hours | 5-8", "Dogs", "Leash | Yes"]


def test_a_table_with_a_column_for_each_route_is_set_upright():
    rows = (("!Uphill route", "!Larkspur", "!Otter"), ("Hours", "5-8", "6-7"), ("Status", "Open", "Closed"))
    assert _table(*rows) == ["Uphill route | Hours | Status", "Larkspur | 5-8 | Open", "Otter | 6-7 | Closed"]


def test_so_is_one_with_an_empty_corner_that_tells_climbs():
    rows = (
        ("!", "!Larkspur", "!Otter", "!Mink"),
        ("!Vertical", "900 ft", "1,200 ft", "400 ft"),
        ("!Hours", "5-8", "6-7", "5-6"),
    )
    assert _table(*rows) == [
        "Vertical | Hours",
        "Larkspur | 900 ft | 5-8",
        "Otter | 1,200 ft | 6-7",
        "Mink | 400 ft | 5-6",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        (("!Route", "!Hours", "!Status"), ("Larkspur", "5-8", "Open"), ("Otter", "6-7", "Closed")),
        (("Uphill route", "Closed"), ("Updated", "6:00")),
        (("!", "!Adult", "!Youth"), ("Day", "$15", "$10"), ("Season", "$99", "$59")),
        (("!", "!Before opening", "!While lifts run"), ("Hours", "5-8", "none"), ("Dogs", "Yes", "No")),
        (("!Route", "!Larkspur", "!Otter"), ("Gear", "Beacon", "none"), ("Hours", "5-8", "6-7")),
    ],
    ids=["upright", "labels", "prices", "phases", "another-label"],
)
def test_others_stay_as_they_are(rows):
    assert _table(*rows) == [
        " | ".join(filter(None, (cell.removeprefix("!") for cell in row))) for row in rows
    ]


def test_spans_without_sense_do_no_harm():
    assert _table(("0>a", "9vb"), ("99>c", "d"))[0].startswith("a | b")
