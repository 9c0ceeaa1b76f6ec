"""Cards and lines of ``div`` and ``span`` that are rows, and what looks like them and is none."""

import pytest

from crawler.extract import explain_page, parse_page


def _lines(body):
    page = parse_page(f"<title>Uphill</title><h1>Uphill Access</h1>{body}")
    return [(page.words(block), block.row, bool(block.level)) for block in page.blocks[1:]]


def _card(*fields, tag="div"):
    return f"<{tag} class=card>{''.join(f'<span>{field}</span>' for field in fields)}</{tag}>"


def test_fields_side_by_side_are_cells():
    cards = _card("Larkspur", "Base to Midway", "Open") + _card("Otter", "Midway to Summit", "Closed")
    assert _lines(cards) == [
        ("Larkspur | Base to Midway | Open", True, False),
        ("Otter | Midway to Summit | Closed", True, False),
    ]


def test_entries_of_a_list_may_be_rows():
    cards = _card("Larkspur", "Open", tag="li") + _card("Otter", "Closed", tag="li")
    assert _lines(f"<ul>{cards}</ul>") == [("Larkspur | Open", True, False), ("Otter | Closed", True, False)]


def test_a_picture_is_a_cell():
    rows = "".join(
        f"<div><span>{name}</span><span>900 ft</span><img src='/{state}.svg' alt='{state}'></div>"
        for name, state in (("Larkspur", "open"), ("Otter", "closed"))
    )
    assert [words for words, *_ in _lines(rows)] == ["Larkspur | 900 ft | open", "Otter | 900 ft | closed"]


def test_the_first_of_them_may_be_their_header():
    rows = _card("Route", "Climb", "Status") + _card("Larkspur", "900 ft", "Open")
    assert _lines(rows)[0] == ("Route | Climb | Status", True, True)


@pytest.mark.parametrize(
    "body",
    [
        _card("Larkspur", "Base to Midway", "Open"),
        _card("Dogs", "On a leash") + _card("Lights", "After dark"),
        "<div><p>No dogs</p><p>Stay right</p><p>No sleds</p></div>" * 2,
        "<div><div>No dogs</div><div>Stay right</div><div>No sleds</div></div>" * 2,
        _card("Larkspur", "It leads from the base to midway.", "Open") * 2,
        "<div>Take <span>Larkspur</span><span>Otter</span><span>Open</span></div>" * 2,
        "<div><span>Larkspur</span> to <span>Otter</span><span>Open</span></div>" * 2,
        "<div><a href=/a>Larkspur</a><a href=/b>Otter</a><a href=/c>Open</a></div>" * 2,
    ],
    ids=["one", "pairs", "paragraphs", "lines", "sentences", "text-before", "text-between", "links"],
)
def test_others_are_no_rows(body):
    assert not any(row for _, row, _ in _lines(body))


def test_hours_of_the_desk_are_none_for_going_up():
    desks = "".join(
        f"<div><div class=a>{who}</div><div class=b>Daily</div><div class=c>{hours}</div></div>"
        for who, hours in (("Ticket office", "8 am - 4 pm"), ("Rental shop", "9 am - 5 pm"))
    )
    page = parse_page(
        f"<title>Uphill</title><h1>Uphill Access</h1><p>Uphill travel is allowed from 5 am to 8 am.</p>{desks}"
    )
    windows = explain_page(page, source="-", lang="en").settled["windows"].value
    assert [str(window) for window in windows] == ["05:00-08:00"]
