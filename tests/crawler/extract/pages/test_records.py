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


def test_shorter_ones_between_them_are_rows_too():
    days = (
        _card("MO", "—")
        + _card("DI", "17–22 Uhr", "Piste Stock")
        + _card("MI", "—")
        + _card("DO", "18–22 Uhr", "Piste Nord")
    )
    assert [row for _, row, _ in _lines(days)] == [True] * 4


def test_the_state_on_a_cards_picture_stands_below_its_heading():
    cards = "".join(
        f"<article><div><img src=x.jpg alt=''><span>{state}</span></div>"
        f"<div><h3>{name}</h3><p>900 ft.</p></div></article>"
        for name, state in (("Larkspur", "Open"), ("Otter", "Closed – no snow"))
    )
    words = [words for words, *_ in _lines(cards)]
    assert words == ["Larkspur", "Open", "900 ft.", "Otter", "Closed – no snow", "900 ft."]


@pytest.mark.parametrize(
    "body",
    [
        "<div><span>Open</span><h3>Larkspur</h3><p>900 ft.</p></div>",
        "<p>Uphill is closed.</p><h3>Larkspur</h3><p>900 ft.</p><h3>Otter</h3><p>600 ft.</p>",
        "<p>Closed</p><div><h3>Larkspur</h3><p>900 ft.</p></div><div><h3>Otter</h3><p>600 ft.</p></div>",
    ],
    ids=["one-card", "sentence-before-all", "badge-before-all"],
)
def test_a_state_that_is_no_cards_stays_where_it_is(body):
    first = body.split(">")[2 if body.startswith("<div>") else 1].split("<")[0]
    assert _lines(body)[0][0] == first
