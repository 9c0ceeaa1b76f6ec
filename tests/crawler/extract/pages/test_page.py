from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract import parse_page, read
from crawler.extract.pages.page import Region

_MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<table>",
                "<tr>",
                "<td>",
                "<th>",
                "</table>",
                "<ul>",
                "<li>",
                "<h1>",
                "<h2>",
                "<div",
                "class=nav>",
                "</div>",
                "<br>",
                "<b>",
                "</b>",
                "<dl>",
                "<dt>",
                "<dd>",
                "<a",
                "href=x>",
                "</a>",
                "<script>",
                "</script>",
                "<img",
                "alt=closed>",
                "&nbsp;",
                "&#0;",
                "<!--",
                "-->",
                "<main>",
                "<aside>",
                "<body>",
                "<![CDATA[",
            ]
        ),
        st.sampled_from(
            [
                "Uphill travel is allowed ",
                "5:00 a.m.",
                "- 8:30 am",
                "$20/day",
                "dogs ",
                "802-555-0100 ",
                "not ",
                "Mon-Fri ",
                "’",
                "\u00ad",
                "\u200b",
            ]
        ),
        st.text(max_size=20),
    ),
    max_size=40,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([None, "text/html", "text/plain", "application/pdf", "text/html; charset=nonsense"]),
)
def test_no_bytes_raise(body, content_type):
    read(body, source="-", content_type=content_type)


@settings(max_examples=150, deadline=None)
@given(_MARKUP)
def test_offsets_are_true_whatever_the_markup(markup):
    page = parse_page(f"<html>{markup}")
    assert [page.words(block) for block in page.blocks] == page.text.split("\n") or not page.text
    assert all(page.words(block) == page.words(block).strip() for block in page.blocks)
    for heads in (block.headings for block in page.blocks):
        assert all(page.blocks[index].level for index in heads)
    for lang in ("en", "de", "fr", "it"):
        reading = read(f"<html><title>Uphill skitouren</title>{markup}", source="-", lang=lang)
        assert reading.policy.known().keys() <= reading.evidence.keys()


def test_an_unreadable_pdf_is_an_empty_page():
    assert parse_page(b"%PDF-1.7 garbage").text == ""


def test_furniture_does_not_count():
    page = parse_page(
        "<body><nav>Uphill</nav><main><h1>Hello</h1><p>Text</p></main><footer>Call us</footer>"
        '<div class="cookie-notice">Cookies</div></body>'
    )
    main = [page.words(block) for block in page.blocks if block.region is Region.MAIN]
    assert main == ["Hello", "Text"]


def test_a_wrapper_called_sidebar_is_content_where_it_holds_the_title():
    page = parse_page('<body><div class="with-sidebar sidebar"><h1>Uphill</h1><p>Text</p></div></body>')
    assert {block.region for block in page.blocks} == {Region.MAIN}


def test_a_table_row_is_one_line_and_its_header_row_a_heading():
    page = parse_page(
        "<table><tr><th>Route</th><th>Hours</th></tr><tr><td>Birch Run</td><td>5 - 8 am</td></tr></table>"
    )
    assert page.text == "Route | Hours\nBirch Run | 5 - 8 am"
    assert page.blocks[1].headings == (0,)


def test_cells_of_a_layout_table_are_blocks():
    page = parse_page(
        "<table><tr><td><h2>Uphill</h2><p>Rules</p></td><td><p>Lifts</p><ul><li>9-4</li></ul></td></tr></table>"
    )
    assert page.text.split("\n") == ["Uphill", "Rules", "Lifts", "9-4"]


def test_hidden_accordion_bodies_count_and_scripts_do_not():
    page = parse_page(
        '<p style="display:none">Dogs must be leashed.</p><script>var dogs = "no"</script><template>x</template>'
    )
    assert page.text == "Dogs must be leashed."


def test_the_status_of_an_icon_is_a_word_of_the_text():
    page = parse_page('<table><tr><td>Uphill access</td><td><img src="/icons/closed.svg"></td></tr></table>')
    assert page.text == "Uphill access | closed"


def test_invisible_characters_are_dropped_and_spaces_are_one():
    assert parse_page("<p>Auf\u00adstieg&nbsp;\u200b&nbsp;verboten</p>").text == "Aufstieg verboten"


def test_a_wrong_charset_does_not_matter():
    page = parse_page("<meta charset=iso-8859-1><p>Hütte</p>".encode())
    assert page.text == "Hütte"
    assert (
        parse_page("<p>Hütte</p>".encode("latin-1"), content_type="text/html; charset=utf-8").text == "Hütte"
    )


def test_plain_text_joins_wrapped_lines():
    page = parse_page("Uphill Policy\n\nDogs are not\nallowed.\n", content_type="text/plain")
    assert page.text == "Uphill Policy\nDogs are not allowed."
    assert page.blocks[1].headings == (0,)


def test_markup_without_a_body_is_read():
    assert parse_page("<html><title>T</title><main><h1>Up</h1></main>").text == "Up"


def test_short_lines_of_a_paragraph_are_parted_and_a_broken_sentence_is_not():
    listed = parse_page("<p>Regole:<br>casco consigliato<br>cani al guinzaglio<br>frontale</p>")
    assert listed.text == "Regole:\ncasco consigliato • cani al guinzaglio • frontale"
    broken = parse_page("<p>Uphill travel<br>is prohibited<br>at all times</p>")
    assert broken.text == "Uphill travel is prohibited at all times"
