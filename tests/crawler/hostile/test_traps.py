"""Pages that cost minutes, told in one pass; PDFs that would, read within bounds."""

import pytest

from crawler.extract import parse_page
from crawler.extract.pages.pdf import parse
from crawler.traps import MAX_ATTRIBUTES, MAX_LINKS, MAX_TEXT, costly
from tests.crawler.hostile import pages


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (pages.nested(600_000), "elements"),  # 3 MB
        (b"<p>" + b"<b>" * 200_000, "elements"),
        (pages.attributes(), "attributes"),
        (
            b"<p " + b"a='<b>' " * 10 + b" ".join(b"x%d" % n for n in range(MAX_ATTRIBUTES)) + b">",
            "attributes",
        ),
        (b"<body>" + b"<a href=x>y</a>" * (MAX_LINKS + 1), "links"),
        (b"Uphill. " * (MAX_TEXT // 8 + 1), "text"),
    ],
)
def test_what_costs_too_much(body, why):
    told = costly(body)
    assert told is not None
    assert why in told


@pytest.mark.parametrize(
    "body",
    [pages.POLICY, pages.long_policy(), b"", b"<", b"<<<<", b"\xff\xfe\x00", b"<!-- -->", pages.escapes()],
)
def test_what_does_not(body):
    assert costly(body) is None


def test_a_pdf_of_spaces_is_left_out_page_by_page():
    assert parse(pages.pdf_of_spaces()).text == ""


def test_a_pdf_whose_forms_draw_each_other_ends():
    assert len(parse(pages.pdf_of_forms()).text) < 100_000


def test_a_page_of_a_pdf_that_costs_too_much_leaves_the_others():
    line = b"BT /F1 12 Tf 50 700 Td (Uphill travel is allowed.) Tj ET\n"
    assert parse(pages.pdf(pages.pdf_stream(line), pages=3)).text.count("Uphill travel is allowed.") == 3
    assert parse(pages.pdf(pages.pdf_stream(line * 30_000))).text == ""


def test_no_page_of_a_pdf_is_begun_when_its_time_is_over():
    seconds = iter(range(0, 1000, 4))
    body = pages.pdf(pages.pdf_stream(pages.PDF_LINE), pages=40)
    assert parse(body, clock=lambda: float(next(seconds))).text.count("Soup of the day.") == 2
    assert parse_page(body).text.count("Soup of the day.") == 40
