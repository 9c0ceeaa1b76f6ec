"""A page's links: where their words stand in the text, and where they lead."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import parse_page
from crawler.extract.reader import read_page

_URL = "https://www.fellhorn.example/winter/uphill?day=1"


def _links(markup: str, url: str | None = _URL) -> list[tuple[str, str]]:
    page = parse_page(f"<html><body>{markup}</body></html>", url=url)
    return [(page.text[link.start : link.end], link.url) for link in page.links]


def test_a_link_in_a_sentence_points_at_its_own_words() -> None:
    found = _links("<p>Please  sign\n<a href='/waiver'>our \n <b>uphill</b>   waiver</a> first.</p>")
    assert found == [("our uphill waiver", "https://www.fellhorn.example/waiver")]


def test_white_space_at_a_links_ends_is_not_its_own() -> None:
    assert _links("<p>see <a href='/a'> the report </a> and<a href='/b'> more</a>.</p>") == [
        ("the report", "https://www.fellhorn.example/a"),
        ("more", "https://www.fellhorn.example/b"),
    ]


def test_invisible_characters_move_no_offset() -> None:
    assert _links("<p>\u200b\u00ad Buy\u200b <a href='/p'>up\u00adhill\u00a0 pass</a></p>") == [
        ("uphill pass", "https://www.fellhorn.example/p")
    ]


def test_links_resolve_against_the_pages_url_and_its_base() -> None:
    assert [url for _, url in _links("<p><a href='pass'>pass</a></p>")] == [
        "https://www.fellhorn.example/winter/pass"
    ]
    assert [url for _, url in _links("<base href='/de/'><p><a href='pass'>pass</a></p>")] == [
        "https://www.fellhorn.example/de/pass"
    ]


def test_without_a_page_url_only_absolute_links_are_known() -> None:
    markup = "<p><a href='/here'>here</a> <a href='HTTPS://shop.example/up hill'>shop</a></p>"
    assert _links(markup, url=None) == [("shop", "https://shop.example/up%20hill")]


def test_what_leads_to_no_page_is_no_link() -> None:
    markup = (
        "<p><a href='mailto:a@b.example'>mail</a> <a href='tel:+431'>call</a> <a href='javascript:x()'>go</a> "
        "<a href='#top'>top</a> <a>anchor</a> <a href='http://['>broken</a>"
        f"<a href='/{'x' * 2000}'>long</a> <a href='/picture'><img src='a.png'></a></p>"
    )
    assert _links(markup) == []


def test_a_link_around_several_lines_is_one_for_each() -> None:
    assert _links("<a href='/card'><h3>Uphill pass</h3><p>Get yours</p></a><p>after</p>") == [
        ("Uphill pass", "https://www.fellhorn.example/card"),
        ("Get yours", "https://www.fellhorn.example/card"),
    ]


def test_links_in_the_cells_of_a_table_keep_their_offsets() -> None:
    markup = "<table><tr><td></td><td><a href='/a'>Alpha</a></td><td>open</td><td><a href='/b'>B</a></td></tr></table>"
    assert _links(markup) == [
        ("Alpha", "https://www.fellhorn.example/a"),
        ("B", "https://www.fellhorn.example/b"),
    ]


def test_a_line_break_before_a_link_or_in_it() -> None:
    markup = "<p>One.<br><a href='/a'>Two.<br>Three</a><br>four <a href='/b'>five</a></p>"
    assert [words for words, _ in _links(markup)] == ["Two.", "Three", "five"]


@given(
    st.lists(
        st.sampled_from(
            [
                "<a href=/x>", "</a>", "<p>", "</p>", "<br>", "<td>", "<tr>", "<table>", "</table>", "word ", " Word",
                " ", "\u00ad", "|", "\n", "<b>", "</b>", "<li>", "<nav>", "</nav>", ".", "<span>", "</span>",
            ]
        )
    )
)  # fmt: skip
def test_a_links_words_are_never_empty_and_lie_within_one_line(parts: list[str]) -> None:
    page = parse_page("<body>" + "".join(parts), url=_URL)
    for link in page.links:
        words = page.text[link.start : link.end]
        assert words
        assert words == words.strip(" |")
        assert any(block.start <= link.start and link.end <= block.end for block in page.blocks)


def test_a_line_of_very_many_links_is_read_in_linear_time(alarm: None) -> None:
    assert len(_links("<p>" + "<a href=x>y</a> " * 40_000)) == 40_000


def _urls(markup: str) -> dict[str, object]:
    page = parse_page(f"<title>Uphill Policy</title><body>{markup}</body>", url=_URL)
    policy = read_page(page, source="-").policy
    return {name: getattr(policy, name) for name in ("waiver_url", "pass_url", "status_url")}


def test_the_links_of_a_policy_with_the_sentences_that_hold_them() -> None:
    markup = (
        "<nav><a href='/status'>Uphill status</a> <a href='/waivers'>Waivers</a></nav><h1>Uphill policy</h1>"
        "<p>Uphill travel is allowed before 8:30 am. All uphill travelers must sign the "
        "<a href='/forms/uphill'>uphill waiver</a>.</p>"
        "<p>An uphill pass is required. <a href='//shop.example/uphill'>Buy your uphill pass</a> before you come.</p>"
        "<p>Check the <a href='report'>daily report</a> before you head up.</p>"
        "<footer><a href='/w2'>Liability waiver</a> <a href='/pass2'>Buy uphill pass</a></footer>"
    )
    page = parse_page(f"<title>Uphill Policy</title><body>{markup}</body>", url=_URL)
    reading = read_page(page, source="-")
    told = {
        name: (getattr(reading.policy, name), reading.evidence[name][0].quote)
        for name in ("waiver_url", "pass_url", "status_url")
    }
    assert told == {
        "waiver_url": (
            "https://www.fellhorn.example/forms/uphill",
            "All uphill travelers must sign the uphill waiver.",
        ),
        "pass_url": ("https://shop.example/uphill", "Buy your uphill pass before you come."),
        "status_url": (
            "https://www.fellhorn.example/winter/report",
            "Check the daily report before you head up.",
        ),
    }


def test_a_line_of_links_is_a_menu() -> None:
    markup = (
        "<h1>Uphill policy</h1><p>Uphill travel is allowed before 8:30 am.</p>"
        "<p><a href='/r'>Uphill status report</a> | <a href='/p'>Buy uphill pass</a> | <a href='/j'>Jobs</a> | "
        "<a href='/w'>Uphill waiver</a></p>"
    )
    assert set(_urls(markup).values()) == {None}


def test_a_link_to_the_page_itself_points_nowhere() -> None:
    link = f"<a href='{_URL}'>uphill status</a>"
    markup = f"<h1>Uphill policy</h1><p>Uphill travel is allowed. Check the {link} daily.</p>"
    assert _urls(markup)["status_url"] is None
